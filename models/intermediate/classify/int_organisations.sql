-- Sponsors' names with the decision whether each is a company: one row per name and agency class. Reviewed names
-- first; then a legal form; then what is public is none; then the registry's class INDUSTRY; then a word of the trade.
with

sponsors as (
    select * from {{ ref('int_registration_sponsors') }}
),

hits as (
    select * from {{ ref('int_organisation_hits') }}
),

reviewed as (
    select * from {{ ref('reviewed_organisations') }}
),

evidence_order as (
    select * from {{ ref('organisation_evidence') }}
),

names as (
    select distinct
        name,
        coalesce(sponsor_class, '') as sponsor_class,
        trim(regexp_replace(lower(name), '\s+', ' ', 'g')) as name_key,
    from sponsors
    where name is not null
),

from_names as (
    select
        names.name,
        names.sponsor_class,
        evidence_order.is_company,
        evidence_order.priority,
        hits.rule_id,
        hits.matched_text,
    from names
    inner join hits
        on names.name = hits.name
    inner join evidence_order
        on hits.label = evidence_order.evidence
        and hits.strength = evidence_order.strength
),

from_class as (
    select
        names.name,
        names.sponsor_class,
        evidence_order.is_company,
        evidence_order.priority,
        evidence_order.rule_id,
        names.sponsor_class as matched_text,
    from names
    inner join evidence_order
        on evidence_order.evidence = 'sponsor_class'
        and names.sponsor_class = evidence_order.strength
),

from_review as (
    select
        names.name,
        names.sponsor_class,
        reviewed.is_company,
        0 as priority,
        reviewed.rule_id,
        names.name as matched_text,
    from names
    inner join reviewed
        on names.name_key = reviewed.name
),

from_nothing as (
    select
        names.name,
        names.sponsor_class,
        evidence_order.is_company,
        evidence_order.priority,
        evidence_order.rule_id,
        names.name as matched_text,
    from names
    inner join evidence_order
        on evidence_order.evidence = 'none'
),

decisions as (
    select * from from_names
    union all by name
    select * from from_class
    union all by name
    select * from from_review
    union all by name
    select * from from_nothing
)

select
    name,
    sponsor_class,
    is_company,
    matched_text,
    rule_id,
from decisions
qualify row_number() over (partition by name, sponsor_class order by priority, rule_id, matched_text) = 1
