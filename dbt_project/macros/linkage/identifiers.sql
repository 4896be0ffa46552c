{#
    A text as the identifier patterns expect it: upper case, full-width characters and dashes of every kind as their ASCII
    forms, underscores and spaces of every kind as separators. One character stays one character, so that positions hold.
#}
{% macro normalise_identifier_text(text) -%}
    {{ return(adapter.dispatch('normalise_identifier_text')(text)) }}
{%- endmacro %}

{% macro default__normalise_identifier_text(text) -%}
upper(translate(
        {{ text }},
        '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ－‐‑‒–—―−﹣ー：．＃／＿_　 （）［］',
        '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz----------:.#/--  ()[]'
    ))
{%- endmacro %}

{#
    Whether a text can hold an identifier at all: a constant expression that the engine compiles once, so that the patterns of
    the seed are tried on few texts. Every hint of identifier_patterns passes it; a test holds that.
#}
{% macro may_hold_identifier(normalised_text) -%}
    {{ return(adapter.dispatch('may_hold_identifier')(normalised_text)) }}
{%- endmacro %}

{% macro default__may_hold_identifier(normalised_text) -%}
regexp_matches(
        {{ normalised_text }},
        'CTR[^A-Z]{0,6}[A-Z]{0,6}[^A-Z]{0,6}[0-9]{6}|CRT[^A-Z]{0,6}[0-9]{6}|(NCT|SLCTR|ISRCTN|EUCT|CTIS|JRCT|UMIN|CTI|IIA|ACTRN|DRKS|KCT|IRCT|NTR|NL|OMON)[^0-9]{0,6}[0-9]{3}|'
        || 'RBR-|RPCEC|CTRI|PER-|1111-[0-9]|20[0-9]{2}-[05][0-9]{5}-|[CJ]X[SHZ][A-Z][0-9]{7}'
    )
{%- endmacro %}

{# All matches of a pattern in a text, in order, as a list. The pattern may be a column. #}
{% macro all_matches(text, pattern) -%}
    {{ return(adapter.dispatch('all_matches')(text, pattern)) }}
{%- endmacro %}

{% macro default__all_matches(text, pattern) -%}
regexp_extract_all({{ text }}, {{ pattern }}, 0)
{%- endmacro %}

{# The key of an identifier: the pattern's template filled in, lower case, without leading zeros in its last part. #}
{% macro identifier_key(matched_text, pattern, template) -%}
    {{ return(adapter.dispatch('identifier_key')(matched_text, pattern, template)) }}
{%- endmacro %}

{% macro default__identifier_key(matched_text, pattern, template) -%}
lower(regexp_replace(regexp_replace({{ matched_text }}, {{ pattern }}, {{ template }}), '^(chictr:[0-9]{2}:)0+([1-9])', '\1\2'))
{%- endmacro %}

{# A protocol code without what differs between its spellings: letters and digits only, upper case. #}
{% macro protocol_code_key(text) -%}
    {{ return(adapter.dispatch('protocol_code_key')(text)) }}
{%- endmacro %}

{% macro default__protocol_code_key(text) -%}
regexp_replace({{ normalise_identifier_text(text) }}, '[^A-Z0-9]', '', 'g')
{%- endmacro %}

{#
    Whether a code can tell one protocol from others: five characters or more, a letter and two digits among them. Bare numbers
    and words (`2020-01`, `PROTOCOL`) are given by unrelated trials.
#}
{% macro is_distinctive_code(code) -%}
    {{ return(adapter.dispatch('is_distinctive_code')(code)) }}
{%- endmacro %}

{% macro default__is_distinctive_code(code) -%}
(length({{ code }}) between 5 and 40 and regexp_matches({{ code }}, '[A-Z]') and regexp_matches({{ code }}, '[0-9].*[0-9]')
    and regexp_matches({{ code }}, '[1-9]'))
{%- endmacro %}
