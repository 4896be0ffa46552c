-- How registrations were linked into trials: one row per rule and decision.
with links as (
    select rule, decision, score from {{ ref('fct_registration_link') }}
)

select
    links.rule,
    links.decision,
    count(*) as n_pairs,
    min(links.score) as lowest_score,
    median(links.score) as median_score,
    max(links.score) as highest_score,
from links
group by links.rule, links.decision
order by n_pairs desc, links.rule, links.decision
