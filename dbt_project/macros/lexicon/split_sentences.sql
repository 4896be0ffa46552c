{# A text as a list of its sentences; nothing is cut away but the line breaks between them. #}
{% macro split_sentences(column) -%}
    {{ return(adapter.dispatch('split_sentences')(column)) }}
{%- endmacro %}

{% macro default__split_sentences(column) -%}
    string_split(
        regexp_replace(
            regexp_replace({{ column }}, '([a-z0-9)%\]]{2}[.;!?]|[A-Z]{2}[.;!?])\s+([A-Z0-9(\p{Han}])', '\1' || chr(10) || '\2', 'g'),
            '([。！？；])', '\1' || chr(10), 'g'
        ),
        chr(10)
    )
{%- endmacro %}
