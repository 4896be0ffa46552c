{#
    English text as words are compared: lower case, without accents, anything but letters and digits as one space, padded. A
    disease that is named by what it is not (non-Hodgkin, non-small cell) becomes one word, so that it does not hold its opposite.
#}
{% macro english_words_text(text) -%}
    {{ return(adapter.dispatch('english_words_text')(text)) }}
{%- endmacro %}

{% macro default__english_words_text(text) -%}
regexp_replace(
        ' ' || trim(regexp_replace(lower(strip_accents({{ text }})), '[^a-z0-9γδ]+', ' ', 'g')) || ' ',
        ' non (hodgkin|small)', ' non\1', 'g'
    )
{%- endmacro %}

{#
    Chinese text as terms are looked for in it: half width, lower case, without spaces, one form of each dash and Roman numeral;
    non-Hodgkin and non-small-cell as in English.
#}
{% macro chinese_text(text) -%}
    {{ return(adapter.dispatch('chinese_text')(text)) }}
{%- endmacro %}

{% macro default__chinese_text(text) -%}
lower(regexp_replace(
        translate(
            replace(replace({{ text }}, '非霍奇金', 'NHL'), '非小细胞', 'NSCLC'),
            '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ－‐‑‒–—―（）：／ⅠⅤⅩ',
            '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-------():/IVX'
        ), '\s+', '', 'g'
    ))
{%- endmacro %}

{# The words of a text that english_words_text made, one row each (for a select list). #}
{% macro each_word(text) -%}
    {{ return(adapter.dispatch('each_word')(text)) }}
{%- endmacro %}

{% macro default__each_word(text) -%}
unnest(list_distinct(string_split(trim({{ text }}), ' ')))
{%- endmacro %}

{# The words of a text that english_words_text made, without the s of a plural, one row each (for a select list). #}
{% macro each_stem(text) -%}
    {{ return(adapter.dispatch('each_stem')(text)) }}
{%- endmacro %}

{% macro default__each_stem(text) -%}
unnest(list_distinct(list_transform(
            string_split(trim({{ text }}), ' '),
            lambda word: regexp_replace(word, '^([a-z]{3,}[^isu])s$', '\1')
        )))
{%- endmacro %}

{# Pairs of neighbouring Chinese characters of a text, one row each (for a select list): words are not separated in Chinese. #}
{% macro each_character_pair(text) -%}
    {{ return(adapter.dispatch('each_character_pair')(text)) }}
{%- endmacro %}

{% macro default__each_character_pair(text) -%}
unnest(list_distinct(list_filter(
            list_transform(range(1, length({{ text }})), lambda position: substr({{ text }}, position, 2)),
            lambda pair: regexp_full_match(pair, '[\x{3400}-\x{9fff}]{2}')
        )))
{%- endmacro %}

{# Codes such as CT053, C-CAR039, LUCAR-G39P, IMU-838 in a text, without separators, one row each (for a select list). #}
{% macro each_product_code(text) -%}
    {{ return(adapter.dispatch('each_product_code')(text)) }}
{%- endmacro %}

{% macro default__each_product_code(text) -%}
unnest(list_distinct(list_transform(
            regexp_extract_all(upper({{ text }}), '\b[A-Z]{1,8}(?:-[A-Z]{1,5})?[- ]?[0-9]{2,6}[A-Z]{0,3}[0-9]{0,2}(?:-[0-9]{1,3})?\b'),
            lambda code: regexp_replace(code, '[^A-Z0-9]', '', 'g')
        )))
{%- endmacro %}

{# Words with two capitals or more, without separators, one row each (for a select list). #}
{% macro each_capitalised_name(text) -%}
    {{ return(adapter.dispatch('each_capitalised_name')(text)) }}
{%- endmacro %}

{% macro default__each_capitalised_name(text) -%}
unnest(list_distinct(list_filter(
            list_transform(
                regexp_extract_all({{ text }}, '\b[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*\b'),
                lambda name: case
                    when regexp_matches(name, '[A-Z].*[A-Z]') then regexp_replace(upper(name), '[^A-Z0-9]', '', 'g')
                end
            ),
            lambda name: length(name) between 4 and 30
        )))
{%- endmacro %}

{#
    A sample of the neighbouring words of a text that english_words_text made, those with the smallest hashes: two samples share
    what the texts share, however long the texts are. Empty for a text of one word.
#}
{% macro sample_of_word_pairs(text) -%}
    {{ return(adapter.dispatch('sample_of_word_pairs')(text)) }}
{%- endmacro %}

{% macro default__sample_of_word_pairs(text) -%}
list_sort(list_distinct(list_transform(
            list_zip(string_split(trim({{ text }}), ' ')[:-2], string_split(trim({{ text }}), ' ')[2:]),
            lambda words: hash(words)
        )))[:{{ sample_size() }}]
{%- endmacro %}

{# A sample of the runs of four characters of a Chinese text, as sample_of_word_pairs has it of words. #}
{% macro sample_of_character_runs(text) -%}
    {{ return(adapter.dispatch('sample_of_character_runs')(text)) }}
{%- endmacro %}

{% macro default__sample_of_character_runs(text) -%}
list_sort(list_distinct(list_transform(
            range(1, length({{ text }}) - 2), lambda position: hash(substr({{ text }}, position, 4))
        )))[:{{ sample_size() }}]
{%- endmacro %}

{# How many pieces of a text are kept: enough to tell a third from a half. #}
{% macro sample_size() -%}
    {{ return(var('link_sample_size', 32)) }}
{%- endmacro %}
