-- Labels that a reviewer decided, in the form of the evidence that they replace: one row per registration, facet and label.
with

overrides as (
    select * from {{ ref('label_overrides') }}
)

select
    registration_id,
    facet,
    label,
    'label_overrides' as field,
    1 as position,
    reason as matched_text,
    rule_id,
    position as place,
from overrides
