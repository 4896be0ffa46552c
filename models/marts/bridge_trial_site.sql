-- Sites that the registrations of each trial list: one row per trial, registration and position in its list.
with registrations as (
    select
        trial_id,
        registration_id,
    from {{ ref('bridge_trial_registration') }}
),

sites as (
    select
        registration_id,
        position,
        facility,
        city,
        province,
        country,
    from {{ ref('int_registration_sites') }}
)

select
    registrations.trial_id,
    sites.registration_id,
    cast(sites.position as integer) as position,
    sites.facility,
    sites.city,
    sites.province,
    sites.country,
from sites
inner join registrations
    on sites.registration_id = registrations.registration_id
