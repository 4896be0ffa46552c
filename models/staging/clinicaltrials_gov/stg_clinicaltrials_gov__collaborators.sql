-- Collaborators of ClinicalTrials.gov studies: one row per collaborator.
{{ document_items(
    ref('stg_clinicaltrials_gov__documents'),
    'documents.study.protocolSection.sponsorCollaboratorsModule.collaborators',
) }}

select
    items.registration_id,
    items.position,
    items.item.name as name,
    items.item.class as sponsor_class,
from items
