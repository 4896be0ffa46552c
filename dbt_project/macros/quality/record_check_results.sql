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
            {%- do rows.extend(check_result_rows(result)) -%}
        {%- elif node.name == 'marts_gate' and status == 'success' -%}
            {%- do gate.append(node.relation_name) -%}
        {%- elif status == 'error' -%}
            {%- do rows.extend(check_result_rows(result)) -%}
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

{#
    What became of one test, as rows of values: a `sound` test gives one per assertion, any other test one of its own name.
    Models and seeds are kept only where they could not be built.
#}
{% macro check_result_rows(result) -%}
    {%- set node = result.node -%}
    {%- set status = result.status | string -%}
    {%- set is_test = node.resource_type in ['test', 'unit_test'] -%}
    {%- set severity = (node.config.severity or 'error') | lower if node.resource_type == 'test' else 'error' -%}
    {%- set check = {
        'suite': node.resource_type ~ 's', 'success': status == 'pass', 'failing_rows': none,
        'severity': 'skipped' if status == 'skipped' else 'warning' if severity == 'warn' else severity,
    } -%}
    {%- if status == 'skipped' -%}
        {%- do check.update(observed='not run: what it depends on failed') -%}
    {%- elif status == 'pass' -%}
        {%- do check.update(observed='0 rows fail' if node.resource_type == 'test' else 'as expected') -%}
    {%- else -%}
        {%- do check.update(observed=result.message or status) -%}
    {%- endif -%}
    {%- set parents = [] -%}
    {%- for parent in (node.depends_on.nodes if is_test else [node.unique_id]) -%}
        {%- do parents.append(parent.split('.')[-1]) -%}
    {%- endfor -%}
    {%- set attached = node.attached_node if is_test and node.attached_node is defined else none -%}
    {%- do check.update(subject=attached.split('.')[-1] if attached else parents | join(', ')) -%}
    {%- set is_sound_test = node.test_metadata is defined and node.test_metadata and node.test_metadata.name == 'sound' -%}
    {%- set found = failing_checks(node, is_sound_test) if node.resource_type == 'test' and status in ['fail', 'warn'] else {} -%}
    {%- set names = [node.name] -%}
    {%- if is_sound_test and status != 'error' -%}
        {%- set arguments = node.test_metadata.kwargs -%}
        {%- set names = soundness(
            arguments.get('one_row_per', []), arguments.get('unique', []), arguments.get('filled', []),
            arguments.get('values', {}), arguments.get('found_in', {}),
        ) | map(attribute='name') | list -%}
    {%- endif -%}
    {%- set rows = [] -%}
    {%- for name in names -%}
        {%- set one = dict(check, name=name) -%}
        {%- if name in found -%}
            {%- do one.update(found[name]) -%}
        {%- elif found -%}
            {%- do one.update(success=true, observed='0 rows fail') -%}
        {%- endif -%}
        {%- do rows.append(check_result_row(one)) -%}
    {%- endfor -%}
    {{ return(rows) }}
{%- endmacro %}

{#
    The rows that a test finds, asked once more so that a test that finds none writes nothing: check → how many, and the
    first 20 as JSON.
#}
{% macro failing_checks(node, is_sound_test) -%}
    {%- set check = 'failing.assertion' if is_sound_test else sql_text(node.name) -%}
    {%- set found = {} -%}
    {%- for row in run_query(failing_rows_by_check(node.compiled_code, check, 20)).rows -%}
        {%- do found.update({row[0]: {'success': false, 'observed': row[1] ~ ' rows fail', 'failing_rows': row[2]}}) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{% macro check_result_row(check) -%}
    (
        {{ sql_text(invocation_id) }},
        'dbt',
        {{ sql_text(check.suite) }},
        {{ sql_text(check.name) }},
        {{ sql_text(check.subject) }},
        {{ 'true' if check.success else 'false' }},
        {{ sql_text(check.severity) }},
        {{ sql_text(check.observed) }},
        {{ sql_text(check.failing_rows) }},
        now()
    )
{%- endmacro %}

{# A text as an SQL literal. #}
{% macro sql_text(text) -%}
    {%- if text is none -%}cast(null as varchar){%- else -%}'{{ text | string | replace("'", "''") }}'{%- endif -%}
{%- endmacro %}

{# A query over the rows of another: each check with the number of its rows, and the first of them as one JSON array. #}
{% macro failing_rows_by_check(query, check, limit) -%}
    {{ return(adapter.dispatch('failing_rows_by_check')(query, check, limit)) }}
{%- endmacro %}

{% macro default__failing_rows_by_check(query, check, limit) -%}
    select
        {{ check }} as check_name,
        count(*) as n_rows,
        cast(to_json(list(failing) filter (where place <= {{ limit }})) as varchar) as failing_rows,
    from (
        select
            failing,
            row_number() over (partition by {{ check }}) as place,
        from (
{{ query }}
        ) as failing
    ) as numbered
    group by check_name
{%- endmacro %}
