-- Trials by cell type: one row per cell type, its class, year of registration and place (China or not).
with trials as (
    select
        trial_id,
        coalesce(registration_year, 0) as registration_year,
        is_china,
        in_study_window,
    from {{ ref('dim_trial') }}
),

cell_types as (
    select
        trial_id,
        cell_class,
        cell_type,
        is_primary,
    from {{ ref('bridge_trial_cell_type') }}
),

labels as (
    select
        cell_types.trial_id,
        cell_types.cell_class,
        cell_types.cell_type,
        cell_types.is_primary,
        trials.registration_year,
        trials.is_china,
        trials.in_study_window,
    from cell_types
    inner join trials
        on cell_types.trial_id = trials.trial_id
),

cell_type_counts as (
    select
        labels.cell_type,
        labels.cell_class,
        labels.registration_year,
        labels.is_china,
        count(*) as n_trials,
        count(case when labels.is_primary then 1 end) as n_trials_primary,
        count(case when labels.in_study_window then 1 end) as n_trials_in_study_window,
    from labels
    group by labels.cell_type, labels.cell_class, labels.registration_year, labels.is_china
),

-- A trial that gives cells of two classes is in the denominator of both.
class_counts as (
    select
        labels.cell_class,
        labels.registration_year,
        labels.is_china,
        count(distinct labels.trial_id) as n_trials_with_class,
    from labels
    group by labels.cell_class, labels.registration_year, labels.is_china
),

year_counts as (
    select
        trials.registration_year,
        trials.is_china,
        count(*) as n_trials_of_year,
    from trials
    group by trials.registration_year, trials.is_china
)

select
    cell_type_counts.cell_type,
    cell_type_counts.cell_class,
    cell_type_counts.registration_year,
    cell_type_counts.is_china,
    cast(cell_type_counts.n_trials as integer) as n_trials,
    cast(cell_type_counts.n_trials_primary as integer) as n_trials_primary,
    cast(cell_type_counts.n_trials_in_study_window as integer) as n_trials_in_study_window,
    cast(class_counts.n_trials_with_class as integer) as n_trials_with_class,
    cast(year_counts.n_trials_of_year as integer) as n_trials_of_year,
    cell_type_counts.n_trials / cast(class_counts.n_trials_with_class as double) as share_of_class,
    cell_type_counts.n_trials / cast(year_counts.n_trials_of_year as double) as share_of_year,
    cell_type_counts.n_trials_primary / cast(year_counts.n_trials_of_year as double) as primary_share_of_year,
from cell_type_counts
inner join class_counts
    on cell_type_counts.cell_class = class_counts.cell_class
    and cell_type_counts.registration_year = class_counts.registration_year
    and cell_type_counts.is_china = class_counts.is_china
inner join year_counts
    on cell_type_counts.registration_year = year_counts.registration_year
    and cell_type_counts.is_china = year_counts.is_china
