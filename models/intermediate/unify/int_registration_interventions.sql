-- Interventions of a registration: one row per intervention.
with registrations as (
    select * from {{ ref('int_registrations') }}
),

interventions as (
    select * from {{ ref('stg_clinicaltrials_gov__interventions') }}
),

chictr_arms as (
    select * from {{ ref('stg_chictr__arms') }}
),

cde as (
    select * from {{ ref('stg_chinadrugtrials__registrations') }}
),

ictrp_interventions as (
    select * from {{ ref('stg_ictrp__interventions') }}
),

all_layers as (
    select
        interventions.registration_id,
        1 as layer,
        interventions.position,
        interventions.intervention_type,
        interventions.name,
        interventions.description,
        interventions.other_names,
    from interventions
    union all
    select
        chictr_arms.registration_id,
        1 as layer,
        chictr_arms.position,
        cast(null as varchar) as intervention_type,
        coalesce(chictr_arms.intervention_en, chictr_arms.intervention_zh) as name,
        concat_ws(': ', coalesce(chictr_arms.arm_en, chictr_arms.arm_zh), chictr_arms.intervention_zh) as description,
        cast(null as varchar) as other_names,
    from chictr_arms
    union all
    select
        cde.registration_id,
        1 as layer,
        1 as position,
        cde.drug_type as intervention_type,
        cde.drug_name as name,
        cast(null as varchar) as description,
        cde.former_drug_name as other_names,
    from cde
    union all
    select
        ictrp_interventions.registration_id,
        2 as layer,
        ictrp_interventions.position,
        ictrp_interventions.intervention_type,
        ictrp_interventions.name,
        cast(null as varchar) as description,
        cast(null as varchar) as other_names,
    from ictrp_interventions
),

best_layer as (
    select all_layers.*
    from all_layers
    where nullif(trim(all_layers.name), '') is not null
    qualify all_layers.layer = min(all_layers.layer) over (partition by all_layers.registration_id)
)

select
    best_layer.registration_id,
    cast(best_layer.position as integer) as position,
    best_layer.intervention_type,
    trim(best_layer.name) as name,
    best_layer.description,
    best_layer.other_names,
from best_layer
inner join registrations
    on best_layer.registration_id = registrations.registration_id
