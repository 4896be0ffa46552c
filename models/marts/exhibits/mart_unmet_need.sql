-- Trials in China beside the deaths and new cases of China, by cancer site: one row per site of the burden table.
with burden as (
    select
        cancer_site,
        deaths,
        new_cases,
        source,
        note,
    from {{ ref('cancer_burden_china_2022') }}
),

trials as (
    select
        trial_id,
        status,
        cell_class,
    from {{ ref('dim_trial') }}
    where is_china and in_study_window and is_oncology
),

open_statuses as (
    select status from {{ ref('status_groups') }} where is_open
),

sites as (
    select trial_id, cancer_site from {{ ref('bridge_trial_cancer_site') }}
),

all_sites as (
    select 'All sites' as cancer_site, trial_id from trials
    union all
    select cancer_site, trial_id from sites
),

counted as (
    select
        all_sites.cancer_site,
        count(*) as n_trials,
        count(open_statuses.status) as n_trials_open,
    from all_sites
    inner join trials
        on all_sites.trial_id = trials.trial_id
    left join open_statuses
        on trials.status = open_statuses.status
    group by all_sites.cancer_site
)

select
    burden.cancer_site,
    cast(burden.deaths as integer) as deaths,
    cast(burden.new_cases as integer) as new_cases,
    cast(coalesce(counted.n_trials, 0) as integer) as n_trials,
    cast(coalesce(counted.n_trials_open, 0) as integer) as n_trials_open,
    coalesce(counted.n_trials, 0) * 10000.0 / burden.deaths as trials_per_10000_deaths,
    coalesce(counted.n_trials, 0) * 10000.0 / burden.new_cases as trials_per_10000_new_cases,
    burden.source,
    burden.note,
from burden
left join counted
    on burden.cancer_site = counted.cancer_site
