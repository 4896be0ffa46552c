-- eFig. 1: what became of every registration held: one row per step, registry, decision and reason. The last step
-- narrows the trials of the world to China and to the study window.
with screening as (
    select
        registration_id,
        registry,
        decision,
        reason,
    from {{ ref('fct_registration_screening') }}
),

trials as (
    select trial_id, is_china, in_study_window from {{ ref('dim_trial') }}
),

members as (
    select
        screening.registration_id,
        screening.registry,
        screening.decision,
        screening.reason,
        case
            when not trials.is_china then 'outside_china'
            when not trials.in_study_window then 'outside_study_window'
            when trials.trial_id is not null then 'in_landscape'
        end as scope,
    from screening
    left join trials
        on screening.registration_id = trials.trial_id
)

select
    members.registry,
    members.decision,
    members.reason,
    members.scope,
    count(*) as n_registrations,
from members
group by members.registry, members.decision, members.reason, members.scope
order by members.registry, members.decision, n_registrations desc, members.reason, members.scope
