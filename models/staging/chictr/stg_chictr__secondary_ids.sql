-- Secondary ids of ChiCTR trial XML: one row per id.
with documents as (
    select * from {{ ref('stg_chictr__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.record.secondary_ids', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item.id as secondary_id,
    items.item.issuer as issuer,
from items
