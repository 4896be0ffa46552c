-- How strongly trials crowd on few targets, China beside the rest of the world: one row per scope and year.
with concentration as (
    select
        scope,
        registration_year,
        top_target,
        second_target,
        n_trials_with_target,
        n_trials_top_two,
        top_two_share,
        n_targets,
        n_new_targets,
        herfindahl_index,
        effective_targets,
    from {{ ref('mart_target_concentration') }}
    where scope in ('china', 'outside_china')
),

trials as (
    select trial_id, registration_year, is_china from {{ ref('dim_trial') }} where in_study_window
),

targets as (
    select trial_id, target from {{ ref('bridge_trial_target') }} where is_stated
),

-- The rows behind the points, which the report lists.
members as (  -- noqa: ST03
    select
        trials.trial_id,
        case when trials.is_china then 'china' else 'outside_china' end as scope,
        trials.registration_year,
        targets.target,
    from trials
    inner join targets
        on trials.trial_id = targets.trial_id
)

select
    concentration.scope,
    concentration.registration_year,
    concentration.top_target,
    concentration.second_target,
    concentration.n_trials_with_target,
    concentration.n_trials_top_two,
    concentration.top_two_share,
    concentration.n_targets,
    concentration.n_new_targets,
    concentration.herfindahl_index,
    concentration.effective_targets,
from concentration
order by concentration.scope, concentration.registration_year
