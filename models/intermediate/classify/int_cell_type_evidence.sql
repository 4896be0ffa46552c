-- What the naming of a cell says about a registration: one row per place where a cell type is named or a listed product stands.
-- `status`: given, named (nothing beside it decides), measured, history, negated or cell_free.
with

cell_type_hits as (
    select * from {{ ref('int_cell_type_hits') }}
),

product_hits as (
    select * from {{ ref('int_product_hits') }}
),

product_labels as (
    select * from {{ ref('product_labels') }}
    where facet = 'cell_type'
),

cells as (
    select
        registration_id,
        field,
        tier,
        evidence_rank,
        position,
        language,
        segment,
        starts_at,
        ends_before,
        matched_text,
        label as cell_type,
        1 as label_position,
        rule_id,
        strength,
        case
            when left_effect = 'derived_from' or right_effect = 'derived' then 'cell_free'
            when right_effect = 'history' then 'history'
            when left_effect = 'history' then 'history'
            when left_effect = 'negation' then 'negated'
            when strength in ('therapy', 'transplant', 'procedure', 'unmanipulated') then 'given'
            when left_effect = 'given' and coalesce(right_effect <> 'measurement', true) then 'given'
            when right_effect = 'measurement' or left_effect = 'measurement' then 'measured'
            when strength = 'unspecified' then 'given'
            when right_effect = 'given' or has_preparation_word then 'given'
            else 'named'
        end as status,
        coalesce(left_effect = 'given' or right_effect = 'given' or has_preparation_word, false) as is_administered,
        case
            when left_effect in ('derived_from', 'history', 'negation', 'measurement') then left_rule_id
            when right_effect in ('derived', 'history', 'measurement') then right_rule_id
        end as context_rule_id,
    from cell_type_hits
),

products as (
    select
        product_hits.registration_id,
        product_hits.field,
        product_hits.tier,
        product_hits.evidence_rank,
        product_hits.position,
        product_hits.language,
        product_hits.segment,
        product_hits.starts_at,
        product_hits.ends_before,
        product_hits.matched_text,
        product_labels.label as cell_type,
        product_labels.position as label_position,
        product_hits.rule_id,
        'product' as strength,
        case when product_hits.left_effect = 'history' then 'history' else 'given' end as status,
        true as is_administered,
        product_hits.left_rule_id as context_rule_id,
    from product_hits
    inner join product_labels
        on product_hits.label = product_labels.product_id
)

select
    registration_id,
    field,
    tier,
    evidence_rank,
    position,
    language,
    segment,
    starts_at,
    ends_before,
    matched_text,
    cell_type,
    label_position,
    rule_id,
    strength,
    status,
    is_administered,
    context_rule_id,
from cells

union all by name

select * from products
