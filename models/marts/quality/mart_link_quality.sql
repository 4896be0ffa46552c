-- Recorded quality of the links: one row per set of pairs, split, measure and threshold.
with measured as (
    select * from {{ ref('link_quality') }}
),

aims as (
    select * from {{ ref('quality_aims') }}
    where subject = 'link'
),

measurements as (
    select * from {{ ref('int_quality_measurements') }}
    where subject = 'link'
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
    measurements.is_current,
from measured
cross join measurements
left join aims
    on measured.pair_set = aims.part
    and measured.measure = aims.measure
