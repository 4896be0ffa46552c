-- Fig. 2d: trials in China by indication group and the targets within it; a trial of two groups counts for both: one
-- row per indication group and target (target null: all trials of the group).
with trials as (
    select trial_id from {{ ref('dim_trial') }} where is_china and in_study_window
),

indications as (
    select trial_id, indication_group from {{ ref('bridge_trial_indication') }}
),

targets as (
    select trial_id, target from {{ ref('bridge_trial_target') }} where is_stated
),

members as (
    select
        trials.trial_id,
        indications.indication_group,
    from trials
    inner join indications
        on trials.trial_id = indications.trial_id
),

total as (
    select count(*) as n_all_trials from trials
),

counted as (
    select
        members.indication_group,
        cast(null as varchar) as target,
        count(*) as n_trials,
    from members
    group by members.indication_group
    union all
    select
        members.indication_group,
        targets.target,
        count(*) as n_trials,
    from members
    inner join targets
        on members.trial_id = targets.trial_id
    group by members.indication_group, targets.target
)

select
    counted.indication_group,
    counted.target,
    counted.n_trials,
    counted.n_trials * 1.0 / total.n_all_trials as share_of_trials,
    total.n_all_trials,
from counted
cross join total
order by counted.indication_group, counted.target nulls first
