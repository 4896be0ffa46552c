-- MeSH terms that the registry derived from the conditions: one row per term.
{{ document_items(
    ref('stg_clinicaltrials_gov__documents'),
    'documents.study.derivedSection.conditionBrowseModule.meshes',
) }}

select
    items.registration_id,
    items.position,
    items.item.term as mesh_term,
from items
