-- Countries that the registrations of each trial name: one row per trial and country.
with registrations as (
    select
        trial_id,
        registration_id,
        registration_rank,
    from {{ ref('bridge_trial_registration') }}
),

countries as (
    select
        registration_id,
        country,
        country_raw,
    from {{ ref('int_registration_countries') }}
)

select
    registrations.trial_id,
    countries.country,
    countries.registration_id,
    countries.country_raw,
from countries
inner join registrations
    on countries.registration_id = registrations.registration_id
qualify row_number() over (
    partition by registrations.trial_id, countries.country
    order by registrations.registration_rank, countries.country_raw
) = 1
