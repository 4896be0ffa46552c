-- Arms of ChiCTR registrations with their size and intervention: one row per arm.
{{ document_items(ref('stg_chictr__documents'), 'documents.record.interventions') }}

select
    items.registration_id,
    items.position,
    items.item."group".zh as arm_zh,
    items.item."group".en as arm_en,
    {{ sum_of_arm_sizes('item.sample_size') }} as sample_size,
    items.item.intervention.zh as intervention_zh,
    items.item.intervention.en as intervention_en,
from items
