-- Interventions of ClinicalTrials.gov studies: one row per intervention.
{{ document_items(
    ref('stg_clinicaltrials_gov__documents'),
    'documents.study.protocolSection.armsInterventionsModule.interventions',
) }}

select
    items.registration_id,
    items.position,
    items.item.type as intervention_type,
    items.item.name as name,
    items.item.description as description,
    {{ join_list('item.otherNames', '; ') }} as other_names,
from items
