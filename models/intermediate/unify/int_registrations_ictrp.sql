-- Registrations as WHO ICTRP shows them, in the shape of int_registrations_native: one row per registration of any
-- register.
with registrations as (
    select * from {{ ref('stg_ictrp__registrations') }}
),

registers as (
    select * from {{ ref('source_registers') }}
),

placeholder_dates as (
    select * from {{ ref('placeholder_dates') }}
),

timings as (
    select * from {{ ref('registration_timings') }}
)

select
    registrations.registration_id,
    coalesce(registers.registry, 'ictrp') as registry,
    coalesce(registers.source_register, registrations.source_register, 'not stated') as source_register,
    registrations.public_title as public_title_raw,
    registrations.scientific_title as scientific_title_raw,
    registrations.acronym,
    case when placeholder_dates.registered_on is null then registrations.registration_date end as registration_date,
    registrations.start_date,
    registrations.completion_date,
    registrations.last_refreshed_on as last_update_date,
    registrations.recruitment_status as status_raw,
    registrations.study_type as study_type_raw,
    registrations.study_design,
    registrations.phase as phase_raw,
    nullif(registrations.target_size, 0) as target_enrollment,
    cast(null as bigint) as actual_enrollment,
    registrations.primary_sponsor as lead_sponsor,
    cast(null as varchar) as lead_sponsor_class,
    cast(null as varchar) as allocation,
    coalesce(by_statement.is_prospective, by_flag.is_prospective) as is_said_to_be_prospective,
    registrations.web_address as url,
    registrations.record_date,
    registrations.data_cut,
    registrations.is_sample,
from registrations
left join registers
    on lower(registrations.source_register) = registers.raw_name
left join placeholder_dates
    on registrations.registration_date = placeholder_dates.registered_on
left join timings as by_statement
    on by_statement.field = 'prospective_registration'
    and lower({{ tidy('registrations.prospective_registration') }}) = by_statement.wording
left join timings as by_flag
    on by_flag.field = 'retrospective_flag'
    and lower({{ tidy('registrations.retrospective_flag') }}) = by_flag.wording
