-- Registrations as their own registry shows them, in one shape: one row per registration of ClinicalTrials.gov, ChiCTR and
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

placeholder_dates as (
    select * from {{ ref('placeholder_dates') }}
),

timings as (
    select * from {{ ref('registration_timings') }}
    where field = 'registration_status'
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
),

chictr_timings as (
    select
        chictr.registration_id,
        timings.is_prospective,
    from chictr
    inner join timings
        on contains(lower(coalesce(chictr.registration_status_en, chictr.registration_status_zh)), timings.wording)
    qualify row_number() over (partition by chictr.registration_id order by timings.rule_id) = 1
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
    clinicaltrials_gov.lead_sponsor,
    clinicaltrials_gov.lead_sponsor_class,
    clinicaltrials_gov.allocation,
    cast(null as boolean) as is_said_to_be_prospective,
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
    case when placeholder_dates.registered_on is null then chictr.registration_date end as registration_date,
    coalesce(chictr.recruiting_from, chictr.study_from) as start_date,
    chictr.study_to as completion_date,
    chictr.last_refreshed_on as last_update_date,
    coalesce(chictr.recruiting_status_en, chictr.recruiting_status_zh) as status_raw,
    coalesce(chictr.study_type_en, chictr.study_type_zh) as study_type_raw,
    coalesce(chictr.design_en, chictr.design_zh) as study_design,
    coalesce(chictr.phase_en, chictr.phase_zh) as phase_raw,
    coalesce(chictr_sizes.target_size, chictr.target_size) as target_enrollment,
    cast(null as bigint) as actual_enrollment,
    coalesce(chictr.primary_sponsor_en, chictr.primary_sponsor_zh) as lead_sponsor,
    cast(null as varchar) as lead_sponsor_class,
    cast(null as varchar) as allocation,
    chictr_timings.is_prospective as is_said_to_be_prospective,
    chictr.url,
    chictr.record_date,
    chictr.data_cut,
    chictr.is_sample,
from chictr
left join chictr_sizes
    on chictr.registration_id = chictr_sizes.registration_id
left join placeholder_dates
    on chictr.registration_date = placeholder_dates.registered_on
left join chictr_timings
    on chictr.registration_id = chictr_timings.registration_id
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
    first_applicants.name as lead_sponsor,
    cast(null as varchar) as lead_sponsor_class,
    chinadrugtrials.randomization as allocation,
    cast(null as boolean) as is_said_to_be_prospective,
    chinadrugtrials.url,
    chinadrugtrials.record_date,
    chinadrugtrials.data_cut,
    chinadrugtrials.is_sample,
from chinadrugtrials
left join first_applicants
    on chinadrugtrials.registration_id = first_applicants.registration_id
