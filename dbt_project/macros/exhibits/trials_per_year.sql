{#
    Trials in China by year of registration and a label that a trial may have several of: the CTEs and the last select of eFig. 4-6.
    `labels` is the bridge from trial to label, `condition` what its rows must meet. The CTE `members` is what the report
    lists behind the bars.
#}
{% macro trials_per_year(labels, label, condition='true') -%}
with trials as (
    select trial_id, registration_year from {{ ref('dim_trial') }} where is_china and in_study_window
),

labels as (
    select trial_id, {{ label }} from {{ labels }} where {{ condition }}
),

members as (
    select
        trials.trial_id,
        trials.registration_year,
        labels.{{ label }},
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
    members.{{ label }},
    count(*) as n_trials,
    count(*) * 1.0 / max(years.n_labelled_trials_of_year) as share_of_year,
    max(years.n_labelled_trials_of_year) as n_labelled_trials_of_year,
from members
inner join years
    on members.registration_year = years.registration_year
group by members.registration_year, members.{{ label }}
order by members.registration_year, members.{{ label }}
{%- endmacro %}
