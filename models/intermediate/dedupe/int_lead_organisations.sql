-- The organisation behind each name of a lead sponsor: one row per name. Names of one organisation, Chinese or English,
-- share an id and are shown under one name.
with attributes as (
    select
        trial_id,
        value as name,
    from {{ ref('int_trial_attributes') }}
    where field = 'lead_sponsor' and is_winner and value is not null
),

name_readings as (
    select
        name,
        organisation_key,
        is_listed,
    from {{ ref('int_linkage_organisation_names') }}
),

dictionary as (
    select
        rule_id,
        organisation_id,
        language,
        name,
    from {{ ref('organisation_names') }}
),

names as (
    select
        name,
        count(*) as n_trials,
    from attributes
    group by name
),

-- A field that lists several organisations counts for the one that the dictionary knows. Names outside the link scope
-- were not read; they stand for themselves.
keyed as (
    select
        names.name,
        names.n_trials,
        coalesce(name_readings.organisation_key, lower(names.name)) as organisation_id,
        coalesce(name_readings.is_listed, false) as is_listed,
    from names
    left join name_readings
        on names.name = name_readings.name
    qualify row_number() over (
        partition by names.name
        order by name_readings.is_listed desc nulls last, name_readings.organisation_key
    ) = 1
),

listed_names as (
    select
        organisation_id,
        name,
    from dictionary
    -- English before Chinese, then as the dictionary orders them.
    qualify row_number() over (partition by organisation_id order by language, rule_id) = 1
),

registered_names as (
    select
        organisation_id,
        name,
    from keyed
    qualify row_number() over (partition by organisation_id order by n_trials desc, name) = 1
)

select
    keyed.name,
    keyed.organisation_id,
    coalesce(listed_names.name, registered_names.name) as organisation,
    keyed.is_listed,
from keyed
inner join registered_names
    on keyed.organisation_id = registered_names.organisation_id
left join listed_names
    on
    keyed.is_listed
    and keyed.organisation_id = listed_names.organisation_id
