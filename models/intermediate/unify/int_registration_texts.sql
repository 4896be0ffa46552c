-- Every text of a registration that labels and links are read from: one row per registration, field, position and language.
-- Where
-- the own registry has a field in a language, what ICTRP shows of it is left out.
-- depends_on: {{ ref('title_notes') }}
{%- set notes = seed_alternation('title_notes', 'pattern') %}
with registrations as (
    select * from {{ ref('int_registrations') }}
),

studies as (
    select * from {{ ref('stg_clinicaltrials_gov__studies') }}
),

conditions as (
    select * from {{ ref('stg_clinicaltrials_gov__conditions') }}
),

condition_meshes as (
    select * from {{ ref('stg_clinicaltrials_gov__condition_meshes') }}
),

keywords as (
    select * from {{ ref('stg_clinicaltrials_gov__keywords') }}
),

interventions as (
    select * from {{ ref('stg_clinicaltrials_gov__interventions') }}
),

arms as (
    select * from {{ ref('stg_clinicaltrials_gov__arms') }}
),

primary_outcomes as (
    select * from {{ ref('stg_clinicaltrials_gov__primary_outcomes') }}
),

secondary_outcomes as (
    select * from {{ ref('stg_clinicaltrials_gov__secondary_outcomes') }}
),

chictr as (
    select * from {{ ref('stg_chictr__registrations') }}
),

chictr_arms as (
    select * from {{ ref('stg_chictr__arms') }}
),

chictr_outcomes as (
    select * from {{ ref('stg_chictr__outcomes') }}
),

cde as (
    select * from {{ ref('stg_chinadrugtrials__registrations') }}
),

test_drugs as (
    select * from {{ ref('stg_chinadrugtrials__test_drugs') }}
),

control_drugs as (
    select * from {{ ref('stg_chinadrugtrials__control_drugs') }}
),

primary_endpoints as (
    select * from {{ ref('stg_chinadrugtrials__primary_endpoints') }}
),

secondary_endpoints as (
    select * from {{ ref('stg_chinadrugtrials__secondary_endpoints') }}
),

ictrp as (
    select * from {{ ref('stg_ictrp__registrations') }}
),

ictrp_conditions as (
    select * from {{ ref('stg_ictrp__conditions') }}
),

ictrp_interventions as (
    select * from {{ ref('stg_ictrp__interventions') }}
),

