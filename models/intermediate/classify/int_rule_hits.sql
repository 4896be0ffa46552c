-- How often each rule of the lexicons stands in a text and decides a label: one row per rule.
{%- set lexicons = {
    'cell_type_terms': ('cell_type', 'int_registration_cell_types'),
    'target_terms': ('target', 'int_registration_targets'),
    'indication_terms': ('indication_group', 'int_registration_indications'),
    'product_terms': ('product', 'int_registration_products'),
    'attribute_terms': ('attribute', 'int_registration_attributes'),
    'screening_terms': ('screening', 'int_registration_screening'),
    'organisation_terms': ('sponsor_type', 'int_registration_sponsor_types'),
} %}

with

rules as (
    {%- for lexicon, (facet, model) in lexicons.items() %}
    select
        rule_id,
        '{{ lexicon }}' as lexicon,
        '{{ facet }}' as facet,
        label,
        term,
        language,
        match_kind,
    from {{ ref(lexicon) }}
    where role = 'include'
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

label_evidence as (
    select registration_id, rule_id from {{ ref('int_label_evidence') }}
),

screening_hits as (
    select registration_id, rule_id from {{ ref('int_screening_hits') }}
),

organisation_hits as (
    select name, rule_id from {{ ref('int_organisation_hits') }}
),

sponsors as (
    select registration_id, name from {{ ref('int_registration_sponsors') }}
),

places as (
    select registration_id, rule_id from label_evidence
    union all
    select registration_id, rule_id from screening_hits
    union all
    select
        sponsors.registration_id,
        organisation_hits.rule_id,
    from organisation_hits
    inner join sponsors
        on organisation_hits.name = sponsors.name
),

decided as (
    {%- for facet, model in lexicons.values() %}
    select
        registration_id,
        rule_id,
    from {{ ref(model) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

hits as (
    select
        rule_id,
        count(*) as n_hits,
        count(distinct registration_id) as n_registrations,
    from places
    group by rule_id
),

decisions as (
    select
        rule_id,
        count(distinct registration_id) as n_registrations_decided,
    from decided
    group by rule_id
)

select
    rules.rule_id,
    rules.lexicon,
    rules.facet,
    rules.label,
    rules.term,
    rules.language,
    rules.match_kind,
    coalesce(hits.n_hits, 0) as n_hits,
    coalesce(hits.n_registrations, 0) as n_registrations,
    coalesce(decisions.n_registrations_decided, 0) as n_registrations_decided,
from rules
left join hits
    on rules.rule_id = hits.rule_id
left join decisions
    on rules.rule_id = decisions.rule_id
