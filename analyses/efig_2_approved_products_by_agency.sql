-- eFig. 2: products approved by each agency up to the end of the study window, still valid or not: one row per agency,
-- class and state.
with products as (
    select
        agency,
        product,
        cell_class,
        is_valid_at_study_end,
    from {{ ref('mart_approved_products') }}
    where is_approved_at_study_end
),

members as (
    select
        agency,
        product,
        cell_class,
        case when is_valid_at_study_end then 'valid' else 'withdrawn' end as state,
    from products
)

select
    members.agency,
    members.cell_class,
    members.state,
    count(*) as n_products,
    cast(sum(count(*)) over (partition by members.agency) as integer) as n_products_of_agency,
from members
group by members.agency, members.cell_class, members.state
order by members.agency, members.cell_class, members.state
