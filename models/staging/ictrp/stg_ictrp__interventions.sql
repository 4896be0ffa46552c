-- Interventions of ICTRP rows, split where the portal joined them: one row per intervention. `Drug: arbidol` is a type
-- and a name; what
-- ChiCTR rows put in front of a colon is the arm and stays in the name.
with documents as (
    select * from {{ ref('stg_ictrp__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position(split_text('documents.record.intervention', '[;；]'), 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item as intervention,
    {{ intervention_type_prefix('items.item') }} as intervention_type,
    {{ without_intervention_type_prefix('items.item') }} as name,
from items
