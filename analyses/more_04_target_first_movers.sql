-- Who came first with each named target in China and in the rest of the world, and by how long: one row per target
-- with a trial in China.
with first_movers as (
    select
        scope,
        target,
        first_trial_id,
        first_registration_date,
        first_sponsor,
        n_trials,
    from {{ ref('mart_target_first_movers') }}
    -- Targets outside the dictionary are many: the first of them says nothing.
    where target <> 'other'
),

china as (
    select target, first_trial_id, first_registration_date, first_sponsor, n_trials
    from first_movers
    where scope = 'china'
),

elsewhere as (
    select target, first_trial_id, first_registration_date, first_sponsor, n_trials
    from first_movers
    where scope = 'outside_china'
),

-- The rows behind the points, which the report lists.
members as (  -- noqa: ST03
    select
        first_trial_id as trial_id,
        target,
        scope,
    from first_movers
    where scope in ('china', 'outside_china')
)

select
    china.target,
    china.first_trial_id as first_trial_in_china,
    china.first_registration_date as first_registered_in_china,
    china.first_sponsor as first_sponsor_in_china,
    china.n_trials as n_trials_in_china,
    elsewhere.first_trial_id as first_trial_elsewhere,
    elsewhere.first_registration_date as first_registered_elsewhere,
    elsewhere.first_sponsor as first_sponsor_elsewhere,
    coalesce(elsewhere.n_trials, 0) as n_trials_elsewhere,
    date_diff('day', elsewhere.first_registration_date, china.first_registration_date) as days_behind_elsewhere,
from china
left join elsewhere
    on china.target = elsewhere.target
order by china.first_registration_date, china.target
