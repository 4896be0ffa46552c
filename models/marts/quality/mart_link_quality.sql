-- Recorded quality of the links: one row per set of pairs, split, measure and threshold.
with measured as (
    select * from {{ ref('link_quality') }}
),

aims as (
    select * from {{ ref('quality_aims') }}
    where subject = 'link'
),

measurements as (
    select * from {{ ref('quality_measurements') }}
    where subject = 'link'
),

build as (
    select rule_set_version from {{ ref('int_build_versions') }}
)

select
    measured.pair_set,
    measured.split,
    measured.measure,
    measured.threshold,
    measured.value,
    measured.low,
    measured.high,
    measured.numerator,
    measured.denominator,
    aims.aim,
    measured.value >= aims.aim as reaches_aim,
    measurements.rule_set_version,
    measurements.code_version,
    measurements.gold_hash,
    measurements.measured_on,
    measurements.rule_set_version = build.rule_set_version as is_current,
from measured
cross join measurements
cross join build
left join aims
    on measured.pair_set = aims.part
    and measured.measure = aims.measure
