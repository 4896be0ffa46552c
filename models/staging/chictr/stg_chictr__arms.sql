-- Arms of ChiCTR registrations with their size and intervention: one row per arm.
with documents as (
    select * from {{ ref('stg_chictr__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.record.interventions', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item."group".zh as arm_zh,
    items.item."group".en as arm_en,
    items.item.sample_size as sample_size_text,
    {{ sum_of_arm_sizes('items.item.sample_size') }} as sample_size,
    items.item.intervention.zh as intervention_zh,
    items.item.intervention.en as intervention_en,
from items
