-- Antigens that the product of each trial is directed at, with the words that say so: one row per trial and target.
with registrations as (
    select
        trial_id,
        registration_id,
        registration_rank,
    from {{ ref('bridge_trial_registration') }}
),

labels as (
    select
        registration_id,
        target,
        target_text,
        field,
        position,
        matched_text,
        rule_id,
    from {{ ref('int_registration_targets') }}
),

precedence as (
    select
        label,
        yields_to,
    from {{ ref('label_precedence') }}
    where facet = 'target'
),

trial_labels as (
    select
        registrations.trial_id,
        registrations.registration_rank,
        labels.registration_id,
        labels.target,
        labels.target_text,
        labels.field,
        labels.position,
        labels.matched_text,
        labels.rule_id,
    from labels
    inner join registrations
        on labels.registration_id = registrations.registration_id
),

-- "not stated" in one registration is no finding about the trial when another registration names the antigen.
superseded as (
    select distinct
        trial_labels.trial_id,
        trial_labels.target,
    from trial_labels
    inner join precedence
        on trial_labels.target = precedence.label
    inner join trial_labels as better
        on trial_labels.trial_id = better.trial_id
        and trial_labels.target <> better.target
        and better.target = coalesce(precedence.yields_to, better.target)
),

evidence as (
    select
        trial_labels.trial_id,
        trial_labels.target,
        trial_labels.target_text,
        trial_labels.registration_id,
        trial_labels.field,
        trial_labels.position,
        trial_labels.matched_text,
        trial_labels.rule_id,
        row_number() over (
            partition by trial_labels.trial_id, trial_labels.target
            order by trial_labels.registration_rank, trial_labels.field, trial_labels.position
        ) as evidence_rank,
        count(*) over (partition by trial_labels.trial_id, trial_labels.target) as n_registrations,
    from trial_labels
    left join superseded
        on trial_labels.trial_id = superseded.trial_id
        and trial_labels.target = superseded.target
    where superseded.trial_id is null
)

select
    evidence.trial_id,
    evidence.target,
    evidence.target_text,
    evidence.registration_id,
    evidence.field,
    cast(evidence.position as integer) as position,
    evidence.matched_text,
    evidence.rule_id,
    cast(evidence.n_registrations as integer) as n_registrations,
from evidence
where evidence.evidence_rank = 1
