-- Which trial brought a target first, and how many followed: one row per scope (china, outside_china, world) and
-- target.
with trials as (
    select
        trial_id,
        registration_date_or_estimate as registration_date,
        lead_sponsor,
        is_china,
    from {{ ref('dim_trial') }}
    where in_study_window
),

targets as (
    select trial_id, target from {{ ref('bridge_trial_target') }} where is_stated
),

scoped as (
    select
        'world' as scope,
        targets.target,
        trials.trial_id,
        trials.registration_date,
        trials.lead_sponsor,
    from trials
    inner join targets
        on trials.trial_id = targets.trial_id
    union all
    select
        case when trials.is_china then 'china' else 'outside_china' end as scope,
        targets.target,
        trials.trial_id,
        trials.registration_date,
        trials.lead_sponsor,
    from trials
    inner join targets
        on trials.trial_id = targets.trial_id
),

ranked as (
    select
        scope,
        target,
        trial_id,
        registration_date,
        lead_sponsor,
        row_number() over (partition by scope, target order by registration_date, trial_id) as arrival,
        count(*) over (partition by scope, target) as n_trials,
        max(registration_date) over (partition by scope, target) as last_registration_date,
    from scoped
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
