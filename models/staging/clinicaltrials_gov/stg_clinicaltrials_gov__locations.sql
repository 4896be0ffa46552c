-- Sites of ClinicalTrials.gov studies: one row per site.
with documents as (
    select * from {{ ref('stg_clinicaltrials_gov__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.study.protocolSection.contactsLocationsModule.locations', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item.facility as facility,
    items.item.city as city,
    items.item.state as state,
    items.item.country as country,
from items
