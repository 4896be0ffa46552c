-- Sites of ClinicalTrials.gov studies: one row per site.
{{ document_items(
    ref('stg_clinicaltrials_gov__documents'),
    'documents.study.protocolSection.contactsLocationsModule.locations',
) }}

select
    items.registration_id,
    items.position,
    items.item.facility as facility,
    items.item.city as city,
    items.item.state as state,
    items.item.country as country,
from items
