-- Every label that dim_trial shows has a row that says by which rule, and in which registration, it was read: one row per trial
-- and label without one.
with labels as (
    {%- for facet in ['cell_type', 'indication_group', 'phase', 'study_kind', 'cell_source', 'donor', 'sponsor_type'] %}
    select
        trial_id,
        '{{ facet }}' as facet,
        {{ facet }} as label,
    from {{ ref('dim_trial') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

evidence as (
    select
        trial_id,
        'cell_type' as facet,
        cell_type as label,
        registration_id,
        rule_id,
    from {{ ref('bridge_trial_cell_type') }}
    where is_primary
    union all
    select
        trial_id,
        'indication_group' as facet,
        indication_group as label,
        registration_id,
        rule_id,
    from {{ ref('bridge_trial_indication') }}
    where is_primary
    union all
    select
        trial_id,
        attribute as facet,
        value as label,
        registration_id,
        rule_id,
    from {{ ref('bridge_trial_attribute_evidence') }}
    where is_primary
    union all
    select
        trial_id,
        'sponsor_type' as facet,
        sponsor_type as label,
        registration_id,
        rule_id,
    from {{ ref('fct_trial_sponsor') }}
    where rule = '{{ var("sponsor_rule") }}'
)

select
    labels.trial_id,
    labels.facet,
    labels.label,
from labels
left join evidence
    on labels.trial_id = evidence.trial_id
    and labels.facet = evidence.facet
    and labels.label = evidence.label
where
    labels.label is null
    or evidence.registration_id is null
    or evidence.rule_id is null