native_texts as (
    select
        studies.registration_id,
        'public_title' as field,
        1 as position,
        {{ text_language('studies.brief_title') }} as language,
        studies.brief_title as text,
    from studies
    union all
    select
        studies.registration_id,
        'scientific_title' as field,
        1 as position,
        {{ text_language('studies.official_title') }} as language,
        studies.official_title as text,
    from studies
    union all
    select
        studies.registration_id,
        'acronym' as field,
        1 as position,
        {{ text_language('studies.acronym') }} as language,
        studies.acronym as text,
    from studies
    union all
    select
        studies.registration_id,
        'summary' as field,
        1 as position,
        {{ text_language('studies.brief_summary') }} as language,
        studies.brief_summary as text,
    from studies
    union all
    select
        studies.registration_id,
        'description' as field,
        1 as position,
        {{ text_language('studies.detailed_description') }} as language,
        studies.detailed_description as text,
    from studies
    union all
    select
        studies.registration_id,
        'inclusion_criteria' as field,
        1 as position,
        {{ text_language('studies.eligibility_criteria') }} as language,
        studies.eligibility_criteria as text,
    from studies
    union all
    select
        conditions.registration_id,
        'condition' as field,
        conditions.position as position,
        {{ text_language('conditions.condition') }} as language,
        conditions.condition as text,
    from conditions
    union all
    select
        condition_meshes.registration_id,
        'condition_mesh' as field,
        condition_meshes.position as position,
        {{ text_language('condition_meshes.mesh_term') }} as language,
        condition_meshes.mesh_term as text,
    from condition_meshes
    union all
    select
        keywords.registration_id,
        'keyword' as field,
        keywords.position as position,
        {{ text_language('keywords.keyword') }} as language,
        keywords.keyword as text,
    from keywords
    union all
    select
        interventions.registration_id,
        'intervention_type' as field,
        interventions.position as position,
        {{ text_language('interventions.intervention_type') }} as language,
        interventions.intervention_type as text,
    from interventions
    union all
    select
        interventions.registration_id,
        'intervention_name' as field,
        interventions.position as position,
        {{ text_language('interventions.name') }} as language,
        interventions.name as text,
    from interventions
    union all
    select
        interventions.registration_id,
        'intervention_other_name' as field,
        interventions.position as position,
        {{ text_language('interventions.other_names') }} as language,
        interventions.other_names as text,
    from interventions
    union all
    select
        interventions.registration_id,
        'intervention_description' as field,
        interventions.position as position,
        {{ text_language('interventions.description') }} as language,
        interventions.description as text,
    from interventions
    union all
    select
        arms.registration_id,
        'arm_label' as field,
        arms.position as position,
        {{ text_language('arms.arm_label') }} as language,
        arms.arm_label as text,
    from arms
    union all
    select
        arms.registration_id,
        'arm_description' as field,
        arms.position as position,
        {{ text_language('arms.description') }} as language,
        arms.description as text,
    from arms
    union all
    select
        primary_outcomes.registration_id,
        'primary_outcome' as field,
        primary_outcomes.position as position,
        {{ text_language('primary_outcomes.measure') }} as language,
        primary_outcomes.measure as text,
    from primary_outcomes
    union all
    select
        secondary_outcomes.registration_id,
        'secondary_outcome' as field,
        secondary_outcomes.position as position,
        {{ text_language('secondary_outcomes.measure') }} as language,
        secondary_outcomes.measure as text,
    from secondary_outcomes
    union all
    select
        chictr.registration_id,
        'public_title' as field,
        1 as position,
        'zh' as language,
        chictr.public_title_zh as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'public_title' as field,
        1 as position,
        'en' as language,
        chictr.public_title_en as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'scientific_title' as field,
        1 as position,
        'zh' as language,
        chictr.scientific_title_zh as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'scientific_title' as field,
        1 as position,
        'en' as language,
        chictr.scientific_title_en as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'acronym' as field,
        1 as position,
        'zh' as language,
        chictr.acronym_zh as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'acronym' as field,
        1 as position,
        'en' as language,
        chictr.acronym_en as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'condition' as field,
        1 as position,
        'zh' as language,
        chictr.condition_zh as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'condition' as field,
        1 as position,
        'en' as language,
        chictr.condition_en as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'summary' as field,
        1 as position,
        'zh' as language,
        chictr.objectives_zh as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'summary' as field,
        1 as position,
        'en' as language,
        chictr.objectives_en as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'intervention_description' as field,
        1 as position,
        'zh' as language,
        chictr.treatment_zh as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'intervention_description' as field,
        1 as position,
        'en' as language,
        chictr.treatment_en as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'inclusion_criteria' as field,
        1 as position,
        'zh' as language,
        chictr.inclusion_criteria_zh as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'inclusion_criteria' as field,
        1 as position,
        'en' as language,
        chictr.inclusion_criteria_en as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'exclusion_criteria' as field,
        1 as position,
        'zh' as language,
        chictr.exclusion_criteria_zh as text,
    from chictr
    union all
    select
        chictr.registration_id,
        'exclusion_criteria' as field,
        1 as position,
        'en' as language,
        chictr.exclusion_criteria_en as text,
    from chictr
    union all
    select
        chictr_arms.registration_id,
        'arm_label' as field,
        chictr_arms.position as position,
        'zh' as language,
        chictr_arms.arm_zh as text,
    from chictr_arms
    union all
    select
        chictr_arms.registration_id,
        'intervention_name' as field,
        chictr_arms.position as position,
        'zh' as language,
        chictr_arms.intervention_zh as text,
    from chictr_arms
    union all
    select
        chictr_arms.registration_id,
        'arm_label' as field,
        chictr_arms.position as position,
        'en' as language,
        chictr_arms.arm_en as text,
    from chictr_arms
    union all
    select
        chictr_arms.registration_id,
        'intervention_name' as field,
        chictr_arms.position as position,
        'en' as language,
        chictr_arms.intervention_en as text,
    from chictr_arms
    union all
    select
        chictr_outcomes.registration_id,
        'primary_outcome' as field,
        chictr_outcomes.position as position,
        'zh' as language,
        chictr_outcomes.name_zh as text,
    from chictr_outcomes
    union all
    select
        chictr_outcomes.registration_id,
        'primary_outcome' as field,
        chictr_outcomes.position as position,
        'en' as language,
        chictr_outcomes.name_en as text,
    from chictr_outcomes
    union all
    select
        cde.registration_id,
        'public_title' as field,
        1 as position,
        {{ text_language('cde.public_title') }} as language,
        cde.public_title as text,
    from cde
    union all
    select
        cde.registration_id,
        'scientific_title' as field,
        1 as position,
        {{ text_language('cde.scientific_title') }} as language,
        cde.scientific_title as text,
    from cde
    union all
    select
        cde.registration_id,
        'condition' as field,
        1 as position,
        {{ text_language('cde.indication') }} as language,
        cde.indication as text,
    from cde
    union all
    select
        cde.registration_id,
        'summary' as field,
        1 as position,
        {{ text_language('cde.purpose') }} as language,
        cde.purpose as text,
    from cde
    union all
    select
        cde.registration_id,
        'intervention_type' as field,
        1 as position,
        {{ text_language('cde.drug_type') }} as language,
        cde.drug_type as text,
    from cde
    union all
    select
        cde.registration_id,
        'inclusion_criteria' as field,
        1 as position,
        {{ text_language('cde.inclusion_criteria') }} as language,
        cde.inclusion_criteria as text,
    from cde
    union all
    select
        cde.registration_id,
        'exclusion_criteria' as field,
        1 as position,
        {{ text_language('cde.exclusion_criteria') }} as language,
        cde.exclusion_criteria as text,
    from cde
    union all
    select
        cde.registration_id,
        'intervention_name' as field,
        1 as position,
        {{ text_language('cde.drug_name') }} as language,
        cde.drug_name as text,
    from cde
    union all
    select
        cde.registration_id,
        'intervention_other_name' as field,
        1 as position,
        {{ text_language('cde.former_drug_name') }} as language,
        cde.former_drug_name as text,
    from cde
    union all
    select
        test_drugs.registration_id,
        'intervention_description' as field,
        test_drugs.position as position,
        {{ text_language('test_drugs.text') }} as language,
        test_drugs.text as text,
    from test_drugs
    union all
    select
        control_drugs.registration_id,
        'arm_description' as field,
        control_drugs.position as position,
        {{ text_language('control_drugs.text') }} as language,
        control_drugs.text as text,
    from control_drugs
    union all
    select
        primary_endpoints.registration_id,
        'primary_outcome' as field,
        primary_endpoints.position as position,
        {{ text_language('primary_endpoints.measure') }} as language,
        primary_endpoints.measure as text,
    from primary_endpoints
    union all
    select
        secondary_endpoints.registration_id,
        'secondary_outcome' as field,
        secondary_endpoints.position as position,
        {{ text_language('secondary_endpoints.measure') }} as language,
        secondary_endpoints.measure as text,
    from secondary_endpoints
),

