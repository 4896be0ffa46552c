-- What each registration of a trial states of dates, sizes, titles and sponsors, and which of them won: one row per
-- trial, field and registration that states it.
with registrations as (
    select
        trial_id,
        registration_id,
        registry,
    from {{ ref('bridge_trial_registration') }}
),

stated_values as (
    select
        trial_id,
        field,
        registration_id,
        value,
        is_winner,
        rule_id,
    from {{ ref('int_trial_attributes') }}
)

select
    stated_values.trial_id,
    stated_values.field,
    stated_values.registration_id,
    registrations.registry,
    stated_values.value,
    stated_values.is_winner,
    stated_values.rule_id,
from stated_values
inner join registrations
    on stated_values.registration_id = registrations.registration_id
    and stated_values.trial_id = registrations.trial_id
