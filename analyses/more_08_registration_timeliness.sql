-- When trials in China were registered, by register: one row per registry, year and timeliness.
with timeliness as (
    select
        trial_id,
        registration_id,
        registry,
        registration_year,
        timeliness,
    from {{ ref('mart_registration_timeliness') }}
    where is_china and in_study_window
),

members as (
    select
        trial_id,
        registration_id,
        registry,
        registration_year,
        timeliness,
    from timeliness
)

select
    members.registry,
    members.registration_year,
    members.timeliness,
    count(*) as n_registrations,
    count(*) * 1.0 / sum(count(*)) over (
        partition by members.registry, members.registration_year
    ) as share_of_registry_and_year,
    cast(sum(count(*)) over (
        partition by members.registry, members.registration_year
    ) as integer) as n_registry_and_year,
from members
group by members.registry, members.registration_year, members.timeliness
order by members.registry, members.registration_year, members.timeliness
