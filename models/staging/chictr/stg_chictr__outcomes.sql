-- Outcomes of ChiCTR registrations: one row per outcome.
with documents as (
    select * from {{ ref('stg_chictr__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.record.outcomes', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item.name.zh as name_zh,
    items.item.name.en as name_en,
    items.item.type.zh as type_zh,
    items.item.type.en as type_en,
from items
