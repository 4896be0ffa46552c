-- What became of each registration that raw holds, for the flow of inclusion: one row per registration.
with versions as (
    select
        registration_id,
        source,
    from {{ ref('stg_raw__versions') }}
),

registrations as (
    select
        registration_id,
        registry,
        source_register,
        registration_date,
        public_title,
    from {{ ref('int_registrations') }}
),

screening as (
    select
        registration_id,
        is_cell_therapy,
        reason,
        field,
        position,
        matched_text,
        rule_id,
    from {{ ref('int_registration_screening') }}
),

trial_registrations as (
    select
        trial_id,
        registration_id,
        is_primary,
    from {{ ref('bridge_trial_registration') }}
),

held_registrations as (
    select
        versions.registration_id,
        min(versions.source) as source,
    from versions
    group by versions.registration_id
)

select
    held_registrations.registration_id,
    case
        when trial_registrations.is_primary then 'included'
        when trial_registrations.trial_id is not null then 'duplicate'
        else 'excluded'
    end as decision,
    -- A registration that raw holds and the build does not was registered after the day that the build looks at.
    case
        when registrations.registration_id is null then 'registered_after_as_of'
        when trial_registrations.is_primary and not screening.is_cell_therapy then 'linked_to_cell_therapy'
        when trial_registrations.trial_id is not null and not trial_registrations.is_primary then 'same_trial'
        else screening.reason
    end as reason,
    trial_registrations.trial_id,
    coalesce(registrations.registry, held_registrations.source) as registry,
    registrations.source_register,
    registrations.registration_date,
    registrations.public_title,
    screening.is_cell_therapy,
    screening.field,
    cast(screening.position as integer) as position,
    screening.matched_text,
    screening.rule_id,
from held_registrations
left join registrations
    on held_registrations.registration_id = registrations.registration_id
left join screening
    on held_registrations.registration_id = screening.registration_id
left join trial_registrations
    on held_registrations.registration_id = trial_registrations.registration_id