ictrp_texts as (
    select
        ictrp.registration_id,
        'public_title' as field,
        1 as position,
        {{ text_language('ictrp.public_title') }} as language,
        ictrp.public_title as text,
    from ictrp
    union all
    select
        ictrp.registration_id,
        'scientific_title' as field,
        1 as position,
        {{ text_language('ictrp.scientific_title') }} as language,
        ictrp.scientific_title as text,
    from ictrp
    union all
    select
        ictrp.registration_id,
        'acronym' as field,
        1 as position,
        {{ text_language('ictrp.acronym') }} as language,
        ictrp.acronym as text,
    from ictrp
    union all
    select
        ictrp.registration_id,
        'inclusion_criteria' as field,
        1 as position,
        {{ text_language('ictrp.inclusion_criteria') }} as language,
        ictrp.inclusion_criteria as text,
    from ictrp
    union all
    select
        ictrp.registration_id,
        'exclusion_criteria' as field,
        1 as position,
        {{ text_language('ictrp.exclusion_criteria') }} as language,
        ictrp.exclusion_criteria as text,
    from ictrp
    union all
    select
        ictrp.registration_id,
        'primary_outcome' as field,
        1 as position,
        {{ text_language('ictrp.primary_outcome') }} as language,
        ictrp.primary_outcome as text,
    from ictrp
    union all
    select
        ictrp.registration_id,
        'secondary_outcome' as field,
        1 as position,
        {{ text_language('ictrp.secondary_outcome') }} as language,
        ictrp.secondary_outcome as text,
    from ictrp
    union all
    select
        ictrp_conditions.registration_id,
        'condition' as field,
        ictrp_conditions.position as position,
        {{ text_language('ictrp_conditions.condition') }} as language,
        ictrp_conditions.condition as text,
    from ictrp_conditions
    union all
    select
        ictrp_interventions.registration_id,
        'intervention_name' as field,
        ictrp_interventions.position as position,
        {{ text_language('ictrp_interventions.intervention') }} as language,
        ictrp_interventions.name as text,
    from ictrp_interventions
    union all
    select
        ictrp_interventions.registration_id,
        'intervention_type' as field,
        ictrp_interventions.position as position,
        'en' as language,
        ictrp_interventions.intervention_type as text,
    from ictrp_interventions
),

all_layers as (
    select
        native_texts.*,
        1 as layer,
    from native_texts
    where nullif(trim(native_texts.text), '') is not null
    union all
    select
        ictrp_texts.*,
        2 as layer,
    from ictrp_texts
    where nullif(trim(ictrp_texts.text), '') is not null
),

best_layer as (
    select
        all_layers.registration_id,
        all_layers.field,
        all_layers.position,
        all_layers.language,
        all_layers.text,
    from all_layers
    qualify
        all_layers.layer = min(all_layers.layer) over (
            partition by all_layers.registration_id, all_layers.field, all_layers.language
        )
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
