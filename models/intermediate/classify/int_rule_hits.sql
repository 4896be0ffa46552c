-- How often each rule of the lexicons stands in a text and decides a label: one row per rule.
{%- set lexicons = ['cell_type_terms', 'target_terms', 'indication_terms', 'product_terms', 'attribute_terms'] %}
{%- set labels = {
    'cell_type': 'int_registration_cell_types',
    'target': 'int_registration_targets',
    'indication_group': 'int_registration_indications',
    'product': 'int_registration_products',
    'attribute': 'int_registration_attributes',
} %}

with

rules as (
    {%- for lexicon in lexicons %}
    select rule_id, '{{ lexicon }}' as lexicon, label, term
    from {{ ref(lexicon) }}
    where role = 'include'
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

evidence as (
    select * from {{ ref('int_label_evidence') }}
),

decided as (
    {%- for facet, model in labels.items() %}
    select registration_id, rule_id
    from {{ ref(model) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

places as (
    select
        rule_id,
        count(*) as n_hits,
        count(distinct registration_id) as n_registrations,
    from evidence
    group by rule_id
),

decisions as (
    select
        rule_id,
        count(*) as n_labels,
    from decided
    group by rule_id
)

select
    rules.rule_id,
    rules.lexicon,
    rules.label,
    rules.term,
    coalesce(places.n_hits, 0) as n_hits,
    coalesce(places.n_registrations, 0) as n_registrations,
    coalesce(decisions.n_labels, 0) as n_labels,
from rules
left join places
    on rules.rule_id = places.rule_id
left join decisions
    on rules.rule_id = decisions.rule_id
