-- Fig. 1: approved products by agency, class and year, and how many have been approved so far: one row per agency,
-- class and year.
with products as (
    select
        agency,
        product,
        cell_class,
        approved_on,
    from {{ ref('mart_approved_products') }}
    where is_approved_at_study_end
),

members as (
    select
        agency,
        product,
        cell_class,
        cast(extract(year from approved_on) as integer) as approval_year,
        approved_on,
    from products
),

years as (
    select unnest(generate_series(2010, extract(year from cast('{{ var("study_window_end") }}' as date)))) as year
),

agency_classes as (
    select distinct agency, cell_class from members
)

select
    agency_classes.agency,
    agency_classes.cell_class,
    cast(years.year as integer) as year,
    count(members.product) filter (where members.approval_year = years.year) as n_approved,
    count(members.product) as n_approved_so_far,
from agency_classes
cross join years
left join members
    on
    agency_classes.agency = members.agency
    and agency_classes.cell_class = members.cell_class
    and years.year >= members.approval_year
group by agency_classes.agency, agency_classes.cell_class, years.year
order by agency_classes.agency, agency_classes.cell_class, years.year
