-- Conditions of ClinicalTrials.gov studies: one row per condition.
{{ document_items(
    ref('stg_clinicaltrials_gov__documents'),
    'documents.study.protocolSection.conditionsModule.conditions',
) }}

select
    items.registration_id,
    items.position,
    items.item as condition,
from items
