-- Products whose investigator-initiated trial in China was followed by an industry-sponsored one, and the time between:
-- one row per product with at least one trial of each kind.
with progression as (
    select
        product_id,
        product,
        n_iit_trials,
        n_ist_trials,
        first_iit_trial_id,
        first_iit_registration_date,
        first_ist_trial_id,
        first_ist_registration_date,
        days_iit_to_ist,
        is_iit_first,
    from {{ ref('mart_product_progression') }}
    where n_iit_trials > 0 and n_ist_trials > 0
),

trials as (
    select trial_id from {{ ref('dim_trial') }} where is_china
),

products as (
    select trial_id, product_id from {{ ref('bridge_trial_product') }}
),

sponsors as (
    select trial_id, sponsor_type from {{ ref('fct_trial_sponsor') }} where rule = 'regulatory'
),

-- The rows behind the points, which the report lists.
members as (  -- noqa: ST03
    select distinct
        trials.trial_id,
        progression.product,
        sponsors.sponsor_type,
    from progression
    inner join products
        on progression.product_id = products.product_id
    inner join trials
        on products.trial_id = trials.trial_id
    inner join sponsors
        on trials.trial_id = sponsors.trial_id
)

select
    progression.product_id,
    progression.product,
    progression.n_iit_trials,
    progression.n_ist_trials,
    progression.first_iit_trial_id,
    progression.first_iit_registration_date,
    progression.first_ist_trial_id,
    progression.first_ist_registration_date,
    progression.days_iit_to_ist,
    progression.is_iit_first,
from progression
order by progression.first_iit_registration_date, progression.product
