-- The marts pass their gate: one row per critical check that does not hold.
{{ config(group="warehouse") }}
select
    suite,
    subject,
    check_name,
    observed,
    failing_rows,
from {{ ref('marts_gate') }}
where
    not success
    and severity = 'error'
