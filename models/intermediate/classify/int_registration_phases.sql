-- The phase that the registry states, as a label: one row per registration. What cannot be read is not reported, never
-- guessed from prose.
with

registrations as (
    select * from {{ ref('int_registrations') }}
),

phase_words as (
    select * from {{ ref('phase_words') }}
),

defaults as (
    select * from {{ ref('label_defaults') }}
    where facet = 'phase'
),

normalised as (
    select
        registration_id,
        phase_raw,
        {{ normalise_phase('phase_raw') }} as phase_text,
    from registrations
)

select
    normalised.registration_id,
    coalesce(phase_words.phase, defaults.label) as phase,
    normalised.phase_raw,
    'phase' as field,
    normalised.phase_raw as matched_text,
    coalesce(phase_words.rule_id, defaults.rule_id) as rule_id,
from normalised
cross join defaults
left join phase_words
    on normalised.phase_text = phase_words.phase_text
