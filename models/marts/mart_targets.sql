-- Trials by target: one row per target, class, year of registration and place (China or not).
with trials as (
    select
        trial_id,
        cell_class,
        coalesce(registration_year, 0) as registration_year,
        is_china,
        in_study_window,
    from {{ ref('dim_trial') }}
),

targets as (
    select
        trial_id,
        target,
        is_stated,
    from {{ ref('bridge_trial_target') }}
),

class_counts as (
    select
        cell_class,
        registration_year,
        is_china,
        n_trials_of_class,
        n_trials_with_target,
        n_trials_with_stated_target,
    from {{ ref('int_class_counts') }}
),

target_counts as (
    select
        targets.target,
        targets.is_stated,
        trials.cell_class,
        trials.registration_year,
        trials.is_china,
        count(*) as n_trials,
        count(case when trials.in_study_window then 1 end) as n_trials_in_study_window,
    from targets
    inner join trials
        on targets.trial_id = trials.trial_id
    group by
        targets.target,
        targets.is_stated,
        trials.cell_class,
        trials.registration_year,
        trials.is_china
)

select
    target_counts.target,
    target_counts.cell_class,
    target_counts.registration_year,
    target_counts.is_china,
    cast(target_counts.n_trials as integer) as n_trials,
    cast(target_counts.n_trials_in_study_window as integer) as n_trials_in_study_window,
    cast(class_counts.n_trials_with_target as integer) as n_trials_with_target,
    cast(class_counts.n_trials_with_stated_target as integer) as n_trials_with_stated_target,
    cast(class_counts.n_trials_of_class as integer) as n_trials_of_class,
    target_counts.n_trials / cast(class_counts.n_trials_with_target as double) as share_of_trials_with_target,
    case
        when target_counts.is_stated
            then target_counts.n_trials / cast(class_counts.n_trials_with_stated_target as double)
    end as share_of_trials_with_stated_target,
    target_counts.n_trials / cast(class_counts.n_trials_of_class as double) as share_of_class,
from target_counts
inner join class_counts
    on target_counts.cell_class = class_counts.cell_class
    and target_counts.registration_year = class_counts.registration_year
    and target_counts.is_china = class_counts.is_china
