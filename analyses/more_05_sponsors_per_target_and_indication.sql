-- Redundancy: how many trials and lead sponsors in China share a target and an indication group: one row per pair.
with trials as (
    select trial_id, lead_organisation_id from {{ ref('dim_trial') }} where is_china and in_study_window
),

targets as (
    select trial_id, target from {{ ref('bridge_trial_target') }} where is_stated
),

indications as (
    select trial_id, indication_group from {{ ref('bridge_trial_indication') }}
),

members as (
    select
        trials.trial_id,
        targets.target,
        indications.indication_group,
        trials.lead_organisation_id,
    from trials
    inner join targets
        on trials.trial_id = targets.trial_id
    inner join indications
        on trials.trial_id = indications.trial_id
),

pairs as (
    select
        target,
        indication_group,
        n_trials_open,
        first_registration_date,
        last_registration_date,
    from {{ ref('mart_target_indications') }}
    where scope = 'china'
)

select
    members.target,
    members.indication_group,
    count(*) as n_trials,
    count(distinct members.lead_organisation_id) as n_sponsors,
    max(pairs.n_trials_open) as n_trials_open,
    max(pairs.first_registration_date) as first_registration_date,
    max(pairs.last_registration_date) as last_registration_date,
from members
inner join pairs
    on
    members.target = pairs.target
    and members.indication_group = pairs.indication_group
group by members.target, members.indication_group
order by n_sponsors desc, n_trials desc, members.target, members.indication_group
