-- Which trial brought a target first, and how many followed: one row per scope (china, outside_china, world) and
-- target.
with trials as (
    select
        trial_id,
        registration_date_or_estimate as registration_date,
        lead_sponsor,
    from {{ ref('dim_trial') }}
),

targets as (
    select trial_id, target from {{ ref('bridge_trial_target') }} where is_stated
),

scopes as (
    select trial_id, scope from {{ ref('int_trial_scopes') }}
),

ranked as (
    select
        scopes.scope,
        targets.target,
        trials.trial_id,
        trials.registration_date,
        trials.lead_sponsor,
        row_number() over (
            partition by scopes.scope, targets.target
            order by trials.registration_date, trials.trial_id
        ) as arrival,
        count(*) over (partition by scopes.scope, targets.target) as n_trials,
        max(trials.registration_date) over (partition by scopes.scope, targets.target) as last_registration_date,
    from scopes
    inner join trials
        on scopes.trial_id = trials.trial_id
    inner join targets
        on scopes.trial_id = targets.trial_id
)

select
    ranked.scope,
    ranked.target,
    ranked.trial_id as first_trial_id,
    ranked.registration_date as first_registration_date,
    ranked.lead_sponsor as first_sponsor,
    ranked.last_registration_date,
    cast(ranked.n_trials as integer) as n_trials,
from ranked
where ranked.arrival = 1
