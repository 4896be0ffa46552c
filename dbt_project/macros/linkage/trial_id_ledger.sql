{#
    The trial ids that earlier builds gave, read from the ledger that this build will add to; empty in a new database. The
    ledger is read by name and not by ref: it is written after the trials of this build, from them.
#}
{% macro earlier_trial_ids() -%}
{%- set ledger = adapter.get_relation(database=target.database, schema='quality', identifier='trial_id_ledger') if execute else none -%}
{%- if ledger -%}
select
        registration_id,
        trial_id,
        assigned_at,
    from {{ ledger }}
{%- else -%}
select
        cast(null as varchar) as registration_id,
        cast(null as varchar) as trial_id,
        cast(null as timestamp) as assigned_at,
    where false
{%- endif -%}
{%- endmacro %}
