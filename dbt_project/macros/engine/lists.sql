{# Engine-specific list and JSON functions. Models call these names; another engine needs only its own dispatch. #}

{# Rows of a list with their position (1..n). Use in a select list; yields two columns. #}
{% macro unnest_with_position(list, value='value', position='position') -%}
    {{ return(adapter.dispatch('unnest_with_position')(list, value, position)) }}
{%- endmacro %}

{% macro default__unnest_with_position(list, value, position) -%}
unnest({{ list }}) as {{ value }},
        generate_subscripts({{ list }}, 1) as {{ position }}
{%- endmacro %}

{# The list of trimmed, non-empty parts of a text, split by a regular expression. #}
{% macro split_text(text, pattern) -%}
    {{ return(adapter.dispatch('split_text')(text, pattern)) }}
{%- endmacro %}

{% macro default__split_text(text, pattern) -%}
list_filter(list_transform(string_split_regex({{ text }}, '{{ pattern }}'), lambda part: trim(part)), lambda part: part <> '')
{%- endmacro %}

{# A JSON document read once into a typed struct. #}
{% macro read_document(document, structure) -%}
    {{ return(adapter.dispatch('read_document')(document, structure)) }}
{%- endmacro %}

{% macro default__read_document(document, structure) -%}
from_json(json({{ document }}), '{{ structure | replace("\n", "") }}')
{%- endmacro %}

{# A list of strings as one string. #}
{% macro join_list(list, separator) -%}
    {{ return(adapter.dispatch('join_list')(list, separator)) }}
{%- endmacro %}

{% macro default__join_list(list, separator) -%}
nullif(array_to_string({{ list }}, '{{ separator }}'), '')
{%- endmacro %}

{# The sum of the whole numbers that end each part of an arm-wise size, `a:30;b:30;` or `120`. #}
{% macro sum_of_arm_sizes(text) -%}
    {{ return(adapter.dispatch('sum_of_arm_sizes')(text)) }}
{%- endmacro %}

{% macro default__sum_of_arm_sizes(text) -%}
{%- set arms = split_text(text, '[;；]') -%}
cast(list_sum(list_transform(
    {{ arms }},
    lambda arm: try_cast(nullif(regexp_extract(arm, '(?:^|[:：])\s*(\d{1,9})\s*[^\d:：]{0,12}$', 1), '') as bigint)
)) as bigint)
{%- endmacro %}

{#
    The largest number in a ChinaDrugTrials size, `国内: 48 人；国际: 200 人；`. The international figure is the size of the
    whole trial, so the figures are not added.
#}
{% macro largest_size(text) -%}
    {{ return(adapter.dispatch('largest_size')(text)) }}
{%- endmacro %}

{% macro default__largest_size(text) -%}
list_max(list_transform(regexp_extract_all({{ text }}, '\d{1,9}'), lambda digits: try_cast(digits as bigint)))
{%- endmacro %}
