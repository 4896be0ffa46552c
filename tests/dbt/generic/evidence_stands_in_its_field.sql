{#
    The words that gave a label stand in the field and at the position that the evidence names. Only fields that
    bridge_registration_text holds can be looked into; width, case and runs of spaces do not matter.
#}
{% test evidence_stands_in_its_field(model) %}
with evidence as (
    select registration_id, field, position, matched_text from {{ model }} where matched_text is not null
),

texts as (
    select registration_id, field, position, {{ comparable_text('text') }} as words from {{ ref('bridge_registration_text') }}
),

searchable_evidence as (
    select distinct
        evidence.registration_id,
        evidence.field,
        evidence.position,
        evidence.matched_text,
    from evidence
    inner join texts
        on
            evidence.registration_id = texts.registration_id
            and evidence.field = texts.field
)

select
    searchable_evidence.registration_id,
    searchable_evidence.field,
    searchable_evidence.position,
    searchable_evidence.matched_text,
from searchable_evidence
left join texts
    on
        searchable_evidence.registration_id = texts.registration_id
        and searchable_evidence.field = texts.field
        and (searchable_evidence.position is null or searchable_evidence.position = texts.position)
        and contains(texts.words, {{ comparable_text('searchable_evidence.matched_text') }})
where texts.registration_id is null
{% endtest %}
