-- The evidence for cell types with what the switches of the taxonomy make of it: one row per place, as in
-- int_cell_type_evidence. `scope`: in, or the reason of the switch that keeps the cells out (seed cell_type_switches).
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

strengths as (
    select * from {{ ref('cell_type_strengths') }}
),

switches as (
    select * from {{ ref('cell_type_switches') }}
),

switches_off as (
    select
        switches.condition,
        switches.reason,
        switches.priority,
        strengths.strength,
    from switches
    inner join strengths
        on switches.strength in (strengths.strength, '*')
    where
        case switches.switch
            {%- for switch in ['include_hsct', 'include_dli', 'include_pbmc_and_bmmnc', 'include_in_vivo_car'] %}
            when '{{ switch }}' then not {{ var(switch) }}
            {%- endfor %}
        end
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

conditions as (
    select registration_id, 'always' as condition
    from transplant_ends

    union all

    select registration_id, 'transplant_is_standard' as condition
    from transplant_ends
    where is_standard

    union all

    select registration_id, 'marrow_is_replaced' as condition
    from transplant_ends
    where is_marrow_replaced

    union all

    select distinct registration_id, 'delivered_in_vivo' as condition
    from attribute_hits
    where label = 'is_in_vivo=true' and tier <> 'mesh'
),

kept_out as (
    select
        conditions.registration_id,
        switches_off.strength,
        switches_off.reason,
    from conditions
    inner join switches_off
        on conditions.condition = switches_off.condition
    qualify row_number() over (
        partition by conditions.registration_id, switches_off.strength order by switches_off.priority
    ) = 1
),

switched as (
    select
        evidence.*,
        coalesce(kept_out.reason, 'in') as scope,
    from evidence
    left join kept_out
        on evidence.registration_id = kept_out.registration_id
        and evidence.strength = kept_out.strength
),

-- general wording beside cells that a switch keeps out means those cells, unless others are named
beside_general_wording as (
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
    switched.registration_id,
    switched.field,
    switched.tier,
    switched.evidence_rank,
    switched.position,
    switched.language,
    switched.segment,
    switched.starts_at,
    switched.matched_text,
    switched.cell_type,
    switched.label_position,
    switched.rule_id,
    switched.strength,
    switched.status,
    switched.is_administered,
    switched.is_said_to_be_given,
    switched.context_rule_id,
    case
        when
            switched.strength in ('general', 'unspecified')
            and beside_general_wording.scope is not null
            and not beside_general_wording.names_other_cells
            then beside_general_wording.scope
        else switched.scope
    end as scope,
from switched
inner join beside_general_wording
    on switched.registration_id = beside_general_wording.registration_id
