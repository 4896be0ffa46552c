-- What the screening includes are the primary registrations of the trials, and its duplicates their other registrations:
-- one row per registration on which the two disagree.
with screening as (
    select
        registration_id,
        decision,
        trial_id,
    from {{ ref('fct_registration_screening') }}
),

trial_registrations as (
    select
        trial_id,
        registration_id,
        is_primary,
    from {{ ref('bridge_trial_registration') }}
)

select
    coalesce(screening.registration_id, trial_registrations.registration_id) as registration_id,
    screening.decision,
    screening.trial_id as screened_trial_id,
    trial_registrations.trial_id,
    trial_registrations.is_primary,
from screening
full outer join trial_registrations
    on screening.registration_id = trial_registrations.registration_id
where
    screening.registration_id is null
    or screening.trial_id is distinct from trial_registrations.trial_id
    or screening.decision <> case
        when trial_registrations.is_primary then 'included'
        when trial_registrations.registration_id is not null then 'duplicate'
        else 'excluded'
    end
