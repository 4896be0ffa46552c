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
        is_cancelled,
        registration_date_or_estimate,
        registration_date_basis,
        last_update_date,
        url,
        is_sample,
    from {{ ref('int_registrations') }}
),

survivors as (
    select
        trial_id,
        registration_id,
        field,
        value,
    from {{ ref('int_trial_attributes') }}
    where is_winner
),

lead_organisations as (
    select
        name,
        organisation_id,
        organisation,
    from {{ ref('int_lead_organisations') }}
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

-- Where registrations of a trial differ, the rules of survivorship choose (bridge_trial_survivorship keeps what lost).
trial_statements as (
    select
        survivors.trial_id,
        max(case when survivors.field = 'public_title' then survivors.value end) as public_title,
        max(case when survivors.field = 'scientific_title' then survivors.value end) as scientific_title,
        max(case when survivors.field = 'acronym' then survivors.value end) as acronym,
        max(case when survivors.field = 'start_date' then survivors.value end) as start_date,
        max(case when survivors.field = 'completion_date' then survivors.value end) as completion_date,
        max(case when survivors.field = 'status' then survivors.value end) as status,
        max(case when survivors.field = 'study_type' then survivors.value end) as study_type,
        max(case when survivors.field = 'allocation' then survivors.value end) as allocation,
        max(case when survivors.field = 'target_enrollment' then survivors.value end) as target_enrollment,
        max(case when survivors.field = 'actual_enrollment' then survivors.value end) as actual_enrollment,
        max(case when survivors.field = 'lead_sponsor' then survivors.value end) as lead_sponsor,
    from survivors
    group by survivors.trial_id
),

trial_facts as (
    select
        trial_registrations.trial_id,
        max(case when trial_registrations.registration_rank = 1 then registrations.url end) as url,
        max(registrations.last_update_date) as last_update_date,
        bool_and(registrations.is_cancelled) as is_cancelled,
        bool_or(registrations.is_sample) as is_sample,
        count(*) as n_registrations,
        count(distinct trial_registrations.source_register) as n_registers,
    from trial_registrations
    inner join registrations
        on trial_registrations.registration_id = registrations.registration_id
    group by trial_registrations.trial_id
),

-- The stated date that survives comes first. Records without a date still say roughly when they were registered, by their
-- number: where none is stated, the earliest estimate stands.
trial_dates as (
    select
        trial_registrations.trial_id,
        cast(survivors.value as date) as registration_date,
        registrations.registration_date_or_estimate,
        registrations.registration_date_basis,
    from trial_registrations
    inner join registrations
        on trial_registrations.registration_id = registrations.registration_id
    left join survivors
        on trial_registrations.trial_id = survivors.trial_id
        and trial_registrations.registration_id = survivors.registration_id
        and survivors.field = 'registration_date'
    qualify row_number() over (
        partition by trial_registrations.trial_id
        order by
            survivors.value nulls last,
            registrations.registration_date_or_estimate nulls last,
            trial_registrations.registration_rank
    ) = 1
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
    trial_dates.registration_date,
    cast(extract(year from trial_dates.registration_date_or_estimate) as integer) as registration_year,
    trial_dates.registration_date_or_estimate,
    trial_dates.registration_date_basis,
    cast(trial_statements.start_date as date) as start_date,
    cast(trial_statements.completion_date as date) as completion_date,
    trial_facts.last_update_date,
    trial_statements.status,
    trial_facts.is_cancelled,
    cast(trial_statements.target_enrollment as integer) as target_enrollment,
    cast(trial_statements.actual_enrollment as integer) as actual_enrollment,
    trial_statements.study_type,
    trial_statements.allocation,
    trial_statements.lead_sponsor,
    lead_organisations.organisation_id as lead_organisation_id,
    lead_organisations.organisation as lead_organisation,
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
    trial_statements.public_title,
    trial_statements.scientific_title,
    trial_statements.acronym,
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
left join trial_statements
    on trial_facts.trial_id = trial_statements.trial_id
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
left join lead_organisations
    on trial_statements.lead_sponsor = lead_organisations.name
left join in_vivo_trials
    on trial_facts.trial_id = in_vivo_trials.trial_id
left join trial_oncology
    on trial_facts.trial_id = trial_oncology.trial_id
left join trial_countries
    on trial_facts.trial_id = trial_countries.trial_id
left join trial_targets
    on trial_facts.trial_id = trial_targets.trial_id
