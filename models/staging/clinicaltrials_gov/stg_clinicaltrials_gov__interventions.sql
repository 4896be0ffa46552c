-- Interventions of ClinicalTrials.gov studies: one row per intervention.
with documents as (
    select * from {{ ref('stg_clinicaltrials_gov__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.study.protocolSection.armsInterventionsModule.interventions', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item.type as intervention_type,
    items.item.name as name,
    items.item.description as description,
    {{ join_list('items.item.otherNames', '; ') }} as other_names,
from items
