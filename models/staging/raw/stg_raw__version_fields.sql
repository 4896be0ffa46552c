-- What the versions of a registration say, in the registry's words, in the fields that change while a trial runs: one row per
-- source table, registration and version, for registrations held in more than one version.
{%- set structures = {
    'clinicaltrials_gov': '
        {"protocolSection": {
            "identificationModule": {"briefTitle": "VARCHAR"},
            "statusModule": {"overallStatus": "VARCHAR", "startDateStruct": {"date": "VARCHAR"}},
            "designModule": {"phases": ["VARCHAR"], "enrollmentInfo": {"count": "BIGINT"}},
            "conditionsModule": {"conditions": ["VARCHAR"]},
            "armsInterventionsModule": {"interventions": [{"name": "VARCHAR"}]}}}
    ',
    'chictr': '
        {"public_title": {"zh": "VARCHAR", "en": "VARCHAR"}, "recruiting_status": {"zh": "VARCHAR", "en": "VARCHAR"},
         "phase": {"zh": "VARCHAR", "en": "VARCHAR"}, "target_size": "VARCHAR", "study_from": "VARCHAR",
         "condition": {"zh": "VARCHAR", "en": "VARCHAR"}}
    ',
    'chinadrugtrials': '
        {"public_title": "VARCHAR", "status": "VARCHAR", "phase": "VARCHAR", "target_size": "VARCHAR",
         "first_consent_date": "VARCHAR", "indication": "VARCHAR", "drug_name": "VARCHAR"}
    ',
    'ictrp': '
        {"public_title": "VARCHAR", "recruitment_status": "VARCHAR", "phase": "VARCHAR", "target_size": "VARCHAR",
         "date_enrolment": "VARCHAR", "condition": "VARCHAR", "intervention": "VARCHAR"}
    ',
} %}

with

{%- for source_name, structure in structures.items() %}

{{ source_name }} as (
    select * from {{ source('raw', source_name) }}
    qualify count(*) over (partition by registration_id) > 1
),

{{ source_name }}_documents as (
    select
        registration_id,
        document_hash,
        record_date,
        cast(data_cut as timestamp) as data_cut,
        cast(_dlt_valid_from as timestamp) as valid_from,
        {{ read_document('document', structure) }} as record,
    from {{ source_name }}
){{ ',' if not loop.last }}
{%- endfor %}

select
    'clinicaltrials_gov' as source,
    documents.registration_id,
    documents.document_hash,
    documents.record_date,
    documents.data_cut,
    documents.valid_from,
    documents.record.protocolsection.identificationmodule.brieftitle as public_title,
    documents.record.protocolsection.statusmodule.overallstatus as status,
    {{ join_list('documents.record.protocolsection.designmodule.phases', '/') }} as phase,
    cast(documents.record.protocolsection.designmodule.enrollmentinfo.count as varchar) as enrollment,
    documents.record.protocolsection.statusmodule.startdatestruct.date as start_date,
    {{ join_list('documents.record.protocolsection.conditionsmodule.conditions', '; ') }} as condition,
    {{ join_list(
        'list_transform(documents.record.protocolsection.armsinterventionsmodule.interventions, lambda item: item.name)',
        '; '
    ) }}
        as intervention,
from clinicaltrials_gov_documents as documents
union all
select
    'chictr' as source,
    registration_id,
    document_hash,
    record_date,
    data_cut,
    valid_from,
    coalesce(record.public_title.en, record.public_title.zh) as public_title,
    coalesce(record.recruiting_status.en, record.recruiting_status.zh) as status,
    coalesce(record.phase.en, record.phase.zh) as phase,
    record.target_size as enrollment,
    record.study_from as start_date,
    coalesce(record.condition.en, record.condition.zh) as condition,
    cast(null as varchar) as intervention,
from chictr_documents
union all
select
    'chinadrugtrials' as source,
    registration_id,
    document_hash,
    record_date,
    data_cut,
    valid_from,
    record.public_title,
    record.status,
    record.phase,
    record.target_size as enrollment,
    record.first_consent_date as start_date,
    record.indication as condition,
    record.drug_name as intervention,
from chinadrugtrials_documents
union all
select
    'ictrp' as source,
    registration_id,
    document_hash,
    record_date,
    data_cut,
    valid_from,
    record.public_title,
    record.recruitment_status as status,
    record.phase,
    record.target_size as enrollment,
    record.date_enrolment as start_date,
    record.condition,
    record.intervention,
from ictrp_documents
