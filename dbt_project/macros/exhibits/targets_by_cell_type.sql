{#
    Trials in China registered from 2021 to 2023 by target and cell type, of those that meet `condition` on dim_trial: the CTEs and
    the last select of eFig. 7 and 8. The CTE `members` is what the report lists behind the cells.
#}
{% macro targets_by_cell_type(condition) -%}
with trials as (
    select trial_id
    from {{ ref('dim_trial') }}
    where is_china and in_study_window and {{ condition }} and registration_year between 2021 and 2023
),

targets as (
    select trial_id, target from {{ ref('bridge_trial_target') }}
),

cell_types as (
    select trial_id, cell_type from {{ ref('bridge_trial_cell_type') }}
),

members as (
    select
        trials.trial_id,
        targets.target,
        cell_types.cell_type,
    from trials
    inner join targets
        on trials.trial_id = targets.trial_id
    inner join cell_types
        on trials.trial_id = cell_types.trial_id
),

total as (
    select count(distinct trial_id) as n_trials_with_target from members
)

select
    members.target,
    members.cell_type,
    count(*) as n_trials,
    max(total.n_trials_with_target) as n_trials_with_target,
from members
cross join total
group by members.target, members.cell_type
order by n_trials desc, members.target, members.cell_type
{%- endmacro %}
