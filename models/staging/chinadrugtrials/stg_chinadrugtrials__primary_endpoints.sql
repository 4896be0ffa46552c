-- Primary endpoints of ChinaDrugTrials registrations: one row per endpoint.
with documents as (
    select * from {{ ref('stg_chinadrugtrials__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.record.primary_endpoints', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item.name as measure,
from items
