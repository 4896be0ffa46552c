-- Industry-sponsored (IST) or investigator-initiated (IIT) under each of the four rules: one row per trial and rule.
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
        rule,
        sponsor_type,
        field,
        position,
        matched_text,
        rule_id,
    from {{ ref('int_registration_sponsor_types') }}
),

sponsor_types as (
    select
        sponsor_type,
        is_industry,
    from {{ ref('sponsor_types') }}
),

products as (
    select
        trial_id,
        product_id,
        registration_id,
        field,
        position,
        matched_text,
        rule_id,
    from {{ ref('bridge_trial_product') }}
),

-- One registration with a company or an approval makes the trial industry-sponsored.
registration_rules as (
    select
        registrations.trial_id,
        labels.rule,
        sponsor_types.is_industry,
        labels.registration_id,
        labels.field,
        labels.position,
        labels.matched_text,
        labels.rule_id,
    from labels
    inner join registrations
        on labels.registration_id = registrations.registration_id
    inner join sponsor_types
        on labels.sponsor_type = sponsor_types.sponsor_type
    qualify row_number() over (
        partition by registrations.trial_id, labels.rule
        order by
            sponsor_types.is_industry desc,
            registrations.registration_rank,
            labels.field,
            labels.position
    ) = 1
),

industry_trials as (
    select registration_rules.trial_id
    from registration_rules
    where
        registration_rules.rule = 'regulatory'
        and registration_rules.is_industry
),

-- The trial that makes the product an industry product: the trial itself where it is one, else the first by id.
industry_products as (
    select
        products.trial_id,
        products.product_id,
        products.registration_id,
        products.field,
        products.position,
        products.matched_text,
        products.rule_id,
        industry_trials.trial_id as evidence_trial_id,
    from products
    inner join products as same_product
        on products.product_id = same_product.product_id
    inner join industry_trials
        on same_product.trial_id = industry_trials.trial_id
    qualify row_number() over (
        partition by products.trial_id
        order by
            case when industry_trials.trial_id = products.trial_id then 0 else 1 end,
            products.product_id,
            industry_trials.trial_id
    ) = 1
),

-- A trial that is industry-sponsored under `regulatory` is so under `agent` as well: its product has that trial.
agent_rule as (
    select
        registrations.trial_id,
        'agent' as rule,
        coalesce(industry_products.trial_id, industry_trials.trial_id) is not null as is_industry,
        coalesce(
            industry_products.registration_id,
            regulatory_evidence.registration_id,
            registrations.registration_id
        ) as registration_id,
        case
            when industry_products.trial_id is not null then industry_products.field
            when industry_trials.trial_id is not null then regulatory_evidence.field
        end as field,
        case
            when industry_products.trial_id is not null then industry_products.position
            when industry_trials.trial_id is not null then regulatory_evidence.position
        end as position,
        case
            when industry_products.trial_id is not null then industry_products.matched_text
            when industry_trials.trial_id is not null then regulatory_evidence.matched_text
        end as matched_text,
        case
            when industry_products.trial_id is not null then industry_products.rule_id
            else regulatory_evidence.rule_id
        end as rule_id,
        coalesce(industry_products.evidence_trial_id, industry_trials.trial_id) as evidence_trial_id,
    from registrations
    left join industry_products
        on registrations.trial_id = industry_products.trial_id
    left join industry_trials
        on registrations.trial_id = industry_trials.trial_id
    left join registration_rules as regulatory_evidence
        on registrations.trial_id = regulatory_evidence.trial_id
        and regulatory_evidence.rule = 'regulatory'
    where registrations.registration_rank = 1
),

all_rules as (
    select
        registration_rules.trial_id,
        registration_rules.rule,
        registration_rules.is_industry,
        registration_rules.registration_id,
        registration_rules.field,
        registration_rules.position,
        registration_rules.matched_text,
        registration_rules.rule_id,
        case when registration_rules.is_industry then registration_rules.trial_id end as evidence_trial_id,
    from registration_rules
    union all
    select
        agent_rule.trial_id,
        agent_rule.rule,
        agent_rule.is_industry,
        agent_rule.registration_id,
        agent_rule.field,
        agent_rule.position,
        agent_rule.matched_text,
        agent_rule.rule_id,
        agent_rule.evidence_trial_id,
    from agent_rule
)

select
    all_rules.trial_id,
    all_rules.rule,
    sponsor_types.sponsor_type,
    all_rules.is_industry,
    all_rules.registration_id,
    all_rules.field,
    cast(all_rules.position as integer) as position,
    all_rules.matched_text,
    all_rules.rule_id,
    all_rules.evidence_trial_id,
from all_rules
inner join sponsor_types
    on all_rules.is_industry = sponsor_types.is_industry
