-- Arms of ClinicalTrials.gov studies: one row per arm.
{{ document_items(
    ref('stg_clinicaltrials_gov__documents'),
    'documents.study.protocolSection.armsInterventionsModule.armGroups',
) }}

select
    items.registration_id,
    items.position,
    items.item.label as arm_label,
    items.item.description as description,
from items
