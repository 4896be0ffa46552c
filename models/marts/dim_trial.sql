-- Cell-therapy trials of the world, deduplicated over the registries: one row per trial.
with trial_registrations as (
    select
        trial_id,
        registration_id,
        registry,
        source_register,
        registration_rank,
    from {{ ref('bridge_trial_registration') }}
),

registrations as (
    select
        registration_id,
        public_title,
        scientific_title,
        acronym,
        is_cancelled,
        registration_date,
        registration_date_or_estimate,
        registration_date_basis,
        start_date,
        completion_date,
        last_update_date,
        status,
        study_type,
        allocation,
        target_enrollment,
        actual_enrollment,
        lead_sponsor,
        url,
        is_sample,
    from {{ ref('int_registrations') }}
),

cell_types as (
    select
        trial_id,
        cell_class,
        cell_type,
        is_primary,
    from {{ ref('bridge_trial_cell_type') }}
),

indications as (
    select
        trial_id,
        indication_group,
        is_primary,
    from {{ ref('bridge_trial_indication') }}
),

targets as (
    select
        trial_id,
        target,
    from {{ ref('bridge_trial_target') }}
),

attributes as (
    select
        trial_id,
        attribute,
        value,
        is_primary,
    from {{ ref('bridge_trial_attribute_evidence') }}
),

sponsors as (
    select
        trial_id,
        rule,
        sponsor_type,
    from {{ ref('fct_trial_sponsor') }}
),

countries as (
    select
        registration_id,
        country,
    from {{ ref('int_registration_countries') }}
),

china_countries as (
    select country from {{ ref('china_scope') }}{{ ' where is_mainland' if not var('china_includes_hk_mo_tw') }}
),

phases as (
    select
        phase,
        phase_rollup,
    from {{ ref('phases') }}
),

indication_groups as (
    select
        indication_group,
        is_oncology,
    from {{ ref('indication_groups') }}
),

-- What the registrations of a trial say, the primary one first; what it leaves open comes from the next that states it.
trial_facts as (
    select
        trial_registrations.trial_id,
        min_by(registrations.public_title, trial_registrations.registration_rank) as public_title,
        min_by(registrations.scientific_title, trial_registrations.registration_rank) as scientific_title,
        min_by(registrations.acronym, trial_registrations.registration_rank) as acronym,
        min_by(registrations.registration_date, trial_registrations.registration_rank) as registration_date,
        min_by(
            registrations.registration_date_or_estimate, trial_registrations.registration_rank
        ) as registration_date_or_estimate,
        min_by(registrations.registration_date_basis, trial_registrations.registration_rank) as registration_date_basis,
        min_by(registrations.start_date, trial_registrations.registration_rank) as start_date,
        min_by(registrations.completion_date, trial_registrations.registration_rank) as completion_date,
        min_by(registrations.last_update_date, trial_registrations.registration_rank) as last_update_date,
        min_by(registrations.status, trial_registrations.registration_rank) as status,
        min_by(registrations.study_type, trial_registrations.registration_rank) as study_type,
        min_by(registrations.allocation, trial_registrations.registration_rank) as allocation,
        min_by(registrations.target_enrollment, trial_registrations.registration_rank) as target_enrollment,
        min_by(registrations.actual_enrollment, trial_registrations.registration_rank) as actual_enrollment,
        min_by(registrations.lead_sponsor, trial_registrations.registration_rank) as lead_sponsor,
        min_by(registrations.url, trial_registrations.registration_rank) as url,
        bool_and(registrations.is_cancelled) as is_cancelled,
        bool_or(registrations.is_sample) as is_sample,
        count(*) as n_registrations,
        count(distinct trial_registrations.source_register) as n_registers,
    from trial_registrations
    inner join registrations
        on trial_registrations.registration_id = registrations.registration_id
    group by trial_registrations.trial_id
),

-- Records without a date still say roughly when they were registered, by their number.
trial_dates as (
    select
        trial_facts.trial_id,
        coalesce(
            trial_facts.registration_date, trial_facts.registration_date_or_estimate
        ) as registration_date_or_estimate,
        case
            when trial_facts.registration_date is not null then 'stated'
            else trial_facts.registration_date_basis
        end as registration_date_basis,
    from trial_facts
),

-- Where each registration places its trial: in China, elsewhere, or nowhere that it says.
registration_places as (
    select
        trial_registrations.trial_id,
        trial_registrations.registration_id,
        trial_registrations.registry,
        coalesce(bool_or(china_countries.country is not null), false) as names_china,
        coalesce(bool_or(countries.country is not null and china_countries.country is null), false) as names_elsewhere,
    from trial_registrations
    left join countries
        on trial_registrations.registration_id = countries.registration_id
    left join china_countries
        on countries.country = china_countries.country
    group by
        trial_registrations.trial_id,
        trial_registrations.registration_id,
        trial_registrations.registry
),

