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

review_reasons as (
    select
        kind,
        label,
        priority,
        question,
    from {{ ref('review_reasons') }}
),

labels as (
    select
        registration_id,
        kind,
        label,
        priority,
        question,
        field,
        matched_text,
        rule_id,
        detail,
        text,
    from {{ ref('int_classification_review_queue') }}
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

decisions as (
    select
        review_reasons.kind,
        links.registration_id_a as registration_id,
        links.registration_id_b as other_registration_id,
        links.decision as label,
        review_reasons.priority,
        review_reasons.question,
        links.score,
        links.field,
        links.matched_text,
        links.rule as rule_id,
        links.comparison as detail,
        null as text,
    from links
    inner join review_reasons
        on review_reasons.kind = 'link'
        and links.decision = review_reasons.label
    union all
    select
        labels.kind,
        labels.registration_id,
        null as other_registration_id,
        labels.label,
        labels.priority,
        labels.question,
        null as score,
        labels.field,
        labels.matched_text,
        labels.rule_id,
        labels.detail,
        labels.text,
    from labels
)

select
    decisions.kind,
    decisions.registration_id,
    coalesce(decisions.other_registration_id, '') as other_registration_id,
    decisions.label,
    -- The more likely a pair is one trial, the worse it is that it is counted as two.
    cast(row_number() over (
        order by
            decisions.priority asc,
            decisions.score desc nulls last,
            decisions.kind asc,
            decisions.registration_id asc,
            decisions.other_registration_id asc,
            decisions.label asc
    ) as integer) as place,
    decisions.priority,
    decisions.question,
    decisions.score,
    decisions.field,
    decisions.matched_text,
    decisions.rule_id,
    decisions.detail,
    decisions.text,
    trial_registrations.trial_id,
    other_trial_registrations.trial_id as other_trial_id,
    registrations.public_title,
    other_registrations.public_title as other_public_title,
from decisions
inner join registrations
    on decisions.registration_id = registrations.registration_id
left join registrations as other_registrations
    on decisions.other_registration_id = other_registrations.registration_id
left join trial_registrations
    on decisions.registration_id = trial_registrations.registration_id
left join trial_registrations as other_trial_registrations
    on decisions.other_registration_id = other_trial_registrations.registration_id
