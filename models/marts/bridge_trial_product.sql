-- Products under study that the product dictionary knows, with the words that say so: one row per trial and product.
with registrations as (
    select
        trial_id,
        registration_id,
        registration_rank,
    from {{ ref('bridge_trial_registration') }}
),

labels as (
    select
        registration_id,
        product_id,
        product,
        field,
        position,
        matched_text,
        rule_id,
    from {{ ref('int_registration_products') }}
)

select
    registrations.trial_id,
    labels.product_id,
    labels.product,
    labels.registration_id,
    labels.field,
    cast(labels.position as integer) as position,
    labels.matched_text,
    labels.rule_id,
from labels
inner join registrations
    on labels.registration_id = registrations.registration_id
qualify row_number() over (
    partition by registrations.trial_id, labels.product_id
    order by registrations.registration_rank, labels.field, labels.position
) = 1
