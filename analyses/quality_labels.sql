-- Where the labels of the trials in China come from: one row per label kind and field of the registration that gave the
-- evidence.
with trials as (
    select trial_id from {{ ref('dim_trial') }} where is_china and in_study_window
),

cell_types as (
    select trial_id, field from {{ ref('bridge_trial_cell_type') }}
),

targets as (
    select trial_id, case when is_stated then field else target end as field
    from {{ ref('bridge_trial_target') }}
),

indications as (
    select trial_id, field from {{ ref('bridge_trial_indication') }}
),

labels as (
    select trial_id, 'cell_type' as label_kind, field from cell_types
    union all
    select trial_id, 'target' as label_kind, field from targets
    union all
    select trial_id, 'indication_group' as label_kind, field from indications
)

select
    labels.label_kind,
    coalesce(labels.field, 'none') as field,
    count(*) as n_labels,
    count(*) * 1.0 / sum(count(*)) over (partition by labels.label_kind) as share_of_labels,
    cast(sum(count(*)) over (partition by labels.label_kind) as integer) as n_labels_of_kind,
from labels
inner join trials
    on labels.trial_id = trials.trial_id
group by labels.label_kind, coalesce(labels.field, 'none')
order by labels.label_kind, n_labels desc, field
