-- Every place in a text that speaks for a label, whether it decided or not: one row per facet, place and rule.
{{ config(materialized='view') }}
{%- set facets = {
    'cell_type': 'int_cell_type_hits',
    'target': 'int_target_hits',
    'indication_group': 'int_indication_hits',
    'product': 'int_product_hits',
    'attribute': 'int_attribute_hits',
} %}

{% for facet, model in facets.items() %}
select
    registration_id,
    '{{ facet }}' as facet,
    label,
    field,
    position,
    language,
    segment,
    starts_at,
    matched_text,
    rule_id,
    left_effect,
    left_rule_id,
    right_effect,
    right_rule_id,
from {{ ref(model) }}
{% if not loop.last %}
union all by name
{% endif %}
{%- endfor %}
