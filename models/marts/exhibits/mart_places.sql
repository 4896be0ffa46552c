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

sponsor_types as (
    select
        sponsor_type,
        is_industry,
    from {{ ref('sponsor_types') }}
),

sites as (
    select
        trial_id,
        coalesce(province, 'not_stated') as province,
        coalesce(city, 'not_stated') as city,
        facility,
    from {{ ref('bridge_trial_site') }}
    where country = 'China'
)

select
    sites.province,
    sites.city,
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
    cast(count(distinct trials.trial_id) filter (where sponsor_types.is_industry) as integer) as n_trials_ist,
    cast(count(distinct sites.facility) as integer) as n_facilities,
from sites
inner join trials
    on sites.trial_id = trials.trial_id
inner join sponsor_types
    on trials.sponsor_type = sponsor_types.sponsor_type
group by sites.province, sites.city
