{# zh when a text holds Chinese characters, else en. #}
{% macro text_language(text) -%}
    {{ return(adapter.dispatch('text_language')(text)) }}
{%- endmacro %}

{% macro default__text_language(text) -%}
case when regexp_matches({{ text }}, '[\x{4e00}-\x{9fff}]') then 'zh' else 'en' end
{%- endmacro %}

{# A text without leading and trailing white space and with single spaces; null when nothing is left. #}
{% macro tidy(text) -%}
    {{ return(adapter.dispatch('tidy')(text)) }}
{%- endmacro %}

{% macro default__tidy(text) -%}
nullif(trim(regexp_replace({{ text }}, '[\s\x{00a0}\x{3000}]+', ' ', 'g')), '')
{%- endmacro %}

{# A wording as the closed lists spell it: lower case, half-width brackets, single spaces, none around brackets. #}
{% macro list_key(text) -%}
    {{ return(adapter.dispatch('list_key')(text)) }}
{%- endmacro %}

{% macro default__list_key(text) -%}
lower(regexp_replace(
    {{ tidy("replace(replace(" ~ text ~ ", '（', '('), '）', ')')") }}, '\s*([()])\s*', '\1', 'g'
))
{%- endmacro %}

{# A place as the seed china_places writes it: lower case, without the word for what it is behind the name. #}
{% macro place_key(text) -%}
    {{ return(adapter.dispatch('place_key')(text)) }}
{%- endmacro %}

{% macro default__place_key(text) -%}
regexp_replace(lower({{ tidy(text) }}), '(?:市| city| municipality)$', '')
{%- endmacro %}

{#
    The expressions of a seed as one alternation, quoted for a SQL literal, so that the engine compiles them once. Before the
    seed is built (when the project is only parsed or compiled) it is an expression that matches nothing. The seed is named,
    not referenced, because a unit test would hand in a stand-in; a model that uses it states `-- depends_on`.
#}
{% macro seed_alternation(seed_name, column, condition='true') -%}
    {%- if execute -%}
        {%- set seed = adapter.get_relation(database=target.database, schema='seeds', identifier=seed_name) -%}
        {%- if seed is not none -%}
            {%- set rows = run_query(
                "select " ~ column ~ " from " ~ seed ~ " where " ~ condition ~ " order by length(" ~ column ~ ") desc, " ~ column
            ) -%}
            {%- if rows | length > 0 -%}
                {{- return('(?:' ~ (rows.columns[0].values() | join('|') | replace("'", "''")) ~ ')') -}}
            {%- endif -%}
        {%- endif -%}
    {%- endif -%}
    {{- return('[^\\s\\S]') -}}
{%- endmacro %}

{# A title without the notes that editors and investigators put in front of it; the title as it is when nothing else is left. #}
{% macro clean_title(title, notes) -%}
coalesce(
    {{ tidy("regexp_replace(" ~ title ~ ", '(?i)^(?:\\s*" ~ notes ~ "\\s*)+', '')") }}, {{ tidy(title) }}
)
{%- endmacro %}
