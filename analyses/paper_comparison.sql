-- The published numbers beside the rebuilt ones: one row per figure of the paper and reading of an open rule.
with comparison as (
    select
        figure_id,
        reading_id,
        measure,
        subset,
        unit,
        reading,
        is_default,
        published,
        rebuilt,
        difference,
        n_counted,
        n_denominator,
        n_registrations_at_stake,
        why,
        published_note,
    from {{ ref('mart_paper_comparison') }}
),

registrations as (
    select
        figure_id,
        reading_id,
        registration_id,
        is_counted,
        is_at_stake,
    from {{ ref('mart_paper_comparison_registrations') }}
),

-- Behind the default reading what is counted, behind the others what they treat otherwise.
members as (  -- noqa: ST03
    select
        registrations.registration_id,
        comparison.measure,
        comparison.subset,
        comparison.reading,
        case
            when comparison.is_default then 'counted'
            when registrations.is_counted then 'at stake: counted'
            else 'at stake: not counted'
        end as role,
    from comparison
    inner join registrations
        on
        comparison.figure_id = registrations.figure_id
        and comparison.reading_id = registrations.reading_id
    where
        (comparison.is_default and registrations.is_counted)
        or (not comparison.is_default and registrations.is_at_stake)
)

select
    comparison.figure_id,
    comparison.reading_id,
    comparison.measure,
    comparison.subset,
    comparison.unit,
    comparison.reading,
    comparison.is_default,
    comparison.published,
    comparison.rebuilt,
    comparison.difference,
    comparison.n_counted,
    comparison.n_denominator,
    comparison.n_registrations_at_stake,
    comparison.why,
    comparison.published_note,
from comparison
order by comparison.measure, comparison.subset, comparison.is_default desc, comparison.reading_id
