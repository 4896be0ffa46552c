-- Numbers, dates and phase that are compared between registrations: one row per registration in the link scope.
with scope as (
    select * from {{ ref('int_linkage_registrations') }}
),

registrations as (
    select * from {{ ref('int_registrations') }}
),

phases as (
    select * from {{ ref('int_registration_phases') }}
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
    registrations.registration_date,
    case when phases.phase not in ('not_reported', 'not_applicable') then phases.phase end as phase,
from scope
inner join registrations
    on scope.registration_id = registrations.registration_id
left join phases
    on scope.registration_id = phases.registration_id
