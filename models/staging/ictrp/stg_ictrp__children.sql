-- Registrations that ICTRP groups under a row as its children: one row per child.
{{ document_items(ref('stg_ictrp__documents'), split_text('documents.record.childs', '[;；]')) }}

select
    items.registration_id,
    items.position,
    items.item as child_id,
from items
