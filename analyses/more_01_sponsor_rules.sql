-- How the split of investigator-initiated and industry-sponsored trials in China moves with the rule: one row per class
-- and rule.
with trials as (
    select trial_id, cell_class from {{ ref('dim_trial') }} where is_china and in_study_window
),

sponsors as (
    select trial_id, rule, is_industry from {{ ref('fct_trial_sponsor') }}
),

members as (
    select
        trials.trial_id,
        trials.cell_class,
        sponsors.rule,
        sponsors.is_industry,
    from trials
    inner join sponsors
        on trials.trial_id = sponsors.trial_id
)

select
    members.cell_class,
    members.rule,
    count(*) filter (where members.is_industry) as n_ist,
    count(*) filter (where not members.is_industry) as n_iit,
    count(*) as n_trials,
    count(*) filter (where members.is_industry) * 1.0 / count(*) as share_ist,
from members
group by members.cell_class, members.rule
order by members.cell_class, members.rule
