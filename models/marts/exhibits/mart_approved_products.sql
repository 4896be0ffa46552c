-- Cell-therapy products that an agency has approved, with the dates: one row per agency and product.
with products as (
    select
        agency,
        product,
        local_name,
        substance,
        cell_class,
        cell_type,
        target,
        gene,
        indication_group,
        indication,
        approved_on,
        withdrawn_on,
        certainty,
        certainty_note,
        source,
        note,
    from {{ ref('approved_products') }}
)

select
    products.agency,
    products.product,
    products.local_name,
    products.substance,
    products.cell_class,
    products.cell_type,
    products.target,
    products.gene,
    products.indication_group,
    products.indication,
    products.approved_on,
    products.withdrawn_on,
    products.approved_on <= cast('{{ var("study_window_end") }}' as date) as is_approved_at_study_end,
    products.approved_on <= cast('{{ var("study_window_end") }}' as date)
    and coalesce(products.withdrawn_on > cast('{{ var("study_window_end") }}' as date), true) as is_valid_at_study_end,
    products.certainty,
    products.certainty_note,
    products.source,
    products.note,
from products
