-- Keywords of ClinicalTrials.gov studies: one row per keyword.
with documents as (
    select * from {{ ref('stg_clinicaltrials_gov__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.study.protocolSection.conditionsModule.keywords', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item as keyword,
from items
