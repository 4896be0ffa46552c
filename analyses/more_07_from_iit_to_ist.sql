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
where progression.n_iit_trials > 0 and progression.n_ist_trials > 0
order by progression.first_iit_registration_date, progression.product
