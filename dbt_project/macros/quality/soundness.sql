{#
    The assertions of a `sound` test: a list of (name, kind, columns, …). The test asks them, and the end of a run keeps the
    answer to each under its name.
#}
{% macro soundness(one_row_per=[], unique=[], filled=[], values={}, found_in={}) -%}
    {%- set assertions = [] -%}
    {%- if one_row_per -%}
        {%- do assertions.append({'name': 'one row per ' ~ one_row_per | join(', '), 'kind': 'grain', 'columns': one_row_per}) -%}
    {%- endif -%}
    {%- for column in unique -%}
        {%- do assertions.append({'name': column ~ ' is unique', 'kind': 'unique', 'column': column, 'columns': [column]}) -%}
    {%- endfor -%}
    {%- for column in filled -%}
        {%- do assertions.append({'name': column ~ ' is filled', 'kind': 'filled', 'column': column}) -%}
    {%- endfor -%}
    {%- for column, listed in values.items() -%}
        {%- do assertions.append({'name': column ~ ' is one of ' ~ listed | join(', '), 'kind': 'values', 'column': column}) -%}
    {%- endfor -%}
    {%- for column, target in found_in.items() -%}
        {%- set table, field = target.split('.') -%}
        {%- do assertions.append({
            'name': column ~ ' is found in ' ~ target, 'kind': 'found_in', 'column': column, 'table': table, 'field': field,
        }) -%}
    {%- endfor -%}
    {{ return(assertions) }}
{%- endmacro %}
