-- How trials spread over named targets, year by year: one row per scope (china, outside_china, world), target and year
-- in which a trial of the target was registered.
with trials as (
    select trial_id, registration_year from {{ ref('dim_trial') }}
),

targets as (
    select trial_id, target from {{ ref('bridge_trial_target') }} where is_stated
),

scopes as (
    select trial_id, scope from {{ ref('int_trial_scopes') }}
),

counted as (
    select
        scopes.scope,
        targets.target,
        trials.registration_year,
        count(*) as n_trials,
    from scopes
    inner join trials
        on scopes.trial_id = trials.trial_id
    inner join targets
        on scopes.trial_id = targets.trial_id
    group by scopes.scope, targets.target, trials.registration_year
)

select
    counted.scope,
    counted.target,
    cast(counted.registration_year as integer) as registration_year,
    cast(counted.n_trials as integer) as n_trials,
    cast(sum(counted.n_trials) over (
        partition by counted.scope, counted.target
        order by counted.registration_year
    ) as integer) as n_trials_cumulative,
    counted.registration_year = min(counted.registration_year) over (
        partition by counted.scope, counted.target
    ) as is_first_year,
from counted
