-- Where in China trials take place; a trial of several places counts for each: one row per province and city (city
-- null: the province).
with trials as (
    select trial_id from {{ ref('dim_trial') }} where is_china and in_study_window
),

sites as (
    select distinct
        trial_id,
        coalesce(province, 'not_stated') as province,
        coalesce(city, 'not_stated') as city,
    from {{ ref('bridge_trial_site') }}
    where country = 'China'
),

members as (
    select
        trials.trial_id,
        sites.province,
        sites.city,
    from trials
    inner join sites
        on trials.trial_id = sites.trial_id
),

total as (
    select count(distinct trial_id) as n_trials_with_place from members
),

places as (
    select
        members.province,
        cast(null as varchar) as city,
        count(distinct members.trial_id) as n_trials,
    from members
    group by members.province
    union all
    select
        members.province,
        members.city,
        count(distinct members.trial_id) as n_trials,
    from members
    group by members.province, members.city
)

select
    places.province,
    places.city,
    places.n_trials,
    places.n_trials * 1.0 / total.n_trials_with_place as share_of_trials_with_place,
    total.n_trials_with_place,
from places
cross join total
order by places.city nulls first, places.n_trials desc, places.province
