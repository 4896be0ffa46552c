-- eTable 4: trials in China by any cell type and any indication group; a trial of several counts for each pair: one row
-- per pair.
with trials as (
    select trial_id from {{ ref('dim_trial') }} where is_china and in_study_window
),

cell_types as (
    select
        trial_id,
        cell_class,
        cell_type,
    from {{ ref('bridge_trial_cell_type') }}
),

indications as (
    select trial_id, indication_group from {{ ref('bridge_trial_indication') }}
),

members as (
    select
        trials.trial_id,
        cell_types.cell_class,
        cell_types.cell_type,
        indications.indication_group,
    from trials
    inner join cell_types
        on trials.trial_id = cell_types.trial_id
    inner join indications
        on trials.trial_id = indications.trial_id
),

cell_type_totals as (
    select
        cell_type,
        count(distinct trial_id) as n_trials_of_cell_type,
    from members
    group by cell_type
)

select
    members.cell_class,
    members.cell_type,
    members.indication_group,
    count(*) as n_trials,
    count(*) * 1.0 / max(cell_type_totals.n_trials_of_cell_type) as share_of_cell_type,
    max(cell_type_totals.n_trials_of_cell_type) as n_trials_of_cell_type,
from members
inner join cell_type_totals
    on members.cell_type = cell_type_totals.cell_type
group by members.cell_class, members.cell_type, members.indication_group
order by members.cell_class, n_trials_of_cell_type desc, members.cell_type, n_trials desc, members.indication_group
