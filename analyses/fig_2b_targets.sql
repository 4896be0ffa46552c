-- Fig. 2b: trials in China by target; a trial of two targets counts for both: one row per target.
with trials as (
    select trial_id, n_targets from {{ ref('dim_trial') }} where is_china and in_study_window
),

targets as (
    select trial_id, target, is_stated from {{ ref('bridge_trial_target') }}
),

members as (
    select
        trials.trial_id,
        targets.target,
        targets.is_stated,
        trials.n_targets > 1 as has_other_target,
    from trials
    inner join targets
        on trials.trial_id = targets.trial_id
),

denominators as (
    select
        count(distinct trial_id) as n_receptor_trials,
        count(distinct trial_id) filter (where is_stated) as n_trials_with_named_target,
    from members
)

select
    members.target,
    count(*) as n_trials,
    count(*) filter (where members.has_other_target) as n_trials_with_other_target,
    case
        when members.is_stated then count(*) * 1.0 / max(denominators.n_trials_with_named_target)
    end as share_of_trials_with_named_target,
    count(*) * 1.0 / max(denominators.n_receptor_trials) as share_of_receptor_trials,
    max(denominators.n_trials_with_named_target) as n_trials_with_named_target,
    max(denominators.n_receptor_trials) as n_receptor_trials,
from members
cross join denominators
group by members.target, members.is_stated
order by n_trials desc, members.target
