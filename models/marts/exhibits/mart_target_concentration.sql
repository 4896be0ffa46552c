-- How strongly the trials of a year crowd on few targets: one row per scope (china, outside_china, world) and year.
with target_years as (
    select
        scope,
        target,
        registration_year,
        n_trials,
        is_first_year,
    from {{ ref('mart_target_years') }}
),

trials as (
    select trial_id, registration_year from {{ ref('dim_trial') }}
),

trial_targets as (
    select trial_id, target from {{ ref('bridge_trial_target') }} where is_stated
),

scopes as (
    select trial_id, scope from {{ ref('int_trial_scopes') }}
),

-- Ties are broken by name, so that the same data always name the same two.
ranked as (
    select
        scope,
        target,
        registration_year,
        n_trials,
        is_first_year,
        n_trials * 1.0 / sum(n_trials) over (partition by scope, registration_year) as share,
        row_number() over (partition by scope, registration_year order by n_trials desc, target) as target_rank,
    from target_years
),

spread as (
    select
        scope,
        registration_year,
        count(*) as n_targets,
        count(*) filter (where is_first_year) as n_new_targets,
        sum(share * share) as herfindahl_index,
        max(target) filter (where target_rank = 1) as top_target,
        max(target) filter (where target_rank = 2) as second_target,
    from ranked
    group by scope, registration_year
),

trial_counts as (
    select
        scopes.scope,
        trials.registration_year,
        count(distinct trials.trial_id) as n_trials_with_target,
        count(distinct trials.trial_id) filter (where ranked.target_rank <= 2) as n_trials_top_two,
    from scopes
    inner join trials
        on scopes.trial_id = trials.trial_id
    inner join trial_targets
        on scopes.trial_id = trial_targets.trial_id
    inner join ranked
        on
        scopes.scope = ranked.scope
        and trial_targets.target = ranked.target
        and trials.registration_year = ranked.registration_year
    group by scopes.scope, trials.registration_year
)

select
    spread.scope,
    cast(spread.registration_year as integer) as registration_year,
    spread.top_target,
    spread.second_target,
    cast(trial_counts.n_trials_with_target as integer) as n_trials_with_target,
    cast(trial_counts.n_trials_top_two as integer) as n_trials_top_two,
    trial_counts.n_trials_top_two * 1.0 / trial_counts.n_trials_with_target as top_two_share,
    cast(spread.n_targets as integer) as n_targets,
    cast(spread.n_new_targets as integer) as n_new_targets,
    spread.herfindahl_index,
    1 / spread.herfindahl_index as effective_targets,
from spread
inner join trial_counts
    on
    spread.scope = trial_counts.scope
    and spread.registration_year = trial_counts.registration_year
