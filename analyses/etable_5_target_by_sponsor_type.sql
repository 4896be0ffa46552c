-- eTable 5: trials in China by target and type of trial (industry-sponsored, investigator-initiated); a trial of two
-- targets counts for both: one row per target and sponsor type.
with trials as (
    select trial_id, sponsor_type from {{ ref('dim_trial') }} where is_china and in_study_window
),

targets as (
    select trial_id, target from {{ ref('bridge_trial_target') }}
),

members as (
    select
        trials.trial_id,
        targets.target,
        trials.sponsor_type,
    from trials
    inner join targets
        on trials.trial_id = targets.trial_id
)

select
    members.target,
    members.sponsor_type,
    count(*) as n_trials,
    count(*) * 1.0 / sum(count(*)) over (partition by members.target) as share_of_target,
    cast(sum(count(*)) over (partition by members.target) as integer) as n_trials_of_target,
from members
group by members.target, members.sponsor_type
order by n_trials_of_target desc, members.target, members.sponsor_type
