-- Fig. 2e: planned participants of trials in China by class and sponsor type: one row per trial, enrolment null where
-- the registration states none.
with trials as (
    select
        trial_id,
        cell_class,
        sponsor_type,
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
        target_enrollment,
    from trials
)

select
    members.trial_id,
    members.cell_class,
    members.sponsor_type,
    members.target_enrollment,
from members
order by members.cell_class, members.sponsor_type, members.trial_id
