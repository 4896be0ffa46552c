-- Test drugs of ChinaDrugTrials registrations: one row per drug entry.
with documents as (
    select * from {{ ref('stg_chinadrugtrials__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.record.test_drugs', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item.text as text,
    items.item.name as name,
    items.item.english_name as english_name,
    items.item.brand_name as brand_name,
from items
