-- Numbers, dates, phase and criteria that are compared between registrations: one row per registration in the link scope.
with scope as (
    select * from {{ ref('int_linkage_registrations') }}
),

registrations as (
    select * from {{ ref('int_registrations') }}
),

phases as (
    select * from {{ ref('int_registration_phases') }}
),

phase_positions as (
    select * from {{ ref('phase_positions') }}
),

criteria as (
    select * from {{ ref('int_linkage_criteria') }}
)

select
    scope.registration_id,
    scope.register,
    scope.identifier_key,
    scope.sibling_markers,
    nullif(registrations.target_enrollment, 0) as target_enrollment,
    nullif(registrations.actual_enrollment, 0) as actual_enrollment,
    registrations.start_date,
    registrations.completion_date,
    registrations.registration_date_or_estimate as registration_date,
    phase_positions.position as phase_position,
    criteria.english_sample as criteria_en,
    criteria.chinese_sample as criteria_zh,
from scope
inner join registrations
    on scope.registration_id = registrations.registration_id
left join phases
    on scope.registration_id = phases.registration_id
left join phase_positions
    on phases.phase = phase_positions.phase
left join criteria
    on scope.registration_id = criteria.registration_id
