-- Which registrations each rebuilt number counts, under each reading of an open rule, and which are at stake: one row per
-- figure of the paper, reading and registration. Empty while the bundled sample is loaded.
with trials as (
    select
        trial_id,
        cell_class,
        cell_type,
        indication_group,
        is_oncology,
        phase,
        phase_rollup,
        registration_year,
        -- A size of 0 is what a withdrawn study is left with, not a plan.
        nullif(target_enrollment, 0) as target_enrollment,
    from {{ ref('dim_trial') }}
    where is_china and in_study_window and not is_sample
),

-- The world is asked about for one figure only.
world_trials as (
    select trial_id, registration_year
    from {{ ref('dim_trial') }}
    where in_study_window and not is_sample
),

china_trials as (
    select trial_id, registration_date_or_estimate as registration_date
    from {{ ref('dim_trial') }}
    where is_china and not is_sample
),

registrations as (
    select trial_id, registration_id, registry from {{ ref('bridge_trial_registration') }}
),

other_totals as (
    select
        figure_id,
        registry,
        without_registry,
        cell_type,
        registered_from,
        registered_to,
        counted_registry,
        counted_sponsor_rule,
    from {{ ref('other_totals') }}
),

cell_types as (
    select trial_id, cell_type from {{ ref('bridge_trial_cell_type') }}
),

targets as (
    select trial_id, target, is_stated from {{ ref('bridge_trial_target') }}
),

indications as (
    select trial_id, indication_group from {{ ref('bridge_trial_indication') }}
),

unstated_phases as (
    select label as phase from {{ ref('unstated_labels') }} where facet = 'phase'
),

oncology_groups as (
    select indication_group from {{ ref('indication_groups') }} where is_oncology
),

sponsors as (
    select trial_id, rule, sponsor_type, is_industry from {{ ref('fct_trial_sponsor') }}
),

screening as (
    select
        registration_id,
        registry,
        reason,
    from {{ ref('fct_registration_screening') }}
    where decision = 'excluded'
),

registration_dates as (
    select registration_id, registration_date_or_estimate as registration_date from {{ ref('int_registrations') }}
),

countries as (
    select registration_id, country from {{ ref('int_registration_countries') }}
),

figures as (
    select
        figure_id,
        measure,
        subset,
    from {{ ref('paper_figures') }}
),

readings as (
    select
        reading_id,
        measure,
        variant,
        is_default,
    from {{ ref('paper_readings') }}
),

figure_readings as (
    select
        figures.figure_id,
        figures.measure,
        figures.subset,
        readings.reading_id,
        readings.variant,
        readings.is_default,
    from figures
    inner join readings
        on figures.measure = readings.measure
),

switch_reasons as (
    select paper_term, warehouse_term from {{ ref('paper_terms') }} where kind = 'reading_to_screening_reason'
),

-- Transplantations that the scope switch leaves out; they were not deduplicated, each registration stands for itself.
transplants as (
    select distinct screening.registration_id
    from screening
    inner join switch_reasons
        on screening.reason = switch_reasons.warehouse_term
    inner join registration_dates
        on screening.registration_id = registration_dates.registration_id
    left join countries
        on screening.registration_id = countries.registration_id
    where
        switch_reasons.paper_term = 'transplants_in'
        and (
            countries.country = 'China' or screening.registry = 'chinadrugtrials'
            or (screening.registry = 'chictr' and countries.country is null)
        )
        and registration_dates.registration_date
        between cast('{{ var("study_window_start") }}' as date) and cast('{{ var("study_window_end") }}' as date)
        and exists (select 1 from trials)
),

-- Every reading states who is in the denominator (a row) and who of them is counted (is_counted).
class_members as (
    select
        figure_readings.figure_id,
        figure_readings.reading_id,
        trials.trial_id as registration_id,
        figure_readings.subset = 'all' or trials.cell_class = figure_readings.subset as is_counted,
        cast(null as integer) as value,
    from figure_readings
    cross join trials
    where figure_readings.measure in ('trials', 'class_share')
    union all
    select
        figure_readings.figure_id,
        figure_readings.reading_id,
        transplants.registration_id,
        figure_readings.subset in ('all', 'stem_cell') as is_counted,
        cast(null as integer) as value,
    from figure_readings
    cross join transplants
    where figure_readings.measure in ('trials', 'class_share') and figure_readings.variant = 'transplants_in'
),

cell_type_members as (
    select
        figure_readings.figure_id,
        figure_readings.reading_id,
        trials.trial_id as registration_id,
        case
            when figure_readings.variant = 'any_label'
                then exists (
                    select 1 from cell_types
                    where cell_types.trial_id = trials.trial_id and cell_types.cell_type = figure_readings.subset
                )
            else coalesce(trials.cell_type = figure_readings.subset, false)
        end as is_counted,
        cast(null as integer) as value,
    from figure_readings
    cross join trials
    where figure_readings.measure = 'cell_type_share'
    union all
    select
        figure_readings.figure_id,
        figure_readings.reading_id,
        transplants.registration_id,
        false as is_counted,
        cast(null as integer) as value,
    from figure_readings
    cross join transplants
    where figure_readings.measure = 'cell_type_share' and figure_readings.variant = 'transplants_in'
),

