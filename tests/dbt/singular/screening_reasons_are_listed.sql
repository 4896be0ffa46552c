-- Every reason of the screening is in a closed list, for the decision that it belongs to: one row per reason that is not.
with screening as (
    select
        decision,
        reason,
    from {{ ref('fct_registration_screening') }}
),

screening_reasons as (
    select
        reason,
        is_cell_therapy,
    from {{ ref('screening_reasons') }}
),

flow_reasons as (
    select
        reason,
        decision,
    from {{ ref('flow_reasons') }}
),

listed as (
    select
        screening_reasons.reason,
        case when screening_reasons.is_cell_therapy then 'included' else 'excluded' end as decision,
    from screening_reasons
    union all
    select
        flow_reasons.reason,
        flow_reasons.decision,
    from flow_reasons
)

select
    screening.decision,
    screening.reason,
    count(*) as n_registrations,
from screening
left join listed
    on screening.reason = listed.reason
    and screening.decision = listed.decision
where listed.reason is null
group by screening.decision, screening.reason
