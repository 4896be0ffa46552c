-- What the rules could not settle, with the text to settle it by: one row per registration, kind of decision and label that
-- seed review_reasons lists.
with

screening as (
    select * from {{ ref('int_registration_screening') }}
),

cell_types as (
    select * from {{ ref('int_registration_cell_types') }}
),

targets as (
    select * from {{ ref('int_registration_targets') }}
),

indications as (
    select * from {{ ref('int_registration_indications') }}
),

phases as (
    select * from {{ ref('int_registration_phases') }}
),

registrations as (
    select * from {{ ref('int_registrations') }}
),

texts as (
    select * from {{ ref('int_registration_texts') }}
),

disease_terms as (
    select * from {{ ref('indication_terms') }}
),

segments as (
    select * from {{ ref('int_text_segments') }}
    where tier in ('title', 'intervention')
),

defaults as (
    select * from {{ ref('label_defaults') }}
),

reasons as (
    select * from {{ ref('review_reasons') }}
),

excluded as (
    select * from screening
    where not is_cell_therapy
),

-- a code such as ABC-123 or XYZ2201 in title or intervention of what no rule has taken for cell therapy
coded as (
    select
        segments.registration_id,
        segments.evidence_rank,
        segments.position,
        segments.segment,
        segments.language,
        regexp_extract(segments.text, '\b[A-Z][A-Za-z]{0,6}-?\d{2,5}[A-Z]?\b') as code,
    from segments
    semi join excluded
        on segments.registration_id = excluded.registration_id
    where regexp_matches(segments.text, '\b[A-Z][A-Za-z]{0,6}-?\d{2,5}[A-Z]?\b')
),

-- COVID-19 has the form of a code, too
codes as (
    select
        coded.registration_id,
        coded.code,
    from coded
    anti join disease_terms
        on {{ term_key('lower(coded.code)') }} = {{ term_key('disease_terms.term') }}
    qualify row_number() over (
        partition by coded.registration_id
        order by coded.evidence_rank, coded.position, coded.segment, coded.language
    ) = 1
),

-- a label that stands because nothing was read; others of the same name may be what the text says
unread as (
    select
        indications.registration_id, 'indication_group' as kind, indications.indication_group as label,
        indications.field, indications.position, indications.matched_text, indications.rule_id,
    from indications

    union all by name

    select
        registration_id, 'phase' as kind, phase as label,
        field, 1 as position, matched_text, rule_id,
    from phases
    where trim(phase_raw) <> ''
),

decisions as (
    select
        excluded.registration_id, 'screening' as kind, excluded.reason as label,
        excluded.field, excluded.position, excluded.matched_text, excluded.rule_id, codes.code as detail,
    from excluded
    left join codes
        on excluded.registration_id = codes.registration_id

    union all by name

    select
        registration_id, 'cell_type' as kind, cell_type as label,
        field, position, matched_text, rule_id, cast(null as varchar) as detail,
    from cell_types

    union all by name

    select
        registration_id, 'target' as kind, target as label,
        field, position, matched_text, rule_id, target_text as detail,
    from targets

    union all by name

    select
        unread.*,
        cast(null as varchar) as detail,
    from unread
    inner join defaults
        on unread.rule_id = defaults.rule_id
    inner join screening
        on unread.registration_id = screening.registration_id
        and screening.is_cell_therapy
),

-- of the languages of a field, the one that holds the words
evidence_texts as (
    select
        decisions.registration_id,
        decisions.kind,
        decisions.label,
        min(texts.text) as text,
    from decisions
    inner join texts
        on decisions.registration_id = texts.registration_id
        and decisions.field = texts.field
        and decisions.position = texts.position
        and contains(texts.text, decisions.matched_text)
    group by decisions.registration_id, decisions.kind, decisions.label
)

select
    decisions.registration_id,
    decisions.kind,
    decisions.label,
    reasons.priority,
    reasons.question,
    decisions.field,
    decisions.position,
    decisions.matched_text,
    decisions.rule_id,
    decisions.detail,
    coalesce(evidence_texts.text, registrations.public_title) as text,
from decisions
inner join reasons
    on decisions.kind = reasons.kind
    and decisions.label = reasons.label
inner join registrations
    on decisions.registration_id = registrations.registration_id
left join evidence_texts
    on decisions.registration_id = evidence_texts.registration_id
    and decisions.kind = evidence_texts.kind
    and decisions.label = evidence_texts.label
