-- Every registration that raw holds is in the screening exactly once, and nothing else is: one row per registration that is not.
{{ config(group="warehouse") }}
with versions as (
    select registration_id from {{ ref('stg_raw__versions') }}
),

screening as (
    select registration_id from {{ ref('fct_registration_screening') }}
),

held as (
    select distinct versions.registration_id
    from versions
),

screened as (
    select
        screening.registration_id,
        count(*) as n_rows,
    from screening
    group by screening.registration_id
)

select
    coalesce(held.registration_id, screened.registration_id) as registration_id,
    coalesce(screened.n_rows, 0) as n_rows,
    held.registration_id is not null as is_in_raw,
from held
full outer join screened
    on held.registration_id = screened.registration_id
where
    held.registration_id is null
    or screened.registration_id is null
    or screened.n_rows <> 1
