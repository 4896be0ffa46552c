-- Outcomes of ChiCTR registrations: one row per outcome.
{{ document_items(ref('stg_chictr__documents'), 'documents.record.outcomes') }}

select
    items.registration_id,
    items.position,
    items.item.name.zh as name_zh,
    items.item.name.en as name_en,
from items
