{# Columns that are never empty: one row per row of the model that leaves one of them null, with all of its columns. #}
{% test filled(model, columns) %}
select *
from {{ model }}
where
    {%- for column in columns %}
    {{ 'or ' if not loop.first }}{{ column }} is null
    {%- endfor %}
{% endtest %}
