-- Each published number beside the rebuilt one, under each reading of an open rule: one row per figure of the paper and
-- reading. Empty while the bundled sample is loaded.
with members as (
    select
        figure_id,
        reading_id,
        is_in_denominator,
        is_counted,
        value,
        is_at_stake,
    from {{ ref('mart_paper_comparison_registrations') }}
),

figures as (
    select
        figure_id,
        measure,
        subset,
        value,
        unit,
        source,
        why,
        note,
    from {{ ref('paper_figures') }}
),

readings as (
    select
        reading_id,
        measure,
        variant,
        is_default,
        title,
        why,
    from {{ ref('paper_readings') }}
),

products as (
    select agency, is_approved_at_study_end, is_valid_at_study_end from {{ ref('mart_approved_products') }}
),

agencies as (
    select paper_term as subset, warehouse_term as agency
    from {{ ref('paper_terms') }}
    where kind = 'jurisdiction_to_agency'
),

trials as (
    select is_sample from {{ ref('dim_trial') }}
),

trial_counts as (
    select
        figure_id,
        reading_id,
        count(*) filter (where is_counted) as n_counted,
        count(*) filter (where is_in_denominator) as n_denominator,
        median(value) filter (where is_counted) as median_value,
        count(*) filter (where is_at_stake) as n_at_stake,
    from members
    group by figure_id, reading_id
),

rebuilt_trials as (
    select
        figures.figure_id,
        readings.reading_id,
        case
            -- A count of nothing is 0; a share or a median of nothing is null.
            when figures.unit = 'count' then coalesce(trial_counts.n_counted, 0) * 1.0
            when figures.unit = 'participants' then trial_counts.median_value
            else round(100.0 * trial_counts.n_counted / nullif(trial_counts.n_denominator, 0), 1)
        end as rebuilt,
        coalesce(trial_counts.n_counted, 0) as n_counted,
        coalesce(trial_counts.n_denominator, 0) as n_denominator,
        coalesce(trial_counts.n_at_stake, 0) as n_at_stake,
    from figures
    inner join readings
        on figures.measure = readings.measure
    left join trial_counts
        on
        figures.figure_id = trial_counts.figure_id
        and readings.reading_id = trial_counts.reading_id
    where
        figures.measure <> 'approved_products'
        and figures.value is not null
        and exists (select 1 from trials where not trials.is_sample)
),

rebuilt_products as (
    select
        figures.figure_id,
        readings.reading_id,
        count(*) * 1.0 as rebuilt,
        count(*) as n_counted,
        cast(null as bigint) as n_denominator,
        cast(null as bigint) as n_at_stake,
    from figures
    inner join readings
        on figures.measure = readings.measure
    inner join agencies
        on figures.subset = agencies.subset
    inner join products
        on agencies.agency = products.agency
    where
        figures.measure = 'approved_products'
        and (
            (readings.variant = 'ever' and products.is_approved_at_study_end)
            or (readings.variant = 'valid' and products.is_valid_at_study_end)
        )
        and exists (select 1 from trials where not trials.is_sample)
    group by figures.figure_id, readings.reading_id
),

rebuilt as (
    select figure_id, reading_id, rebuilt, n_counted, n_denominator, n_at_stake from rebuilt_trials
    union all
    select figure_id, reading_id, rebuilt, n_counted, n_denominator, n_at_stake from rebuilt_products
)

select
    figures.figure_id,
    readings.reading_id,
    figures.measure,
    figures.subset,
    figures.unit,
    readings.title as reading,
    readings.is_default,
    cast(figures.value as double) as published,
    cast(rebuilt.rebuilt as double) as rebuilt,
    cast(rebuilt.rebuilt - figures.value as double) as difference,
    cast(rebuilt.n_counted as integer) as n_counted,
    cast(rebuilt.n_denominator as integer) as n_denominator,
    cast(rebuilt.n_at_stake as integer) as n_registrations_at_stake,
    figures.why || '. ' || readings.why as why,
    figures.note as published_note,
    figures.source,
from rebuilt
inner join figures
    on rebuilt.figure_id = figures.figure_id
inner join readings
    on rebuilt.reading_id = readings.reading_id
