-- Secondary ids of ICTRP rows: one row per id.
with documents as (
    select * from {{ ref('stg_ictrp__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position(split_text('documents.record.secondary_ids', '[;；]'), 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item as secondary_id,
from items
