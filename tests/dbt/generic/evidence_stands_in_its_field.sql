{#
    The words that gave a label stand in the field and at the position that the evidence names. Only fields that
    bridge_registration_text holds can be looked into; width, case and runs of spaces do not matter. Texts are made
    comparable after the join, which leaves few of them.
#}
{% test evidence_stands_in_its_field(model) %}
with evidence as (
    select distinct registration_id, field, position, matched_text from {{ model }} where matched_text is not null
),

texts as (
    select registration_id, field, position, text from {{ ref('bridge_registration_text') }}
),

searched_evidence as (
    select
        evidence.registration_id,
        evidence.field,
        evidence.position,
        evidence.matched_text,
        max(
            case
                when evidence.position is not null and evidence.position is distinct from texts.position then 0
                when contains({{ comparable_text('texts.text') }}, {{ comparable_text('evidence.matched_text') }}) then 1
                else 0
            end
        ) as is_found,
    from evidence
    inner join texts
        on
            evidence.registration_id = texts.registration_id
            and evidence.field = texts.field
    group by evidence.registration_id, evidence.field, evidence.position, evidence.matched_text
)

select
    registration_id,
    field,
    position,
    matched_text,
from searched_evidence
where is_found = 0
{% endtest %}
