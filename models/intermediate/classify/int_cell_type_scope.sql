-- The evidence for cell types with what the switches of the taxonomy make of it: one row per place, as in
-- int_cell_type_evidence. `scope`: in, or the reason of the switch that keeps the cells out.
with

evidence as (
    select * from {{ ref('int_cell_type_evidence') }}
),

indications as (
    select * from {{ ref('int_registration_indications') }}
),

groups as (
    select * from {{ ref('indication_groups') }}
),

attribute_hits as (
    select * from {{ ref('int_attribute_hits') }}
),

-- blood stem-cell transplantation is standard where every disease that is treated is one for which it is the procedure
transplant_ends as (
    select
        indications.registration_id,
        bool_and(groups.is_hsct_standard) as is_standard,
        bool_and(groups.is_marrow_replaced) as is_marrow_replaced,
    from indications
    inner join groups
        on indications.indication_group = groups.indication_group
    group by indications.registration_id
),

in_vivo as (
    select distinct registration_id
    from attribute_hits
    where label = 'is_in_vivo=true' and tier <> 'mesh'
),

switched as (
    select
        evidence.registration_id,
        evidence.field,
        evidence.tier,
        evidence.evidence_rank,
        evidence.position,
        evidence.language,
        evidence.segment,
        evidence.starts_at,
        evidence.ends_before,
        evidence.matched_text,
        evidence.cell_type,
        evidence.label_position,
        evidence.rule_id,
        evidence.strength,
        evidence.status,
        evidence.is_administered,
        evidence.is_said_to_be_given,
        evidence.context_rule_id,
        case
            when
                not {{ var('include_hsct') }}
                and (
                    evidence.strength = 'procedure'
                    or (evidence.strength = 'bmmnc' and transplant_ends.is_marrow_replaced)
                    or (evidence.strength in ('standard', 'transplant') and coalesce(transplant_ends.is_standard, true))
                )
                then 'hsct_switch_off'
            when not {{ var('include_dli') }} and evidence.strength = 'unmanipulated' then 'dli_switch_off'
            when
                not {{ var('include_pbmc_and_bmmnc') }} and evidence.strength in ('pbmc', 'bmmnc')
                then 'mononuclear_switch_off'
            when
                not {{ var('include_in_vivo_car') }} and in_vivo.registration_id is not null
                then 'in_vivo_car_switch_off'
            else 'in'
        end as scope,
    from evidence
    left join transplant_ends
        on evidence.registration_id = transplant_ends.registration_id
    left join in_vivo
        on evidence.registration_id = in_vivo.registration_id
),

-- general wording beside cells that a switch keeps out means those cells, unless others are named
switches as (
    select
        registration_id,
        min(scope) filter (where scope <> 'in' and status in ('given', 'named')) as scope,
        bool_or(
            scope = 'in' and status in ('given', 'named') and strength not in ('general', 'unspecified', 'origin')
        ) as names_other_cells,
    from switched
    group by registration_id
)

select
    switched.* exclude (scope),
    case
        when
            switched.strength in ('general', 'unspecified')
            and switches.scope is not null
            and not switches.names_other_cells
            then switches.scope
        else switched.scope
    end as scope,
from switched
inner join switches
    on switched.registration_id = switches.registration_id
