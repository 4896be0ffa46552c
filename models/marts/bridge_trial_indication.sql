-- What each trial treats, with the words that say so: one row per trial and indication group.
with registrations as (
    select
        trial_id,
        registration_id,
        registration_rank,
    from {{ ref('bridge_trial_registration') }}
),

labels as (
    select
        registration_id,
        indication_group,
        is_primary,
        field,
        position,
        matched_text,
        rule_id,
    from {{ ref('int_registration_indications') }}
),

-- A malignancy of no stated kind gives way to the kind that another registration names.
superseded as (
    select
        trial_id,
        label as indication_group,
    from {{ ref('int_superseded_labels') }}
    where facet = 'indication_group'
),

evidence as (
    select
        registrations.trial_id,
        labels.indication_group,
        labels.registration_id,
        labels.field,
        labels.position,
        labels.matched_text,
        labels.rule_id,
        row_number() over (
            partition by registrations.trial_id
            order by
                registrations.registration_rank asc,
                labels.is_primary desc,
                labels.indication_group asc,
                labels.field asc,
                labels.position asc
        ) as label_rank,
        row_number() over (
            partition by registrations.trial_id, labels.indication_group
            order by
                registrations.registration_rank asc,
                labels.is_primary desc,
                labels.field asc,
                labels.position asc
        ) as evidence_rank,
        count(*) over (partition by registrations.trial_id, labels.indication_group) as n_registrations,
    from labels
    inner join registrations
        on labels.registration_id = registrations.registration_id
    left join superseded
        on registrations.trial_id = superseded.trial_id
        and labels.indication_group = superseded.indication_group
    where superseded.trial_id is null
)

select
    evidence.trial_id,
    evidence.indication_group,
    evidence.label_rank = 1 as is_primary,
    evidence.registration_id,
    evidence.field,
    cast(evidence.position as integer) as position,
    evidence.matched_text,
    evidence.rule_id,
    cast(evidence.n_registrations as integer) as n_registrations,
from evidence
where evidence.evidence_rank = 1
