-- Which registrations make up which trial of the landscape: one row per trial and registration.
with trial_registrations as (
    select
        trial_id,
        registration_id,
        is_primary,
    from {{ ref('int_trial_registrations') }}
),

registrations as (
    select
        registration_id,
        registry,
        source_register,
        public_title,
        registration_date,
        status,
        lead_sponsor,
        url,
        record_date,
        is_sample,
    from {{ ref('int_registrations') }}
),

screening as (
    select
        registration_id,
        is_cell_therapy,
    from {{ ref('int_registration_screening') }}
),

-- With link_scope = all, registrations that are no cell therapy are grouped too; such groups are no trials of the landscape.
cell_therapy_trials as (
    select distinct trial_registrations.trial_id
    from trial_registrations
    inner join screening
        on trial_registrations.registration_id = screening.registration_id
    where screening.is_cell_therapy
)

select
    trial_registrations.trial_id,
    trial_registrations.registration_id,
    registrations.registry,
    registrations.source_register,
    trial_registrations.is_primary,
    cast(row_number() over (
        partition by trial_registrations.trial_id
        order by
            trial_registrations.is_primary desc,
            registrations.registration_date asc nulls last,
            trial_registrations.registration_id asc
    ) as integer) as registration_rank,
    registrations.public_title,
    registrations.registration_date,
    registrations.status,
    registrations.lead_sponsor,
    registrations.record_date,
    registrations.url,
    registrations.is_sample,
from trial_registrations
inner join cell_therapy_trials
    on trial_registrations.trial_id = cell_therapy_trials.trial_id
inner join registrations
    on trial_registrations.registration_id = registrations.registration_id
