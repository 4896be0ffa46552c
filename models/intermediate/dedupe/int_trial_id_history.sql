-- Trial ids that are no longer used and the trial that each leads to: one row per retired id.
with ledger as (
    select * from {{ ref('trial_id_ledger') }}
),

trials as (
    select * from {{ ref('int_trial_registrations') }}
),

given as (
    select
        trial_id,
        max(assigned_at) as last_given_at,
    from ledger
    group by trial_id
)

-- A trial id is the id of a registration, so that the trial which holds the registration today is where a retired id leads.
select
    given.trial_id as retired_trial_id,
    trials.trial_id,
    max(ledger.assigned_at) as retired_at,
    'registration ' || given.trial_id || ' was found to be trial ' || trials.trial_id as reason,
from given
inner join trials
    on given.trial_id = trials.registration_id
inner join ledger
    on given.trial_id = ledger.registration_id
where given.trial_id <> trials.trial_id
group by given.trial_id, trials.trial_id