trial_places as (
    select
        registration_places.trial_id,
        bool_or(registration_places.names_china) as names_china,
        bool_or(registration_places.registry = 'chinadrugtrials') as is_in_chinadrugtrials,
        bool_or(registration_places.registry = 'chictr' and not registration_places.names_elsewhere)
            as is_chictr_only_china,
    from registration_places
    group by registration_places.trial_id
),

trial_countries as (
    select
        trial_registrations.trial_id,
        count(distinct countries.country) as n_countries,
    from trial_registrations
    inner join countries
        on trial_registrations.registration_id = countries.registration_id
    group by trial_registrations.trial_id
),

trial_oncology as (
    select
        indications.trial_id,
        bool_or(indication_groups.is_oncology) as is_oncology,
    from indications
    inner join indication_groups
        on indications.indication_group = indication_groups.indication_group
    group by indications.trial_id
),

trial_targets as (
    select
        targets.trial_id,
        count(*) as n_targets,
    from targets
    group by targets.trial_id
),

trial_attributes as (
    select
        attributes.trial_id,
        max(case when attributes.attribute = 'study_kind' then attributes.value end) as study_kind,
        max(case when attributes.attribute = 'cell_source' then attributes.value end) as cell_source,
        max(case when attributes.attribute = 'donor' then attributes.value end) as donor,
        max(case when attributes.attribute = 'phase' then attributes.value end) as phase,
    from attributes
    where attributes.is_primary
    group by attributes.trial_id
),

in_vivo_trials as (
    select distinct attributes.trial_id
    from attributes
    where
        attributes.attribute = 'is_in_vivo'
        and attributes.value = 'true'
)

select
    trial_facts.trial_id,
    cell_types.cell_class,
    cell_types.cell_type,
    indications.indication_group,
    coalesce(trial_oncology.is_oncology, false) as is_oncology,
    trial_attributes.phase,
    phases.phase_rollup,
    sponsors.sponsor_type,
    trial_attributes.study_kind,
    trial_attributes.cell_source,
    trial_attributes.donor,
    in_vivo_trials.trial_id is not null as is_in_vivo,
    trial_facts.registration_date,
    cast(extract(year from trial_dates.registration_date_or_estimate) as integer) as registration_year,
    trial_dates.registration_date_or_estimate,
    trial_dates.registration_date_basis,
    trial_facts.start_date,
    trial_facts.completion_date,
    trial_facts.last_update_date,
    trial_facts.status,
    trial_facts.is_cancelled,
    cast(trial_facts.target_enrollment as integer) as target_enrollment,
    cast(trial_facts.actual_enrollment as integer) as actual_enrollment,
    trial_facts.study_type,
    trial_facts.allocation,
    trial_facts.lead_sponsor,
    trial_places.names_china or trial_places.is_in_chinadrugtrials or trial_places.is_chictr_only_china as is_china,
    case
        when trial_places.names_china then 'country_named'
        when trial_places.is_in_chinadrugtrials then 'chinadrugtrials_registration'
        when trial_places.is_chictr_only_china then 'chictr_without_foreign_country'
    end as china_basis,
    coalesce(
        trial_dates.registration_date_or_estimate
        between cast('{{ var("study_window_start") }}' as date) and cast('{{ var("study_window_end") }}' as date),
        false
    ) as in_study_window,
    trial_facts.public_title,
    trial_facts.scientific_title,
    trial_facts.acronym,
    primary_registrations.registry,
    primary_registrations.source_register,
    trial_facts.url,
    cast(trial_facts.n_registrations as integer) as n_registrations,
    cast(trial_facts.n_registers as integer) as n_registers,
    cast(coalesce(trial_countries.n_countries, 0) as integer) as n_countries,
    cast(coalesce(trial_targets.n_targets, 0) as integer) as n_targets,
    trial_facts.is_sample,
from trial_facts
inner join trial_registrations as primary_registrations
    on trial_facts.trial_id = primary_registrations.trial_id
    and primary_registrations.registration_rank = 1
inner join trial_dates
    on trial_facts.trial_id = trial_dates.trial_id
inner join trial_places
    on trial_facts.trial_id = trial_places.trial_id
left join cell_types
    on trial_facts.trial_id = cell_types.trial_id
    and cell_types.is_primary
left join indications
    on trial_facts.trial_id = indications.trial_id
    and indications.is_primary
left join sponsors
    on trial_facts.trial_id = sponsors.trial_id
    and sponsors.rule = '{{ var("sponsor_rule") }}'
left join trial_attributes
    on trial_facts.trial_id = trial_attributes.trial_id
left join phases
    on trial_attributes.phase = phases.phase
left join in_vivo_trials
    on trial_facts.trial_id = in_vivo_trials.trial_id
left join trial_oncology
    on trial_facts.trial_id = trial_oncology.trial_id
left join trial_countries
    on trial_facts.trial_id = trial_countries.trial_id
left join trial_targets
    on trial_facts.trial_id = trial_targets.trial_id
