{#
  A lexicon is matched with regular expressions that are built from its rows. DuckDB folds getvariable() to a constant, so an
  expression is compiled once per query instead of once per row. The variables are set by a pre-hook of the model that uses them;
  a unit test overrides the macro lexicon_pattern with a literal.

  RE2 holds its automaton in 8 MB; beyond some 25 KB of alternatives, open runs of separators, or Latin and Chinese wording
  together, it falls back to a matcher that is 20 to 40 times slower (measured on 4.6 MB of text: 0.1 s against 4 s). So a lexicon is
  cut into parts: `loose` rows, `cjk` rows (matched on Chinese text alone), `regex` rows and words, each kind in as many parts as
  lexicon_part_counts says.
#}
{% macro lexicon_part_counts(name) -%}
    {%- set counts = {'loose': 1, 'cjk': 1, 'regex': 1, 'word': 1} -%}
    {%- set larger = {
        'cell_type': {'regex': 4, 'word': 3},
        'indication': {'cjk': 2, 'word': 3},
        'target': {'word': 2},
        'product': {'word': 3},
    } -%}
    {%- do counts.update(larger.get(name, {})) -%}
    {{ return(counts) }}
{%- endmacro %}

{% macro lexicon_parts(name) -%}
    {%- set parts = [] -%}
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
                {{ lexicon_part_of_term(name) }} as part,
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

{# The part that a row of a terms seed belongs to: its kind, and which of the parts of that kind in alphabetical order. #}
{% macro lexicon_part_of_term(name) -%}
    {%- set kind = "case when match_kind in ('loose', 'regex', 'cjk') then match_kind else 'word' end" -%}
    {{ kind }} || '_' || ntile(
        case {{ kind }}
            {%- for counted, count in lexicon_part_counts(name).items() %}
            when '{{ counted }}' then {{ count }}
            {%- endfor %}
        end
    ) over (partition by {{ kind }} order by term)
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
