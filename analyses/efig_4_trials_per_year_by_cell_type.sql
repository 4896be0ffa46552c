-- eFig. 4: trials in China by year of registration and cell type; a trial of two counts for both: one row per year and
-- cell type.
with trials as (
    select trial_id, registration_year from {{ ref('dim_trial') }} where is_china and in_study_window
),

labels as (
    select trial_id, cell_type from {{ ref('bridge_trial_cell_type') }}
),

members as (
    select
        trials.trial_id,
        trials.registration_year,
        labels.cell_type,
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
    members.cell_type,
    count(*) as n_trials,
    count(*) * 1.0 / max(years.n_labelled_trials_of_year) as share_of_year,
    max(years.n_labelled_trials_of_year) as n_labelled_trials_of_year,
from members
inner join years
    on members.registration_year = years.registration_year
group by members.registration_year, members.cell_type
order by members.registration_year, members.cell_type
