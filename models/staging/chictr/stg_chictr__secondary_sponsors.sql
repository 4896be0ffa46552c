-- Secondary sponsors of ChiCTR registrations: one row per sponsor.
{{ document_items(ref('stg_chictr__documents'), 'documents.record.secondary_sponsors') }}

select
    items.registration_id,
    items.position,
    items.item.institution.zh as institution_zh,
    items.item.institution.en as institution_en,
from items
