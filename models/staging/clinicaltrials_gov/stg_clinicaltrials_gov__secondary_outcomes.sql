-- Secondary outcomes of ClinicalTrials.gov studies: one row per outcome.
with documents as (
    select * from {{ ref('stg_clinicaltrials_gov__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.study.protocolSection.outcomesModule.secondaryOutcomes', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item.measure as measure,
from items
