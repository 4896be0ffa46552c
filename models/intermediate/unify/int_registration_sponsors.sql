-- Organisations behind a registration with their role: one row per registration, role, position and language.
{#- Layer (1 the own registry, 2 ICTRP), staging model, whether it lists several organisations of a registration, the role, the
    column with the name, and the column with the class of ClinicalTrials.gov. -#}
{%- set sources = [
    (1, 'stg_clinicaltrials_gov__studies', false, 'lead', 'lead_sponsor', 'lead_sponsor_class'),
    (1, 'stg_clinicaltrials_gov__collaborators', true, 'collaborator', 'name', 'sponsor_class'),
    (1, 'stg_chictr__registrations', false, 'lead', 'primary_sponsor_en', none),
    (1, 'stg_chictr__registrations', false, 'lead', 'primary_sponsor_zh', none),
    (1, 'stg_chictr__registrations', false, 'applicant', 'applicant_institution_en', none),
    (1, 'stg_chictr__registrations', false, 'applicant', 'applicant_institution_zh', none),
    (1, 'stg_chictr__registrations', false, 'funder', 'funding_en', none),
    (1, 'stg_chictr__registrations', false, 'funder', 'funding_zh', none),
    (1, 'stg_chictr__secondary_sponsors', true, 'secondary_sponsor', 'institution_en', none),
    (1, 'stg_chictr__secondary_sponsors', true, 'secondary_sponsor', 'institution_zh', none),
    (1, 'stg_chinadrugtrials__sponsors', true, 'lead', 'name', none),
    (2, 'stg_ictrp__registrations', false, 'lead', 'primary_sponsor', none),
    (2, 'stg_ictrp__secondary_sponsors', true, 'secondary_sponsor', 'name', none),
    (2, 'stg_ictrp__registrations', false, 'funder', 'source_support', none),
] %}

with

registrations as (
    select registration_id from {{ ref('int_registrations') }}
),

layered as (
    {%- for layer, model, has_several, role, name, sponsor_class in sources %}
    select
        registration_id,
        {{ layer }} as layer,
        '{{ role }}' as role,
        {{ 'position' if has_several else '1' }} as position,
        {{ name }} as name,
        {{ sponsor_class or 'cast(null as varchar)' }} as sponsor_class,
    from {{ ref(model) }}
    where trim({{ name }}) <> ''
    {%- if not loop.last %}
    union all by name
    {%- endif %}
    {%- endfor %}
),

-- of ChinaDrugTrials' applicants the first is the lead
assigned as (
    select
        * exclude (role),
        case when role = 'lead' and position > 1 then 'applicant' else role end as role,
    from layered
),

best_layer as (
    select *
    from assigned
    qualify layer = min(layer) over (partition by registration_id, role)
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
