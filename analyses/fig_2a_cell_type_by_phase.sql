-- Fig. 2a: trials in China by primary cell type and phase: one row per class, cell type and phase.
with trials as (
    select
        trial_id,
        cell_class,
        cell_type,
        phase,
    from {{ ref('dim_trial') }}
    where is_china and in_study_window
),

members as (
    select
        trial_id,
        cell_class,
        cell_type,
        phase,
    from trials
)

select
    members.cell_class,
    members.cell_type,
    members.phase,
    count(*) as n_trials,
    count(*) * 1.0 / sum(count(*)) over () as share_of_trials,
    count(*) * 1.0 / sum(count(*)) over (partition by members.cell_type) as share_of_cell_type,
    cast(sum(count(*)) over () as integer) as n_all_trials,
from members
group by members.cell_class, members.cell_type, members.phase
order by n_trials desc, members.cell_type, members.phase
