-- Industry-sponsored and investigator-initiated trials under each rule: one row per rule, sponsor type, class, year of
-- registration and place (China or not).
with trials as (
    select
        trial_id,
        cell_class,
        coalesce(registration_year, 0) as registration_year,
        is_china,
        in_study_window,
    from {{ ref('dim_trial') }}
),

sponsors as (
    select
        trial_id,
        rule,
        sponsor_type,
    from {{ ref('fct_trial_sponsor') }}
),

class_counts as (
    select
        cell_class,
        registration_year,
        is_china,
        n_trials_of_class,
    from {{ ref('int_class_counts') }}
),

sponsor_counts as (
    select
        sponsors.rule,
        sponsors.sponsor_type,
        trials.cell_class,
        trials.registration_year,
        trials.is_china,
        count(*) as n_trials,
        count(case when trials.in_study_window then 1 end) as n_trials_in_study_window,
    from sponsors
    inner join trials
        on sponsors.trial_id = trials.trial_id
    group by
        sponsors.rule,
        sponsors.sponsor_type,
        trials.cell_class,
        trials.registration_year,
        trials.is_china
)

select
    sponsor_counts.rule,
    sponsor_counts.sponsor_type,
    sponsor_counts.cell_class,
    sponsor_counts.registration_year,
    sponsor_counts.is_china,
    cast(sponsor_counts.n_trials as integer) as n_trials,
    cast(sponsor_counts.n_trials_in_study_window as integer) as n_trials_in_study_window,
    cast(class_counts.n_trials_of_class as integer) as n_trials_of_class,
    sponsor_counts.n_trials / cast(class_counts.n_trials_of_class as double) as share_of_class,
from sponsor_counts
inner join class_counts
    on sponsor_counts.cell_class = class_counts.cell_class
    and sponsor_counts.registration_year = class_counts.registration_year
    and sponsor_counts.is_china = class_counts.is_china
