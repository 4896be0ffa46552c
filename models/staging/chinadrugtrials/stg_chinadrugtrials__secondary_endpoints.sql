-- Secondary endpoints of ChinaDrugTrials registrations: one row per endpoint.
{{ document_items(ref('stg_chinadrugtrials__documents'), 'documents.record.secondary_endpoints') }}

select
    items.registration_id,
    items.position,
    items.item.name as measure,
from items
