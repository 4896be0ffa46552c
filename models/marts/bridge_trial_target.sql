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

-- "not stated" in one registration is no finding about the trial when another registration names the antigen.
superseded as (
    select
        trial_id,
        label as target,
    from {{ ref('int_superseded_labels') }}
    where facet = 'target'
),

unstated as (
    select label as target from {{ ref('unstated_labels') }}
    where facet = 'target'
),

evidence as (
    select
        registrations.trial_id,
        labels.target,
        labels.target_text,
        labels.registration_id,
        labels.field,
        labels.position,
        labels.matched_text,
        labels.rule_id,
        row_number() over (
            partition by registrations.trial_id, labels.target
            order by registrations.registration_rank, labels.field, labels.position
        ) as evidence_rank,
        count(*) over (partition by registrations.trial_id, labels.target) as n_registrations,
    from labels
    inner join registrations
        on labels.registration_id = registrations.registration_id
    left join superseded
        on registrations.trial_id = superseded.trial_id
        and labels.target = superseded.target
    where superseded.trial_id is null
)

select
    evidence.trial_id,
    evidence.target,
    unstated.target is null as is_stated,
    evidence.target_text,
    evidence.registration_id,
    evidence.field,
    cast(evidence.position as integer) as position,
    evidence.matched_text,
    evidence.rule_id,
    cast(evidence.n_registrations as integer) as n_registrations,
from evidence
left join unstated
    on evidence.target = unstated.target
where evidence.evidence_rank = 1
