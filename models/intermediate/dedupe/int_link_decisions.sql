-- What each piece of evidence makes of a pair of registrations, before groups are formed: one row per pair.
with scope as (
    select * from {{ ref('int_linkage_registrations') }}
),

identifier_links as (
    select * from {{ ref('int_identifier_links') }}
),

rules as (
    select * from {{ ref('link_rules') }}
),

overrides as (
    select * from {{ ref('link_overrides') }}
),

override_links as (
    select
        least(a.registration_id, b.registration_id) as registration_id_a,
        greatest(a.registration_id, b.registration_id) as registration_id_b,
        'override_' || overrides.decision as rule,
        'link_overrides' as field,
        overrides.reason || ' (' || overrides.reviewer || ', ' || cast(overrides.reviewed_on as varchar) || ')' as matched_text,
    from overrides
    inner join scope as a
        on overrides.registration_id_a = a.registration_id
    inner join scope as b
        on overrides.registration_id_b = b.registration_id
),

evidence as (
    select
        registration_id_a,
        registration_id_b,
        rule,
        field,
        matched_text,
    from identifier_links
    union all
    select * from override_links
),

judged as (
    select
        evidence.registration_id_a,
        evidence.registration_id_b,
        evidence.rule,
        evidence.field,
        evidence.matched_text,
        rules.rule_id,
        rules.priority,
        rules.score,
        a.register = b.register as is_one_register,
        coalesce(a.sibling_markers, '') <> coalesce(b.sibling_markers, '') as is_contradicted,
        a.sibling_markers as sibling_markers_a,
        b.sibling_markers as sibling_markers_b,
        case
            when rules.kind = 'override' then rules.decision
            when coalesce(a.sibling_markers, '') <> coalesce(b.sibling_markers, '') then rules.decision_if_contradicted
            when a.register = b.register then rules.decision_in_one_register
            else rules.decision
        end as decision,
        rules.rule in ('registry_number', 'registry_alias', 'override_same') as is_identity,
    from evidence
    inner join rules
        on evidence.rule = rules.rule
    inner join scope as a
        on evidence.registration_id_a = a.registration_id
    inner join scope as b
        on evidence.registration_id_b = b.registration_id
)

select
    registration_id_a,
    registration_id_b,
    rule,
    score,
    decision,
    is_identity,
    field,
    matched_text,
    concat_ws(
        '; ',
        case when is_one_register then 'two registrations of one register' end,
        case
            when is_contradicted
                then
                    'one is marked ' || coalesce(nullif(concat_ws(' / ', sibling_markers_a, sibling_markers_b), ''), '')
                    || ' and the other is not'
        end,
        field || ' gives ' || matched_text
    ) as comparison,
    rule_id,
from judged
qualify row_number() over (partition by registration_id_a, registration_id_b order by priority, field, matched_text) = 1
