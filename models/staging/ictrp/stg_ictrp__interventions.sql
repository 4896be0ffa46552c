-- Interventions of ICTRP rows, split where the portal joined them: one row per intervention.
-- `Drug: arbidol` is a type and a name; what ChiCTR rows put in front of a colon is the arm and stays in the name.
{{ document_items(ref('stg_ictrp__documents'), split_text('documents.record.intervention', '[;；]')) }}

select
    items.registration_id,
    items.position,
    items.item as intervention,
    {{ intervention_type_prefix('item') }} as intervention_type,
    {{ without_intervention_type_prefix('item') }} as name,
from items
