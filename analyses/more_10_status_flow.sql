-- Where the trials in China stand, and the participants they plan: one row per class, sponsor type and status.
with trials as (
    select
        trial_id,
        cell_class,
        sponsor_type,
        status,
        -- A size of 0 is what a withdrawn study is left with, not a plan.
        nullif(target_enrollment, 0) as target_enrollment,
    from {{ ref('dim_trial') }}
    where is_china and in_study_window
),

members as (
    select
        trial_id,
        cell_class,
        sponsor_type,
        status,
        target_enrollment,
    from trials
)

select
    members.cell_class,
    members.sponsor_type,
    members.status,
    count(*) as n_trials,
    count(members.target_enrollment) as n_trials_with_enrollment,
    sum(members.target_enrollment) as target_enrollment,
    count(*) * 1.0 / sum(count(*)) over (
        partition by members.cell_class, members.sponsor_type
    ) as share_of_class_and_sponsor_type,
    cast(sum(count(*)) over (
        partition by members.cell_class, members.sponsor_type
    ) as integer) as n_class_and_sponsor_type,
from members
group by members.cell_class, members.sponsor_type, members.status
order by members.cell_class, members.sponsor_type, n_trials desc, members.status
