-- eFig. 6: trials in China by year of registration and indication group; a trial of two counts for both: one row per
-- year and indication group.
with trials as (
    select trial_id, registration_year from {{ ref('dim_trial') }} where is_china and in_study_window
),

labels as (
    select trial_id, indication_group from {{ ref('bridge_trial_indication') }}
),

members as (
    select
        trials.trial_id,
        trials.registration_year,
        labels.indication_group,
    from trials
    inner join labels
        on trials.trial_id = labels.trial_id
),

years as (
    select
        registration_year,
        count(distinct trial_id) as n_labelled_trials_of_year,
    from members
    group by registration_year
)

select
    members.registration_year,
    members.indication_group,
    count(*) as n_trials,
    count(*) * 1.0 / max(years.n_labelled_trials_of_year) as share_of_year,
    max(years.n_labelled_trials_of_year) as n_labelled_trials_of_year,
from members
inner join years
    on members.registration_year = years.registration_year
group by members.registration_year, members.indication_group
order by members.registration_year, members.indication_group
