-- Sites of a registration: one row per site. Places in mainland China have one name each, however they are written; a place
-- that the seed does not know keeps its own.
with registrations as (
    select * from {{ ref('int_registrations') }}
),

locations as (
    select * from {{ ref('stg_clinicaltrials_gov__locations') }}
),

chictr_sites as (
    select * from {{ ref('stg_chictr__sites') }}
),

institutions as (
    select * from {{ ref('stg_chinadrugtrials__institutions') }}
),

countries as (
    select * from {{ ref('countries') }}
),

china_places as (
    select * from {{ ref('china_places') }}
),

stated as (
    select
        locations.registration_id,
        locations.position,
        locations.facility,
        locations.city as city_raw,
        locations.state as province_raw,
        locations.country as country_raw,
    from locations
    union all
    select
        chictr_sites.registration_id,
        chictr_sites.position,
        coalesce(chictr_sites.institution_en, chictr_sites.institution_zh) as facility,
        coalesce(chictr_sites.city_en, chictr_sites.city_zh) as city_raw,
        coalesce(chictr_sites.province_en, chictr_sites.province_zh) as province_raw,
        coalesce(chictr_sites.country_en, chictr_sites.country_zh) as country_raw,
    from chictr_sites
    union all
    select
        institutions.registration_id,
        institutions.position,
        institutions.name as facility,
        institutions.city as city_raw,
        institutions.province as province_raw,
        institutions.country as country_raw,
    from institutions
),

keyed as (
    select
        stated.*,
        lower({{ tidy('stated.country_raw') }}) as country_key,
        {{ place_key('stated.province_raw') }} as province_key,
        {{ place_key('stated.city_raw') }} as city_key,
    from stated
)

select
    keyed.registration_id,
    cast(keyed.position as integer) as position,
    {{ tidy('keyed.facility') }} as facility,
    -- A province in the field of the city is known, and is no city.
    case when by_city.raw_place is null then {{ tidy('keyed.city_raw') }} else by_city.city end as city,
    keyed.city_raw,
    coalesce(by_province.province, by_city.province) as province,
    {{ tidy('keyed.province_raw') }} as province_raw,
    coalesce(countries.country, {{ tidy('keyed.country_raw') }}) as country,
    keyed.country_raw,
from keyed
inner join registrations
    on keyed.registration_id = registrations.registration_id
left join countries
    on keyed.country_key = countries.raw_country
left join china_places as by_province
    on keyed.province_key = by_province.raw_place
    and countries.country = 'China'
left join china_places as by_city
    on keyed.city_key = by_city.raw_place
    and countries.country = 'China'
