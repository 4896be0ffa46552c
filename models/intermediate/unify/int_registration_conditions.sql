-- Conditions of a registration: one row per condition and language.
with registrations as (
    select * from {{ ref('int_registrations') }}
),

conditions as (
    select * from {{ ref('stg_clinicaltrials_gov__conditions') }}
),

chictr as (
    select * from {{ ref('stg_chictr__registrations') }}
),

cde as (
    select * from {{ ref('stg_chinadrugtrials__registrations') }}
),

ictrp_conditions as (
    select * from {{ ref('stg_ictrp__conditions') }}
),

all_layers as (
    select
        conditions.registration_id,
        1 as layer,
        conditions.position,
        conditions.condition,
    from conditions
    union all
    select
        chictr.registration_id,
        1 as layer,
        1 as position,
        chictr.condition_zh as condition,
    from chictr
    union all
    select
        chictr.registration_id,
        1 as layer,
        1 as position,
        chictr.condition_en as condition,
    from chictr
    union all
    select
        cde.registration_id,
        1 as layer,
        1 as position,
        cde.indication as condition,
    from cde
    union all
    select
        ictrp_conditions.registration_id,
        2 as layer,
        ictrp_conditions.position,
        ictrp_conditions.condition,
    from ictrp_conditions
),

best_layer as (
    select all_layers.*
    from all_layers
    where nullif(trim(all_layers.condition), '') is not null
    qualify all_layers.layer = min(all_layers.layer) over (partition by all_layers.registration_id)
)

select
    best_layer.registration_id,
    cast(best_layer.position as integer) as position,
    trim(best_layer.condition) as condition,
    {{ text_language('best_layer.condition') }} as language,
from best_layer
inner join registrations
    on best_layer.registration_id = registrations.registration_id
qualify
    row_number() over (
        partition by best_layer.registration_id, best_layer.position, language
        order by best_layer.condition
    ) = 1
