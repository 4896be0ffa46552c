-- Registrations that ICTRP groups under a row as its children: one row per child.
with documents as (
    select * from {{ ref('stg_ictrp__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position(split_text('documents.record.childs', '[;；]'), 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item as child_id,
from items
