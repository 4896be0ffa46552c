-- Registrations of all registers as WHO ICTRP shows them, what stands once in a record: one row per registration.
with documents as (
    select * from {{ ref('stg_ictrp__documents') }}
)

select
    documents.registration_id,
    documents.record.source_register as source_register,
    documents.record.public_title as public_title,
    documents.record.scientific_title as scientific_title,
    documents.record.acronym as acronym,
    documents.record.primary_sponsor as primary_sponsor,
    coalesce(
        {{ parse_date('documents.record.date_registration3') }}, {{ parse_date('documents.record.date_registration') }}
    ) as registration_date,
    documents.record.web_address as web_address,
    documents.record.recruitment_status as recruitment_status,
    {{ parse_date('documents.record.date_enrolment') }} as start_date,
    {{ parse_date('documents.record.results_date_completed') }} as completion_date,
    {{ sum_of_arm_sizes('documents.record.target_size') }} as target_size,
    documents.record.study_type as study_type,
    documents.record.study_design as study_design,
    documents.record.phase as phase,
    documents.record.inclusion_criteria as inclusion_criteria,
    documents.record.exclusion_criteria as exclusion_criteria,
    documents.record.primary_outcome as primary_outcome,
    documents.record.secondary_outcome as secondary_outcome,
    documents.record.source_support as source_support,
    documents.record.retrospective_flag as retrospective_flag,
    documents.record.prospective_registration as prospective_registration,
    documents.record.bridging_flag as bridging_flag,
    {{ parse_date('documents.record.last_refreshed_on') }} as last_refreshed_on,
    documents.record_date,
    documents.data_cut,
    documents.is_sample,
from documents
