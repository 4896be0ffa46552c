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

precedence as (
    select
        label,
        yields_to,
    from {{ ref('label_precedence') }}
    where facet = 'indication_group'
),

trial_labels as (
    select
        registrations.trial_id,
        registrations.registration_rank,
        labels.registration_id,
        labels.indication_group,
        labels.is_primary,
        labels.field,
        labels.position,
        labels.matched_text,
        labels.rule_id,
    from labels
    inner join registrations
        on labels.registration_id = registrations.registration_id
),

-- A malignancy of no stated kind gives way to the kind that another registration names.
superseded as (
    select distinct
        trial_labels.trial_id,
        trial_labels.indication_group,
    from trial_labels
    inner join precedence
        on trial_labels.indication_group = precedence.label
    inner join trial_labels as better
        on trial_labels.trial_id = better.trial_id
        and trial_labels.indication_group <> better.indication_group
        and better.indication_group = coalesce(precedence.yields_to, better.indication_group)
),

evidence as (
    select
        trial_labels.trial_id,
        trial_labels.indication_group,
        trial_labels.registration_id,
        trial_labels.field,
        trial_labels.position,
        trial_labels.matched_text,
        trial_labels.rule_id,
        row_number() over (
            partition by trial_labels.trial_id
            order by
                trial_labels.registration_rank asc,
                trial_labels.is_primary desc,
                trial_labels.indication_group asc,
                trial_labels.field asc,
                trial_labels.position asc
        ) as label_rank,
        row_number() over (
            partition by trial_labels.trial_id, trial_labels.indication_group
            order by
                trial_labels.registration_rank asc,
                trial_labels.is_primary desc,
                trial_labels.field asc,
                trial_labels.position asc
        ) as evidence_rank,
        count(*) over (partition by trial_labels.trial_id, trial_labels.indication_group) as n_registrations,
    from trial_labels
    left join superseded
        on trial_labels.trial_id = superseded.trial_id
        and trial_labels.indication_group = superseded.indication_group
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
