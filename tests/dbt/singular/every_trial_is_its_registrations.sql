-- A trial has registrations, as many as it says, and bears the id of its primary one: one row per trial that does not.
with trials as (
    select
        trial_id,
        n_registrations,
    from {{ ref('dim_trial') }}
),

trial_registrations as (
    select
        trial_id,
        registration_id,
        is_primary,
    from {{ ref('bridge_trial_registration') }}
),

counted as (
    select
        trial_registrations.trial_id,
        count(*) as n_registrations,
        max(case when trial_registrations.is_primary then trial_registrations.registration_id end) as primary_id,
    from trial_registrations
    group by trial_registrations.trial_id
)

select
    trials.trial_id,
    trials.n_registrations as stated,
    counted.n_registrations as found,
    counted.primary_id,
from trials
left join counted
    on trials.trial_id = counted.trial_id
where
    counted.trial_id is null
    or counted.n_registrations <> trials.n_registrations
    or counted.primary_id is distinct from trials.trial_id
