-- How targets rose in China and when products against them were approved: one row per target, year and kind of event.
with target_years as (
    select
        target,
        registration_year,
        n_trials,
        n_trials_cumulative,
    from {{ ref('mart_target_years') }}
    where scope = 'china'
),

products as (
    select
        target,
        agency,
        product,
        approved_on,
    from {{ ref('mart_approved_products') }}
    where target is not null and is_approved_at_study_end
),

trials as (
    select trial_id, registration_year from {{ ref('dim_trial') }} where is_china and in_study_window
),

targets as (
    select trial_id, target from {{ ref('bridge_trial_target') }} where is_stated
),

-- The rows behind the points, which the report lists.
members as (  -- noqa: ST03
    select
        trials.trial_id,
        targets.target,
        trials.registration_year,
    from trials
    inner join targets
        on trials.trial_id = targets.trial_id
),

events as (
    select
        target_years.target,
        'trials' as event,
        cast(null as varchar) as agency,
        cast(null as varchar) as product,
        cast(null as date) as approved_on,
        target_years.registration_year as year,
        target_years.n_trials,
        target_years.n_trials_cumulative,
    from target_years
    union all
    select
        products.target,
        'approval' as event,
        products.agency,
        products.product,
        products.approved_on,
        cast(extract(year from products.approved_on) as integer) as year,
        cast(null as integer) as n_trials,
        cast(null as integer) as n_trials_cumulative,
    from products
)

select
    events.target,
    events.event,
    events.year,
    events.n_trials,
    events.n_trials_cumulative,
    events.agency,
    events.product,
    events.approved_on,
from events
order by events.target, events.year, events.event, events.agency, events.product
