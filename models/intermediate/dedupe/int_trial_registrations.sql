-- The registrations of each trial: one row per registration in the link scope.
with grouped as (
    select * from {{ ref('int_link_groups') }}
),

scope as (
    select * from {{ ref('int_linkage_registrations') }}
),

ranks as (
    select * from {{ ref('registry_ranks') }}
    where rank_set = 'default'
),

earlier as (
    {{ earlier_trial_ids() }}
),

-- The registrations that gave their trial its id, by the ledger's newest word on them.
owners as (
    select
        registration_id,
        assigned_at,
    from earlier
    qualify
        row_number() over (partition by registration_id order by assigned_at desc, trial_id) = 1
        and registration_id = trial_id
),

-- An id that was given stays; when trials that both had one merge, the older id does. Only a new trial takes the id of the
-- registration whose registry ranks first.
chosen as (
    select
        grouped.group_id,
        grouped.registration_id as trial_id,
    from grouped
    inner join scope
        on grouped.registration_id = scope.registration_id
    left join ranks
        on scope.registry = ranks.registry
    left join owners
        on grouped.registration_id = owners.registration_id
    qualify row_number() over (
        partition by grouped.group_id
        order by
            owners.assigned_at nulls last,
            ranks.rank nulls last,
            scope.registration_date nulls last,
            grouped.registration_id
    ) = 1
)

select
    chosen.trial_id,
    grouped.registration_id,
    grouped.registration_id = chosen.trial_id as is_primary,
from grouped
inner join chosen
    on grouped.group_id = chosen.group_id
