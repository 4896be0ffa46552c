-- Forms of company and public names in sponsors' names: one row per name and rule.
{{ config(
    pre_hook=[
        "{{ set_character_map(ref('character_map'), 'from', 'all') }}",
        "{{ set_character_map(ref('character_map'), 'to', 'all') }}",
        "{{ set_character_map(ref('character_map'), 'from', 'latin') }}",
        "{{ set_character_map(ref('character_map'), 'to', 'latin') }}",
    ] + lexicon_hooks('organisation', 'organisation_terms'),
) }}

with

sponsors as (
    select * from {{ ref('int_registration_sponsors') }}
),

terms as (
    select * from {{ ref('organisation_terms') }}
),

names as (
    select distinct
        name as registration_id,
        'name' as field,
        1 as position,
        'en' as language,
        1 as segment,
        name as text,
        {{ normalise_text('name') }} as text_normalised,
    from sponsors
    where name is not null
),

{{ lexicon_hits('organisation', 'names', 'terms') }}

select
    registration_id as name,
    matched_text,
    label,
    strength,
    rule_id,
from lexicon_hits
