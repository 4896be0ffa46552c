-- Trial ids of earlier builds that no trial carries any more: one row per retired id.
with history as (
    select
        retired_trial_id,
        trial_id,
        retired_at,
        reason,
    from {{ ref('int_trial_id_history') }}
)

select
    history.retired_trial_id,
    history.trial_id,
    cast(history.retired_at as timestamp) as retired_at,
    history.reason,
from history
