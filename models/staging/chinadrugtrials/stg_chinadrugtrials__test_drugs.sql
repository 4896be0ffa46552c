-- Test drugs of ChinaDrugTrials registrations: one row per drug entry.
{{ document_items(ref('stg_chinadrugtrials__documents'), 'documents.record.test_drugs') }}

select
    items.registration_id,
    items.position,
    items.item.text as text,
from items
