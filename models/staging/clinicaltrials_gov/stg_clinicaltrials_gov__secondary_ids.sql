-- Secondary ids of ClinicalTrials.gov studies: one row per id.
with documents as (
    select * from {{ ref('stg_clinicaltrials_gov__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.study.protocolSection.identificationModule.secondaryIdInfos', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item.id as secondary_id,
    items.item.type as id_type,
    items.item.domain as domain,
from items
