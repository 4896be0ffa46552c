-- Targets against diseases, China beside the rest of the world: one row per target and indication group.
with pairs as (
    select
        scope,
        target,
        indication_group,
        n_trials,
    from {{ ref('mart_target_indications') }}
    where target <> 'not_stated'
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
