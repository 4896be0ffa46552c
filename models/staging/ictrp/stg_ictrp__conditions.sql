-- Conditions of ICTRP rows, split where the portal joined them: one row per condition.
with documents as (
    select * from {{ ref('stg_ictrp__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position(split_text('documents.record.condition', '[;；\\n]|<br>'), 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item as condition,
from items
