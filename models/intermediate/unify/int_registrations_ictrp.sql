-- Registrations as WHO ICTRP shows them, in the shape of int_registrations_native: one row per registration of any
-- register.
with registrations as (
    select * from {{ ref('stg_ictrp__registrations') }}
),

registers as (
    select * from {{ ref('source_registers') }}
)

select
    registrations.registration_id,
    coalesce(registers.registry, 'ictrp') as registry,
    coalesce(registers.source_register, registrations.source_register, 'not stated') as source_register,
    registrations.public_title as public_title_raw,
    registrations.scientific_title as scientific_title_raw,
    registrations.acronym,
    nullif(registrations.registration_date, date '1990-01-01') as registration_date,
    registrations.start_date,
    registrations.completion_date,
    registrations.last_refreshed_on as last_update_date,
    registrations.recruitment_status as status_raw,
    registrations.study_type as study_type_raw,
    registrations.study_design,
    registrations.phase as phase_raw,
    nullif(registrations.target_size, 0) as target_enrollment,
    cast(null as bigint) as actual_enrollment,
    cast(null as varchar) as enrollment_type,
    registrations.primary_sponsor as lead_sponsor,
    cast(null as varchar) as lead_sponsor_class,
    cast(null as varchar) as allocation,
    coalesce(
        registrations.prospective_registration,
        case lower(registrations.retrospective_flag) when 'yes' then 'retrospective' when 'no' then 'prospective' end
    ) as registration_status_raw,
    registrations.web_address as url,
    registrations.record_date,
    registrations.data_cut,
    registrations.is_sample,
from registrations
left join registers
    on lower(registrations.source_register) = registers.raw_name
