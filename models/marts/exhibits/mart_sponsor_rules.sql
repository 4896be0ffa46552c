-- How the four sponsor rules agree: one row per scope, cell class and combination of the four verdicts.
with trials as (
    select trial_id, cell_class, is_china from {{ ref('dim_trial') }} where in_study_window
),

sponsors as (
    select trial_id, rule, sponsor_type from {{ ref('fct_trial_sponsor') }}
),

verdicts as (
    select
        sponsors.trial_id,
        max(sponsors.sponsor_type) filter (where sponsors.rule = 'regulatory') as regulatory,
        max(sponsors.sponsor_type) filter (where sponsors.rule = 'lead') as lead,
        max(sponsors.sponsor_type) filter (where sponsors.rule = 'any_role') as any_role,
        max(sponsors.sponsor_type) filter (where sponsors.rule = 'agent') as agent,
    from sponsors
    group by sponsors.trial_id
)

select
    trials.is_china,
    trials.cell_class,
    verdicts.regulatory,
    verdicts.lead,
    verdicts.any_role,
    verdicts.agent,
    cast(count(*) as integer) as n_trials,
from trials
inner join verdicts
    on trials.trial_id = verdicts.trial_id
group by
    trials.is_china, trials.cell_class, verdicts.regulatory, verdicts.lead, verdicts.any_role, verdicts.agent
