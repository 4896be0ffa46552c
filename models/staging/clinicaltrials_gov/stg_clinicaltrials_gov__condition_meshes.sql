-- MeSH terms that the registry derived from the conditions: one row per term.
with documents as (
    select * from {{ ref('stg_clinicaltrials_gov__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.study.derivedSection.conditionBrowseModule.meshes', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item.id as mesh_id,
    items.item.term as mesh_term,
from items
