{#
    A date out of any of the shapes that registries write: 2020-02-01, 2020-02-01 00:00:00, 2020/02/01, 15/03/2020, 20200203,
    January 25, 2020, 21 September 2026, 25-Jan-2020, 2020-02 and 2020 (partial dates: the first day of what is stated).
    Anything else, and years before 1950 or after 2100, is null. Slashed dates are day first, as ICTRP writes them.
#}
{% macro parse_date(text) -%}
    {{ return(adapter.dispatch('parse_date')(text)) }}
{%- endmacro %}

{% macro default__parse_date(text) -%}
list_filter(
        [cast(try_strptime(
            regexp_replace(trim({{ text }}), '[T ]\d{1,2}:\d{2}.*$', ''),
            [
                '%Y-%m-%d', '%Y/%m/%d', '%d/%m/%Y', '%Y%m%d', '%Y-%m', '%Y/%m', '%B %d, %Y', '%b %d, %Y', '%B %d %Y',
                '%d %B %Y', '%d %b %Y', '%d-%b-%Y', '%d-%B-%Y', '%d-%m-%Y', '%d.%m.%Y', '%B %Y', '%b %Y', '%Y年%m月%d日', '%Y'
            ]
        ) as date)],
        lambda parsed: year(parsed) between 1950 and 2100
    )[1]
{%- endmacro %}

{# The first date in a text such as `国内：2021-03-05；`; null where it has none. #}
{% macro first_date(text) -%}
    {{ return(adapter.dispatch('first_date')(text)) }}
{%- endmacro %}

{% macro default__first_date(text) -%}
nullif(regexp_extract({{ text }}, '\d{4}[-/]\d{1,2}[-/]\d{1,2}', 0), '')
{%- endmacro %}
