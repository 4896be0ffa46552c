{#
  The nearest context word on each side of a hit decides what the hit means (seed context_terms): "prior [CD19 CAR-T]",
  "[CD19]-positive", "secreting [PD-1]". One constant alternation per facet and side marks the context words; the row of the nearest
  one says how many words may stand between it and the hit, and what the effect is.
#}
{% macro set_context_pattern(facet, side, contexts) -%}
    set variable context_{{ facet }}_{{ side }} = (
        with

        words as (
            select
                term,
                priority,
                case match_kind
                    when 'regex' then term
                    when 'word' then '\b' || {{ term_expression('term') }} || 's?\b'
                    else {{ term_expression('term') }}
                end as expression,
            from {{ contexts }}
            where facet = '{{ facet }}' and side = '{{ side }}'
        )

        select coalesce(string_agg(expression, '|' order by priority desc, translate(term, '~-', '  ') desc), '[^\s\S]')
        from words
    )
{%- endmacro %}

{% macro context_pattern(facet, side) -%}
    {{ return(adapter.dispatch('context_pattern')(facet, side)) }}
{%- endmacro %}

{% macro default__context_pattern(facet, side) -%}
    getvariable('context_{{ facet }}_{{ side }}')
{%- endmacro %}

{# The hits of `hits` with the effect of their context: left_effect, left_rule_id, right_effect, right_rule_id (null: none). #}
{% macro hits_in_context(facet, hits, contexts) -%}
    {{ return(adapter.dispatch('hits_in_context')(facet, hits, contexts)) }}
{%- endmacro %}

{% macro default__hits_in_context(facet, hits, contexts) -%}
    marked_contexts as (
        select
            *,
            string_split(
                regexp_replace(left_context, {{ context_pattern(facet, 'left') }}, chr(1) || '\0' || chr(2), 'g'), chr(1)
            ) as left_pieces,
            string_split(
                regexp_replace(right_context, {{ context_pattern(facet, 'right') }}, chr(1) || '\0' || chr(2), 'g'), chr(1)
            ) as right_pieces,
        from {{ hits }}
    ),

    context_words as (
        select
            * exclude (left_pieces, right_pieces),
            case when len(left_pieces) > 1 then string_split(left_pieces[-1], chr(2))[1] end as left_word,
            case when len(left_pieces) > 1 then {{ words_in('string_split(left_pieces[-1], chr(2))[2]') }} end as left_gap,
            case when len(right_pieces) > 1 then string_split(right_pieces[2], chr(2))[1] end as right_word,
            case when len(right_pieces) > 1 then {{ words_in('right_pieces[1]') }} end as right_gap,
        from marked_contexts
    ),

    context_keys as (
        select
            *,
            {{ term_key('term') }} as context_key,
        from {{ contexts }}
        where facet = '{{ facet }}'
    ),

    {% for side in ['left', 'right'] %}
    {{ side }}_words as (
        select distinct
            {{ side }}_word as word,
            {{ term_key(side ~ '_word') }} as word_key,
        from context_words
        where {{ side }}_word is not null
    ),

    {{ side }}_rules as (
        select
            {{ side }}_words.word,
            context_keys.effect,
            context_keys.rule_id,
            context_keys.max_words_between,
        from {{ side }}_words
        inner join context_keys
            on context_keys.side = '{{ side }}'
            and case
                when context_keys.match_kind = 'regex' then regexp_full_match({{ side }}_words.word, context_keys.term)
                else {{ side }}_words.word_key in (context_keys.context_key, context_keys.context_key || 's')
            end
        qualify row_number() over (
            partition by {{ side }}_words.word
            order by context_keys.priority desc, context_keys.rule_id
        ) = 1
    ),

    {% endfor %}
    hits_in_context as (
        select
            context_words.* exclude (left_word, left_gap, right_word, right_gap),
            context_words.right_gap as right_words_between,
            left_rules.effect as left_effect,
            left_rules.rule_id as left_rule_id,
            right_rules.effect as right_effect,
            right_rules.rule_id as right_rule_id,
        from context_words
        left join left_rules
            on context_words.left_word = left_rules.word
            and context_words.left_gap <= left_rules.max_words_between
        left join right_rules
            on context_words.right_word = right_rules.word
            and context_words.right_gap <= right_rules.max_words_between
    )
{%- endmacro %}

{# How many words (Chinese: characters) a stretch of normalised text holds. #}
{% macro words_in(column) -%}
    len(regexp_extract_all({{ column }}, '[a-z0-9][a-z0-9''.]*|\p{Han}'))
{%- endmacro %}
