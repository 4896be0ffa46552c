-- Ids that ClinicalTrials.gov retired in favour of a study: one row per alias.
{{ document_items(
    ref('stg_clinicaltrials_gov__documents'),
    'documents.study.protocolSection.identificationModule.nctIdAliases',
) }}

select
    items.registration_id,
    items.position,
    items.item as alias,
from items
