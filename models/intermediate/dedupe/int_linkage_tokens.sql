-- What registrations say, as tokens that can be compared: one row per registration, feature and token.
with scope as (
    select * from {{ ref('int_linkage_registrations') }}
),

texts as (
    select * from {{ ref('int_registration_texts') }}
),

interventions as (
    select * from {{ ref('int_registration_interventions') }}
),

title_terms as (
    select * from {{ ref('title_terms') }}
),

title_populations as (
    select * from {{ ref('title_populations') }}
),

disease_kinds as (
    select * from {{ ref('int_linkage_disease_kinds') }}
),

code_stop_patterns as (
    select * from {{ ref('code_stop_patterns') }}
),

labels_not_compared as (
    select * from {{ ref('labels_not_compared') }}
),

names as (
    select * from {{ ref('int_linkage_names') }}
),

organisation_names as (
    select * from {{ ref('int_linkage_organisation_names') }}
),

countries as (
    select * from {{ ref('int_registration_countries') }}
),

sites as (
    select * from {{ ref('int_registration_sites') }}
),

targets as (
    select * from {{ ref('int_registration_targets') }}
),

cell_types as (
    select * from {{ ref('int_registration_cell_types') }}
),

target_hits as (
    select * from {{ ref('int_target_hits') }}
),

products as (
    select * from {{ ref('int_registration_products') }}
),

acronyms as (
    select
        texts.registration_id,
        regexp_replace(upper(texts.text), '[^A-Z0-9]', '', 'g') as token,
    from texts
    where texts.field = 'acronym' and length(texts.text) between 4 and 30
),

-- Words of titles that are written as names are: two capitals or more (COL-COVID, RECOVERY, CoVitTrial).
title_names as (
    select
        texts.registration_id,
        {{ each_capitalised_name('texts.text') }} as token,
    from texts
    where texts.field in ('public_title', 'scientific_title') and texts.language = 'en'
),

subject_texts as (
    select distinct
        texts.registration_id,
        texts.language,
        texts.field in ('public_title', 'scientific_title') as is_title,
        texts.text,
    from texts
    inner join scope
        on texts.registration_id = scope.registration_id
    where texts.field in ('public_title', 'scientific_title', 'condition')
),

given as (
    select
        interventions.registration_id,
        string_agg(
            concat_ws(' | ', left(interventions.name, 200), left(interventions.other_names, 200)), ' | '
        ) as given_text,
        -- The few Latin letters of a Chinese name say nothing of the words of an English one.
        string_agg(
            concat_ws(' | ', left(interventions.name, 200), left(interventions.other_names, 200)), ' | '
        ) filter (where not regexp_matches(interventions.name, '[\x{3400}-\x{9fff}]')) as given_english,
    from interventions
    inner join scope
        on interventions.registration_id = scope.registration_id
    group by interventions.registration_id
),

-- Texts are joined when they are normalised, by a bar, so that no term reaches from one into the next.
english as (
    select
        registration_id,
        string_agg({{ english_words_text('text') }}, '|' order by text) filter (where is_title) as title_words,
        string_agg({{ english_words_text('text') }}, '|' order by text) as subject_words,
    from subject_texts
    where language = 'en'
    group by registration_id
),

chinese as (
    select
        registration_id,
        string_agg({{ chinese_text('text') }}, '|' order by text) filter (where is_title) as title_text,
        string_agg({{ chinese_text('text') }}, '|' order by text) as subject_text,
    from subject_texts
    where language = 'zh'
    group by registration_id
),

-- A term is looked for where its first word stands: a join on words instead of every term in every text.
english_words as (
    select
        registration_id,
        subject_words,
        {{ each_word('subject_words') }} as word,
    from english
),

concepts as (
    select
        english_words.registration_id,
        title_terms.kind,
        title_terms.token,
    from english_words
    inner join title_terms
        on
        title_terms.language = 'en'
        and english_words.word = split_part(title_terms.term, ' ', 1)
        and contains(english_words.subject_words, ' ' || title_terms.term || ' ')
    union
    select
        chinese.registration_id,
        title_terms.kind,
        title_terms.token,
    from chinese
    inner join title_terms
        on title_terms.language = 'zh' and contains(chinese.subject_text, title_terms.term)
),

named_diseases as (
    select
        registration_id,
        token as disease,
    from concepts
    where kind = 'disease'
),

wider_diseases as (
    select distinct
        named_diseases.registration_id,
        disease_kinds.kind_of as disease,
    from named_diseases
    inner join disease_kinds
        on named_diseases.disease = disease_kinds.disease
),

-- "Leukaemia" beside "B-cell acute lymphoblastic leukaemia" is no disease of its own.
narrowest_diseases as (
    select named_diseases.*
    from named_diseases
    left join wider_diseases
        on
        named_diseases.registration_id = wider_diseases.registration_id
        and named_diseases.disease = wider_diseases.disease
    where wider_diseases.disease is null
),

