-- Countries whose sites a ClinicalTrials.gov record no longer lists: one row per country.
with documents as (
    select * from {{ ref('stg_clinicaltrials_gov__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.study.derivedSection.miscInfoModule.removedCountries', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item as country,
from items
