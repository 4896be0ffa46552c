-- Which sponsor rules agree on which trials in China: one row per combination of the four verdicts.
with sponsor_rules as (
    select
        regulatory,
        lead,
        any_role,
        agent,
        n_trials,
    from {{ ref('mart_sponsor_rules') }}
    where is_china
),

trials as (
    select trial_id from {{ ref('dim_trial') }} where is_china and in_study_window
),

verdicts as (
    select trial_id, rule, is_industry from {{ ref('fct_trial_sponsor') }}
),

-- The rows behind the points, which the report lists.
members as (  -- noqa: ST03
    select
        trials.trial_id,
        coalesce(
            string_agg(verdicts.rule, ', ' order by verdicts.rule) filter (where verdicts.is_industry), 'none'
        ) as rules_that_say_ist,
    from trials
    inner join verdicts
        on trials.trial_id = verdicts.trial_id
    group by trials.trial_id
)

select
    sponsor_rules.regulatory,
    sponsor_rules.lead,
    sponsor_rules.any_role,
    sponsor_rules.agent,
    cast(sum(sponsor_rules.n_trials) as integer) as n_trials,
from sponsor_rules
group by sponsor_rules.regulatory, sponsor_rules.lead, sponsor_rules.any_role, sponsor_rules.agent
order by n_trials desc, sponsor_rules.regulatory, sponsor_rules.lead, sponsor_rules.any_role, sponsor_rules.agent
