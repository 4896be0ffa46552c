-- Applicants of ChinaDrugTrials registrations: one row per applicant.
{{ document_items(ref('stg_chinadrugtrials__documents'), 'documents.record.sponsor_names') }}

select
    items.registration_id,
    items.position,
    items.item as name,
from items
