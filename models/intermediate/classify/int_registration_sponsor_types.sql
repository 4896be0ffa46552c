-- Industry-sponsored or investigator-initiated, by each rule that one registration can decide: one row per
-- registration and rule. The rule `agent` needs all registrations of a product and is decided per trial.
with

registrations as (
    select * from {{ ref('int_registrations') }}
),

sponsors as (
    select * from {{ ref('int_registration_sponsors') }}
),

organisations as (
    select * from {{ ref('int_organisations') }}
),

identifiers as (
    select * from {{ ref('int_registration_identifiers') }}
),

attribute_hits as (
    select * from {{ ref('int_attribute_hits') }}
),

rules as (
    select * from {{ ref('sponsor_rules') }}
    where is_decided_per_registration
),

signs as (
    select * from {{ ref('industry_signs') }}
),

sponsor_types as (
    select * from {{ ref('sponsor_types') }}
),

-- where no lead is stated, an applicant stands for it
roles as (
    select
        *,
        case
            when role = 'applicant' and not bool_or(role = 'lead') over (partition by registration_id) then 'lead'
            else role
        end as counted_role,
    from sponsors
),

named as (
    select
        sponsors.registration_id,
        sponsors.role as field,
        sponsors.counted_role as role,
        sponsors.position,
        sponsors.name,
        organisations.is_company,
        organisations.rule_id,
    from roles as sponsors
    inner join organisations
        on sponsors.name = organisations.name
        and coalesce(sponsors.sponsor_class, '') = organisations.sponsor_class
),

lead_names as (
    select registration_id, field, position, name
    from named
    where role = 'lead'
    qualify row_number() over (partition by registration_id order by position, name) = 1
),

industry as (
    select
        registrations.registration_id, signs.rule, signs.priority, 'registration_id' as field, 1 as position,
        registrations.registration_id as matched_text, signs.rule_id,
    from registrations
    inner join signs
        on signs.sign = 'registry'
        and registrations.registry = signs.value

    union all by name

    select
        identifiers.registration_id, signs.rule, signs.priority, identifiers.field, identifiers.position,
        identifiers.identifier_text as matched_text, signs.rule_id,
    from identifiers
    inner join signs
        on signs.sign = 'identifier'
        and regexp_matches(upper(identifiers.identifier_text), signs.value)

    union all by name

    select
        hits.registration_id, signs.rule, signs.priority, hits.field, hits.position,
        hits.matched_text, hits.rule_id,
    from attribute_hits as hits
    inner join signs
        on signs.sign = 'wording'
        and hits.label = signs.value

    union all by name

    select
        named.registration_id, signs.rule, signs.priority, named.field, named.position,
        named.name as matched_text, named.rule_id,
    from named
    inner join signs
        on signs.sign = 'company'
        and signs.value in (named.role, '*')
    where named.is_company
),

best as (
    select *
    from industry
    qualify row_number() over (
        partition by registration_id, rule
        order by priority, position, matched_text, field, rule_id
    ) = 1
)

select
    registrations.registration_id,
    rules.rule,
    sponsor_types.sponsor_type,
    coalesce(best.field, lead_names.field) as field,
    coalesce(best.position, lead_names.position) as position,
    coalesce(best.matched_text, lead_names.name) as matched_text,
    coalesce(best.rule_id, rules.default_rule_id) as rule_id,
from registrations
cross join rules
left join best
    on registrations.registration_id = best.registration_id
    and rules.rule = best.rule
inner join sponsor_types
    on sponsor_types.is_industry = (best.rule is not null)
left join lead_names
    on registrations.registration_id = lead_names.registration_id
