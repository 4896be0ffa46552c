-- Interventions of ICTRP rows, split where the portal joined them: one row per intervention.
with documents as (
    select * from {{ ref('stg_ictrp__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position(split_text('documents.record.intervention', '[;；]'), 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item as intervention,
from items
