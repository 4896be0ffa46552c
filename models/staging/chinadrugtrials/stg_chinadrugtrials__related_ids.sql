-- Related registrations that a ChinaDrugTrials record names (related, not the same trial): one row per id.
with documents as (
    select * from {{ ref('stg_chinadrugtrials__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.record.related_ids', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item as related_id,
from items
