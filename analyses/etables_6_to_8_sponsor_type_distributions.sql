-- eTables 6-8: how investigator-initiated and industry-sponsored trials in China spread over phase, indication group
-- and cell type, for each class: one row per class, dimension, label and sponsor type. A trial counts once per
-- dimension, with its primary label.
with trials as (
    select
        trial_id,
        cell_class,
        cell_type,
        indication_group,
        phase_rollup,
        sponsor_type,
    from {{ ref('dim_trial') }}
    where is_china and in_study_window
),

members as (
    select trial_id, cell_class, sponsor_type, 'phase' as dimension, phase_rollup as label from trials
    union all
    select trial_id, cell_class, sponsor_type, 'indication_group' as dimension, indication_group as label from trials
    union all
    select trial_id, cell_class, sponsor_type, 'cell_type' as dimension, cell_type as label from trials
)

select
    members.cell_class,
    members.dimension,
    members.label,
    members.sponsor_type,
    count(*) as n_trials,
    count(*) * 1.0 / sum(count(*)) over (
        partition by members.cell_class, members.dimension, members.sponsor_type
    ) as share_of_sponsor_type,
    cast(sum(count(*)) over (
        partition by members.cell_class, members.dimension, members.sponsor_type
    ) as integer) as n_trials_of_sponsor_type,
from members
where members.label is not null
group by members.cell_class, members.dimension, members.label, members.sponsor_type
order by members.cell_class, members.dimension, members.label, members.sponsor_type
