-- Secondary ids of ClinicalTrials.gov studies: one row per id.
{{ document_items(
    ref('stg_clinicaltrials_gov__documents'),
    'documents.study.protocolSection.identificationModule.secondaryIdInfos',
) }}

select
    items.registration_id,
    items.position,
    items.item.id as secondary_id,
    items.item.type as id_type,
    items.item.domain as domain,
from items
