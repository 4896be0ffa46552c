-- The trials of a product or a sponsor on a time line: one row per kind of owner (product, sponsor), owner and trial.
with trials as (
    select
        trial_id,
        lead_organisation,
        registration_date_or_estimate as registration_date,
        start_date,
        phase,
        status,
        sponsor_type,
        cell_type,
        indication_group,
        is_china,
    from {{ ref('dim_trial') }}
    where in_study_window
),

products as (
    select trial_id, product from {{ ref('bridge_trial_product') }}
),

owners as (
    select distinct
        'product' as owner_kind,
        products.product as owner,
        products.trial_id,
    from products
    union all
    select
        'sponsor' as owner_kind,
        trials.lead_organisation as owner,
        trials.trial_id,
    from trials
    where trials.lead_organisation is not null
)

select
    owners.owner_kind,
    owners.owner,
    trials.trial_id,
    trials.registration_date,
    trials.start_date,
    trials.phase,
    trials.status,
    trials.sponsor_type,
    trials.cell_type,
    trials.indication_group,
    trials.is_china,
from owners
inner join trials
    on owners.trial_id = trials.trial_id
