-- A label shows the words that gave it, unless it says that nothing is stated: one row per label without words. A warning,
-- since a reviewed override may decide where the text is silent.
{{ config(severity="warn") }}
with unstated_labels as (
    select
        facet,
        label,
    from {{ ref('unstated_labels') }}
),

labels as (
    select
        'cell_type' as facet,
        trial_id,
        cell_type as label,
        registration_id,
        rule_id,
        matched_text,
    from {{ ref('bridge_trial_cell_type') }}
    union all
    select
        'target' as facet,
        trial_id,
        target as label,
        registration_id,
        rule_id,
        matched_text,
    from {{ ref('bridge_trial_target') }}
    union all
    select
        'indication_group' as facet,
        trial_id,
        indication_group as label,
        registration_id,
        rule_id,
        matched_text,
    from {{ ref('bridge_trial_indication') }}
    union all
    select
        'product' as facet,
        trial_id,
        product as label,
        registration_id,
        rule_id,
        matched_text,
    from {{ ref('bridge_trial_product') }}
)

select
    labels.facet,
    labels.trial_id,
    labels.label,
    labels.registration_id,
    labels.rule_id,
from labels
left join unstated_labels
    on labels.facet = unstated_labels.facet
    and labels.label = unstated_labels.label
where
    labels.matched_text is null
    and unstated_labels.label is null
