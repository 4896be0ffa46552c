-- Where in China trials take place: one row per province and city; "not_stated" where a site names none that the
-- province list knows.
with trials as (
    select
        trial_id,
        cell_class,
        sponsor_type,
    from {{ ref('dim_trial') }}
    where is_china and in_study_window
),

sites as (
    select
        trial_id,
        province,
        city,
        facility,
    from {{ ref('bridge_trial_site') }}
    where country = 'China'
)

select
    coalesce(sites.province, 'not_stated') as province,
    coalesce(sites.city, 'not_stated') as city,
    cast(count(distinct trials.trial_id) as integer) as n_trials,
    cast(
        count(distinct trials.trial_id) filter (where trials.cell_class = 'immune_cell') as integer
    ) as n_trials_immune_cell,
    cast(
        count(distinct trials.trial_id) filter (where trials.cell_class = 'stem_cell') as integer
    ) as n_trials_stem_cell,
    cast(
        count(distinct trials.trial_id) filter (where trials.cell_class = 'other_somatic_cell') as integer
    ) as n_trials_other_somatic_cell,
    cast(count(distinct trials.trial_id) filter (where trials.sponsor_type = 'IST') as integer) as n_trials_ist,
    cast(count(distinct sites.facility) as integer) as n_facilities,
from sites
inner join trials
    on sites.trial_id = trials.trial_id
group by coalesce(sites.province, 'not_stated'), coalesce(sites.city, 'not_stated')
