-- ChinaDrugTrials registrations, what stands once in a record: one row per registration.
with documents as (
    select * from {{ ref('stg_chinadrugtrials__documents') }}
)

select
    documents.registration_id,
    documents.record.status as status,
    documents.record.drug_name as drug_name,
    documents.record.former_drug_name as former_drug_name,
    documents.record.drug_type as drug_type,
    documents.record.acceptance_number as acceptance_number,
    documents.record.indication as indication,
    documents.record.scientific_title as scientific_title,
    documents.record.public_title as public_title,
    documents.record.protocol_code as protocol_code,
    documents.record.purpose as purpose,
    documents.record.phase as phase,
    documents.record.design_type as design_type,
    documents.record.randomization as randomization,
    documents.record.blinding as blinding,
    documents.record.inclusion_criteria as inclusion_criteria,
    documents.record.exclusion_criteria as exclusion_criteria,
    documents.record.status_detail as status_detail,
    documents.record.url as url,
    {{ parse_date('documents.record.first_public_date') }} as first_public_on,
    {{ parse_date(first_date('documents.record.first_consent_date')) }} as first_consent_on,
    {{ parse_date(first_date('documents.record.first_enrolment_date')) }} as first_enrolment_on,
    {{ parse_date(first_date('documents.record.completion_date')) }} as completed_on,
    {{ parse_date(first_date('documents.record.termination_date')) }} as terminated_on,
    {{ largest_size('documents.record.target_size') }} as target_size,
    {{ largest_size('documents.record.actual_size') }} as actual_size,
    documents.record_date,
    documents.data_cut,
    documents.is_sample,
from documents
