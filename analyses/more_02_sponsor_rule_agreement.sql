-- Which sponsor rules agree on which trials in China: one row per combination of the four verdicts.
with sponsor_rules as (
    select
        regulatory,
        lead,
        any_role,
        agent,
        n_trials,
    from {{ ref('mart_sponsor_rules') }}
    where is_china
)

select
    sponsor_rules.regulatory,
    sponsor_rules.lead,
    sponsor_rules.any_role,
    sponsor_rules.agent,
    cast(sum(sponsor_rules.n_trials) as integer) as n_trials,
from sponsor_rules
group by sponsor_rules.regulatory, sponsor_rules.lead, sponsor_rules.any_role, sponsor_rules.agent
order by n_trials desc, sponsor_rules.regulatory, sponsor_rules.lead, sponsor_rules.any_role, sponsor_rules.agent
