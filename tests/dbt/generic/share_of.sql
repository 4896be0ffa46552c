{# A share is the part divided by the whole that stands beside it, and lies between 0 and 1. #}
{% test share_of(model, share, part, whole) %}
select
    {{ share }} as share,
    {{ part }} as part,
    {{ whole }} as whole,
from {{ model }}
where
    {{ share }} is null
    or {{ share }} < 0
    or {{ share }} > 1
    or {{ part }} > {{ whole }}
    or abs({{ share }} * {{ whole }} - {{ part }}) > 0.000001
{% endtest %}
