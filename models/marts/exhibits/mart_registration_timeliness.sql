-- Whether a registration was made before the first participant and how long it has gone without an update: one row per
-- registration of the landscape.
with registrations as (
    select
        trial_id,
        registration_id,
        registry,
        source_register,
    from {{ ref('bridge_trial_registration') }}
),

trials as (
    select trial_id, is_china, in_study_window from {{ ref('dim_trial') }}
),

dates as (
    select
        registration_id,
        registration_date,
        start_date,
        last_update_date,
        record_date,
        data_cut,
        status,
        registration_year,
        is_prospective,
    from {{ ref('int_registrations') }}
),

unfinished_statuses as (
    select status from {{ ref('status_groups') }} where is_unfinished
),

-- A registry file states its cut, or its newest record does.
cuts as (
    select
        registrations.registry,
        cast(max(coalesce(dates.data_cut, dates.record_date, dates.last_update_date)) as date) as registry_cut,
    from dates
    inner join registrations
        on dates.registration_id = registrations.registration_id
    group by registrations.registry
),

measured as (
    select
        registrations.registration_id,
        registrations.trial_id,
        registrations.registry,
        registrations.source_register,
        trials.is_china,
        trials.in_study_window,
        dates.status,
        unfinished_statuses.status is not null as is_unfinished,
        dates.registration_year,
        dates.is_prospective,
        dates.registration_date,
        dates.start_date,
        cast(date_diff('day', dates.start_date, dates.registration_date) as integer) as days_start_to_registration,
        coalesce(dates.last_update_date, dates.record_date) as last_update_date,
        cast(coalesce(dates.data_cut, cuts.registry_cut) as date) as data_cut,
    from registrations
    inner join trials
        on registrations.trial_id = trials.trial_id
    inner join dates
        on registrations.registration_id = dates.registration_id
    inner join cuts
        on registrations.registry = cuts.registry
    left join unfinished_statuses
        on dates.status = unfinished_statuses.status
)

select
    measured.registration_id,
    measured.trial_id,
    measured.registry,
    measured.source_register,
    measured.is_china,
    measured.in_study_window,
    measured.status,
    measured.is_unfinished,
    measured.registration_date,
    cast(measured.registration_year as integer) as registration_year,
    measured.start_date,
    measured.days_start_to_registration,
    -- Start dates are often given by month: a month of grace, the usual allowance for late posting.
    -- Where a date is missing, the register's own word for it counts.
    case
        when measured.days_start_to_registration is null and measured.is_prospective then 'prospective'
        when measured.days_start_to_registration is null and not measured.is_prospective then 'retrospective'
        when measured.days_start_to_registration is null then 'not_known'
        when measured.days_start_to_registration <= 0 then 'prospective'
        when measured.days_start_to_registration <= 31 then 'within_a_month'
        else 'retrospective'
    end as timeliness,
    measured.last_update_date,
    measured.data_cut,
    cast(date_diff('day', measured.last_update_date, measured.data_cut) as integer) as days_without_update,
    -- ClinicalTrials.gov sets a status to unknown after two years without a word; the same rule for every register.
    coalesce(
        measured.is_unfinished and date_diff('day', measured.last_update_date, measured.data_cut) > 730, false
    ) as is_stale,
from measured
