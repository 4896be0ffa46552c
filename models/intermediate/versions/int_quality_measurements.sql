-- When and with which rules the labels and the links were last measured, and whether these are the rules of this build: one row
-- per subject (label, link).
with measurements as (
    select * from {{ ref('quality_measurements') }}
),

build as (
    select rule_set_version from {{ ref('int_build_versions') }}
)

select
    measurements.subject,
    measurements.rule_set_version,
    measurements.code_version,
    measurements.gold_hash,
    measurements.measured_on,
    measurements.rule_set_version = build.rule_set_version as is_current,
from measurements
cross join build
