-- Recorded wrong labels of the tune split: one row per facet, expected and found labels.
with measured as (
    select * from {{ ref('label_confusions') }}
),

measurements as (
    select * from {{ ref('int_quality_measurements') }}
    where subject = 'label'
)

select
    measured.facet,
    measured.expected,
    measured.found,
    measured.n_registrations,
    measurements.rule_set_version,
    measurements.measured_on,
    measurements.is_current,
from measured
cross join measurements
