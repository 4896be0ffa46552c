-- Trials in China beside deaths and new cases, by cancer site; a trial of two sites counts for both: one row per site
-- of the burden table.
with trials as (
    select trial_id from {{ ref('dim_trial') }} where is_china and in_study_window
),

sites as (
    select
        trial_id,
        cancer_site,
        matched_text,
    from {{ ref('bridge_trial_cancer_site') }}
),

-- The rows behind the points, which the report lists.
members as (  -- noqa: ST03
    select
        trials.trial_id,
        sites.cancer_site,
        sites.matched_text,
    from trials
    inner join sites
        on trials.trial_id = sites.trial_id
),

need as (
    select
        cancer_site,
        deaths,
        new_cases,
        n_trials,
        n_trials_open,
        trials_per_10000_deaths,
        trials_per_10000_new_cases,
        source,
        note,
    from {{ ref('mart_unmet_need') }}
)

select
    need.cancer_site,
    need.deaths,
    need.new_cases,
    need.n_trials,
    need.n_trials_open,
    need.trials_per_10000_deaths,
    need.trials_per_10000_new_cases,
    need.source,
    need.note,
from need
order by need.deaths desc
