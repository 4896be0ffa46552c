-- Identifiers that a registration states in fields made for them, as written: one row per registration, field and position.
-- What ICTRP shows is kept beside what the own registry shows, since ICTRP adds its groups.
{#- Staging model, whether it lists several identifiers of a registration, the field, the column with the identifier, and the
    column that names its issuer. -#}
{%- set sources = [
    ('stg_clinicaltrials_gov__studies', false, 'org_study_id', 'org_study_id', none),
    ('stg_clinicaltrials_gov__aliases', true, 'alias', 'alias', none),
    ('stg_clinicaltrials_gov__secondary_ids', true, 'secondary_id', 'secondary_id', 'domain'),
    ('stg_chictr__registrations', false, 'org_study_id', 'subject_id', none),
    ('stg_chictr__registrations', false, 'partner_id', 'partner_ids', none),
    ('stg_chictr__registrations', false, 'utn', 'utn', none),
    ('stg_chictr__secondary_ids', true, 'secondary_id', 'secondary_id', 'issuer'),
    ('stg_chinadrugtrials__registrations', false, 'protocol_code', 'protocol_code', none),
    ('stg_chinadrugtrials__registrations', false, 'acceptance_number', 'acceptance_number', none),
    ('stg_chinadrugtrials__related_ids', true, 'related_id', 'related_id', none),
    ('stg_ictrp__secondary_ids', true, 'secondary_id', 'secondary_id', none),
    ('stg_ictrp__registrations', false, 'ictrp_parent', 'bridging_flag', none),
    ('stg_ictrp__children', true, 'ictrp_child', 'child_id', none),
] %}

with

registrations as (
    select registration_id from {{ ref('int_registrations') }}
),

stated as (
    {%- for model, has_several, field, identifier, issuer in sources %}
    select
        registration_id,
        '{{ field }}' as field,
        {{ 'position' if has_several else '1' }} as position,
        {{ identifier }} as identifier_text,
        {{ issuer or 'cast(null as varchar)' }} as domain,
    from {{ ref(model) }}
    where trim({{ identifier }}) <> ''
    {%- if not loop.last %}
    union all by name
    {%- endif %}
    {%- endfor %}
),

numbered as (
    select
        registration_id,
        field,
        row_number() over (partition by registration_id, field order by position, identifier_text) as position,
        identifier_text,
        domain,
    from stated
    where
        -- The portal writes a truth value where the full export writes the parent's id.
        not (field = 'ictrp_parent' and lower(trim(identifier_text)) in ('true', 'false', 'yes', 'no', '0', '1'))
)

select
    numbered.registration_id,
    numbered.field,
    cast(numbered.position as integer) as position,
    trim(numbered.identifier_text) as identifier_text,
    numbered.domain,
from numbered
inner join registrations
    on numbered.registration_id = registrations.registration_id
