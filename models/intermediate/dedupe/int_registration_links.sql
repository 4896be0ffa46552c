-- Every pair of registrations that was compared, with the decision and what it rests on: one row per pair.
with decisions as (
    select * from {{ ref('int_link_decisions') }}
),

groups as (
    select * from {{ ref('int_link_groups') }}
)

select
    decisions.registration_id_a,
    decisions.registration_id_b,
    decisions.rule,
    decisions.score,
    case
        when decisions.decision = 'same' and a.group_id <> b.group_id then 'review'
        else decisions.decision
    end as decision,
    decisions.field,
    decisions.matched_text,
    concat_ws(
        '; ',
        case
            when decisions.decision = 'same' and a.group_id <> b.group_id
                then 'not merged: this is the weakest link of a trial that would hold two registrations of one register'
        end,
        decisions.comparison
    ) as comparison,
    decisions.rule_id,
    decisions.sibling_rule_ids,
from decisions
inner join groups as a
    on decisions.registration_id_a = a.registration_id
inner join groups as b
    on decisions.registration_id_b = b.registration_id
