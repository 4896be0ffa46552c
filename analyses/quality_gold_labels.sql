-- How right the labels are, measured on registrations that a person labelled: one row per split, source, facet and measure.
-- The split that rules were made on is left out.
with label_quality as (
    select
        split,
        source,
        facet,
        measure,
        value,
        low,
        high,
        numerator,
        denominator,
        n_registrations,
        n_judged,
        n_gold,
        aim,
        reaches_aim,
        rule_set_version,
        code_version,
        measured_on,
        is_current,
    from {{ ref('mart_label_quality') }}
    where split <> 'tune'
),

-- A facet with one label is right or wrong; precision and recall tell more only of the others.
facets_of_several_labels as (
    select distinct facet from label_quality where measure = 'f1' and aim is not null
)

select
    label_quality.split,
    label_quality.source,
    label_quality.facet,
    label_quality.measure,
    label_quality.value,
    label_quality.low,
    label_quality.high,
    label_quality.numerator,
    label_quality.denominator,
    label_quality.n_registrations,
    label_quality.n_judged,
    label_quality.n_gold,
    label_quality.aim,
    label_quality.reaches_aim,
    label_quality.rule_set_version,
    label_quality.code_version,
    label_quality.measured_on,
    label_quality.is_current,
from label_quality
left join facets_of_several_labels
    on label_quality.facet = facets_of_several_labels.facet
where label_quality.measure = 'accuracy' or facets_of_several_labels.facet is not null
order by
    label_quality.split desc, label_quality.source desc, label_quality.aim is null, label_quality.facet,
    label_quality.measure
