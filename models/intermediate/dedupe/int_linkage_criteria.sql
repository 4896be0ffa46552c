-- A sample of each registration's eligibility criteria, by which texts of any length are compared: one row per registration.
with scope as (
    select * from {{ ref('int_linkage_registrations') }}
),

texts as (
    select * from {{ ref('int_registration_texts') }}
),

criteria as (
    select
        texts.registration_id,
        texts.language,
        -- Inclusion before exclusion; the beginning is as much a text's own as all of it.
        left(string_agg(texts.text, ' ' order by texts.field desc, texts.position), 1000) as criteria_text,
    from texts
    inner join scope
        on texts.registration_id = scope.registration_id
    where texts.field in ('inclusion_criteria', 'exclusion_criteria')
    group by texts.registration_id, texts.language
),

english as (
    select
        registration_id,
        {{ english_words_text('criteria_text') }} as criteria_words,
    from criteria
    where language = 'en'
),

chinese as (
    select
        registration_id,
        {{ chinese_text('criteria_text') }} as criteria_text,
    from criteria
    where language = 'zh'
),

samples as (
    select
        registration_id,
        'en' as language,
        {{ sample_of_word_pairs('criteria_words') }} as sample,
    from english
    union all
    select
        registration_id,
        'zh' as language,
        {{ sample_of_character_runs('criteria_text') }} as sample,
    from chinese
)

-- What fills no sample is too short to be anybody's own ("see protocol").
select
    registration_id,
    max(sample) filter (where language = 'en') as english_sample,
    max(sample) filter (where language = 'zh') as chinese_sample,
from samples
where len(sample) = {{ sample_size() }}
group by registration_id
