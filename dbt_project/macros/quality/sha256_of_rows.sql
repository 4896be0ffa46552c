{# Aggregate: SHA-256 (hex) over the rows' texts in their sort order, so that it names a set of rows whatever their order. #}
{% macro sha256_of_rows(text) -%}
    {{ return(adapter.dispatch('sha256_of_rows')(text)) }}
{%- endmacro %}

{% macro default__sha256_of_rows(text) -%}
    sha256(string_agg({{ text }}, chr(10) order by {{ text }}))
{%- endmacro %}
