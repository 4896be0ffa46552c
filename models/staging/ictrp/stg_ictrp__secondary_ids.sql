-- Secondary ids of ICTRP rows: one row per id.
{{ document_items(ref('stg_ictrp__documents'), split_text('documents.record.secondary_ids', '[;；]')) }}

select
    items.registration_id,
    items.position,
    items.item as secondary_id,
from items
