-- Registrations in the sense of the WHO data set: one row per registration id. What the own registry says wins, field by
-- field, over what ICTRP shows of the same registration. Registrations after the date of an `as_of` build are not in it.
-- depends_on: {{ ref('title_notes') }}
{%- set cancelled = seed_alternation('title_notes', 'pattern', "effect = 'cancelled'") %}
{%- set notes = seed_alternation('title_notes', 'pattern') %}
{%- set fields = [
    'public_title_raw', 'scientific_title_raw', 'acronym', 'registration_date', 'start_date', 'completion_date',
    'last_update_date', 'status_raw', 'study_type_raw', 'study_design', 'phase_raw', 'target_enrollment',
    'actual_enrollment', 'lead_sponsor', 'lead_sponsor_class', 'allocation', 'is_said_to_be_prospective', 'url',
] %}
with native as (
    select * from {{ ref('int_registrations_native') }}
),

ictrp as (
    select * from {{ ref('int_registrations_ictrp') }}
),

registers as (
    select * from {{ ref('source_registers') }}
),

statuses as (
    select * from {{ ref('statuses') }}
),

study_types as (
    select * from {{ ref('study_types') }}
),

nct_id_anchors as (
    select * from {{ ref('nct_id_anchors') }}
),

defaults as (
    select * from {{ ref('label_defaults') }}
),

merged as (
    select
        coalesce(native.registration_id, ictrp.registration_id) as registration_id,
        coalesce(native.registry, ictrp.registry) as registry,
        coalesce(native.source_register, ictrp.source_register) as source_register,
        {%- for field in fields %}
        coalesce(native.{{ field }}, ictrp.{{ field }}) as {{ field }},
        {%- endfor %}
        native.registration_id is not null as has_native_record,
        ictrp.registration_id is not null as has_ictrp_record,
        coalesce(native.record_date, ictrp.record_date) as record_date,
        coalesce(native.data_cut, ictrp.data_cut) as data_cut,
        coalesce(native.is_sample, ictrp.is_sample) as is_sample,
        {{ list_key('coalesce(native.status_raw, ictrp.status_raw)') }} as status_key,
        {{ list_key('coalesce(native.study_type_raw, ictrp.study_type_raw)') }} as study_type_key,
    from native
    full outer join ictrp
        on native.registration_id = ictrp.registration_id
),

-- A cancelled registration says so in its title only; its status field goes on saying what it said before.
cancellations as (
    select
        merged.registration_id,
        'cancelled' as status_key,
    from merged
    where regexp_matches(merged.public_title_raw, '(?i)^\s*(?:{{ notes }}\s*)*?{{ cancelled }}')
),

-- Where no date is stated, an id still tells: ChiCTR and ChinaDrugTrials ids carry the year, NCT numbers were handed
-- out in order.
id_parts as (
    select
        merged.registration_id,
        case
            when merged.registry = 'clinicaltrials_gov'
                then try_cast(regexp_extract(merged.registration_id, '^NCT(\d{8})$', 1) as bigint)
        end as nct_number,
        case merged.registry
            when 'chictr'
                then 2000 + try_cast(
                    nullif(regexp_extract(merged.registration_id, '^ChiCTR(?:-[A-Z]+-)?(\d{2})', 1), '') as integer
                )
            when 'chinadrugtrials'
                then try_cast(nullif(regexp_extract(merged.registration_id, '^CTR(\d{4})', 1), '') as integer)
        end as id_year,
    from merged
    where merged.registration_date is null
),

anchors as (
    select
        nct_id_anchors.nct_number,
        nct_id_anchors.registered_on,
        lead(nct_id_anchors.nct_number) over (order by nct_id_anchors.nct_number) as next_number,
        lead(nct_id_anchors.registered_on) over (order by nct_id_anchors.nct_number) as next_registered_on,
    from nct_id_anchors
),

estimates as (
    select
        id_parts.registration_id,
        id_parts.id_year,
        anchors.registered_on + cast(coalesce(
            round(
                (id_parts.nct_number - anchors.nct_number)
                * date_diff('day', anchors.registered_on, anchors.next_registered_on)
                / cast(anchors.next_number - anchors.nct_number as double)
            ),
            0
        ) as integer) as estimated_on,
    from id_parts
    asof left join anchors
        on id_parts.nct_number >= anchors.nct_number
)

select
    merged.registration_id,
    merged.registry,
    merged.source_register,
    {{ clean_title('merged.public_title_raw', notes) }} as public_title,
    {{ clean_title('merged.scientific_title_raw', notes) }} as scientific_title,
    {{ tidy('merged.acronym') }} as acronym,
    merged.public_title_raw,
    cancellations.registration_id is not null as is_cancelled,
    merged.registration_date,
    coalesce(year(merged.registration_date), year(estimates.estimated_on), estimates.id_year) as registration_year,
    coalesce(
        merged.registration_date, estimates.estimated_on, try_cast(estimates.id_year || '-07-01' as date)
    ) as registration_date_or_estimate,
    case
        when merged.registration_date is not null then 'stated'
        when estimates.estimated_on is not null then 'estimated_from_number'
        when estimates.id_year is not null then 'year_of_id'
        else 'not_stated'
    end as registration_date_basis,
    merged.start_date,
    merged.completion_date,
    merged.last_update_date,
    coalesce(status_of_registry.status, status_of_any.status, no_status.label) as status,
    merged.status_raw,
    coalesce(study_types.study_type, no_study_type.label) as study_type,
    merged.study_type_raw,
    nullif(merged.study_design, '') as study_design,
    merged.phase_raw,
    cast(merged.target_enrollment as bigint) as target_enrollment,
    cast(merged.actual_enrollment as bigint) as actual_enrollment,
    {{ tidy('merged.lead_sponsor') }} as lead_sponsor,
    merged.lead_sponsor_class,
    merged.allocation,
    case
        when merged.has_native_record and merged.is_said_to_be_prospective is not null
            then merged.is_said_to_be_prospective
        when merged.registration_date is not null and merged.start_date is not null
            then merged.registration_date <= merged.start_date
        else merged.is_said_to_be_prospective
    end as is_prospective,
    coalesce(merged.url, replace(registers.url_template, '{id}', merged.registration_id)) as url,
    merged.has_native_record,
    merged.has_ictrp_record,
    merged.record_date,
    merged.data_cut,
    merged.is_sample,
from merged
left join cancellations
    on merged.registration_id = cancellations.registration_id
left join estimates
    on merged.registration_id = estimates.registration_id
left join registers
    on lower(merged.source_register) = registers.raw_name
inner join defaults as no_status
    on no_status.facet = 'status'
inner join defaults as no_study_type
    on no_study_type.facet = 'study_type'
left join statuses as status_of_registry
    on coalesce(cancellations.status_key, merged.status_key) = status_of_registry.raw_status
    and merged.registry = status_of_registry.registry
left join statuses as status_of_any
    on coalesce(cancellations.status_key, merged.status_key) = status_of_any.raw_status
    and status_of_any.registry = '*'
left join study_types
    on merged.study_type_key = study_types.raw_study_type
{%- if var('as_of') %}
where
    coalesce(
        merged.registration_date, estimates.estimated_on, try_cast(estimates.id_year || '-01-01' as date), date '1900-01-01'
    )
    <= cast('{{ var("as_of") }}' as date)
{%- endif %}
