{#
  Text in one spelling, of the same length, so that a position in the normalised text is a position in the original: lower case;
  full-width forms, dashes, quotes, spaces and Greek letters to ASCII; traditional characters to simplified ones (seed character_map).
  Most text is ASCII, and translate() builds its map for every row, so other text alone takes that way.
#}
{% macro normalise_text(column) -%}
    {{ return(adapter.dispatch('normalise_text')(column)) }}
{%- endmacro %}

{% macro default__normalise_text(column) -%}
    case
        when strlen({{ column }}) = length({{ column }}) then translate(lower({{ column }}), chr(9) || chr(10) || chr(13), '   ')
        when regexp_matches({{ column }}, '\p{Han}')
            then lower(translate({{ column }}, getvariable('characters_from'), getvariable('characters_to')))
        else lower(translate({{ column }}, getvariable('latin_characters_from'), getvariable('latin_characters_to')))
    end
{%- endmacro %}

{# Pre-hook: the character map as two strings of the same length. `scope` latin leaves out the Chinese characters. #}
{% macro set_character_map(character_map, side, scope) -%}
    set variable {{ 'latin_' if scope == 'latin' else '' }}characters_{{ side }} = (
        select string_agg(chr({{ side }}_codepoint), '' order by from_codepoint)
        from {{ character_map }}
        {%- if scope == 'latin' %}
        where kind <> 'traditional'
        {%- endif %}
    )
{%- endmacro %}
