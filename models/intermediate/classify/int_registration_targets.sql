-- Which antigens the product is directed at: one row per registration and target, with its strongest evidence.
-- Evidence, strongest first: the antigen named with the product in title, intervention or arm; a listed product; the
-- antigen named with the product in the prose, or a product listed there; for CAR and TCR products without any of these,
-- an antigen that qualifies the disease, and then a symbol that no list holds.
with

cell_types as (
    select
        labels.*,
        cell_types.antigen,
        cell_types.sort_order,
    from {{ ref('int_registration_cell_types') }} as labels
    inner join {{ ref('cell_types') }} as cell_types
        on labels.cell_type = cell_types.cell_type
),

hits as (
    select * from {{ ref('int_target_contexts') }}
),

strengths as (
    select * from {{ ref('target_evidence') }}
),

registration_products as (
    select * from {{ ref('int_registration_products') }}
),

product_hits as (
    select * from {{ ref('int_product_hits') }}
),

segments as (
    select * from {{ ref('int_text_segments') }}
),

unlisted_terms as (
    select * from {{ ref('unlisted_antigen_terms') }}
),

product_labels as (
    select * from {{ ref('product_labels') }}
    where facet = 'target'
),

defaults as (
    select * from {{ ref('label_defaults') }}
    where facet = 'target'
),

reviewed as (
    select
        registration_id,
        label as target,
        label as target_text,
        field,
        position,
        matched_text,
        rule_id,
    from {{ ref('int_reviewed_labels') }}
    where facet = 'target'
),

sentences_on_cells as (
    select distinct registration_id, field, position, language, segment
    from {{ ref('int_cell_type_evidence') }}
),

needs as (
    select
        registration_id,
        bool_or(antigen = 'required') as is_required,
    from cell_types
    where antigen in ('required', 'possible')
    group by registration_id
),

-- what a hit is worth depends on the wording, on the cells it may belong to, on the field and on the words beside it
weighed as (
    select
        hits.*,
        strengths.evidence_level,
    from hits
    inner join cell_types
        on hits.registration_id = cell_types.registration_id
    left join sentences_on_cells
        on hits.registration_id = sentences_on_cells.registration_id
        and hits.field = sentences_on_cells.field
        and hits.position = sentences_on_cells.position
        and hits.language = sentences_on_cells.language
        and hits.segment = sentences_on_cells.segment
    inner join strengths
        on hits.strength = strengths.strength
        and cell_types.cell_type = strengths.cell_type
        and case
            when hits.tier = 'title' then 'title'
            when hits.tier = 'intervention' or hits.field = 'arm_label' then 'intervention'
            when hits.tier = 'arm' then 'arm'
            when hits.tier in ('condition', 'keyword') then hits.tier
            else 'prose'
        end = strengths.place
        and case
            when hits.right_effect = 'armed' then 'armed'
            when hits.right_effect = 'bispecific' and hits.left_effect = 'armed' then 'armed'
            when hits.right_effect = 'measurement' and hits.left_effect = 'loaded' then 'product'
            when hits.right_effect in ('armour', 'antibody', 'bispecific', 'measurement') then hits.right_effect
            when hits.left_effect = 'armour' and coalesce(hits.right_effect <> 'product', true) then 'armour'
            when hits.left_effect in ('history', 'measurement') then hits.left_effect
            when hits.left_effect = 'loaded' then 'product'
            when hits.right_effect in ('history', 'selection') then hits.right_effect
            when hits.left_effect = 'armed' then 'armed'
            when hits.right_effect = 'product' and hits.right_words_between = 0 then 'adjacent'
            when hits.right_effect = 'product' or hits.left_effect = 'product' then 'product'
            when hits.left_effect = 'anti' then 'anti'
            when sentences_on_cells.registration_id is null then 'named_apart'
            else 'named'
        end = strengths.context
),

-- a checkpoint that is knocked out or secreted anywhere is armour everywhere ("CD19-PD1-CART")
armour as (
    select distinct registration_id, label
    from hits
    where strength = 'checkpoint' and 'armour' in (left_effect, right_effect)
),

from_text as (
    select
        weighed.registration_id,
        weighed.label as target,
        weighed.matched_text as target_text,
        weighed.evidence_level,
        weighed.field,
        weighed.position,
        weighed.matched_text,
        weighed.rule_id,
        weighed.evidence_rank,
        weighed.segment,
        weighed.starts_at,
        weighed.language,
    from weighed
    anti join armour
        on weighed.registration_id = armour.registration_id
        and weighed.label = armour.label
),

