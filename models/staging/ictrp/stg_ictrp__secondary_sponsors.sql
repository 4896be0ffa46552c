-- Secondary sponsors of ICTRP rows: one row per sponsor.
with documents as (
    select * from {{ ref('stg_ictrp__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position(split_text('documents.record.secondary_sponsors', '[;；]'), 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item as name,
from items
