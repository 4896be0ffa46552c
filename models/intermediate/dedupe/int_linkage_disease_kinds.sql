-- What each disease is a kind of, over all steps: one row per disease and wider disease.
with recursive

disease_kinds as (
    select * from {{ ref('disease_kinds') }}
),

wider as (
    select
        disease,
        kind_of,
    from disease_kinds
    union
    select
        wider.disease,
        disease_kinds.kind_of,
    from wider
    inner join disease_kinds
        on wider.kind_of = disease_kinds.disease
)

select
    disease,
    kind_of,
from wider
