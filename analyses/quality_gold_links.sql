-- How right the links are, measured on pairs that are known: one row per set of pairs, split, measure and threshold of the
-- match weight.
with link_quality as (
    select
        pair_set,
        split,
        measure,
        threshold,
        value,
        low,
        high,
        numerator,
        denominator,
        aim,
        reaches_aim,
        rule_set_version,
        code_version,
        measured_on,
        is_current,
    from {{ ref('mart_link_quality') }}
)

select
    link_quality.pair_set,
    link_quality.split,
    link_quality.measure,
    link_quality.threshold,
    link_quality.value,
    link_quality.low,
    link_quality.high,
    link_quality.numerator,
    link_quality.denominator,
    link_quality.aim,
    link_quality.reaches_aim,
    link_quality.rule_set_version,
    link_quality.code_version,
    link_quality.measured_on,
    link_quality.is_current,
from link_quality
order by
    link_quality.threshold nulls first, link_quality.aim is null, link_quality.pair_set, link_quality.measure,
    link_quality.split
