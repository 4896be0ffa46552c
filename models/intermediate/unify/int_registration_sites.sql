-- Sites of a registration: one row per site. The province is given for sites in mainland China whose province or city is known.
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

provinces as (
    select * from {{ ref('provinces') }}
),

stated as (
    select
        locations.registration_id,
        locations.position,
        locations.facility,
        locations.city,
        locations.state as province_raw,
        locations.country as country_raw,
    from locations
    union all
    select
        chictr_sites.registration_id,
        chictr_sites.position,
        coalesce(chictr_sites.institution_en, chictr_sites.institution_zh) as facility,
        coalesce(chictr_sites.city_en, chictr_sites.city_zh) as city,
        coalesce(chictr_sites.province_en, chictr_sites.province_zh) as province_raw,
        coalesce(chictr_sites.country_en, chictr_sites.country_zh) as country_raw,
    from chictr_sites
    union all
    select
        institutions.registration_id,
        institutions.position,
        institutions.name as facility,
        institutions.city,
        institutions.province as province_raw,
        institutions.country as country_raw,
    from institutions
)

select
    stated.registration_id,
    cast(stated.position as integer) as position,
    {{ tidy('stated.facility') }} as facility,
    {{ tidy('stated.city') }} as city,
    coalesce(by_province.province, by_city.province) as province,
    {{ tidy('stated.province_raw') }} as province_raw,
    coalesce(countries.country, {{ tidy('stated.country_raw') }}) as country,
    stated.country_raw,
from stated
inner join registrations
    on stated.registration_id = registrations.registration_id
left join countries
    on lower({{ tidy('stated.country_raw') }}) = countries.raw_country
left join provinces as by_province
    on lower({{ tidy('stated.province_raw') }}) = by_province.raw_place
    and countries.country = 'China'
left join provinces as by_city
    on lower({{ tidy('stated.city') }}) = by_city.raw_place
    and countries.country = 'China'
