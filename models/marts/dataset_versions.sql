-- What the landscape was built from and with: one row per registry that raw holds registrations of.
with versions as (
    select
        source,
        registration_id,
        document_hash,
        record_date,
        data_cut,
        retrieved_at,
        is_sample,
    from {{ ref('stg_raw__versions') }}
),

build as (
    select
        rule_set_version,
        code_version,
        dbt_version,
        engine_version,
    from {{ ref('int_build_versions') }}
),

held as (
    select
        versions.source,
        max(versions.data_cut) as stated_data_cut,
        max(versions.record_date) as last_record_date,
        min(versions.retrieved_at) as first_retrieved_at,
        max(versions.retrieved_at) as last_retrieved_at,
        count(distinct versions.registration_id) as n_registrations,
        count(*) as n_versions,
        {{ sha256_of_rows("versions.registration_id || '|' || versions.document_hash") }} as documents_hash,
        bool_or(versions.is_sample) as is_sample,
    from versions
    group by versions.source
)

select
    held.source as registry,
    -- Saved pages do not say what state of the registry they show: then the newest record in them is the best bound.
    coalesce(
        held.stated_data_cut,
        cast(held.last_record_date as timestamp),
        held.last_retrieved_at
    ) as data_cut,
    case
        when held.stated_data_cut is not null then 'stated'
        when held.last_record_date is not null then 'newest_record'
        else 'retrieved'
    end as data_cut_basis,
    cast(held.n_registrations as integer) as n_registrations,
    cast(held.n_versions as integer) as n_versions,
    held.documents_hash,
    held.last_record_date,
    held.first_retrieved_at,
    held.last_retrieved_at,
    build.rule_set_version,
    build.code_version,
    build.dbt_version,
    build.engine_version,
    '{{ invocation_id }}' as build_id,
    cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}' as timestamp) as built_at,
    cast({{ "'" ~ var('as_of') ~ "'" if var('as_of') else 'null' }} as date) as as_of,
    '{{ build_settings() }}' as settings,
    held.is_sample,
from held
cross join build
