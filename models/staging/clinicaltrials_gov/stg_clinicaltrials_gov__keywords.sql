-- Keywords of ClinicalTrials.gov studies: one row per keyword.
{{ document_items(
    ref('stg_clinicaltrials_gov__documents'),
    'documents.study.protocolSection.conditionsModule.keywords',
) }}

select
    items.registration_id,
    items.position,
    items.item as keyword,
from items
