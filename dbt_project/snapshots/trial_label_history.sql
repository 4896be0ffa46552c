-- How each trial was labelled in earlier builds with the same switches: a row per trial, set of switches and state of its
-- labels, so that a trial that new rules or new words classify anew is seen. Lives in quality: no build can recreate it.
{% snapshot trial_label_history %}
{{
    config(
        schema='quality',
        unique_key=['trial_id', 'settings'],
        strategy='check',
        check_cols=['labels'],
    )
}}
with trials as (
    select
        trial_id,
        cell_type,
        indication_group,
        phase,
        sponsor_type,
        is_china,
    from {{ ref('dim_trial') }}
    where not is_sample
),

targets as (
    select
        trial_id,
        string_agg(target, ', ' order by target) as targets,
    from {{ ref('bridge_trial_target') }}
    group by trial_id
)

select
    trials.trial_id,
    '{{ build_settings() }}' as settings,
    concat_ws(
        '; ',
        trials.cell_type,
        coalesce(targets.targets, 'no target'),
        trials.indication_group,
        trials.phase,
        trials.sponsor_type,
        case when trials.is_china then 'China' else 'outside China' end
    ) as labels,
from trials
left join targets
    on trials.trial_id = targets.trial_id
{% endsnapshot %}
