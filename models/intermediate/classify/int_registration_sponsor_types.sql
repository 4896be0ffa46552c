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
    where label = 'ind_approval=true'
),

-- ChinaDrugTrials knows applicants only: the first is the lead
roles as (
    select
        * exclude (role),
        case
            when role = 'applicant' and not bool_or(role = 'lead') over (partition by registration_id) then 'lead'
            else role
        end as role,
    from sponsors
),

companies as (
    select
        sponsors.registration_id,
        sponsors.role,
        sponsors.position,
        sponsors.name,
        organisations.is_company,
        organisations.rule_id,
    from roles as sponsors
    inner join organisations
        on sponsors.name = organisations.name
        and coalesce(sponsors.sponsor_class, '') = organisations.sponsor_class
),

regulatory as (
    select
        registration_id, 'regulatory' as rule, 'IST' as sponsor_type,
        'registration_id' as field, 1 as position, registration_id as matched_text,
        'sponsor:regulatory:chinadrugtrials' as rule_id,
        1 as place,
    from registrations
    where registry = 'chinadrugtrials'

    union all by name

    select
        registration_id, 'regulatory' as rule, 'IST' as sponsor_type,
        field, position, identifier_text as matched_text, 'sponsor:regulatory:acceptance_number' as rule_id,
        2 as place,
    from identifiers
    where regexp_matches(upper(identifier_text), '(^|[^A-Z])[CJ]X[SHZ][LBS]\d{7}')

    union all by name

    select
        registration_id, 'regulatory' as rule, 'IST' as sponsor_type,
        field, position, matched_text, rule_id,
        3 as place,
    from attribute_hits
),

lead as (
    select
        registration_id, 'lead' as rule, 'IST' as sponsor_type,
        role as field, position, name as matched_text, rule_id,
        1 as place,
    from companies
    where is_company and role = 'lead'
),

any_role as (
    select
        registration_id, 'any_role' as rule, 'IST' as sponsor_type,
        role as field, position, name as matched_text, rule_id,
        case when role = 'lead' then 1 else 2 end as place,
    from companies
    where is_company
),

lead_names as (
    select registration_id, role as field, position, name
    from companies
    where role = 'lead'
    qualify row_number() over (partition by registration_id order by position) = 1
),

rules as (
    select * from {{ ref('sponsor_rules') }}
    where is_decided_per_registration
),

industry as (
    select * from regulatory
    union all by name
    select * from lead
    union all by name
    select * from any_role
),

best as (
    select *
    from industry
    qualify row_number() over (partition by registration_id, rule order by place, position, matched_text) = 1
)

select
    registrations.registration_id,
    rules.rule,
    coalesce(best.sponsor_type, 'IIT') as sponsor_type,
    coalesce(best.field, lead_names.field) as field,
    coalesce(best.position, lead_names.position) as position,
    coalesce(best.matched_text, lead_names.name) as matched_text,
    coalesce(best.rule_id, 'sponsor:' || rules.rule || ':no_sign_of_industry') as rule_id,
from registrations
cross join rules
left join best
    on registrations.registration_id = best.registration_id
    and rules.rule = best.rule
left join lead_names
    on registrations.registration_id = lead_names.registration_id
