-- How long registrations of open trials in China have gone without an update: one row per registration of a trial that
-- is not ended.
with timeliness as (
    select
        trial_id,
        registration_id,
        registry,
        status,
        last_update_date,
        data_cut,
        days_without_update,
        is_stale,
    from {{ ref('mart_registration_timeliness') }}
    where is_china and in_study_window and is_unfinished
),

-- The rows behind the points, which the report lists.
members as (  -- noqa: ST03
    select
        trial_id,
        registration_id,
        registry,
        status,
        is_stale,
    from timeliness
)

select
    timeliness.registry,
    timeliness.registration_id,
    timeliness.status,
    timeliness.last_update_date,
    timeliness.data_cut,
    timeliness.days_without_update,
    timeliness.is_stale,
from timeliness
order by timeliness.registry, timeliness.days_without_update desc nulls last, timeliness.registration_id