from_products as (
    select
        registration_products.registration_id,
        product_labels.label as target,
        registration_products.matched_text as target_text,
        2 as evidence_level,
        registration_products.field,
        registration_products.position,
        registration_products.matched_text,
        registration_products.rule_id,
        99 as evidence_rank,
        1 as segment,
        product_labels.position as starts_at,
    from registration_products
    inner join product_labels
        on registration_products.product_id = product_labels.product_id
    semi join needs
        on registration_products.registration_id = needs.registration_id
),

-- "participants who receive tisagenlecleucel": the summary may be the only place that names the product
from_products_in_prose as (
    select
        product_hits.registration_id,
        product_labels.label as target,
        product_hits.matched_text as target_text,
        3 as evidence_level,
        product_hits.field,
        product_hits.position,
        product_hits.matched_text,
        product_hits.rule_id,
        product_hits.evidence_rank,
        product_hits.segment,
        product_hits.starts_at,
        product_hits.language,
    from product_hits
    inner join product_labels
        on product_hits.label = product_labels.product_id
    semi join needs
        on product_hits.registration_id = needs.registration_id
    anti join registration_products
        on product_hits.registration_id = registration_products.registration_id
    where
        product_hits.tier = 'prose'
        and coalesce(product_hits.left_effect <> 'history', true)
),

stated as (
    select * from from_text
    union all by name
    select * from from_products
    union all by name
    select * from from_products_in_prose
),

-- levels 1 and 2 add up; a weaker level speaks only where the stronger ones are silent
decisive as (
    select *
    from stated
    qualify evidence_level <= greatest(min(evidence_level) over (partition by registration_id), 2)
),

best_evidence as (
    select
        registration_id,
        target,
        string_agg(distinct target_text, '; ' order by target_text) over (
            partition by registration_id, target
        ) as target_text,
        field,
        position,
        matched_text,
        rule_id,
    from decisive
    qualify row_number() over (
        partition by registration_id, target
        order by evidence_level, evidence_rank, position, segment, starts_at, rule_id, language
    ) = 1
),

unnamed as (
    select needs.registration_id
    from needs
    anti join best_evidence
        on needs.registration_id = best_evidence.registration_id
    where needs.is_required
),

-- "CAR-T targeting ABCD1": wording that makes an antigen of a symbol
unlisted_symbols as (
    select
        segments.registration_id,
        segments.field,
        segments.position,
        segments.evidence_rank,
        segments.segment,
        segments.language,
        unlisted_terms.label,
        unlisted_terms.rule_id,
        unlisted_terms.exception,
        regexp_extract(segments.text, unlisted_terms.term, 1) as symbol,
    from segments
    semi join unnamed
        on segments.registration_id = unnamed.registration_id
    inner join unlisted_terms
        on regexp_matches(segments.text, unlisted_terms.term)
    where segments.tier in ('title', 'intervention', 'arm')
),

unlisted as (
    select
        registration_id,
        label as target,
        symbol as target_text,
        field,
        position,
        symbol as matched_text,
        rule_id,
    from unlisted_symbols
    where not regexp_full_match(symbol, exception)
    qualify row_number() over (
        partition by registration_id order by evidence_rank, position, segment, rule_id, language
    ) = 1
),

-- a CAR or TCR product without an antigen keeps its place in the denominator
silent as (
    select
        cell_types.registration_id,
        defaults.label as target,
        cast(null as varchar) as target_text,
        cell_types.field,
        cell_types.position,
        cell_types.matched_text,
        cell_types.rule_id,
    from cell_types
    cross join defaults
    semi join unnamed
        on cell_types.registration_id = unnamed.registration_id
    anti join unlisted
        on cell_types.registration_id = unlisted.registration_id
    where cell_types.antigen = 'required'
    qualify row_number() over (
        partition by cell_types.registration_id order by cell_types.is_primary desc, cell_types.sort_order
    ) = 1
),

ruled as (
    select * from best_evidence
    union all by name
    select * from unlisted
    union all by name
    select * from silent
),

labels as (
    select ruled.*
    from ruled
    anti join reviewed
        on ruled.registration_id = reviewed.registration_id

    union all by name

    select reviewed.*
    from reviewed
    semi join cell_types
        on reviewed.registration_id = cell_types.registration_id
)

select
    registration_id,
    target,
    target_text,
    field,
    position,
    matched_text,
    rule_id,
from labels
