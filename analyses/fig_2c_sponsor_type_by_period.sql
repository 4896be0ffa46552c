-- Fig. 2c: industry-sponsored against investigator-initiated trials in China by class, before and after the drug
-- agency's guideline of December 2017: one row per period, class and sponsor type. The paper's periods both name 2017;
-- here it belongs to the first.
with trials as (
    select
        trial_id,
        cell_class,
        sponsor_type,
        registration_year,
    from {{ ref('dim_trial') }}
    where
        is_china
        and registration_year >= 2000
        and registration_date_or_estimate <= cast('{{ var("study_window_end") }}' as date)
),

members as (
    select
        trial_id,
        case when registration_year <= 2017 then '2000-2017' else 'from 2018' end as period,
        cell_class,
        sponsor_type,
    from trials
)

select
    members.period,
    members.cell_class,
    members.sponsor_type,
    count(*) as n_trials,
    count(*) * 1.0 / sum(count(*)) over (partition by members.period, members.cell_class) as share_of_class_and_period,
    cast(sum(count(*)) over (partition by members.period, members.cell_class) as integer) as n_class_and_period,
from members
group by members.period, members.cell_class, members.sponsor_type
order by members.period, members.cell_class, members.sponsor_type
