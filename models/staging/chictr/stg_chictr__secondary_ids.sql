-- Secondary ids of ChiCTR trial XML: one row per id.
{{ document_items(ref('stg_chictr__documents'), 'documents.record.secondary_ids') }}

select
    items.registration_id,
    items.position,
    items.item.id as secondary_id,
    items.item.issuer as issuer,
from items
