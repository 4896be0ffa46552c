-- Denominators of the counts by class: one row per class of the primary cell type, year of registration (0 where it is not
-- known) and place (China or not).
with trials as (
    select
        trial_id,
        cell_class,
        phase,
        coalesce(registration_year, 0) as registration_year,
        is_china,
    from {{ ref('dim_trial') }}
),

-- Cells without an antigen receptor have no target and are in no denominator but that of the class.
trials_with_target as (
    select
        trial_id,
        bool_or(is_stated) as is_stated,
    from {{ ref('bridge_trial_target') }}
    group by trial_id
),

unstated_phases as (
    select label as phase from {{ ref('unstated_labels') }}
    where facet = 'phase'
)

select
    trials.cell_class,
    trials.registration_year,
    trials.is_china,
    count(*) as n_trials_of_class,
    count(case when unstated_phases.phase is null then 1 end) as n_trials_with_phase,
    count(trials_with_target.trial_id) as n_trials_with_target,
    count(case when trials_with_target.is_stated then 1 end) as n_trials_with_stated_target,
from trials
left join unstated_phases
    on trials.phase = unstated_phases.phase
left join trials_with_target
    on trials.trial_id = trials_with_target.trial_id
group by trials.cell_class, trials.registration_year, trials.is_china
