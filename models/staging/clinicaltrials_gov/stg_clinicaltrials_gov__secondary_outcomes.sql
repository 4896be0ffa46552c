-- Secondary outcomes of ClinicalTrials.gov studies: one row per outcome.
{{ document_items(
    ref('stg_clinicaltrials_gov__documents'),
    'documents.study.protocolSection.outcomesModule.secondaryOutcomes',
) }}

select
    items.registration_id,
    items.position,
    items.item.measure as measure,
from items
