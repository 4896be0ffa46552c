-- The sentences of the fields that are classified, beside their normalised spelling: one row per registration, field,
-- position, language and sentence. Eligibility criteria and outcomes are left out: they name cells and antigens that
-- are not the product's.
{{ config(
    pre_hook=[
        "{{ set_character_map(ref('character_map'), 'from', 'all') }}",
        "{{ set_character_map(ref('character_map'), 'to', 'all') }}",
        "{{ set_character_map(ref('character_map'), 'from', 'latin') }}",
        "{{ set_character_map(ref('character_map'), 'to', 'latin') }}",
    ],
) }}

with

texts as (
    select * from {{ ref('int_registration_texts') }}
),

fields as (
    select * from {{ ref('text_fields') }}
),

sentences as (
    select
        texts.registration_id,
        texts.field,
        fields.tier,
        fields.evidence_rank,
        texts.position,
        texts.language,
        {{ split_sentences('texts.text') }} as sentence_list,
    from texts
    inner join fields
        on texts.field = fields.field
),

segments as (
    select
        registration_id,
        field,
        tier,
        evidence_rank,
        position,
        language,
        unnest(sentence_list) as text,
        generate_subscripts(sentence_list, 1) as segment,
    from sentences
)

select
    registration_id,
    field,
    tier,
    evidence_rank,
    position,
    language,
    cast(segment as integer) as segment,
    text,
    {{ normalise_text('text') }} as text_normalised,
from segments
where trim(text) <> ''
