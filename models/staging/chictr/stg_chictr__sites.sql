-- Sites of ChiCTR registrations: one row per site.
{{ document_items(ref('stg_chictr__documents'), 'documents.record.sites') }}

select
    items.registration_id,
    items.position,
    items.item.country.zh as country_zh,
    items.item.country.en as country_en,
    items.item.province.zh as province_zh,
    items.item.province.en as province_en,
    items.item.city.zh as city_zh,
    items.item.city.en as city_en,
    items.item.institution.zh as institution_zh,
    items.item.institution.en as institution_en,
from items
