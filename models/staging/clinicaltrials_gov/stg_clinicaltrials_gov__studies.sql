-- ClinicalTrials.gov studies, what stands once in a record: one row per registration.
with documents as (
    select * from {{ ref('stg_clinicaltrials_gov__documents') }}
)

select
    documents.registration_id,
    documents.study.protocolSection.identificationModule.orgStudyIdInfo.id as org_study_id,
    documents.study.protocolSection.identificationModule.briefTitle as brief_title,
    documents.study.protocolSection.identificationModule.officialTitle as official_title,
    documents.study.protocolSection.identificationModule.acronym as acronym,
    documents.study.protocolSection.statusModule.overallStatus as overall_status,
    {{ parse_date('documents.study.protocolSection.statusModule.startDateStruct.date') }} as start_date,
    {{ parse_date('documents.study.protocolSection.statusModule.completionDateStruct.date') }} as completion_date,
    {{ parse_date('documents.study.protocolSection.statusModule.studyFirstSubmitDate') }} as first_submitted_on,
    {{ parse_date('documents.study.protocolSection.statusModule.studyFirstPostDateStruct.date') }} as first_posted_on,
    {{ parse_date('documents.study.protocolSection.statusModule.lastUpdatePostDateStruct.date') }}
        as last_update_posted_on,
    documents.study.protocolSection.sponsorCollaboratorsModule.leadSponsor.name as lead_sponsor,
    documents.study.protocolSection.sponsorCollaboratorsModule.leadSponsor.class as lead_sponsor_class,
    documents.study.protocolSection.descriptionModule.briefSummary as brief_summary,
    documents.study.protocolSection.descriptionModule.detailedDescription as detailed_description,
    documents.study.protocolSection.designModule.studyType as study_type,
    {{ join_list('documents.study.protocolSection.designModule.phases', '/') }} as phases,
    documents.study.protocolSection.designModule.designInfo.allocation as allocation,
    documents.study.protocolSection.designModule.designInfo.interventionModel as intervention_model,
    documents.study.protocolSection.designModule.designInfo.primaryPurpose as primary_purpose,
    documents.study.protocolSection.designModule.designInfo.maskingInfo.masking as masking,
    documents.study.protocolSection.designModule.enrollmentInfo.count as enrollment,
    documents.study.protocolSection.designModule.enrollmentInfo.type as enrollment_type,
    documents.study.protocolSection.eligibilityModule.eligibilityCriteria as eligibility_criteria,
    documents.record_date,
    documents.data_cut,
    documents.is_sample,
from documents
