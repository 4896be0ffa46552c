{#
  The whole of a model that looks for one lexicon in the text segments: one row per place and rule, with the tier of its field and
  what the words around it make of it. The model itself names its hooks (lexicon_hooks), since they belong to its config.
  `name`: facet of the pattern variables and of the context words. `contexts`: none where the words around a match do not matter.
  `tiers`: the kinds of field that are looked through, all by default. `also`: further columns, as expressions with their alias.
#}
{% macro hits_of_terms(name, segments, terms, contexts=none, tiers=none, also=[]) -%}
{%- set hits = 'hits_in_context' if contexts else 'lexicon_hits' -%}
with

segments as (
    select * from {{ segments }}
    {%- if tiers %}
    where tier in ('{{ tiers | join("', '") }}')
    {%- endif %}
),

terms as (
    select * from {{ terms }}
),

fields as (
    select * from {{ ref('text_fields') }}
),

{{ lexicon_hits(name, 'segments', 'terms') }}

{%- if contexts %},

contexts as (
    select * from {{ contexts }}
),

{{ hits_in_context(name, 'lexicon_hits', 'contexts') }}
{%- endif %}

select
    hits.registration_id,
    hits.field,
    fields.tier,
    fields.evidence_rank,
    hits.position,
    hits.language,
    hits.segment,
    hits.starts_at,
    hits.ends_before,
    hits.matched_text,
    hits.label,
    hits.rule_id,
    hits.strength,
    {%- if contexts %}
    hits.left_effect,
    hits.left_rule_id,
    hits.right_effect,
    hits.right_rule_id,
    {%- endif %}
    {%- for column in also %}
    {{ column }},
    {%- endfor %}
from {{ hits }} as hits
inner join fields
    on hits.field = fields.field
{%- endmacro %}
