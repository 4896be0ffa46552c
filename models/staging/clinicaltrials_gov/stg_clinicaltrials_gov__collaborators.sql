-- Collaborators of ClinicalTrials.gov studies: one row per collaborator.
with documents as (
    select * from {{ ref('stg_clinicaltrials_gov__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.study.protocolSection.sponsorCollaboratorsModule.collaborators', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item.name as name,
    items.item.class as sponsor_class,
from items
