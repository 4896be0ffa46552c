{#
    The CTEs of a staging model that lists what a registration has several of: `items` with one row per element of `list`, its
    place in the record from 1, and the element itself as `item`. `documents`: relation with registration_id and that list.
#}
{% macro document_items(documents, list) -%}
with documents as (
    select * from {{ documents }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position(list, 'item') }},
    from documents
)
{%- endmacro %}
