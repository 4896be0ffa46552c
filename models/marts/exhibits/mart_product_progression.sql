-- Whether the investigator-initiated trial of a product came before its industry-sponsored one, and by how long: one
-- row per product that the product dictionary knows and that has a trial in China.
with trials as (
    select trial_id, registration_date_or_estimate as registration_date from {{ ref('dim_trial') }} where is_china
),

products as (
    select trial_id, product_id, product from {{ ref('bridge_trial_product') }}
),

sponsors as (
    select trial_id, is_industry from {{ ref('fct_trial_sponsor') }} where rule = 'regulatory'
),

product_trials as (
    select
        products.product_id,
        products.product,
        trials.trial_id,
        trials.registration_date,
        sponsors.is_industry,
        row_number() over (
            partition by products.product_id, sponsors.is_industry
            order by trials.registration_date, trials.trial_id
        ) as arrival,
    from trials
    inner join products
        on trials.trial_id = products.trial_id
    inner join sponsors
        on trials.trial_id = sponsors.trial_id
),

firsts as (
    select
        product_id,
        min(product) as product,
        count(*) filter (where not is_industry) as n_iit_trials,
        count(*) filter (where is_industry) as n_ist_trials,
        max(trial_id) filter (where not is_industry and arrival = 1) as first_iit_trial_id,
        min(registration_date) filter (where not is_industry) as first_iit_registration_date,
        max(trial_id) filter (where is_industry and arrival = 1) as first_ist_trial_id,
        min(registration_date) filter (where is_industry) as first_ist_registration_date,
    from product_trials
    group by product_id
)

select
    firsts.product_id,
    firsts.product,
    cast(firsts.n_iit_trials as integer) as n_iit_trials,
    cast(firsts.n_ist_trials as integer) as n_ist_trials,
    firsts.first_iit_trial_id,
    firsts.first_iit_registration_date,
    firsts.first_ist_trial_id,
    firsts.first_ist_registration_date,
    cast(
        date_diff('day', firsts.first_iit_registration_date, firsts.first_ist_registration_date) as integer
    ) as days_iit_to_ist,
    coalesce(firsts.first_iit_registration_date < firsts.first_ist_registration_date, false) as is_iit_first,
from firsts
