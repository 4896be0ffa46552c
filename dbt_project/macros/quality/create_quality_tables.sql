{#
    The tables of the quality schema, which outlive every build. `landscape import` creates the same ones; a build on a
    database that it has not touched needs them as well.
#}
{% macro create_quality_tables() -%}
    create schema if not exists quality;
    create table if not exists quality.extract_batches (
        batch_id varchar not null,
        registry varchar,
        source_file varchar not null,
        source_shape varchar,
        n_read bigint not null,
        n_loaded bigint not null,
        n_unchanged bigint not null,
        n_quarantined bigint not null,
        n_refused bigint not null,
        reason varchar,
        data_cut timestamp,
        search varchar,
        started_at timestamptz not null,
        finished_at timestamptz
    );
    create table if not exists quality.quarantine (
        batch_id varchar not null,
        registry varchar,
        source_file varchar not null,
        source_position bigint not null,
        reason varchar not null,
        record_excerpt varchar,
        quarantined_at timestamptz not null
    );
    create table if not exists quality.check_results (
        run_id varchar not null,
        stage varchar not null,
        suite varchar not null,
        check_name varchar not null,
        subject varchar,
        success boolean not null,
        severity varchar not null,
        observed varchar,
        failing_rows varchar,
        checked_at timestamptz not null
    );
{%- endmacro %}
