-- Pairs of registrations that a person should decide, worst first: one row per pair under review.
with links as (
    select * from {{ ref('int_registration_links') }}
),

registrations as (
    select * from {{ ref('int_registrations') }}
),

trial_registrations as (
    select * from {{ ref('int_trial_registrations') }}
)

-- The more likely a pair is one trial, the worse it is that it is counted as two.
select
    row_number() over (order by links.score desc, links.registration_id_a, links.registration_id_b) as place,
    links.registration_id_a,
    links.registration_id_b,
    trials_a.trial_id as trial_id_a,
    trials_b.trial_id as trial_id_b,
    links.rule,
    links.score,
    links.field,
    links.matched_text,
    links.comparison,
    a.public_title as public_title_a,
    b.public_title as public_title_b,
from links
inner join registrations as a
    on links.registration_id_a = a.registration_id
inner join registrations as b
    on links.registration_id_b = b.registration_id
inner join trial_registrations as trials_a
    on links.registration_id_a = trials_a.registration_id
inner join trial_registrations as trials_b
    on links.registration_id_b = trials_b.registration_id
where links.decision = 'review'
