-- Secondary sponsors of ICTRP rows: one row per sponsor.
{{ document_items(ref('stg_ictrp__documents'), split_text('documents.record.secondary_sponsors', '[;；]')) }}

select
    items.registration_id,
    items.position,
    items.item as name,
from items
