{#
    What a table owes to whoever reads it, asked in one query: its grain, the columns that are never empty, closed lists
    of values, and columns that refer to another table. One row per row that breaks an assertion, with the assertion, the
    key of the row and what was found in it. The end of a run keeps each assertion as a check of its own.

    one_row_per  columns that no two rows share; empty ones count as equal
    unique       columns that are unique by themselves, where they are filled
    filled       columns that are never empty
    values       column → the only values that it holds, where it is filled
    found_in     column → table.column that holds its values, where it is filled
#}
{% test sound(model, one_row_per=[], unique=[], filled=[], values={}, found_in={}) %}
{%- set assertions = soundness(one_row_per, unique, filled, values, found_in) -%}
{%- for assertion in assertions %}
select
    {{ sql_text(assertion.name) }} as assertion,
    {%- for column in one_row_per %}
    checked.{{ column }},
    {%- else %}
    checked.*,
    {%- endfor %}
    {{ 'cast(checked.' ~ assertion.column ~ ' as varchar)' if assertion.column else 'cast(null as varchar)' }} as found,
from {{ model }} as checked
{%- if assertion.kind == 'filled' %}
where checked.{{ assertion.column }} is null
{%- elif assertion.kind == 'values' %}
where checked.{{ assertion.column }} not in (
    {%- for value in values[assertion.column] %}{{ sql_text(value) }}{{ ', ' if not loop.last }}{% endfor -%}
)
{%- elif assertion.kind == 'found_in' %}
left join {{ ref(assertion.table) }} as dictionary
    on checked.{{ assertion.column }} = dictionary.{{ assertion.field }}
where
    checked.{{ assertion.column }} is not null
    and dictionary.{{ assertion.field }} is null
{%- else %}
inner join (
    select {{ assertion.columns | join(', ') }}
    from {{ model }}
    {%- if assertion.kind == 'unique' %}
    where {{ assertion.column }} is not null
    {%- endif %}
    group by {{ assertion.columns | join(', ') }}
    having count(*) > 1
) as repeated
    on
        {%- for column in assertion.columns %}
        {{ 'and ' if not loop.first }}checked.{{ column }} is not distinct from repeated.{{ column }}
        {%- endfor %}
{%- endif %}
{{- '\nunion all' if not loop.last }}
{%- endfor %}
{% endtest %}
