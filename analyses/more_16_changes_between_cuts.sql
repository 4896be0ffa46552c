-- What registrations of the landscape changed between the versions held of them: one row per registration, version and
-- field that changed.
with changes as (
    select
        registration_id,
        trial_id,
        change,
        field,
        old_value,
        new_value,
        old_label,
        new_label,
        old_version_date,
        new_version_date,
        data_cut,
    from {{ ref('mart_registration_changes') }}
),

-- The rows behind the points, which the report lists.
members as (  -- noqa: ST03
    select
        trial_id,
        registration_id,
        change,
    from changes
)

select
    changes.registration_id,
    changes.trial_id,
    changes.change,
    changes.field,
    changes.old_value,
    changes.new_value,
    changes.old_label,
    changes.new_label,
    changes.old_version_date,
    changes.new_version_date,
    changes.data_cut,
from changes
order by changes.new_version_date desc nulls last, changes.registration_id, changes.change, changes.field
