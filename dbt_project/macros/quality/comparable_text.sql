{# A text without differences of width, case and spacing, to look for words in it. #}
{% macro comparable_text(text) -%}
    {{ return(adapter.dispatch('comparable_text')(text)) }}
{%- endmacro %}

{% macro default__comparable_text(text) -%}
    lower(regexp_replace(nfc_normalize({{ text }}), '\s+', ' ', 'g'))
{%- endmacro %}
