-- Planned enrolment of industry-sponsored and investigator-initiated trials: one row per class and sponsor type.
with trials as (
    select
        trial_id,
        cell_class,
        sponsor_type,
        is_china and in_study_window as is_in_china_scope,
        -- A size of 0 is what a withdrawn study is left with, not a plan.
        nullif(target_enrollment, 0) as target_enrollment,
    from {{ ref('dim_trial') }}
),

tests as (
    select
        scope,
        cell_class,
        test,
        statistic,
        p_value,
    from {{ ref('int_enrollment_tests') }}
),

sizes as (
    select
        trials.cell_class,
        trials.sponsor_type,
        count(*) as n_trials,
        count(trials.target_enrollment) as n,
        percentile_cont(0.5) within group (order by trials.target_enrollment) as median,
        percentile_cont(0.25) within group (order by trials.target_enrollment) as q1,
        percentile_cont(0.75) within group (order by trials.target_enrollment) as q3,
        count(case when trials.is_in_china_scope then 1 end) as n_trials_china,
        count(case when trials.is_in_china_scope then trials.target_enrollment end) as n_china,
        percentile_cont(0.5) within group (
            order by case when trials.is_in_china_scope then trials.target_enrollment end
        ) as median_china,
        percentile_cont(0.25) within group (
            order by case when trials.is_in_china_scope then trials.target_enrollment end
        ) as q1_china,
        percentile_cont(0.75) within group (
            order by case when trials.is_in_china_scope then trials.target_enrollment end
        ) as q3_china,
    from trials
    group by trials.cell_class, trials.sponsor_type
)

select
    sizes.cell_class,
    sizes.sponsor_type,
    '{{ var("sponsor_rule") }}' as sponsor_rule,
    cast(sizes.n as integer) as n,
    cast(sizes.n_trials - sizes.n as integer) as n_missing,
    cast(sizes.median as double) as median,
    cast(sizes.q1 as double) as q1,
    cast(sizes.q3 as double) as q3,
    world_tests.test,
    cast(world_tests.statistic as double) as statistic,
    cast(world_tests.p_value as double) as p_value,
    cast(sizes.n_china as integer) as n_china,
    cast(sizes.n_trials_china - sizes.n_china as integer) as n_missing_china,
    cast(sizes.median_china as double) as median_china,
    cast(sizes.q1_china as double) as q1_china,
    cast(sizes.q3_china as double) as q3_china,
    cast(china_tests.statistic as double) as statistic_china,
    cast(china_tests.p_value as double) as p_value_china,
from sizes
left join tests as world_tests
    on sizes.cell_class = world_tests.cell_class
    and world_tests.scope = 'world'
left join tests as china_tests
    on sizes.cell_class = china_tests.cell_class
    and china_tests.scope = 'china'