phase_members as (
    select
        figure_readings.figure_id,
        figure_readings.reading_id,
        trials.trial_id as registration_id,
        case
            when figure_readings.variant in ('folded_all', 'folded_stated')
                then trials.phase_rollup = figure_readings.subset
            else trials.phase = figure_readings.subset
        end as is_counted,
        cast(null as integer) as value,
    from figure_readings
    cross join trials
    where
        figure_readings.measure = 'phase_share'
        and (
            figure_readings.variant in ('folded_all', 'apart_all')
            or trials.phase not in (select unstated_phases.phase from unstated_phases)
        )
),

indication_members as (
    select
        figure_readings.figure_id,
        figure_readings.reading_id,
        trials.trial_id as registration_id,
        case
            when figure_readings.measure = 'oncology_share' and figure_readings.variant = 'any_label'
                then trials.is_oncology
            when figure_readings.measure = 'oncology_share'
                then trials.indication_group in (select oncology_groups.indication_group from oncology_groups)
            when figure_readings.variant = 'any_label'
                then exists (
                    select 1 from indications
                    where
                        indications.trial_id = trials.trial_id and indications.indication_group = figure_readings.subset
                )
            else trials.indication_group = figure_readings.subset
        end as is_counted,
        cast(null as integer) as value,
    from figure_readings
    cross join trials
    where figure_readings.measure in ('oncology_share', 'indication_share')
),

trial_targets as (
    select
        targets.trial_id,
        bool_or(targets.target = 'CD19') as is_cd19,
        bool_or(targets.target in ('CD19', 'BCMA')) as is_cd19_or_bcma,
        bool_or(targets.is_stated) as is_named,
    from targets
    group by targets.trial_id
),

car_t_trials as (
    select distinct trial_id from cell_types where cell_type = 'CAR-T'
),

target_members as (
    select
        figure_readings.figure_id,
        figure_readings.reading_id,
        trials.trial_id as registration_id,
        coalesce(trial_targets.is_cd19, false)
        and (
            figure_readings.subset = 'CD19'
            or (figure_readings.variant = 'primary_label' and coalesce(trials.cell_type = 'CAR-T', false))
            or (figure_readings.variant = 'any_label' and car_t_trials.trial_id is not null)
        ) as is_counted,
        cast(null as integer) as value,
    from figure_readings
    cross join trials
    left join trial_targets
        on trials.trial_id = trial_targets.trial_id
    left join car_t_trials
        on trials.trial_id = car_t_trials.trial_id
    where figure_readings.measure = 'target_trials'
    union all
    select
        figure_readings.figure_id,
        figure_readings.reading_id,
        trials.trial_id as registration_id,
        coalesce(trial_targets.is_cd19_or_bcma, false) as is_counted,
        cast(null as integer) as value,
    from figure_readings
    cross join trials
    left join trial_targets
        on trials.trial_id = trial_targets.trial_id
    where
        figure_readings.measure = 'target_share_2021_2023'
        and figure_readings.variant <> 'of_named_targets_world'
        and trials.registration_year between 2021 and 2023
        and (
            figure_readings.variant = 'of_all_trials'
            or (figure_readings.variant = 'of_immune_cell_trials' and trials.cell_class = 'immune_cell')
            or (figure_readings.variant = 'of_receptor_trials' and trial_targets.trial_id is not null)
            or (figure_readings.variant = 'of_named_targets' and coalesce(trial_targets.is_named, false))
        )
    union all
    select
        figure_readings.figure_id,
        figure_readings.reading_id,
        world_trials.trial_id as registration_id,
        trial_targets.is_cd19_or_bcma as is_counted,
        cast(null as integer) as value,
    from figure_readings
    cross join world_trials
    inner join trial_targets
        on world_trials.trial_id = trial_targets.trial_id
    where
        figure_readings.measure = 'target_share_2021_2023_world'
        and world_trials.registration_year between 2021 and 2023
        and trial_targets.is_named
    union all
    select
        figure_readings.figure_id,
        figure_readings.reading_id,
        trials.trial_id as registration_id,
        trial_targets.is_cd19 as is_counted,
        cast(null as integer) as value,
    from figure_readings
    cross join trials
    inner join trial_targets
        on trials.trial_id = trial_targets.trial_id
    where
        figure_readings.measure = 'target_share'
        and (trial_targets.is_named or figure_readings.variant = 'of_receptor_trials')
    union all
    select
        figure_readings.figure_id,
        figure_readings.reading_id,
        trials.trial_id as registration_id,
        coalesce(trials.cell_type = 'CAR-T', false)
        or (figure_readings.variant = 'any_label' and car_t_trials.trial_id is not null) as is_counted,
        cast(null as integer) as value,
    from figure_readings
    cross join trials
    inner join trial_targets
        on trials.trial_id = trial_targets.trial_id
    left join car_t_trials
        on trials.trial_id = car_t_trials.trial_id
    where figure_readings.measure = 'cell_type_share_of_cd19' and trial_targets.is_cd19
),

