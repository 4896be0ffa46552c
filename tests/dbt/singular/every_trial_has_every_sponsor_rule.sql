-- A trial is judged under all four sponsor rules: one row per trial that lacks one.
with trials as (
    select trial_id from {{ ref('dim_trial') }}
),

sponsors as (
    select
        trial_id,
        rule,
    from {{ ref('fct_trial_sponsor') }}
)

select
    trials.trial_id,
    count(sponsors.rule) as n_rules,
from trials
left join sponsors
    on trials.trial_id = sponsors.trial_id
group by trials.trial_id
having count(sponsors.rule) <> 4
