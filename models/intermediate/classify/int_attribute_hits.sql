-- Where cell source, donor, study kind, in-vivo delivery or an IND is named: one row per place and rule, with the
-- effect of the words around it.
{{ config(pre_hook=lexicon_hooks('attribute', 'attribute_terms', [('attribute', 'left'), ('attribute', 'right')])) }}

with

segments as (
    select * from {{ ref('int_text_segments') }}
),

terms as (
    select * from {{ ref('attribute_terms') }}
),

contexts as (
    select * from {{ ref('context_terms') }}
),

{{ lexicon_hits('attribute', 'segments', 'terms') }},

{{ hits_in_context('attribute', 'lexicon_hits', 'contexts') }}

select
    hits_in_context.registration_id,
    hits_in_context.field,
    fields.tier,
    fields.evidence_rank,
    hits_in_context.position,
    hits_in_context.language,
    hits_in_context.segment,
    hits_in_context.starts_at,
    hits_in_context.ends_before,
    hits_in_context.matched_text,
    hits_in_context.label,
    hits_in_context.rule_id,
    hits_in_context.strength,
    hits_in_context.left_effect,
    hits_in_context.left_rule_id,
    hits_in_context.right_effect,
    hits_in_context.right_rule_id,
from hits_in_context
inner join {{ ref('text_fields') }} as fields
    on hits_in_context.field = fields.field