sponsor_members as (
    select
        figure_readings.figure_id,
        figure_readings.reading_id,
        trials.trial_id as registration_id,
        sponsors.sponsor_type = figure_readings.subset as is_counted,
        cast(null as integer) as value,
    from figure_readings
    inner join sponsors
        on figure_readings.variant = sponsors.rule
    inner join trials
        on sponsors.trial_id = trials.trial_id
    where figure_readings.measure in ('sponsor_trials', 'sponsor_share')
),

enrollment_members as (
    select
        figure_readings.figure_id,
        figure_readings.reading_id,
        trials.trial_id as registration_id,
        true as is_counted,
        trials.target_enrollment as value,
    from figure_readings
    inner join sponsors
        on figure_readings.variant = sponsors.rule
    inner join trials
        on
        sponsors.trial_id = trials.trial_id
        and figure_readings.subset = trials.cell_class || ' ' || sponsors.sponsor_type
    where figure_readings.measure = 'median_target_enrollment' and trials.target_enrollment is not null
),

-- Totals of other authors have windows and registers of their own; the study window does not bind them.
total_members as (
    select distinct
        figure_readings.figure_id,
        figure_readings.reading_id,
        china_trials.trial_id as registration_id,
        (other_totals.counted_registry is null or counted_registrations.trial_id is not null)
        and (other_totals.counted_sponsor_rule is null or industry_trials.trial_id is not null) as is_counted,
        cast(null as integer) as value,
    from figure_readings
    inner join other_totals
        on figure_readings.figure_id = other_totals.figure_id
    inner join china_trials
        on
        china_trials.registration_date >= coalesce(other_totals.registered_from, china_trials.registration_date)
        and china_trials.registration_date <= coalesce(other_totals.registered_to, china_trials.registration_date)
    inner join registrations
        on
        china_trials.trial_id = registrations.trial_id
        and registrations.registry = coalesce(other_totals.registry, registrations.registry)
    inner join cell_types
        on
        china_trials.trial_id = cell_types.trial_id
        and cell_types.cell_type = coalesce(other_totals.cell_type, cell_types.cell_type)
    left join registrations as excluded_registrations
        on
        china_trials.trial_id = excluded_registrations.trial_id
        and other_totals.without_registry = excluded_registrations.registry
    left join registrations as counted_registrations
        on
        china_trials.trial_id = counted_registrations.trial_id
        and other_totals.counted_registry = counted_registrations.registry
    left join sponsors as industry_trials
        on
        china_trials.trial_id = industry_trials.trial_id
        and other_totals.counted_sponsor_rule = industry_trials.rule
        and industry_trials.is_industry
    where excluded_registrations.registration_id is null
),

members as (
    select figure_id, reading_id, registration_id, is_counted, value from class_members
    union all
    select figure_id, reading_id, registration_id, is_counted, value from cell_type_members
    union all
    select figure_id, reading_id, registration_id, is_counted, value from phase_members
    union all
    select figure_id, reading_id, registration_id, is_counted, value from indication_members
    union all
    select figure_id, reading_id, registration_id, is_counted, value from target_members
    union all
    select figure_id, reading_id, registration_id, is_counted, value from sponsor_members
    union all
    select figure_id, reading_id, registration_id, is_counted, value from enrollment_members
    union all
    select figure_id, reading_id, registration_id, is_counted, value from total_members
),

default_members as (
    select
        members.figure_id,
        members.registration_id,
        coalesce(members.is_counted, false) as is_counted,
    from members
    inner join figure_readings
        on
        members.figure_id = figure_readings.figure_id
        and members.reading_id = figure_readings.reading_id
    where figure_readings.is_default
),

-- What the default reading looks at, and this one looks away from.
left_out as (
    select
        default_members.figure_id,
        figure_readings.reading_id,
        default_members.registration_id,
    from default_members
    inner join figure_readings
        on default_members.figure_id = figure_readings.figure_id
    left join members
        on
        figure_readings.figure_id = members.figure_id
        and figure_readings.reading_id = members.reading_id
        and default_members.registration_id = members.registration_id
    where members.registration_id is null
),

looked_at as (
    select
        figure_id,
        reading_id,
        registration_id,
        true as is_in_denominator,
        coalesce(is_counted, false) as is_counted,
        value,
    from members
    union all
    select
        figure_id,
        reading_id,
        registration_id,
        false as is_in_denominator,
        false as is_counted,
        cast(null as integer) as value,
    from left_out
)

select
    looked_at.figure_id,
    looked_at.reading_id,
    looked_at.registration_id,
    looked_at.is_in_denominator,
    looked_at.is_counted,
    cast(looked_at.value as integer) as value,
    -- What this reading moves: into or out of the count, or into or out of what it is a share of.
    not looked_at.is_in_denominator
    or default_members.registration_id is null
    or looked_at.is_counted <> default_members.is_counted as is_at_stake,
from looked_at
left join default_members
    on
    looked_at.figure_id = default_members.figure_id
    and looked_at.registration_id = default_members.registration_id
