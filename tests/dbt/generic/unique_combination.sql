{# Rows whose combination of columns is not unique: the proof of a grain that spans several columns. #}
{% test unique_combination(model, columns) %}

select
    {{ columns | join(', ') }},
    count(*) as n_rows,
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1

{% endtest %}
