-- Countries whose sites a ClinicalTrials.gov record no longer lists: one row per country.
{{ document_items(
    ref('stg_clinicaltrials_gov__documents'),
    'documents.study.derivedSection.miscInfoModule.removedCountries',
) }}

select
    items.registration_id,
    items.position,
    items.item as country,
from items
