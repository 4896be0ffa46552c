-- The words of the registrations of the landscape, to search and to read evidence in: one row per registration, field,
-- position and language.
with registrations as (
    select
        trial_id,
        registration_id,
    from {{ ref('bridge_trial_registration') }}
),

texts as (
    select
        registration_id,
        field,
        position,
        language,
        text,
    from {{ ref('int_registration_texts') }}
)

select
    texts.registration_id,
    texts.field,
    cast(texts.position as integer) as position,
    texts.language,
    registrations.trial_id,
    texts.text,
from texts
inner join registrations
    on texts.registration_id = registrations.registration_id
