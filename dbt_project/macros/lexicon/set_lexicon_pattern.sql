{#
  A lexicon is matched with regular expressions that are built from its rows. DuckDB folds getvariable() to a constant, so an
  expression is compiled once per query instead of once per row. The variables are set by a pre-hook of the model that uses them;
  a unit test overrides the macro lexicon_pattern with a literal.

  RE2 holds its automaton in 8 MB; beyond some 25 KB of alternatives, open runs of separators, or Latin and Chinese wording
  together, it falls back to a matcher that is 20 to 40 times slower (measured on 4.6 MB of text: 0.1 s against 4 s). So a lexicon is
  cut into parts: `regex` rows, `loose` rows, `cjk` rows (matched on Chinese text alone), and words in as many parts as lexicon_parts says.
#}
{% macro lexicon_part_counts(name) -%}
    {%- set counts = {
        'cell_type': {'regex': 4, 'word': 3},
        'indication': {'regex': 1, 'word': 3},
        'target': {'regex': 1, 'word': 2},
        'product': {'regex': 1, 'word': 3},
    } -%}
    {{ return(counts.get(name, {'regex': 1, 'word': 1})) }}
{%- endmacro %}

{% macro lexicon_parts(name) -%}
    {%- set parts = ['loose', 'cjk'] -%}
    {%- for kind, count in lexicon_part_counts(name).items() -%}
        {%- for part in range(1, count + 1) -%}
            {%- do parts.append(kind ~ '_' ~ part) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(parts) }}
{%- endmacro %}

{# The pre-hooks of a model that matches a lexicon: one variable for each of its parts and for each side of its context words. #}
{% macro lexicon_hooks(name, terms, contexts=[]) -%}
    {%- set hooks = [] -%}
    {%- for part in lexicon_parts(name) -%}
        {%- do hooks.append("{{ set_lexicon_pattern('" ~ name ~ "', ref('" ~ terms ~ "'), '" ~ part ~ "') }}") -%}
    {%- endfor -%}
    {%- for facet, side in contexts -%}
        {%- do hooks.append("{{ set_context_pattern('" ~ facet ~ "', '" ~ side ~ "', ref('context_terms')) }}") -%}
    {%- endfor -%}
    {{ return(hooks) }}
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
                    when match_kind in ('loose', 'cjk') then match_kind
                    else
                        {{ lexicon_part_kind() }} || '_' || ntile(
                            case {{ lexicon_part_kind() }}
                                when 'regex' then {{ lexicon_part_counts(name)['regex'] }}
                                else {{ lexicon_part_counts(name)['word'] }}
                            end
                        ) over (partition by {{ lexicon_part_kind() }} order by term)
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

{# Expressions of their own are matched apart from words. #}
{% macro lexicon_part_kind() -%}
    case match_kind when 'regex' then 'regex' when 'loose' then 'loose' when 'cjk' then 'cjk' else 'word' end
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
