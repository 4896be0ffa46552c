-- Where trials stand and how many participants they plan and report: one row per scope, cell class, sponsor type and
-- status.
with trials as (
    select
        trial_id,
        is_china,
        cell_class,
        sponsor_type,
        status,
        -- A size of 0 is what a withdrawn study is left with, not a plan.
        nullif(target_enrollment, 0) as target_enrollment,
    from {{ ref('dim_trial') }}
    where in_study_window
)

select
    trials.is_china,
    trials.cell_class,
    trials.sponsor_type,
    trials.status,
    cast(count(*) as integer) as n_trials,
    cast(count(trials.target_enrollment) as integer) as n_trials_with_enrollment,
    cast(sum(trials.target_enrollment) as bigint) as target_enrollment,
    cast(median(trials.target_enrollment) as double) as median_target_enrollment,
from trials
group by trials.is_china, trials.cell_class, trials.sponsor_type, trials.status
