{#
  A lexicon is matched with regular expressions that are built from its rows. DuckDB folds getvariable() to a constant, so an
  expression is compiled once per query instead of once per row. The variables are set by a pre-hook of the model that uses them;
  a unit test overrides the macro lexicon_pattern with a literal.

  RE2 holds its automaton in 8 MB; beyond some 25 KB of alternatives, open runs of separators, or Latin and Chinese wording
  together, it falls back to a matcher that is 20 to 40 times slower (measured on 4.6 MB of text: 0.1 s against 4 s). So a lexicon is
  cut into parts: `regex` rows, `loose` rows, `cjk` rows (matched on Chinese text alone), and words in as many parts as lexicon_parts says.
#}
{% macro lexicon_parts(name) -%}
    {%- set word_parts = {'cell_type': 3, 'indication': 3, 'target': 1, 'product': 2} -%}
    {%- set parts = ['regex', 'loose', 'cjk'] -%}
    {%- for part in range(1, word_parts.get(name, 1) + 1) -%}
        {%- do parts.append('word_' ~ part) -%}
    {%- endfor -%}
    {{ return(parts) }}
{%- endmacro %}

{% macro lexicon_pattern(name, part) -%}
    {{ return(adapter.dispatch('lexicon_pattern')(name, part)) }}
{%- endmacro %}

{% macro default__lexicon_pattern(name, part) -%}
    getvariable('lexicon_{{ name }}_{{ part }}')
{%- endmacro %}

{#
  One alternation out of a part of a terms seed (term, match_kind). Reverse alphabetical order puts a longer term before the
  shorter one that it begins with, and neighbours share their beginnings, which RE2 folds.
  In a term, a space or hyphen stands for either of them, `~` for none to three. Match kinds:
    word   stands alone; a plural s is allowed          exact  stands alone, as it is spelled
    gene   stands alone or is glued to a listed affix (antiCD19, CD19CAR, CART19)
    cjk    anywhere (Chinese has no word boundaries)    regex  the row's own expression, standing alone
    loose  as regex, in a pass of its own, so that it does not eat the beginning of an exact expression
#}
{% macro set_lexicon_pattern(name, terms, part) -%}
    set variable lexicon_{{ name }}_{{ part }} = (
        with

        terms as (
            select
                match_kind,
                term,
                case when match_kind in ('regex', 'loose') then term else {{ term_expression('term') }} end as expression,
                case
                    when match_kind in ('regex', 'loose', 'cjk') then match_kind
                    else
                        'word_' || ntile({{ lexicon_parts(name) | length - 3 }}) over (
                            partition by match_kind in ('regex', 'loose', 'cjk')
                            order by term
                        )
                end as part,
            from {{ terms }}
        ),

        kinds as (
            select
                match_kind,
                string_agg(expression, '|' order by translate(term, '~-', '  ') desc) as alternatives,
            from terms
            where part = '{{ part }}'
            group by match_kind
        ),

        affixes as (
            select
                string_agg(affix, '|' order by length(affix) desc) filter (where side = 'prefix') as prefixes,
                string_agg(affix, '|' order by length(affix) desc) filter (where side = 'suffix') as suffixes,
            from {{ ref('lexicon_affixes') }}
            where affix is not null and match_kind = 'gene'
        )

        select
            coalesce(
                string_agg(
                    case kinds.match_kind
                        when 'word' then '\b(?:' || kinds.alternatives || ')s?\b'
                        when 'gene' then
                            '\b(?:' || affixes.prefixes || ')?(?:' || kinds.alternatives || ')(?:' || affixes.suffixes || ')?\b'
                        when 'cjk' then '(?:' || kinds.alternatives || ')'
                        else '\b(?:' || kinds.alternatives || ')\b'
                    end,
                    '|' order by kinds.match_kind desc
                ),
                '[^\s\S]'
            )
        from kinds
        cross join affixes
    )
{%- endmacro %}

{# The expression of one term: its special characters escaped, its separators loosened. #}
{% macro term_expression(column) -%}
    replace(
        regexp_replace(
            regexp_replace({{ column }}, '([.+*?()\[\]{}|^$\\])', '\\\1', 'g'),
            '[ -]+', '[ -]', 'g'
        ),
        '~', '[ -]?[ -]?[ -]?'
    )
{%- endmacro %}

{# Separators out: what is left of a term and of its match is the same string. #}
{% macro term_key(column) -%}
    translate({{ column }}, ' -~', '')
{%- endmacro %}
