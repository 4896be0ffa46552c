-- Sites of ChinaDrugTrials registrations: one row per site.
with documents as (
    select * from {{ ref('stg_chinadrugtrials__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.record.institutions', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item.name as name,
    items.item.country as country,
    items.item.province as province,
    items.item.city as city,
from items
