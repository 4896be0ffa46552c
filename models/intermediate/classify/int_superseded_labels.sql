-- Labels that give way to what another registration of the trial says ("not stated" where another one names the antigen, a
-- malignancy of no stated kind where another one names the kind): one row per trial, facet and label.
with

trial_registrations as (
    select * from {{ ref('int_trial_registrations') }}
),

precedence as (
    select * from {{ ref('label_precedence') }}
),

registration_labels as (
    select registration_id, 'target' as facet, target as label from {{ ref('int_registration_targets') }}
    union all
    select registration_id, 'indication_group' as facet, indication_group as label
    from {{ ref('int_registration_indications') }}
    union all
    select registration_id, 'phase' as facet, phase as label from {{ ref('int_registration_phases') }}
    union all
    select registration_id, attribute as facet, value as label from {{ ref('int_registration_attributes') }}
),

trial_labels as (
    select distinct
        trial_registrations.trial_id,
        registration_labels.facet,
        registration_labels.label,
    from registration_labels
    inner join trial_registrations
        on registration_labels.registration_id = trial_registrations.registration_id
)

select distinct
    trial_labels.trial_id,
    trial_labels.facet,
    trial_labels.label,
from trial_labels
inner join precedence
    on trial_labels.facet = precedence.facet
    and trial_labels.label = precedence.label
inner join trial_labels as better
    on trial_labels.trial_id = better.trial_id
    and trial_labels.facet = better.facet
    and trial_labels.label <> better.label
    and better.label = coalesce(precedence.yields_to, better.label)
