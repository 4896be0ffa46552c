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
),

trials as (
    select
        trial_id,
        registration_date_or_estimate as registration_date,
        is_china,
    from {{ ref('dim_trial') }}
    where in_study_window
),

targets as (
    select trial_id, target from {{ ref('bridge_trial_target') }} where is_stated
),

-- The rows behind the points, which the report lists.
members as (  -- noqa: ST03
    select
        trials.trial_id,
        momentum.target,
        momentum.scope,
        case
            when trials.registration_date > momentum.ends_on - interval 24 month then 'last_24_months'
            else '24_months_before'
        end as period,
    from momentum
    inner join targets
        on momentum.target = targets.target
    inner join trials
        on
        targets.trial_id = trials.trial_id
        and momentum.scope = case when trials.is_china then 'china' else 'outside_china' end
    where trials.registration_date > momentum.ends_on - interval 48 month
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
