-- Decisions that a person should look at, the most urgent first: one row per kind, registration, other registration and label.
with links as (
    select
        registration_id_a,
        registration_id_b,
        rule,
        score,
        decision,
        field,
        matched_text,
        comparison,
    from {{ ref('fct_registration_link') }}
),

targets as (
    select
        registration_id,
        target,
        target_text,
        field,
        matched_text,
        rule_id,
    from {{ ref('int_registration_targets') }}
),

cell_types as (
    select
        registration_id,
        cell_type,
        field,
        matched_text,
        rule_id,
    from {{ ref('int_registration_cell_types') }}
),

screening as (
    select
        registration_id,
        reason,
        field,
        matched_text,
        rule_id,
    from {{ ref('int_registration_screening') }}
    where not is_cell_therapy
),

registrations as (
    select
        registration_id,
        public_title,
    from {{ ref('int_registrations') }}
),

trial_registrations as (
    select
        registration_id,
        trial_id,
    from {{ ref('bridge_trial_registration') }}
),

review_reasons as (
    select
        kind,
        label,
        priority,
        question,
    from {{ ref('review_reasons') }}
),

decisions as (
    select
        'link' as kind,
        links.registration_id_a as registration_id,
        links.registration_id_b as other_registration_id,
        links.decision as label,
        links.score,
        links.field,
        links.matched_text,
        links.rule as rule_id,
        links.comparison as detail,
    from links
    union all
    select
        'target' as kind,
        targets.registration_id,
        null as other_registration_id,
        targets.target as label,
        null as score,
        targets.field,
        targets.matched_text,
        targets.rule_id,
        targets.target_text as detail,
    from targets
    union all
    select
        'cell_type' as kind,
        cell_types.registration_id,
        null as other_registration_id,
        cell_types.cell_type as label,
        null as score,
        cell_types.field,
        cell_types.matched_text,
        cell_types.rule_id,
        null as detail,
    from cell_types
    union all
    select
        'screening' as kind,
        screening.registration_id,
        null as other_registration_id,
        screening.reason as label,
        null as score,
        screening.field,
        screening.matched_text,
        screening.rule_id,
        null as detail,
    from screening
)

select
    decisions.kind,
    decisions.registration_id,
    coalesce(decisions.other_registration_id, '') as other_registration_id,
    decisions.label,
    -- The more likely a pair is one trial, the worse it is that it is counted as two.
    cast(row_number() over (
        order by
            review_reasons.priority asc,
            decisions.score desc nulls last,
            decisions.kind asc,
            decisions.registration_id asc,
            decisions.other_registration_id asc,
            decisions.label asc
    ) as integer) as place,
    review_reasons.priority,
    review_reasons.question,
    decisions.score,
    decisions.field,
    decisions.matched_text,
    decisions.rule_id,
    decisions.detail,
    trial_registrations.trial_id,
    other_trial_registrations.trial_id as other_trial_id,
    registrations.public_title,
    other_registrations.public_title as other_public_title,
from decisions
inner join review_reasons
    on decisions.kind = review_reasons.kind
    and decisions.label = review_reasons.label
inner join registrations
    on decisions.registration_id = registrations.registration_id
left join registrations as other_registrations
    on decisions.other_registration_id = other_registrations.registration_id
left join trial_registrations
    on decisions.registration_id = trial_registrations.registration_id
left join trial_registrations as other_trial_registrations
    on decisions.other_registration_id = other_trial_registrations.registration_id
