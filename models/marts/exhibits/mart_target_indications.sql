-- How many trials and sponsors work on the same target in the same disease: one row per scope, target and indication
-- group.
with trials as (
    select
        trial_id,
        registration_date_or_estimate as registration_date,
        lead_organisation_id,
        status,
    from {{ ref('dim_trial') }}
),

open_statuses as (
    select status from {{ ref('status_groups') }} where is_open
),

targets as (
    select trial_id, target, is_stated from {{ ref('bridge_trial_target') }}
),

indications as (
    select trial_id, indication_group from {{ ref('bridge_trial_indication') }}
),

scopes as (
    select trial_id, scope from {{ ref('int_trial_scopes') }}
)

select
    scopes.scope,
    targets.target,
    targets.is_stated,
    indications.indication_group,
    cast(count(*) as integer) as n_trials,
    cast(count(distinct trials.lead_organisation_id) as integer) as n_sponsors,
    cast(count(open_statuses.status) as integer) as n_trials_open,
    min(trials.registration_date) as first_registration_date,
    max(trials.registration_date) as last_registration_date,
from scopes
inner join trials
    on scopes.trial_id = trials.trial_id
inner join targets
    on scopes.trial_id = targets.trial_id
inner join indications
    on scopes.trial_id = indications.trial_id
left join open_statuses
    on trials.status = open_statuses.status
group by scopes.scope, targets.target, targets.is_stated, indications.indication_group
