-- What the registrations of each trial say about cell source, donor, kind of study, in-vivo delivery and phase, with the
-- words that say so: one row per trial, attribute and value.
with registrations as (
    select
        trial_id,
        registration_id,
        registration_rank,
    from {{ ref('bridge_trial_registration') }}
),

attributes as (
    select
        registration_id,
        attribute,
        value,
        field,
        position,
        matched_text,
        rule_id,
    from {{ ref('int_registration_attributes') }}
),

phases as (
    select
        registration_id,
        phase,
        field,
        matched_text,
        rule_id,
    from {{ ref('int_registration_phases') }}
),

precedence as (
    select
        facet,
        label,
        yields_to,
    from {{ ref('label_precedence') }}
),

labels as (
    select
        attributes.registration_id,
        attributes.attribute,
        attributes.value,
        attributes.field,
        attributes.position,
        attributes.matched_text,
        attributes.rule_id,
    from attributes
    union all
    select
        phases.registration_id,
        'phase' as attribute,
        phases.phase as value,
        phases.field,
        null as position,
        phases.matched_text,
        phases.rule_id,
    from phases
),

trial_labels as (
    select
        registrations.trial_id,
        registrations.registration_rank,
        labels.registration_id,
        labels.attribute,
        labels.value,
        labels.field,
        labels.position,
        labels.matched_text,
        labels.rule_id,
    from labels
    inner join registrations
        on labels.registration_id = registrations.registration_id
),

-- What one registration leaves open gives way to what another one states.
superseded as (
    select distinct
        trial_labels.trial_id,
        trial_labels.attribute,
        trial_labels.value,
    from trial_labels
    inner join precedence
        on trial_labels.attribute = precedence.facet
        and trial_labels.value = precedence.label
    inner join trial_labels as better
        on trial_labels.trial_id = better.trial_id
        and trial_labels.attribute = better.attribute
        and trial_labels.value <> better.value
        and better.value = coalesce(precedence.yields_to, better.value)
),

evidence as (
    select
        trial_labels.trial_id,
        trial_labels.attribute,
        trial_labels.value,
        trial_labels.registration_id,
        trial_labels.field,
        trial_labels.position,
        trial_labels.matched_text,
        trial_labels.rule_id,
        row_number() over (
            partition by trial_labels.trial_id, trial_labels.attribute
            order by trial_labels.registration_rank, trial_labels.field, trial_labels.position, trial_labels.value
        ) as value_rank,
        row_number() over (
            partition by trial_labels.trial_id, trial_labels.attribute, trial_labels.value
            order by trial_labels.registration_rank, trial_labels.field, trial_labels.position
        ) as evidence_rank,
    from trial_labels
    left join superseded
        on trial_labels.trial_id = superseded.trial_id
        and trial_labels.attribute = superseded.attribute
        and trial_labels.value = superseded.value
    where superseded.trial_id is null
)

select
    evidence.trial_id,
    evidence.attribute,
    evidence.value,
    evidence.value_rank = 1 as is_primary,
    evidence.registration_id,
    evidence.field,
    cast(evidence.position as integer) as position,
    evidence.matched_text,
    evidence.rule_id,
from evidence
where evidence.evidence_rank = 1
