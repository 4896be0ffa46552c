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

-- What one registration leaves open gives way to what another one states.
superseded as (
    select
        trial_id,
        facet as attribute,
        label as value,
    from {{ ref('int_superseded_labels') }}
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

evidence as (
    select
        registrations.trial_id,
        labels.attribute,
        labels.value,
        labels.registration_id,
        labels.field,
        labels.position,
        labels.matched_text,
        labels.rule_id,
        row_number() over (
            partition by registrations.trial_id, labels.attribute
            order by registrations.registration_rank, labels.field, labels.position, labels.value
        ) as value_rank,
        row_number() over (
            partition by registrations.trial_id, labels.attribute, labels.value
            order by registrations.registration_rank, labels.field, labels.position
        ) as evidence_rank,
    from labels
    inner join registrations
        on labels.registration_id = registrations.registration_id
    left join superseded
        on registrations.trial_id = superseded.trial_id
        and labels.attribute = superseded.attribute
        and labels.value = superseded.value
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
