-- Trials by phase: one row per phase, class, year of registration and place (China or not).
with trials as (
    select
        trial_id,
        cell_class,
        phase,
        phase_rollup,
        coalesce(registration_year, 0) as registration_year,
        is_china,
        in_study_window,
    from {{ ref('dim_trial') }}
),

unstated_phases as (
    select label as phase from {{ ref('unstated_labels') }}
    where facet = 'phase'
),

class_counts as (
    select
        cell_class,
        registration_year,
        is_china,
        n_trials_of_class,
        n_trials_with_phase,
    from {{ ref('int_class_counts') }}
),

phase_counts as (
    select
        trials.phase,
        trials.phase_rollup,
        trials.cell_class,
        trials.registration_year,
        trials.is_china,
        count(*) as n_trials,
        count(case when trials.in_study_window then 1 end) as n_trials_in_study_window,
    from trials
    group by
        trials.phase,
        trials.phase_rollup,
        trials.cell_class,
        trials.registration_year,
        trials.is_china
)

select
    phase_counts.phase,
    phase_counts.cell_class,
    phase_counts.registration_year,
    phase_counts.is_china,
    phase_counts.phase_rollup,
    cast(phase_counts.n_trials as integer) as n_trials,
    cast(phase_counts.n_trials_in_study_window as integer) as n_trials_in_study_window,
    cast(class_counts.n_trials_of_class as integer) as n_trials_of_class,
    cast(class_counts.n_trials_with_phase as integer) as n_trials_with_phase,
    phase_counts.n_trials / cast(class_counts.n_trials_of_class as double) as share_of_class,
    case
        when unstated_phases.phase is null
            then phase_counts.n_trials / cast(class_counts.n_trials_with_phase as double)
    end as share_of_trials_with_phase,
from phase_counts
inner join class_counts
    on phase_counts.cell_class = class_counts.cell_class
    and phase_counts.registration_year = class_counts.registration_year
    and phase_counts.is_china = class_counts.is_china
left join unstated_phases
    on phase_counts.phase = unstated_phases.phase
