-- What the rules could not settle, with the text to settle it by: one row per registration and facet.
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

segments as (
    select * from {{ ref('int_text_segments') }}
    where tier in ('title', 'intervention')
),

cell_type_terms as (
    select * from {{ ref('cell_type_terms') }}
),

defaults as (
    select * from {{ ref('label_defaults') }}
),

review_reasons as (
    select * from {{ ref('review_reasons') }}
),

-- what no rule has read
wordless as (
    select screening.registration_id
    from screening
    inner join defaults
        on screening.rule_id = defaults.rule_id
),

-- a code such as ABC-123 or XYZ2201 in title or intervention of what has no cell word
codes as (
    select
        segments.registration_id,
        segments.field,
        segments.position,
        segments.text,
        regexp_extract(segments.text, '\b[A-Z][A-Za-z]{0,6}-?\d{2,5}[A-Z]?\b') as matched_text,
    from segments
    semi join wordless
        on segments.registration_id = wordless.registration_id
    where regexp_matches(segments.text, '\b[A-Z][A-Za-z]{0,6}-?\d{2,5}[A-Z]?\b')
    qualify row_number() over (
        partition by segments.registration_id order by segments.tier, segments.evidence_rank, segments.position
    ) = 1
),

titles as (
    select
        registration_id,
        first(text order by evidence_rank, segment) as text,
    from segments
    where tier = 'title'
    group by registration_id
),

questions as (
    select registration_id, 'is_cell_therapy' as facet, 'unlisted code' as question, field, position, matched_text, text
    from codes

    union all by name

    select
        cell_types.registration_id, 'cell_type' as facet, 'general wording only' as question,
        cell_types.field, cell_types.position, cell_types.matched_text,
    from cell_types
    inner join cell_type_terms
        on cell_types.rule_id = cell_type_terms.rule_id
    where cell_types.is_primary and cell_type_terms.strength in ('general', 'transplant')

    union all by name

    select
        targets.registration_id, 'target' as facet, review_reasons.question,
        targets.field, targets.position, coalesce(targets.target_text, targets.matched_text) as matched_text,
    from targets
    inner join review_reasons
        on review_reasons.kind = 'target'
        and targets.target = review_reasons.label

    union all by name

    select
        indications.registration_id, 'indication_group' as facet, 'no disease recognised' as question,
        indications.field, indications.position, indications.matched_text,
    from indications
    inner join screening
        on indications.registration_id = screening.registration_id
    inner join defaults
        on indications.rule_id = defaults.rule_id
    where screening.is_cell_therapy

    union all by name

    select
        phases.registration_id, 'phase' as facet, 'unreadable phase' as question,
        phases.field, 1 as position, phases.phase_raw as matched_text,
    from phases
    inner join screening
        on phases.registration_id = screening.registration_id
    inner join defaults
        on phases.rule_id = defaults.rule_id
    where trim(phases.phase_raw) <> '' and screening.is_cell_therapy
)

select
    questions.registration_id,
    questions.facet,
    questions.question,
    questions.field,
    questions.position,
    questions.matched_text,
    coalesce(questions.text, titles.text) as text,
from questions
left join titles
    on questions.registration_id = titles.registration_id
