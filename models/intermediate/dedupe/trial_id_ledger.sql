-- Which trial id each registration was given, and when: one row per registration and change. Never rebuilt.
{{ config(
    schema='quality',
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='fail',
) }}

with trials as (
    select * from {{ ref('int_trial_registrations') }}
),

earlier as (
    {{ earlier_trial_ids() }}
),

newest as (
    select
        registration_id,
        trial_id,
    from earlier
    qualify row_number() over (partition by registration_id order by assigned_at desc, trial_id) = 1
)

select
    trials.registration_id,
    trials.trial_id,
    cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}' as timestamp) as assigned_at,
from trials
left join newest
    on trials.registration_id = newest.registration_id
where
    newest.trial_id is distinct from trials.trial_id
    -- A build of the past looks at the ledger and leaves no mark on it.
    and {{ 'false' if var('as_of') else 'true' }}
