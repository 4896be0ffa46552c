-- Every text of a registration that labels and links are read from: one row per registration, field, position and language.
-- Where the own registry has a field in a language, what ICTRP shows of it is left out.
-- depends_on: {{ ref('title_notes') }}
{%- set notes = seed_alternation('title_notes', 'pattern') %}
{#- Staging model, whether it lists several texts of a registration, and which field each of its columns fills. ChiCTR states
    the language by the column; elsewhere the text tells it. -#}
{%- set own_records = [
    ('stg_clinicaltrials_gov__studies', false, [
        ('public_title', 'brief_title'),
        ('scientific_title', 'official_title'),
        ('acronym', 'acronym'),
        ('summary', 'brief_summary'),
        ('description', 'detailed_description'),
        ('inclusion_criteria', 'eligibility_criteria'),
    ]),
    ('stg_clinicaltrials_gov__conditions', true, [('condition', 'condition')]),
    ('stg_clinicaltrials_gov__condition_meshes', true, [('condition_mesh', 'mesh_term')]),
    ('stg_clinicaltrials_gov__keywords', true, [('keyword', 'keyword')]),
    ('stg_clinicaltrials_gov__interventions', true, [
        ('intervention_type', 'intervention_type'),
        ('intervention_name', 'name'),
        ('intervention_other_name', 'other_names'),
        ('intervention_description', 'description'),
    ]),
    ('stg_clinicaltrials_gov__arms', true, [('arm_label', 'arm_label'), ('arm_description', 'description')]),
    ('stg_clinicaltrials_gov__primary_outcomes', true, [('primary_outcome', 'measure')]),
    ('stg_clinicaltrials_gov__secondary_outcomes', true, [('secondary_outcome', 'measure')]),
    ('stg_chictr__registrations', false, [
        ('public_title', 'public_title_zh', 'zh'),
        ('public_title', 'public_title_en', 'en'),
        ('scientific_title', 'scientific_title_zh', 'zh'),
        ('scientific_title', 'scientific_title_en', 'en'),
        ('acronym', 'acronym_zh', 'zh'),
        ('acronym', 'acronym_en', 'en'),
        ('condition', 'condition_zh', 'zh'),
        ('condition', 'condition_en', 'en'),
        ('summary', 'objectives_zh', 'zh'),
        ('summary', 'objectives_en', 'en'),
        ('intervention_description', 'treatment_zh', 'zh'),
        ('intervention_description', 'treatment_en', 'en'),
        ('inclusion_criteria', 'inclusion_criteria_zh', 'zh'),
        ('inclusion_criteria', 'inclusion_criteria_en', 'en'),
        ('exclusion_criteria', 'exclusion_criteria_zh', 'zh'),
        ('exclusion_criteria', 'exclusion_criteria_en', 'en'),
    ]),
    ('stg_chictr__arms', true, [
        ('arm_label', 'arm_zh', 'zh'),
        ('arm_label', 'arm_en', 'en'),
        ('intervention_name', 'intervention_zh', 'zh'),
        ('intervention_name', 'intervention_en', 'en'),
    ]),
    ('stg_chictr__outcomes', true, [('primary_outcome', 'name_zh', 'zh'), ('primary_outcome', 'name_en', 'en')]),
    ('stg_chinadrugtrials__registrations', false, [
        ('public_title', 'public_title'),
        ('scientific_title', 'scientific_title'),
        ('condition', 'indication'),
        ('summary', 'purpose'),
        ('intervention_type', 'drug_type'),
        ('intervention_name', 'drug_name'),
        ('intervention_other_name', 'former_drug_name'),
        ('inclusion_criteria', 'inclusion_criteria'),
        ('exclusion_criteria', 'exclusion_criteria'),
    ]),
    ('stg_chinadrugtrials__test_drugs', true, [('intervention_description', 'text')]),
    ('stg_chinadrugtrials__control_drugs', true, [('arm_description', 'text')]),
    ('stg_chinadrugtrials__primary_endpoints', true, [('primary_outcome', 'measure')]),
    ('stg_chinadrugtrials__secondary_endpoints', true, [('secondary_outcome', 'measure')]),
] %}
{%- set ictrp_records = [
    ('stg_ictrp__registrations', false, [
        ('public_title', 'public_title'),
        ('scientific_title', 'scientific_title'),
        ('acronym', 'acronym'),
        ('inclusion_criteria', 'inclusion_criteria'),
        ('exclusion_criteria', 'exclusion_criteria'),
        ('primary_outcome', 'primary_outcome'),
        ('secondary_outcome', 'secondary_outcome'),
    ]),
    ('stg_ictrp__conditions', true, [('condition', 'condition')]),
    ('stg_ictrp__interventions', true, [('intervention_name', 'name'), ('intervention_type', 'intervention_type')]),
] %}
{%- set layers = [('own_texts', own_records), ('ictrp_texts', ictrp_records)] %}

with

registrations as (
    select registration_id from {{ ref('int_registrations') }}
),

{% for layer, records in layers %}
{{ layer }} as (
    {%- for model, has_several, fields in records %}
    {%- set is_last_model = loop.last %}
    {%- for text in fields %}
    select
        registration_id,
        '{{ text[0] }}' as field,
        {{ 'position' if has_several else '1' }} as position,
        {{ "'" ~ text[2] ~ "'" if text | length > 2 else text_language(text[1]) }} as language,
        {{ text[1] }} as text,
    from {{ ref(model) }}
    {%- if not (is_last_model and loop.last) %}
    union all by name
    {%- endif %}
    {%- endfor %}
    {%- endfor %}
),

{% endfor %}
layered as (
    {%- for layer, records in layers %}
    select
        registration_id,
        field,
        position,
        language,
        text,
        {{ loop.index }} as layer,
    from {{ layer }}
    where trim(text) <> ''
    {%- if not loop.last %}
    union all by name
    {%- endif %}
    {%- endfor %}
),

best_layer as (
    select
        registration_id,
        field,
        position,
        language,
        text,
    from layered
    qualify layer = min(layer) over (partition by registration_id, field, language)
)

select
    best_layer.registration_id,
    best_layer.field,
    cast(best_layer.position as integer) as position,
    best_layer.language,
    case
        when best_layer.field = 'public_title' then {{ clean_title('best_layer.text', notes) }}
        else trim(best_layer.text)
    end as text,
from best_layer
inner join registrations
    on best_layer.registration_id = registrations.registration_id
