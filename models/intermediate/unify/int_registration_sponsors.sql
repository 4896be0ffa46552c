-- Organisations behind a registration with their role: one row per registration, role, position and language.
with registrations as (
    select * from {{ ref('int_registrations') }}
),

studies as (
    select * from {{ ref('stg_clinicaltrials_gov__studies') }}
),

collaborators as (
    select * from {{ ref('stg_clinicaltrials_gov__collaborators') }}
),

chictr as (
    select * from {{ ref('stg_chictr__registrations') }}
),

chictr_secondary_sponsors as (
    select * from {{ ref('stg_chictr__secondary_sponsors') }}
),

cde_sponsors as (
    select * from {{ ref('stg_chinadrugtrials__sponsors') }}
),

ictrp as (
    select * from {{ ref('stg_ictrp__registrations') }}
),

ictrp_secondary_sponsors as (
    select * from {{ ref('stg_ictrp__secondary_sponsors') }}
),

all_layers as (
    select
        studies.registration_id,
        1 as layer,
        'lead' as role,
        1 as position,
        studies.lead_sponsor as name,
        studies.lead_sponsor_class as sponsor_class,
    from studies
    union all
    select
        collaborators.registration_id,
        1 as layer,
        'collaborator' as role,
        collaborators.position,
        collaborators.name as name,
        collaborators.sponsor_class as sponsor_class,
    from collaborators
    union all
    select
        chictr.registration_id,
        1 as layer,
        'lead' as role,
        1 as position,
        chictr.primary_sponsor_en as name,
        cast(null as varchar) as sponsor_class,
    from chictr
    union all
    select
        chictr.registration_id,
        1 as layer,
        'applicant' as role,
        1 as position,
        chictr.applicant_institution_en as name,
        cast(null as varchar) as sponsor_class,
    from chictr
    union all
    select
        chictr.registration_id,
        1 as layer,
        'funder' as role,
        1 as position,
        chictr.funding_en as name,
        cast(null as varchar) as sponsor_class,
    from chictr
    union all
    select
        chictr_secondary_sponsors.registration_id,
        1 as layer,
        'secondary_sponsor' as role,
        chictr_secondary_sponsors.position,
        chictr_secondary_sponsors.institution_en as name,
        cast(null as varchar) as sponsor_class,
    from chictr_secondary_sponsors
    union all
    select
        chictr.registration_id,
        1 as layer,
        'lead' as role,
        1 as position,
        chictr.primary_sponsor_zh as name,
        cast(null as varchar) as sponsor_class,
    from chictr
    union all
    select
        chictr.registration_id,
        1 as layer,
        'applicant' as role,
        1 as position,
        chictr.applicant_institution_zh as name,
        cast(null as varchar) as sponsor_class,
    from chictr
    union all
    select
        chictr.registration_id,
        1 as layer,
        'funder' as role,
        1 as position,
        chictr.funding_zh as name,
        cast(null as varchar) as sponsor_class,
    from chictr
    union all
    select
        chictr_secondary_sponsors.registration_id,
        1 as layer,
        'secondary_sponsor' as role,
        chictr_secondary_sponsors.position,
        chictr_secondary_sponsors.institution_zh as name,
        cast(null as varchar) as sponsor_class,
    from chictr_secondary_sponsors
    union all
    select
        cde_sponsors.registration_id,
        1 as layer,
        case when cde_sponsors.position = 1 then 'lead' else 'applicant' end as role,
        cde_sponsors.position,
        cde_sponsors.name as name,
        cast(null as varchar) as sponsor_class,
    from cde_sponsors
    union all
    select
        ictrp.registration_id,
        2 as layer,
        'lead' as role,
        1 as position,
        ictrp.primary_sponsor as name,
        cast(null as varchar) as sponsor_class,
    from ictrp
    union all
    select
        ictrp_secondary_sponsors.registration_id,
        2 as layer,
        'secondary_sponsor' as role,
        ictrp_secondary_sponsors.position,
        ictrp_secondary_sponsors.name as name,
        cast(null as varchar) as sponsor_class,
    from ictrp_secondary_sponsors
    union all
    select
        ictrp.registration_id,
        2 as layer,
        'funder' as role,
        1 as position,
        ictrp.source_support as name,
        cast(null as varchar) as sponsor_class,
    from ictrp
),

best_layer as (
    select all_layers.*
    from all_layers
    where nullif(trim(all_layers.name), '') is not null
    qualify all_layers.layer = min(all_layers.layer) over (partition by all_layers.registration_id, all_layers.role)
)

select
    best_layer.registration_id,
    best_layer.role,
    cast(best_layer.position as integer) as position,
    {{ tidy('best_layer.name') }} as name,
    {{ text_language('best_layer.name') }} as language,
    best_layer.sponsor_class,
from best_layer
inner join registrations
    on best_layer.registration_id = registrations.registration_id
qualify
    row_number() over (
        partition by best_layer.registration_id, best_layer.role, best_layer.position, language
        order by best_layer.name
    ) = 1
