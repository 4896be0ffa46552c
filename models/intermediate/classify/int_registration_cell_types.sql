-- Which cells a cell-therapy registration gives, and which is primary: one row per registration and cell type.
-- Title, interventions and arm labels decide; prose and general wording speak only where these name no cell.
with

screening as (
    select * from {{ ref('int_registration_screening') }}
    where is_cell_therapy
),

evidence as (
    select * from {{ ref('int_cell_type_scope') }}
),

fields as (
    select * from {{ ref('text_fields') }}
),

strengths as (
    select * from {{ ref('cell_type_strengths') }}
),

statuses as (
    select * from {{ ref('cell_type_statuses') }}
),

cell_types as (
    select * from {{ ref('cell_types') }}
),

supersedes as (
    select * from {{ ref('cell_type_supersedes') }}
),

reviewed as (
    select
        registration_id,
        label as cell_type,
        field,
        position,
        matched_text,
        rule_id,
        place,
    from {{ ref('int_reviewed_labels') }}
    where facet = 'cell_type'
),

ranked as (
    select
        evidence.*,
        coalesce(
            case when fields.tier in ('title', 'intervention') then strengths.level else strengths.level_elsewhere end,
            statuses.level,
            case when evidence.is_administered then fields.cell_type_level_if_given else fields.cell_type_level end
        ) as level,
    from evidence
    semi join screening
        on evidence.registration_id = screening.registration_id
    inner join fields
        on evidence.field = fields.field
    inner join strengths
        on evidence.strength = strengths.strength
    inner join statuses
        on evidence.status = statuses.status
    where
        evidence.scope = 'in'
        and evidence.status not in ('cell_free', 'negated')
),

decisive as (
    select *
    from ranked
    qualify level = min(level) over (partition by registration_id)
),

kept as (
    select decisive.*
    from decisive
    anti join (
        select
            winners.registration_id,
            supersedes.superseded_cell_type,
        from decisive as winners
        inner join supersedes
            on winners.cell_type = supersedes.cell_type
    ) as superseded
        on decisive.registration_id = superseded.registration_id
        and decisive.cell_type = superseded.superseded_cell_type
),

best_evidence as (
    select
        kept.registration_id,
        kept.cell_type,
        kept.field,
        kept.position,
        kept.matched_text,
        kept.rule_id,
        kept.evidence_rank,
        kept.segment,
        kept.starts_at,
        kept.label_position,
    from kept
    qualify row_number() over (
        partition by kept.registration_id, kept.cell_type
        order by
            kept.level,
            kept.tier = 'title' desc,
            kept.evidence_rank,
            kept.position,
            kept.segment,
            kept.starts_at,
            kept.strength = 'product' desc,
            kept.rule_id,
            kept.language
    ) = 1
),

-- an engineered cell first, then the one that the title names first, then the first registered intervention
placed as (
    select
        best_evidence.registration_id,
        best_evidence.cell_type,
        best_evidence.field,
        best_evidence.position,
        best_evidence.matched_text,
        best_evidence.rule_id,
        row_number() over (
            partition by best_evidence.registration_id
            order by
                cell_types.is_engineered desc,
                best_evidence.evidence_rank,
                best_evidence.position,
                best_evidence.segment,
                best_evidence.starts_at,
                best_evidence.label_position,
                cell_types.sort_order
        ) as place,
    from best_evidence
    inner join cell_types
        on best_evidence.cell_type = cell_types.cell_type
),

labels as (
    select placed.*
    from placed
    anti join reviewed
        on placed.registration_id = reviewed.registration_id

    union all by name

    select reviewed.*
    from reviewed
    semi join screening
        on reviewed.registration_id = screening.registration_id
)

select
    labels.registration_id,
    cell_types.cell_class,
    labels.cell_type,
    labels.place = min(labels.place) over (partition by labels.registration_id) as is_primary,
    labels.field,
    labels.position,
    labels.matched_text,
    labels.rule_id,
from labels
inner join cell_types
    on labels.cell_type = cell_types.cell_type
