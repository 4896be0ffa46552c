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
