-- Recorded wrong labels of the tune split: one row per facet, expected and found labels.
with measured as (
    select * from {{ ref('label_confusions') }}
),

measurements as (
    select * from {{ ref('quality_measurements') }}
    where subject = 'label'
),

build as (
    select rule_set_version from {{ ref('int_build_versions') }}
)

select
    measured.facet,
    measured.expected,
    measured.found,
    measured.n_registrations,
    measurements.rule_set_version,
    measurements.measured_on,
    measurements.rule_set_version = build.rule_set_version as is_current,
from measured
cross join measurements
cross join build
