-- A trial that counts as industry-sponsored says why: one row per trial and rule without evidence.
select
    trial_id,
    rule,
    registration_id,
    field,
    matched_text,
    rule_id,
from {{ ref('fct_trial_sponsor') }}
where
    is_industry
    and (rule_id is null or field is null or evidence_trial_id is null)
