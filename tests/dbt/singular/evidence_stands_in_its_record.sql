-- The words behind phase, study kind, sponsor type and the screen stand in the field of the registration that the evidence names:
-- one row per evidence that does not. Labels that are read from texts alone are held by evidence_stands_in_its_field.
{{ config(group='warehouse') }}
with evidence as (
    select
        registration_id,
        field,
        position,
        matched_text,
        rule_id,
    from {{ ref('bridge_trial_attribute_evidence') }}
    union
    select
        registration_id,
        field,
        position,
        matched_text,
        rule_id,
    from {{ ref('fct_trial_sponsor') }}
    union
    select
        registration_id,
        field,
        position,
        matched_text,
        rule_id,
    from {{ ref('fct_registration_screening') }}
),

records as (
    select
        registration_id,
        field,
        position,
        text,
    from {{ ref('int_registration_texts') }}
    union all
    select
        registration_id,
        role as field,
        position,
        name as text,
    from {{ ref('int_registration_sponsors') }}
    union all
    select
        registration_id,
        field,
        position,
        identifier_text as text,
    from {{ ref('int_registration_identifiers') }}
    union all
    select
        registration_id,
        'registration_id' as field,
        1 as position,
        registration_id as text,
    from {{ ref('int_registrations') }}
    union all
    select
        registration_id,
        'phase' as field,
        1 as position,
        phase_raw as text,
    from {{ ref('int_registrations') }}
    union all
    select
        registration_id,
        'study_type' as field,
        1 as position,
        study_type_raw as text,
    from {{ ref('int_registrations') }}
),

found as (
    select distinct
        evidence.registration_id,
        evidence.field,
        evidence.matched_text,
    from evidence
    inner join records
        on evidence.registration_id = records.registration_id
        and evidence.field = records.field
        and coalesce(evidence.position = records.position, true)
        and contains({{ comparable_text('records.text') }}, {{ comparable_text('evidence.matched_text') }})
)

select
    evidence.registration_id,
    evidence.field,
    evidence.position,
    evidence.matched_text,
    evidence.rule_id,
from evidence
anti join found
    on evidence.registration_id = found.registration_id
    and evidence.field = found.field
    and evidence.matched_text = found.matched_text
where
    evidence.matched_text is not null
    and evidence.field <> 'label_overrides'