coded_texts as (
    select
        registration_id,
        text,
    from subject_texts
    where is_title
    union all
    select
        registration_id,
        given_text as text,
    from given
),

codes as (
    select
        registration_id,
        {{ each_product_code('text') }} as token,
    from coded_texts
),

product_codes as (
    select codes.*
    from codes
    left join code_stop_patterns
        on regexp_matches(codes.token, code_stop_patterns.pattern)
    where
        code_stop_patterns.rule_id is null and length(codes.token) >= 4 and regexp_matches(codes.token, '[0-9].*[0-9]')
),

organisations as (
    select distinct
        names.registration_id,
        names.role,
        organisation_names.organisation_key,
        organisation_names.tokens,
    from names
    inner join organisation_names
        on names.name = organisation_names.name
),

-- The antigen that a title gives where no product is read that must have one: "anti-CD70 T cells", or disease that has it.
title_targets as (
    select target_hits.*
    from target_hits
    left join targets
        on target_hits.registration_id = targets.registration_id
    where
        targets.registration_id is null
        and target_hits.tier = 'title'
        and (
            target_hits.left_effect in ('product', 'anti')
            or target_hits.right_effect in ('product', 'selection')
        )
),

labels as (
    select
        registration_id,
        'target' as feature,
        target as label,
        target_text as words,
    from targets
    union all
    select
        registration_id,
        'title_target' as feature,
        label,
        cast(null as varchar) as words,
    from title_targets
    union all
    select
        registration_id,
        'cell_type' as feature,
        cell_type as label,
        cast(null as varchar) as words,
    from cell_types
),

compared_labels as (
    select
        labels.registration_id,
        case when labels.feature = 'cell_type' then 'cell_type' else 'target' end as feature,
        case
            when labels_not_compared.is_replaced_by_text
                then regexp_replace(upper(labels.words), '[^A-Z0-9]', '', 'g')
            else labels.label
        end as token,
    from labels
    left join labels_not_compared
        on
        labels.feature = labels_not_compared.feature
        and labels.label = labels_not_compared.label
    where labels_not_compared.rule_id is null or labels_not_compared.is_replaced_by_text
),

provinces as (
    select distinct
        sites.registration_id,
        sites.province,
    from sites
    inner join scope
        on sites.registration_id = scope.registration_id
    where sites.country = 'China' and sites.province is not null
),

tokens as (
    select
        registration_id,
        'title_word' as feature,
        {{ each_stem('title_words') }} as token,
    from english
    where title_words is not null
    union all
    select
        registration_id,
        'title_pair' as feature,
        {{ each_character_pair('title_text') }} as token,
    from chinese
    where title_text is not null
    union all
    select
        registration_id,
        'concept' as feature,
        token,
    from concepts
    union all
    select
        concepts.registration_id,
        title_populations.feature,
        title_populations.population as token,
    from concepts
    inner join title_populations
        on concepts.token = title_populations.token
    union all
    select
        registration_id,
        'disease' as feature,
        disease as token,
    from narrowest_diseases
    union all
    select
        registration_id,
        'disease_kind' as feature,
        disease as token,
    from narrowest_diseases
    union all
    select
        registration_id,
        'disease_kind' as feature,
        disease as token,
    from wider_diseases
    union all
    select
        registration_id,
        'given_word' as feature,
        {{ each_stem(english_words_text('given_english')) }} as token,
    from given
    union all
    select
        registration_id,
        'product' as feature,
        token,
    from product_codes
    union all
    select
        registration_id,
        'product' as feature,
        product_id as token,
    from products
    union all
    select
        registration_id,
        feature,
        token,
    from compared_labels
    union all
    select
        registration_id,
        'acronym' as feature,
        token,
    from acronyms
    union all
    select
        registration_id,
        'title_name' as feature,
        token,
    from title_names
    union all
    select
        registration_id,
        case role when 'site' then 'site' else 'sponsor' end as feature,
        organisation_key as token,
    from organisations
    union all
    select
        registration_id,
        'lead_sponsor' as feature,
        organisation_key as token,
    from organisations
    where role = 'lead'
    union all
    select
        registration_id,
        'sponsor_word' as feature,
        {{ each_word('tokens') }} as token,
    from organisations
    where role = 'lead'
    union all
    select
        registration_id,
        'country' as feature,
        country as token,
    from countries
    union all
    select
        registration_id,
        'province' as feature,
        province as token,
    from provinces
)

select distinct
    tokens.registration_id,
    tokens.feature,
    tokens.token,
from tokens
inner join scope
    on tokens.registration_id = scope.registration_id
where
    tokens.token not in ('', '|')
    -- Words of what is given tell products apart only when they are long enough to be names.
    and (tokens.feature <> 'given_word' or length(tokens.token) >= 5)
