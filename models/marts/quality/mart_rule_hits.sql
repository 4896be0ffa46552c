-- What each rule of the lexicons does in this landscape and did on the gold labels: one row per rule.
with rules as (
    select * from {{ ref('int_rule_hits') }}
),

recorded as (
    select * from {{ ref('rule_quality') }}
),

measurements as (
    select * from {{ ref('int_quality_measurements') }}
    where subject = 'label'
)

select
    rules.rule_id,
    rules.lexicon,
    rules.facet,
    rules.label,
    rules.term,
    rules.language,
    rules.match_kind,
    cast(rules.n_hits as integer) as n_hits,
    cast(rules.n_registrations as integer) as n_registrations,
    cast(rules.n_registrations_decided as integer) as n_registrations_decided,
    coalesce(recorded.n_registrations, 0) as n_registrations_measured,
    coalesce(recorded.n_gold_true, 0) as n_gold_true,
    coalesce(recorded.n_gold_false, 0) as n_gold_false,
    measurements.measured_on as gold_measured_on,
    measurements.is_current as is_gold_current,
from rules
cross join measurements
left join recorded
    on rules.rule_id = recorded.rule_id
