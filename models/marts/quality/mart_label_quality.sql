-- Recorded quality of the labels: one row per split, source, facet and measure.
with measured as (
    select * from {{ ref('label_quality') }}
),

aims as (
    select * from {{ ref('quality_aims') }}
    where subject = 'label'
),

measurements as (
    select * from {{ ref('int_quality_measurements') }}
    where subject = 'label'
)

select
    measured.split,
    measured.source,
    measured.facet,
    measured.measure,
    measured.value,
    measured.low,
    measured.high,
    measured.numerator,
    measured.denominator,
    measured.n_registrations,
    measured.n_judged,
    measured.n_gold,
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
    on measured.facet = aims.part
    and measured.measure = aims.measure
