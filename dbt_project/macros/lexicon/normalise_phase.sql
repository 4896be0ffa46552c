{#
  A stated phase in one spelling: full-width forms and Roman numeral signs to ASCII, lower case, without separators, quotes or the
  words that ChinaDrugTrials puts before free text (其它 其他说明:). The result is looked up in the seed phase_words.
#}
{% macro normalise_phase(column) -%}
    {{ return(adapter.dispatch('normalise_phase')(column)) }}
{%- endmacro %}

{% macro default__normalise_phase(column) -%}
    regexp_replace(
        regexp_replace(
            replace(replace(replace(replace(
                lower(translate({{ column }},
                    'Ⅰⅰ０１２３４ＩⅤ（）／：；，＋－—–', 'ii01234iv()/:;,+---')),
                'ⅱ', 'ii'), 'ⅲ', 'iii'), 'ⅳ', 'iv'), 'Ⅱ', 'ii'),
            '[\s_"'']+', '', 'g'
        ),
        '^(?:其它|其他)+(?:其他)?说明[::]', ''
    )
{%- endmacro %}
