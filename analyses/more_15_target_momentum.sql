-- Targets that gained and lost trials in China over the last 24 months of the data: one row per target and scope.
with momentum as (
    select
        scope,
        target,
        ends_on,
        n_recent,
        n_before,
        change,
        share_recent,
        share_before,
        n_recent_all,
        n_before_all,
    from {{ ref('mart_target_momentum') }}
    where scope in ('china', 'outside_china')
)

select
    momentum.scope,
    momentum.target,
    momentum.ends_on,
    momentum.n_recent,
    momentum.n_before,
    momentum.change,
    momentum.share_recent,
    momentum.share_before,
    momentum.n_recent_all,
    momentum.n_before_all,
from momentum
order by momentum.scope, momentum.n_recent desc, momentum.n_before desc, momentum.target
