-- Cell source, donor, study kind and in-vivo delivery of a cell-therapy registration: one row per registration and
-- attribute.
{%- set attributes = ['cell_source', 'donor', 'study_kind', 'is_in_vivo'] %}

with

screening as (
    select * from {{ ref('int_registration_screening') }}
    where is_cell_therapy
),

registrations as (
    select * from {{ ref('int_registrations') }}
),

cell_types as (
    select
        labels.registration_id,
        cell_types.source_in_prose,
    from {{ ref('int_registration_cell_types') }} as labels
    inner join {{ ref('cell_types') }} as cell_types
        on labels.cell_type = cell_types.cell_type
    where labels.is_primary
),

evidence as (
    select * from {{ ref('int_cell_type_evidence') }}
    where status in ('given', 'named')
),

hits as (
    select
        *,
        split_part(label, '=', 1) as attribute,
        split_part(label, '=', 2) as value,
    from {{ ref('int_attribute_hits') }}
),

fields as (
    select * from {{ ref('text_fields') }}
),

donors as (
    select * from {{ ref('donors') }}
),

study_kinds as (
    select * from {{ ref('study_kinds') }}
),

products as (
    select
        registration_products.*,
        products.donor,
        products.cell_source,
        products.is_in_vivo,
    from {{ ref('int_registration_products') }} as registration_products
    inner join {{ ref('products') }} as products
        on registration_products.product_id = products.product_id
),

reviewed as (
    select * from {{ ref('int_reviewed_labels') }}
    where facet in ('{{ attributes | join("', '") }}')
),

sentences_on_cells as (
    select distinct registration_id, field, position, language, segment
    from evidence
),

-- tissue and donor are those of the cells: said in title, intervention or arm, or in a sentence that names the cells
of_the_cells as (
    select
        hits.*,
        fields.attribute_level as level,
    from hits
    inner join fields
        on hits.field = fields.field
    inner join cell_types
        on hits.registration_id = cell_types.registration_id
    left join sentences_on_cells
        on hits.registration_id = sentences_on_cells.registration_id
        and hits.field = sentences_on_cells.field
        and hits.position = sentences_on_cells.position
        and hits.language = sentences_on_cells.language
        and hits.segment = sentences_on_cells.segment
    where
        hits.attribute in ('cell_source', 'donor')
        and coalesce(hits.left_effect not in ('history', 'negation'), true)
        and coalesce(hits.right_effect <> 'history', true)
        and (
            fields.attribute_level = 1
            or (
                sentences_on_cells.registration_id is not null
                and (hits.attribute = 'donor' or cell_types.source_in_prose)
            )
        )
),

donor_of_product as (
    select
        products.registration_id, 'donor' as attribute, products.donor as value, 3 as level,
        products.field, products.position, products.matched_text, products.rule_id,
    from products
    inner join donors
        on products.donor = donors.donor
    -- what an INN says of the donor would be a guess about this study where the product is known by its code alone
    where
        donors.read_from_product = 'always'
        or (donors.read_from_product = 'unless_coded' and not regexp_matches(products.product, '\d'))
),

source_of_product as (
    select
        registration_id, 'cell_source' as attribute, cell_source as value, 3 as level,
        field, position, matched_text, rule_id,
    from products
    where cell_source is not null
),

in_vivo as (
    select
        hits.registration_id, hits.attribute, hits.value, fields.in_vivo_level as level,
        hits.field, hits.position, hits.matched_text, hits.rule_id, hits.evidence_rank, hits.segment, hits.starts_at,
        hits.language,
    from hits
    inner join fields
        on hits.field = fields.field
    where hits.attribute = 'is_in_vivo' and fields.in_vivo_level is not null

    union all by name

    select
        registration_id, 'is_in_vivo' as attribute, 'true' as value, 3 as level,
        field, position, matched_text, rule_id,
    from products
    where is_in_vivo
),

-- the registry's own study type, unless the title says follow-up or expanded access
kinds_by_title as (
    select
        hits.registration_id, hits.attribute, hits.value, study_kinds.priority as level,
        hits.field, hits.position, hits.matched_text, hits.rule_id, hits.evidence_rank, hits.segment, hits.starts_at,
        hits.language,
    from hits
    inner join registrations
        on hits.registration_id = registrations.registration_id
    inner join study_kinds
        on hits.value = study_kinds.study_kind
    left join study_kinds as study_types
        on registrations.study_type = study_types.study_type
    where
        hits.attribute = 'study_kind'
        and hits.tier = 'title'
        and (study_kinds.is_read_from_title or study_types.study_kind is null)
),

kinds_by_registry as (
    select
        registrations.registration_id,
        'study_kind' as attribute,
        study_kinds.study_kind as value,
        10 as level,
        'study_type' as field,
        1 as position,
        registrations.study_type_raw as matched_text,
        'study_kind:registry:' || study_kinds.study_kind as rule_id,
    from registrations
    inner join study_kinds
        on registrations.study_type = study_kinds.study_type
),

candidates as (
    select
        registration_id, attribute, value, level, field, position, matched_text, rule_id,
        evidence_rank, segment, starts_at, language,
    from of_the_cells
    union all by name
    select * from donor_of_product
    union all by name
    select * from source_of_product
    union all by name
    select * from in_vivo
    union all by name
    select * from kinds_by_title
    union all by name
    select * from kinds_by_registry
    union all by name
    select
        registration_id, facet as attribute, label as value, 0 as level, field, position, matched_text, rule_id,
    from reviewed
),

best as (
    select *
    from candidates
    qualify row_number() over (
        partition by registration_id, attribute
        order by level, evidence_rank nulls last, position, starts_at nulls last, rule_id, segment, language
    ) = 1
),

defaults as (
    select * from {{ ref('label_defaults') }}
    where facet in ('{{ attributes | join("', '") }}')
)

select
    screening.registration_id,
    defaults.facet as attribute,
    coalesce(best.value, defaults.label) as value,
    best.field,
    best.position,
    best.matched_text,
    coalesce(best.rule_id, defaults.rule_id) as rule_id,
from screening
cross join defaults
left join best
    on screening.registration_id = best.registration_id
    and defaults.facet = best.attribute
