-- Trials by what they treat: one row per indication group, class, year of registration and place (China or not).
with trials as (
    select
        trial_id,
        cell_class,
        coalesce(registration_year, 0) as registration_year,
        is_china,
        in_study_window,
    from {{ ref('dim_trial') }}
),

indications as (
    select
        trial_id,
        indication_group,
        is_primary,
    from {{ ref('bridge_trial_indication') }}
),

indication_groups as (
    select
        indication_group,
        is_oncology,
    from {{ ref('indication_groups') }}
),

class_counts as (
    select
        cell_class,
        registration_year,
        is_china,
        n_trials_of_class,
    from {{ ref('int_class_counts') }}
),

indication_counts as (
    select
        indications.indication_group,
        trials.cell_class,
        trials.registration_year,
        trials.is_china,
        count(*) as n_trials,
        count(case when indications.is_primary then 1 end) as n_trials_primary,
        count(case when trials.in_study_window then 1 end) as n_trials_in_study_window,
    from indications
    inner join trials
        on indications.trial_id = trials.trial_id
    group by
        indications.indication_group,
        trials.cell_class,
        trials.registration_year,
        trials.is_china
)

select
    indication_counts.indication_group,
    indication_counts.cell_class,
    indication_counts.registration_year,
    indication_counts.is_china,
    indication_groups.is_oncology,
    cast(indication_counts.n_trials as integer) as n_trials,
    cast(indication_counts.n_trials_primary as integer) as n_trials_primary,
    cast(indication_counts.n_trials_in_study_window as integer) as n_trials_in_study_window,
    cast(class_counts.n_trials_of_class as integer) as n_trials_of_class,
    indication_counts.n_trials / cast(class_counts.n_trials_of_class as double) as share_of_class,
    indication_counts.n_trials_primary / cast(class_counts.n_trials_of_class as double) as primary_share_of_class,
from indication_counts
inner join class_counts
    on indication_counts.cell_class = class_counts.cell_class
    and indication_counts.registration_year = class_counts.registration_year
    and indication_counts.is_china = class_counts.is_china
left join indication_groups
    on indication_counts.indication_group = indication_groups.indication_group
