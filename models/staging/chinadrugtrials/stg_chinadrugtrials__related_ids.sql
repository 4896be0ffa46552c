-- Related registrations that a ChinaDrugTrials record names (related, not the same trial): one row per id.
{{ document_items(ref('stg_chinadrugtrials__documents'), 'documents.record.related_ids') }}

select
    items.registration_id,
    items.position,
    items.item as related_id,
from items
