-- eTable 2: approved products of the four agencies: one row per agency and product.
with products as (
    select
        agency,
        product,
        local_name,
        substance,
        cell_class,
        cell_type,
        target,
        indication,
        approved_on,
        withdrawn_on,
        is_approved_at_study_end,
        is_valid_at_study_end,
        certainty,
        certainty_note,
        source,
        note,
    from {{ ref('mart_approved_products') }}
)

select
    products.agency,
    products.product,
    products.local_name,
    products.substance,
    products.cell_class,
    products.cell_type,
    products.target,
    products.indication,
    products.approved_on,
    products.withdrawn_on,
    products.is_approved_at_study_end,
    products.is_valid_at_study_end,
    products.certainty,
    products.certainty_note,
    products.source,
    products.note,
from products
order by products.agency, products.approved_on, products.product
