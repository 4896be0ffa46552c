-- Conditions of ClinicalTrials.gov studies: one row per condition.
with documents as (
    select * from {{ ref('stg_clinicaltrials_gov__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.study.protocolSection.conditionsModule.conditions', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item as condition,
from items
