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
    from {{ ref('bridge_trial_target') }}
),

unstated_targets as (
    select label as target from {{ ref('unstated_labels') }}
    where facet = 'target'
),

labels as (
    select
        targets.trial_id,
        targets.target,
        unstated_targets.target is null as is_stated,
        trials.cell_class,
        trials.registration_year,
        trials.is_china,
        trials.in_study_window,
    from targets
    inner join trials
        on targets.trial_id = trials.trial_id
    left join unstated_targets
        on targets.target = unstated_targets.target
),

target_counts as (
    select
        labels.target,
        labels.is_stated,
        labels.cell_class,
        labels.registration_year,
        labels.is_china,
        count(*) as n_trials,
        count(case when labels.in_study_window then 1 end) as n_trials_in_study_window,
    from labels
    group by labels.target, labels.is_stated, labels.cell_class, labels.registration_year, labels.is_china
),

-- Cells without an antigen receptor have no target and are in no denominator but that of the class.
target_denominators as (
    select
        labels.cell_class,
        labels.registration_year,
        labels.is_china,
        count(distinct labels.trial_id) as n_trials_with_target,
        count(distinct case when labels.is_stated then labels.trial_id end) as n_trials_with_stated_target,
    from labels
    group by labels.cell_class, labels.registration_year, labels.is_china
),

class_counts as (
    select
        trials.cell_class,
        trials.registration_year,
        trials.is_china,
        count(*) as n_trials_of_class,
    from trials
    group by trials.cell_class, trials.registration_year, trials.is_china
)

select
    target_counts.target,
    target_counts.cell_class,
    target_counts.registration_year,
    target_counts.is_china,
    cast(target_counts.n_trials as integer) as n_trials,
    cast(target_counts.n_trials_in_study_window as integer) as n_trials_in_study_window,
    cast(target_denominators.n_trials_with_target as integer) as n_trials_with_target,
    cast(target_denominators.n_trials_with_stated_target as integer) as n_trials_with_stated_target,
    cast(class_counts.n_trials_of_class as integer) as n_trials_of_class,
    target_counts.n_trials / cast(target_denominators.n_trials_with_target as double) as share_of_trials_with_target,
    case
        when target_counts.is_stated
            then target_counts.n_trials / cast(target_denominators.n_trials_with_stated_target as double)
    end as share_of_trials_with_stated_target,
    target_counts.n_trials / cast(class_counts.n_trials_of_class as double) as share_of_class,
from target_counts
inner join target_denominators
    on target_counts.cell_class = target_denominators.cell_class
    and target_counts.registration_year = target_denominators.registration_year
    and target_counts.is_china = target_denominators.is_china
inner join class_counts
    on target_counts.cell_class = class_counts.cell_class
    and target_counts.registration_year = class_counts.registration_year
    and target_counts.is_china = class_counts.is_china
