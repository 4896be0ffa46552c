-- Sites of ChinaDrugTrials registrations: one row per site.
{{ document_items(ref('stg_chinadrugtrials__documents'), 'documents.record.institutions') }}

select
    items.registration_id,
    items.position,
    items.item.name as name,
    items.item.country as country,
    items.item.province as province,
    items.item.city as city,
from items
