-- eFig. 3: trials in China by year of registration and class: one row per year and class.
with trials as (
    select
        trial_id,
        registration_year,
        cell_class,
    from {{ ref('dim_trial') }}
    where is_china and in_study_window
),

members as (
    select
        trial_id,
        registration_year,
        cell_class,
    from trials
)

select
    members.registration_year,
    members.cell_class,
    count(*) as n_trials,
    count(*) * 1.0 / sum(count(*)) over (partition by members.registration_year) as share_of_year,
    cast(sum(count(*)) over (partition by members.registration_year) as integer) as n_trials_of_year,
from members
group by members.registration_year, members.cell_class
order by members.registration_year, members.cell_class
