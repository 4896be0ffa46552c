-- What changed between the versions that raw holds of the registrations of the landscape: one row per registration, new
-- version, and field that changed; a registration that an earlier cut of its registry did not have yet is one row with
-- the change new_registration.
{%- set fields = ['status', 'phase', 'enrollment', 'start_date', 'public_title', 'condition', 'intervention'] %}
with registrations as (
    select trial_id, registration_id from {{ ref('bridge_trial_registration') }}
),

versions as (
    select
        source,
        registration_id,
        document_hash,
        record_date,
        coalesce(data_cut, valid_from) as cut,
    from {{ ref('stg_raw__versions') }}
),

version_fields as (
    select
        source,
        registration_id,
        document_hash,
        record_date,
        coalesce(data_cut, valid_from) as cut,
        valid_from,
        {%- for field in fields %}
        {{ field }},
        {%- endfor %}
    from {{ ref('stg_raw__version_fields') }}
),

statuses as (
    select raw_status, registry, status from {{ ref('statuses') }}
),

phase_words as (
    select phase_text, phase from {{ ref('phase_words') }}
),

first_cuts as (
    select
        source,
        min(cut) as first_cut,
    from versions
    group by source
),

first_versions as (
    select
        source,
        registration_id,
        min(cut) as first_held,
        min(record_date) as first_record_date,
        min_by(document_hash, cut) as document_hash,
    from versions
    group by source, registration_id
),

new_registrations as (
    select
        first_versions.source,
        first_versions.registration_id,
        first_versions.document_hash,
        'new_registration' as change,
        'registration' as field,
        cast(null as varchar) as old_value,
        first_versions.registration_id as new_value,
        cast(null as varchar) as old_label,
        cast(null as varchar) as new_label,
        cast(null as date) as old_version_date,
        coalesce(first_versions.first_record_date, cast(first_versions.first_held as date)) as new_version_date,
        first_versions.first_held as data_cut,
    from first_versions
    inner join first_cuts
        on first_versions.source = first_cuts.source
    where first_versions.first_held > first_cuts.first_cut
),

fields as (
    {%- for field in fields %}
    select
        source,
        registration_id,
        document_hash,
        record_date,
        cut,
        valid_from,
        '{{ field }}' as field,
        {{ field }} as value,
    from version_fields
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

-- Registries change how they write a status or a phase; what changes here is the meaning.
labelled as (
    select
        fields.source,
        fields.registration_id,
        fields.document_hash,
        fields.record_date,
        fields.cut,
        fields.valid_from,
        fields.field,
        fields.value,
        coalesce(
            status_of_registry.status,
            status_of_any.status,
            phase_words.phase,
            case when fields.field in ('status', 'phase') then lower(fields.value) else fields.value end
        ) as label,
    from fields
    left join statuses as status_of_registry
        on
        fields.field = 'status'
        and fields.source = status_of_registry.registry
        and {{ list_key('fields.value') }} = status_of_registry.raw_status
    left join statuses as status_of_any
        on
        fields.field = 'status'
        and status_of_any.registry = '*'
        and {{ list_key('fields.value') }} = status_of_any.raw_status
    left join phase_words
        on
        fields.field = 'phase'
        and {{ normalise_phase('fields.value') }} = phase_words.phase_text
),

-- The order in which the registry wrote them, not that in which they were imported.
successive as (
    select
        source,
        registration_id,
        document_hash,
        record_date,
        cut,
        field,
        value,
        label,
        lag(value) over history as old_value,
        lag(label) over history as old_label,
        lag(coalesce(record_date, cast(cut as date))) over history as old_version_date,
        row_number() over history as version_number,
    from labelled
    window history as (
        partition by source, registration_id, field
        order by record_date asc nulls first, cut asc, valid_from asc, document_hash asc
    )
),

changed_fields as (
    select
        source,
        registration_id,
        document_hash,
        -- Titles, conditions and interventions are what labels are read from: a change there may reclassify the trial.
        -- A file may have been downloaded without a field: what one version leaves out cannot be told to have moved.
        case
            when label is null or old_label is null then 'field_stated_or_left_out'
            when field in ('public_title', 'condition', 'intervention') then 'text'
            else field
        end as change,
        field,
        old_value,
        value as new_value,
        case when field in ('status', 'phase') then old_label end as old_label,
        case when field in ('status', 'phase') then label end as new_label,
        old_version_date,
        coalesce(record_date, cast(cut as date)) as new_version_date,
        cut as data_cut,
    from successive
    where version_number > 1 and label is distinct from old_label
),

label_history as (
    select
        trial_id,
        labels,
        dbt_scd_id,
        dbt_valid_from,
    from {{ ref('trial_label_history') }}
    where settings = '{{ build_settings() }}'
),

successive_labels as (
    select
        trial_id,
        labels,
        dbt_scd_id,
        dbt_valid_from,
        lag(labels) over (partition by trial_id order by dbt_valid_from) as old_labels,
        lag(dbt_valid_from) over (partition by trial_id order by dbt_valid_from) as old_valid_from,
    from label_history
),

-- What the trial was labelled as in one build and in the next, whether its words changed or the rules did.
reclassified as (
    select
        'labels' as source,
        trial_id as registration_id,
        dbt_scd_id as document_hash,
        'reclassified' as change,
        'labels' as field,
        old_labels as old_value,
        labels as new_value,
        cast(null as varchar) as old_label,
        cast(null as varchar) as new_label,
        cast(old_valid_from as date) as old_version_date,
        cast(dbt_valid_from as date) as new_version_date,
        dbt_valid_from as data_cut,
    from successive_labels
    where old_labels is not null
),

changes as (
    select * from new_registrations
    union all
    select * from changed_fields
    union all
    select * from reclassified
)

select
    changes.source,
    changes.registration_id,
    changes.document_hash,
    registrations.trial_id,
    changes.change,
    changes.field,
    changes.old_value,
    changes.new_value,
    changes.old_label,
    changes.new_label,
    changes.old_version_date,
    changes.new_version_date,
    cast(changes.data_cut as timestamp) as data_cut,
from changes
inner join registrations
    on changes.registration_id = registrations.registration_id
