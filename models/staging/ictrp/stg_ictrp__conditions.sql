-- Conditions of ICTRP rows, split where the portal joined them: one row per condition.
{{ document_items(ref('stg_ictrp__documents'), split_text('documents.record.condition', '[;；\\n]|<br>')) }}

select
    items.registration_id,
    items.position,
    items.item as condition,
from items
