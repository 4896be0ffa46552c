{# Each group has exactly one row that is primary. #}
{% test exactly_one_primary(model, group) %}
select
    {{ group }},
    count(case when is_primary then 1 end) as n_primary,
from {{ model }}
group by {{ group }}
having count(case when is_primary then 1 end) <> 1
{% endtest %}
