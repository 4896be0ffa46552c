-- Pairs of registrations that were compared, and why they are or are not one trial: one row per pair.
with links as (
    select
        registration_id_a,
        registration_id_b,
        rule,
        score,
        decision,
        field,
        matched_text,
        comparison,
        rule_id,
        sibling_rule_ids,
    from {{ ref('int_registration_links') }}
),

registrations as (
    select
        registration_id,
        trial_id,
    from {{ ref('bridge_trial_registration') }}
)

select
    links.registration_id_a,
    links.registration_id_b,
    links.rule,
    cast(links.score as double) as score,
    links.decision,
    links.field,
    links.matched_text,
    links.comparison,
    registrations_a.trial_id as trial_id_a,
    registrations_b.trial_id as trial_id_b,
    coalesce(registrations_a.trial_id = registrations_b.trial_id, false) as is_same_trial,
    links.rule_id,
    links.sibling_rule_ids,
from links
left join registrations as registrations_a
    on links.registration_id_a = registrations_a.registration_id
left join registrations as registrations_b
    on links.registration_id_b = registrations_b.registration_id
