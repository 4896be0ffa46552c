-- Registrations as their own registry shows them, in one shape: one row per registration of ClinicalTrials.gov, ChiCTR
-- and
-- ChinaDrugTrials.
with clinicaltrials_gov as (
    select * from {{ ref('stg_clinicaltrials_gov__studies') }}
),

chictr as (
    select * from {{ ref('stg_chictr__registrations') }}
),

chictr_arms as (
    select * from {{ ref('stg_chictr__arms') }}
),

chinadrugtrials as (
    select * from {{ ref('stg_chinadrugtrials__registrations') }}
),

chinadrugtrials_sponsors as (
    select * from {{ ref('stg_chinadrugtrials__sponsors') }}
),

chictr_sizes as (
    select
        chictr_arms.registration_id,
        sum(chictr_arms.sample_size) as target_size,
    from chictr_arms
    group by chictr_arms.registration_id
),

first_applicants as (
    select
        chinadrugtrials_sponsors.registration_id,
        chinadrugtrials_sponsors.name,
    from chinadrugtrials_sponsors
    where chinadrugtrials_sponsors.position = 1
)

select
    clinicaltrials_gov.registration_id,
    'clinicaltrials_gov' as registry,
    'ClinicalTrials.gov' as source_register,
    clinicaltrials_gov.brief_title as public_title_raw,
    clinicaltrials_gov.official_title as scientific_title_raw,
    clinicaltrials_gov.acronym,
    coalesce(clinicaltrials_gov.first_submitted_on, clinicaltrials_gov.first_posted_on) as registration_date,
    clinicaltrials_gov.start_date,
    clinicaltrials_gov.completion_date,
    clinicaltrials_gov.last_update_posted_on as last_update_date,
    clinicaltrials_gov.overall_status as status_raw,
    clinicaltrials_gov.study_type as study_type_raw,
    concat_ws(
        '; ', clinicaltrials_gov.allocation, clinicaltrials_gov.intervention_model, clinicaltrials_gov.primary_purpose,
        clinicaltrials_gov.masking
    ) as study_design,
    clinicaltrials_gov.phases as phase_raw,
    -- A withdrawn study states 0, which is no target.
    nullif(clinicaltrials_gov.enrollment, 0) as target_enrollment,
    case when clinicaltrials_gov.enrollment_type = 'ACTUAL' then clinicaltrials_gov.enrollment end as actual_enrollment,
    lower(clinicaltrials_gov.enrollment_type) as enrollment_type,
    clinicaltrials_gov.lead_sponsor,
    clinicaltrials_gov.lead_sponsor_class,
    clinicaltrials_gov.allocation,
    cast(null as varchar) as registration_status_raw,
    cast(null as varchar) as url,
    clinicaltrials_gov.record_date,
    clinicaltrials_gov.data_cut,
    clinicaltrials_gov.is_sample,
from clinicaltrials_gov
union all
select
    chictr.registration_id,
    'chictr' as registry,
    'ChiCTR' as source_register,
    coalesce(chictr.public_title_en, chictr.public_title_zh) as public_title_raw,
    coalesce(chictr.scientific_title_en, chictr.scientific_title_zh) as scientific_title_raw,
    coalesce(chictr.acronym_en, chictr.acronym_zh) as acronym,
    -- 1990-01-01 is what ChiCTR shows where it has no date.
    nullif(chictr.registration_date, date '1990-01-01') as registration_date,
    coalesce(chictr.recruiting_from, chictr.study_from) as start_date,
    chictr.study_to as completion_date,
    chictr.last_refreshed_on as last_update_date,
    coalesce(chictr.recruiting_status_en, chictr.recruiting_status_zh) as status_raw,
    coalesce(chictr.study_type_en, chictr.study_type_zh) as study_type_raw,
    coalesce(chictr.design_en, chictr.design_zh) as study_design,
    coalesce(chictr.phase_en, chictr.phase_zh) as phase_raw,
    coalesce(chictr_sizes.target_size, chictr.target_size) as target_enrollment,
    cast(null as bigint) as actual_enrollment,
    cast(null as varchar) as enrollment_type,
    coalesce(chictr.primary_sponsor_en, chictr.primary_sponsor_zh) as lead_sponsor,
    cast(null as varchar) as lead_sponsor_class,
    cast(null as varchar) as allocation,
    coalesce(chictr.registration_status_en, chictr.registration_status_zh) as registration_status_raw,
    chictr.url,
    chictr.record_date,
    chictr.data_cut,
    chictr.is_sample,
from chictr
left join chictr_sizes
    on chictr.registration_id = chictr_sizes.registration_id
union all
select
    chinadrugtrials.registration_id,
    'chinadrugtrials' as registry,
    'ChinaDrugTrials' as source_register,
    chinadrugtrials.public_title as public_title_raw,
    chinadrugtrials.scientific_title as scientific_title_raw,
    cast(null as varchar) as acronym,
    chinadrugtrials.first_public_on as registration_date,
    coalesce(chinadrugtrials.first_consent_on, chinadrugtrials.first_enrolment_on) as start_date,
    coalesce(chinadrugtrials.completed_on, chinadrugtrials.terminated_on) as completion_date,
    chinadrugtrials.record_date as last_update_date,
    coalesce(chinadrugtrials.status_detail, chinadrugtrials.status) as status_raw,
    'Interventional' as study_type_raw,
    concat_ws(
        '; ', chinadrugtrials.design_type, chinadrugtrials.randomization, chinadrugtrials.blinding
    ) as study_design,
    chinadrugtrials.phase as phase_raw,
    chinadrugtrials.target_size as target_enrollment,
    chinadrugtrials.actual_size as actual_enrollment,
    cast(null as varchar) as enrollment_type,
    first_applicants.name as lead_sponsor,
    cast(null as varchar) as lead_sponsor_class,
    chinadrugtrials.randomization as allocation,
    cast(null as varchar) as registration_status_raw,
    chinadrugtrials.url,
    chinadrugtrials.record_date,
    chinadrugtrials.data_cut,
    chinadrugtrials.is_sample,
from chinadrugtrials
left join first_applicants
    on chinadrugtrials.registration_id = first_applicants.registration_id
