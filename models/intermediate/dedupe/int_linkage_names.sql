-- Organisations that each registration names, as sponsor or as place of treatment: one row per registration, role and name.
with scope as (
    select * from {{ ref('int_linkage_registrations') }}
),

sponsors as (
    select * from {{ ref('int_registration_sponsors') }}
),

sites as (
    select * from {{ ref('int_registration_sites') }}
),

stop_patterns as (
    select * from {{ ref('organisation_stop_patterns') }}
),

-- A trial of many sites is told by its sponsor; the sites of a small one are often the sponsor of its other registration.
few_sites as (
    select *
    from sites
    where facility is not null
    qualify count(*) over (partition by registration_id) <= {{ var('link_max_sites', 6) }}
),

named as (
    select
        registration_id,
        case when role = 'lead' then 'lead' else 'other' end as role,
        name,
    from sponsors
    union all
    select
        registration_id,
        'site' as role,
        facility as name,
    from few_sites
)

select distinct
    named.registration_id,
    named.role,
    named.name,
from named
inner join scope
    on named.registration_id = scope.registration_id
left join stop_patterns
    on
    named.role = 'other'
    and regexp_matches(lower(trim(named.name)), stop_patterns.pattern)
where
    named.name is not null
    and length(named.name) <= 300
    and stop_patterns.rule_id is null
