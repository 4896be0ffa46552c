-- The scopes that a trial of the study window is counted in, the world and its side of it: one row per trial and scope.
with trials as (
    select
        trial_id,
        is_china,
    from {{ ref('dim_trial') }}
    where in_study_window
)

select
    trial_id,
    'world' as scope,
from trials
union all
select
    trial_id,
    case when is_china then 'china' else 'outside_china' end as scope,
from trials
