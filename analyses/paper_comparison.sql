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
