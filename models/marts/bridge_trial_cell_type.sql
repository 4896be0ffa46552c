-- Cell types given in each trial, with the words that say so: one row per trial and cell type.
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
        cell_class,
        cell_type,
        is_primary,
        field,
        position,
        matched_text,
        rule_id,
    from {{ ref('int_registration_cell_types') }}
),

evidence as (
    select
        registrations.trial_id,
        labels.cell_class,
        labels.cell_type,
        labels.registration_id,
        labels.field,
        labels.position,
        labels.matched_text,
        labels.rule_id,
        -- The primary registration speaks first; of its own labels the one that is primary there.
        row_number() over (
            partition by registrations.trial_id
            order by
                registrations.registration_rank asc,
                labels.is_primary desc,
                labels.cell_type asc,
                labels.field asc,
                labels.position asc
        ) as label_rank,
        row_number() over (
            partition by registrations.trial_id, labels.cell_type
            order by registrations.registration_rank asc, labels.is_primary desc, labels.field asc, labels.position asc
        ) as evidence_rank,
        count(*) over (partition by registrations.trial_id, labels.cell_type) as n_registrations,
    from labels
    inner join registrations
        on labels.registration_id = registrations.registration_id
)

select
    evidence.trial_id,
    evidence.cell_class,
    evidence.cell_type,
    evidence.label_rank = 1 as is_primary,
    evidence.registration_id,
    evidence.field,
    cast(evidence.position as integer) as position,
    evidence.matched_text,
    evidence.rule_id,
    cast(evidence.n_registrations as integer) as n_registrations,
from evidence
where evidence.evidence_rank = 1
