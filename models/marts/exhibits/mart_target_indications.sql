-- How many trials and sponsors work on the same target in the same disease: one row per scope, target and indication
-- group.
with trials as (
    select
        trial_id,
        registration_date_or_estimate as registration_date,
        lead_organisation_id,
        status,
        is_china,
    from {{ ref('dim_trial') }}
    where in_study_window
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

scoped as (
    select
        trial_id,
        registration_date,
        lead_organisation_id,
        status,
        'world' as scope,
    from trials
    union all
    select
        trial_id,
        registration_date,
        lead_organisation_id,
        status,
        case when is_china then 'china' else 'outside_china' end as scope,
    from trials
)

select
    scoped.scope,
    targets.target,
    targets.is_stated,
    indications.indication_group,
    cast(count(*) as integer) as n_trials,
    cast(count(distinct scoped.lead_organisation_id) as integer) as n_sponsors,
    cast(count(open_statuses.status) as integer) as n_trials_open,
    min(scoped.registration_date) as first_registration_date,
    max(scoped.registration_date) as last_registration_date,
from scoped
inner join targets
    on scoped.trial_id = targets.trial_id
inner join indications
    on scoped.trial_id = indications.trial_id
left join open_statuses
    on scoped.status = open_statuses.status
group by scoped.scope, targets.target, targets.is_stated, indications.indication_group
