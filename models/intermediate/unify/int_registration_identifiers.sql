-- Identifiers that a registration states in fields made for them, as written: one row per registration, field and position.
-- What ICTRP
-- shows is kept beside what the own registry shows, since ICTRP adds its groups.
with registrations as (
    select * from {{ ref('int_registrations') }}
),

studies as (
    select * from {{ ref('stg_clinicaltrials_gov__studies') }}
),

aliases as (
    select * from {{ ref('stg_clinicaltrials_gov__aliases') }}
),

secondary_ids as (
    select * from {{ ref('stg_clinicaltrials_gov__secondary_ids') }}
),

chictr as (
    select * from {{ ref('stg_chictr__registrations') }}
),

chictr_secondary_ids as (
    select * from {{ ref('stg_chictr__secondary_ids') }}
),

cde as (
    select * from {{ ref('stg_chinadrugtrials__registrations') }}
),

cde_related_ids as (
    select * from {{ ref('stg_chinadrugtrials__related_ids') }}
),

ictrp as (
    select * from {{ ref('stg_ictrp__registrations') }}
),

ictrp_secondary_ids as (
    select * from {{ ref('stg_ictrp__secondary_ids') }}
),

ictrp_children as (
    select * from {{ ref('stg_ictrp__children') }}
),

stated as (
    select
        studies.registration_id,
        'org_study_id' as field,
        1 as position,
        studies.org_study_id as identifier_text,
        cast(null as varchar) as identifier_type,
        cast(null as varchar) as domain,
    from studies
    union all
    select
        aliases.registration_id,
        'alias' as field,
        aliases.position,
        aliases.alias as identifier_text,
        cast(null as varchar) as identifier_type,
        cast(null as varchar) as domain,
    from aliases
    union all
    select
        secondary_ids.registration_id,
        'secondary_id' as field,
        secondary_ids.position,
        secondary_ids.secondary_id as identifier_text,
        secondary_ids.id_type as identifier_type,
        secondary_ids.domain as domain,
    from secondary_ids
    union all
    select
        chictr.registration_id,
        'org_study_id' as field,
        1 as position,
        chictr.subject_id as identifier_text,
        cast(null as varchar) as identifier_type,
        cast(null as varchar) as domain,
    from chictr
    union all
    select
        chictr.registration_id,
        'partner_id' as field,
        1 as position,
        chictr.partner_ids as identifier_text,
        cast(null as varchar) as identifier_type,
        cast(null as varchar) as domain,
    from chictr
    union all
    select
        chictr.registration_id,
        'utn' as field,
        1 as position,
        chictr.utn as identifier_text,
        cast(null as varchar) as identifier_type,
        cast(null as varchar) as domain,
    from chictr
    union all
    select
        chictr_secondary_ids.registration_id,
        'secondary_id' as field,
        chictr_secondary_ids.position,
        chictr_secondary_ids.secondary_id as identifier_text,
        cast(null as varchar) as identifier_type,
        chictr_secondary_ids.issuer as domain,
    from chictr_secondary_ids
    union all
    select
        cde.registration_id,
        'protocol_code' as field,
        1 as position,
        cde.protocol_code as identifier_text,
        cast(null as varchar) as identifier_type,
        cast(null as varchar) as domain,
    from cde
    union all
    select
        cde.registration_id,
        'acceptance_number' as field,
        1 as position,
        cde.acceptance_number as identifier_text,
        cast(null as varchar) as identifier_type,
        cast(null as varchar) as domain,
    from cde
    union all
    select
        cde_related_ids.registration_id,
        'related_id' as field,
        cde_related_ids.position,
        cde_related_ids.related_id as identifier_text,
        cast(null as varchar) as identifier_type,
        cast(null as varchar) as domain,
    from cde_related_ids
    union all
    select
        ictrp_secondary_ids.registration_id,
        'secondary_id' as field,
        ictrp_secondary_ids.position,
        ictrp_secondary_ids.secondary_id as identifier_text,
        cast(null as varchar) as identifier_type,
        cast(null as varchar) as domain,
    from ictrp_secondary_ids
    union all
    select
        ictrp.registration_id,
        'ictrp_parent' as field,
        1 as position,
        ictrp.bridging_flag as identifier_text,
        cast(null as varchar) as identifier_type,
        cast(null as varchar) as domain,
    from ictrp
    union all
    select
        ictrp_children.registration_id,
        'ictrp_child' as field,
        ictrp_children.position,
        ictrp_children.child_id as identifier_text,
        cast(null as varchar) as identifier_type,
        cast(null as varchar) as domain,
    from ictrp_children
),

numbered as (
    select
        stated.registration_id,
        stated.field,
        row_number() over (
            partition by stated.registration_id, stated.field
            order by stated.position, stated.identifier_text
        ) as position,
        stated.identifier_text,
        stated.identifier_type,
        stated.domain,
    from stated
    where
        nullif(trim(stated.identifier_text), '') is not null
        -- The portal writes a truth value where the full export writes the parent's id.
        and not (
            stated.field = 'ictrp_parent'
            and lower(trim(stated.identifier_text)) in ('true', 'false', 'yes', 'no', '0', '1')
        )
)

select
    numbered.registration_id,
    numbered.field,
    cast(numbered.position as integer) as position,
    trim(numbered.identifier_text) as identifier_text,
    numbered.identifier_type,
    numbered.domain,
from numbered
inner join registrations
    on numbered.registration_id = registrations.registration_id
