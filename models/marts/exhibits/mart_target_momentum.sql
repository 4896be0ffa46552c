-- Which targets gain and which lose: trials of the last 24 months beside the 24 months before, one row per scope and
-- target.
with trials as (
    select
        trial_id,
        registration_date_or_estimate as registration_date,
    from {{ ref('dim_trial') }}
    where in_study_window
),

targets as (
    select trial_id, target from {{ ref('bridge_trial_target') }} where is_stated
),

scopes as (
    select trial_id, scope from {{ ref('int_trial_scopes') }}
),

-- The months are counted back from the end of the study window, or from the newest registration where the data end
-- earlier.
reference_date as (
    select least(cast('{{ var("study_window_end") }}' as date), max(registration_date)) as ends_on
    from trials
),

windowed as (
    select
        trials.trial_id,
        reference_date.ends_on,
        case
            when trials.registration_date > reference_date.ends_on - interval 24 month then 'recent'
            when trials.registration_date > reference_date.ends_on - interval 48 month then 'before'
        end as period,
    from trials
    cross join reference_date
),

scoped as (
    select
        scopes.scope,
        windowed.trial_id,
        windowed.ends_on,
        windowed.period,
    from windowed
    inner join scopes
        on windowed.trial_id = scopes.trial_id
    where windowed.period is not null
),

totals as (
    select
        scoped.scope,
        count(distinct scoped.trial_id) filter (where scoped.period = 'recent') as n_recent_all,
        count(distinct scoped.trial_id) filter (where scoped.period = 'before') as n_before_all,
    from scoped
    inner join targets
        on scoped.trial_id = targets.trial_id
    group by scoped.scope
),

counted as (
    select
        scoped.scope,
        targets.target,
        scoped.ends_on,
        count(*) filter (where scoped.period = 'recent') as n_recent,
        count(*) filter (where scoped.period = 'before') as n_before,
    from scoped
    inner join targets
        on scoped.trial_id = targets.trial_id
    group by scoped.scope, targets.target, scoped.ends_on
)

select
    counted.scope,
    counted.target,
    cast(counted.ends_on as date) as ends_on,
    cast(counted.n_recent as integer) as n_recent,
    cast(counted.n_before as integer) as n_before,
    cast(counted.n_recent - counted.n_before as integer) as change,
    counted.n_recent * 1.0 / nullif(totals.n_recent_all, 0) as share_recent,
    counted.n_before * 1.0 / nullif(totals.n_before_all, 0) as share_before,
    cast(totals.n_recent_all as integer) as n_recent_all,
    cast(totals.n_before_all as integer) as n_before_all,
from counted
inner join totals
    on counted.scope = totals.scope
