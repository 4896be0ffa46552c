{#
  Every place where a term of a lexicon stands in the text segments: one row per registration, segment, place and rule.
  The alternation marks its matches in the text; the pieces between the marks give the exact place, so that matched_text is the
  original wording and the words around it can be looked at. Matches go back to their rows by hash join on the term key.
  A match that lies inside a longer one gives way to it; a mask row has no other use than that, so that "nk cell lymphoma" is
  not read as an NK cell product.
  `segments`: relation with registration_id, field, position, language, segment, text, text_normalised.
#}
{% macro lexicon_hits(name, segments, terms) -%}
    {{ return(adapter.dispatch('lexicon_hits')(name, segments, terms)) }}
{%- endmacro %}

{% macro default__lexicon_hits(name, segments, terms) -%}
    marked as (
        {% for part in lexicon_parts(name) %}
        select
            registration_id,
            field,
            position,
            language,
            segment,
            text,
            text_normalised,
            '{{ part }}' as part,
            string_split(
                regexp_replace(text_normalised, {{ lexicon_pattern(name, part) }}, chr(1) || '\0' || chr(2), 'g'), chr(1)
            ) as pieces,
        from {{ segments }}
        {%- if part.startswith('cjk') %}
        where strlen(text_normalised) > length(text_normalised) and regexp_matches(text_normalised, '\p{Han}')
        {%- endif %}
        {% if not loop.last %}
        union all

        {% endif %}
        {%- endfor %}
    ),

    pieces as (
        select
            *,
            -- an unmatched text has one piece and leaves no row; a filter would be pushed down and match every text twice
            unnest(range(2, len(pieces) + 1)) as piece,
        from marked
    ),

    places as (
        select
            * exclude (pieces, piece),
            length(array_to_string(pieces[1:piece - 1], '')) - (piece - 2) + 1 as starts_at,
            string_split(pieces[piece], chr(2))[1] as matched_normalised,
        from pieces
    ),

    located as (
        select distinct
            registration_id,
            field,
            position,
            language,
            segment,
            cast(starts_at as integer) as starts_at,
            cast(starts_at + length(matched_normalised) as integer) as ends_before,
            matched_normalised,
            {{ term_key('matched_normalised') }} as matched_key,
            substring(text, starts_at, length(matched_normalised)) as matched_text,
            substring(text_normalised, greatest(starts_at - 100, 1), least(starts_at - 1, 100)) as left_context,
            substring(text_normalised, starts_at + length(matched_normalised), 100) as right_context,
        from places
    ),

    term_keys as (
        select distinct
            terms.rule_id,
            coalesce(prefixes.affix, '') || {{ term_key('terms.term') }} || coalesce(suffixes.affix, '') as term_key,
        from {{ terms }} as terms
        inner join {{ ref('lexicon_affixes') }} as prefixes
            on terms.match_kind = prefixes.match_kind
            and prefixes.side = 'prefix'
        inner join {{ ref('lexicon_affixes') }} as suffixes
            on terms.match_kind = suffixes.match_kind
            and suffixes.side = 'suffix'
    ),

    matched_by_key as (
        select
            located.*,
            term_keys.rule_id,
        from located
        inner join term_keys
            on located.matched_key = term_keys.term_key
    ),

    wordings as (
        select distinct
            part,
            matched_normalised,
            {{ term_key('matched_normalised') }} as matched_key,
        from places
    ),

    unmatched_wordings as (
        select wordings.*
        from wordings
        anti join term_keys
            on wordings.matched_key = term_keys.term_key
    ),

    expressions as (
        select
            rule_id,
            term,
            {{ lexicon_part_of_term(name) }} as part,
        from {{ terms }}
        where match_kind in ('regex', 'loose')
    ),

    -- an expression of a row is compiled for every wording that it is held against, so only against those of its own part
    wordings_by_expression as (
        select distinct
            unmatched_wordings.matched_normalised,
            expressions.rule_id,
        from unmatched_wordings
        inner join expressions
            on unmatched_wordings.part = expressions.part
            and regexp_full_match(unmatched_wordings.matched_normalised, expressions.term)
    ),

    matched as (
        select * from matched_by_key

        union all by name

        select
            located.*,
            wordings_by_expression.rule_id,
        from located
        inner join wordings_by_expression
            on located.matched_normalised = wordings_by_expression.matched_normalised
    ),

    candidates as (
        select
            matched.*,
            terms.label,
            terms.role,
            terms.strength,
        from matched
        inner join {{ terms }} as terms
            on matched.rule_id = terms.rule_id
        where
            terms.original_pattern is null
            or regexp_matches(matched.matched_text, terms.original_pattern)
    ),

    -- of the stretches of a sentence, sorted by their beginning, one that ends before an earlier one does lies inside it
    stretches as (
        select
            registration_id,
            field,
            position,
            language,
            segment,
            starts_at,
            ends_before,
            bool_or(role = 'mask') as is_masked,
        from candidates
        group by registration_id, field, position, language, segment, starts_at, ends_before
    ),

    reaches as (
        select
            *,
            max(ends_before) over (
                partition by registration_id, field, position, language, segment
                order by starts_at, ends_before desc
                rows between unbounded preceding and 1 preceding
            ) as reached_before,
        from stretches
    ),

    lexicon_hits as (
        select candidates.*
        from candidates
        inner join reaches
            on candidates.registration_id = reaches.registration_id
            and candidates.field = reaches.field
            and candidates.position = reaches.position
            and candidates.language = reaches.language
            and candidates.segment = reaches.segment
            and candidates.starts_at = reaches.starts_at
            and candidates.ends_before = reaches.ends_before
        where
            candidates.role = 'include'
            and not reaches.is_masked
            and coalesce(reaches.reached_before < candidates.ends_before, true)
    )
{%- endmacro %}
