-- Countries of ICTRP rows: one row per mention.
{{ document_items(ref('stg_ictrp__documents'), split_text('documents.record.countries', '[;；]')) }}

select
    items.registration_id,
    items.position,
    items.item as country,
from items
