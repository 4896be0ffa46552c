-- Targets against diseases, China beside the rest of the world: one row per target and indication group.
with pairs as (
    select
        scope,
        target,
        indication_group,
        n_trials,
    from {{ ref('mart_target_indications') }}
    where is_stated
),

trials as (
    select trial_id, is_china from {{ ref('dim_trial') }} where in_study_window
),

targets as (
    select trial_id, target from {{ ref('bridge_trial_target') }} where is_stated
),

indications as (
    select trial_id, indication_group from {{ ref('bridge_trial_indication') }}
),

-- The rows behind the cells, which the report lists.
members as (  -- noqa: ST03
    select
        trials.trial_id,
        targets.target,
        indications.indication_group,
        case when trials.is_china then 'china' else 'outside_china' end as scope,
    from trials
    inner join targets
        on trials.trial_id = targets.trial_id
    inner join indications
        on trials.trial_id = indications.trial_id
)

select
    pairs.target,
    pairs.indication_group,
    coalesce(max(pairs.n_trials) filter (where pairs.scope = 'china'), 0) as n_trials_china,
    coalesce(max(pairs.n_trials) filter (where pairs.scope = 'outside_china'), 0) as n_trials_outside_china,
    max(pairs.n_trials) filter (where pairs.scope = 'world') as n_trials_world,
from pairs
group by pairs.target, pairs.indication_group
order by n_trials_china desc, n_trials_world desc, pairs.target, pairs.indication_group
