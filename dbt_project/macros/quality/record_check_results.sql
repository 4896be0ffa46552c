{#
    Keep how every test of this run ended in quality.check_results, with up to 20 of the rows that failed, and the checks of
    the marts' gate beside them. Runs at the end of every dbt command, whether it failed or not.
#}
{% macro record_check_results(results) -%}
    {%- if not execute %}{{ return('') }}{% endif -%}
    {%- set rows = [] -%}
    {%- set gate = [] -%}
    {%- for result in results -%}
        {%- set node = result.node -%}
        {%- set status = result.status | string -%}
        {%- if node.resource_type in ['test', 'unit_test'] -%}
            {%- do rows.append(check_result_row(result)) -%}
        {%- elif node.name == 'marts_gate' and status == 'success' -%}
            {%- do gate.append(node.relation_name) -%}
        {%- elif status == 'error' -%}
            {%- do rows.append(check_result_row(result)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if rows %}
    insert into quality.check_results by name
    select * from (values
        {{ rows | join(',\n        ') }}
    ) as checks (run_id, stage, suite, check_name, subject, success, severity, observed, failing_rows, checked_at);
    {%- endif %}
    {%- for relation in gate %}
    insert into quality.check_results by name
    select
        '{{ invocation_id }}' as run_id,
        'marts' as stage,
        suite,
        check_name,
        subject,
        success,
        severity,
        observed,
        failing_rows,
        now() as checked_at
    from {{ relation }};
    {%- endfor %}
{%- endmacro %}

{# One result as a row of values: tests by name, models and seeds only where they could not be built. #}
{% macro check_result_row(result) -%}
    {%- set node = result.node -%}
    {%- set status = result.status | string -%}
    {%- set is_test = node.resource_type in ['test', 'unit_test'] -%}
    {%- set severity = (node.config.severity or 'error') | lower if node.resource_type == 'test' else 'error' -%}
    {%- if status == 'skipped' -%}
        {%- set severity = 'skipped' -%}
        {%- set observed = 'not run: what it depends on failed' -%}
    {%- elif status == 'pass' -%}
        {%- set observed = '0 rows fail' if node.resource_type == 'test' else 'as expected' -%}
    {%- elif result.failures and status != 'error' -%}
        {%- set observed = result.failures ~ ' rows fail' -%}
    {%- else -%}
        {%- set observed = result.message or status -%}
    {%- endif -%}
    {%- set failing_rows = none -%}
    {%- if node.resource_type == 'test' and result.failures and status in ['fail', 'warn'] and node.relation_name -%}
        {%- set failing_rows = rows_as_json(node.relation_name, 20) -%}
    {%- endif -%}
    {%- set subjects = [] -%}
    {%- for parent in (node.depends_on.nodes if is_test else [node.unique_id]) -%}
        {%- do subjects.append(parent.split('.')[-1]) -%}
    {%- endfor -%}
    {%- set attached = node.attached_node.split('.')[-1] if is_test and node.attached_node is defined and node.attached_node else subjects | join(', ') -%}
    (
        {{ sql_text(invocation_id) }},
        'dbt',
        {{ sql_text(node.resource_type | string ~ 's') }},
        {{ sql_text(node.name) }},
        {{ sql_text(attached) }},
        {{ 'true' if status == 'pass' else 'false' }},
        {{ sql_text('warning' if severity == 'warn' else severity) }},
        {{ sql_text(observed) }},
        {{ sql_text(failing_rows) }},
        now()
    )
{%- endmacro %}

{# A text as an SQL literal. #}
{% macro sql_text(text) -%}
    {%- if text is none -%}cast(null as varchar){%- else -%}'{{ text | string | replace("'", "''") }}'{%- endif -%}
{%- endmacro %}

{# The first rows of a relation as one JSON array. #}
{% macro rows_as_json(relation, limit) -%}
    {{ return(adapter.dispatch('rows_as_json')(relation, limit)) }}
{%- endmacro %}

{% macro default__rows_as_json(relation, limit) -%}
    {%- set answer = run_query(
        "select cast(to_json(list(failing)) as varchar) from (select * from " ~ relation ~ " limit " ~ limit ~ ") as failing"
    ) -%}
    {{ return(answer.rows[0][0]) }}
{%- endmacro %}
