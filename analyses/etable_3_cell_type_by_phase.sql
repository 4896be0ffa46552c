-- eTable 3: trials in China by any cell type given and phase; a trial of two cell types counts for both: one row per
-- cell type and phase.
with trials as (
    select trial_id, phase from {{ ref('dim_trial') }} where is_china and in_study_window
),

cell_types as (
    select
        trial_id,
        cell_class,
        cell_type,
    from {{ ref('bridge_trial_cell_type') }}
),

members as (
    select
        trials.trial_id,
        cell_types.cell_class,
        cell_types.cell_type,
        trials.phase,
    from trials
    inner join cell_types
        on trials.trial_id = cell_types.trial_id
)

select
    members.cell_class,
    members.cell_type,
    members.phase,
    count(*) as n_trials,
    count(*) * 1.0 / sum(count(*)) over (partition by members.cell_type) as share_of_cell_type,
    cast(sum(count(*)) over (partition by members.cell_type) as integer) as n_trials_of_cell_type,
from members
group by members.cell_class, members.cell_type, members.phase
order by members.cell_class, n_trials_of_cell_type desc, members.cell_type, members.phase
