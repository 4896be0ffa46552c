-- Arms of ClinicalTrials.gov studies: one row per arm.
with documents as (
    select * from {{ ref('stg_clinicaltrials_gov__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.study.protocolSection.armsInterventionsModule.armGroups', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item.label as arm_label,
    items.item.type as arm_type,
    items.item.description as description,
from items
