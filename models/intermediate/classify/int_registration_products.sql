-- Which listed products are given: one row per registration and product, with its strongest evidence.
with

hits as (
    select * from {{ ref('int_product_hits') }}
),

products as (
    select * from {{ ref('products') }}
),

given as (
    select *
    from hits
    where
        tier in ('title', 'intervention', 'arm')
        and coalesce(left_effect <> 'history', true)
)

select
    given.registration_id,
    products.product_id,
    products.product,
    given.field,
    given.position,
    given.matched_text,
    given.rule_id,
from given
inner join products
    on given.label = products.product_id
qualify row_number() over (
    partition by given.registration_id, products.product_id
    order by given.evidence_rank, given.position, given.segment, given.starts_at, given.rule_id, given.language
) = 1
