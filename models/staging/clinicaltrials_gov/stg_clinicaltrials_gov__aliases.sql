-- Ids that ClinicalTrials.gov retired in favour of a study: one row per alias.
with documents as (
    select * from {{ ref('stg_clinicaltrials_gov__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.study.protocolSection.identificationModule.nctIdAliases', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item as alias,
from items
