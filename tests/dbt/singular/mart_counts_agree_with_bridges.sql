-- The counts of the marts by year add up to the rows of the bridges and of dim_trial: one row per label on which they differ.
with mart_counts as (
    select
        'target' as facet,
        target as label,
        sum(n_trials) as n_trials,
    from {{ ref('mart_targets') }}
    group by target
    union all
    select
        'phase' as facet,
        phase as label,
        sum(n_trials) as n_trials,
    from {{ ref('mart_phases') }}
    group by phase
    union all
    select
        'sponsor' as facet,
        rule || ' ' || sponsor_type as label,
        sum(n_trials) as n_trials,
    from {{ ref('mart_sponsor_types') }}
    group by rule, sponsor_type
    union all
    select
        'indication_group' as facet,
        indication_group as label,
        sum(n_trials) as n_trials,
    from {{ ref('mart_indications') }}
    group by indication_group
    union all
    select
        'cell_type' as facet,
        cell_type as label,
        sum(n_trials) as n_trials,
    from {{ ref('mart_cell_types') }}
    group by cell_type
    union all
    select
        'enrollment' as facet,
        cell_class || ' ' || sponsor_type as label,
        sum(n + n_missing) as n_trials,
    from {{ ref('mart_enrollment') }}
    group by cell_class, sponsor_type
),

trial_counts as (
    select
        'target' as facet,
        target as label,
        count(*) as n_trials
    from {{ ref('bridge_trial_target') }}
    group by target
    union all
    select
        'phase' as facet,
        phase as label,
        count(*) as n_trials
    from {{ ref('dim_trial') }}
    group by phase
    union all
    select
        'sponsor' as facet,
        rule || ' ' || sponsor_type as label,
        count(*) as n_trials
    from {{ ref('fct_trial_sponsor') }}
    group by rule, sponsor_type
    union all
    select
        'indication_group' as facet,
        indication_group as label,
        count(*) as n_trials
    from {{ ref('bridge_trial_indication') }}
    group by indication_group
    union all
    select
        'cell_type' as facet,
        cell_type as label,
        count(*) as n_trials
    from {{ ref('bridge_trial_cell_type') }}
    group by cell_type
    union all
    select
        'enrollment' as facet,
        cell_class || ' ' || sponsor_type as label,
        count(*) as n_trials
    from {{ ref('dim_trial') }}
    group by cell_class, sponsor_type
)

select
    coalesce(mart_counts.facet, trial_counts.facet) as facet,
    coalesce(mart_counts.label, trial_counts.label) as label,
    mart_counts.n_trials as n_in_mart,
    trial_counts.n_trials as n_in_bridge,
from mart_counts
full outer join trial_counts
    on mart_counts.facet = trial_counts.facet
    and mart_counts.label = trial_counts.label
where mart_counts.n_trials is distinct from trial_counts.n_trials
