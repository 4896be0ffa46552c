-- Countries of a registration: one row per registration and country. Sites tell first, then the list of countries; the
-- countries whose sites ClinicalTrials.gov has removed count where no site is left.
with registrations as (
    select * from {{ ref('int_registrations') }}
),

sites as (
    select * from {{ ref('int_registration_sites') }}
),

removed_countries as (
    select * from {{ ref('stg_clinicaltrials_gov__removed_countries') }}
),

chictr as (
    select * from {{ ref('stg_chictr__registrations') }}
),

ictrp_countries as (
    select * from {{ ref('stg_ictrp__countries') }}
),

countries as (
    select * from {{ ref('countries') }}
),

mentions as (
    select
        sites.registration_id,
        1 as layer,
        sites.country_raw,
    from sites
    union all
    select
        removed_countries.registration_id,
        2 as layer,
        removed_countries.country as country_raw,
    from removed_countries
    union all
    select
        chictr.registration_id,
        3 as layer,
        unnest({{ split_text('chictr.countries', '[;；]') }}) as country_raw,
    from chictr
    union all
    select
        ictrp_countries.registration_id,
        4 as layer,
        ictrp_countries.country as country_raw,
    from ictrp_countries
),

best_layer as (
    select mentions.*
    from mentions
    where nullif(trim(mentions.country_raw), '') is not null
    qualify mentions.layer = min(mentions.layer) over (partition by mentions.registration_id)
)

select
    best_layer.registration_id,
    coalesce(countries.country, {{ tidy('best_layer.country_raw') }}) as country,
    min(best_layer.country_raw) as country_raw,
from best_layer
inner join registrations
    on best_layer.registration_id = registrations.registration_id
left join countries
    on lower({{ tidy('best_layer.country_raw') }}) = countries.raw_country
group by best_layer.registration_id, coalesce(countries.country, {{ tidy('best_layer.country_raw') }})
