-- Which cancer sites a trial names, with the words that say so: one row per oncology trial and cancer site of the
-- burden table.
with trials as (
    select trial_id from {{ ref('dim_trial') }} where is_oncology
),

registrations as (
    select trial_id, registration_id, registration_rank from {{ ref('bridge_trial_registration') }}
),

texts as (
    select
        registration_id,
        field,
        position,
        text,
    from {{ ref('int_registration_texts') }}
    where field in ('condition', 'condition_mesh', 'public_title', 'scientific_title')
),

terms as (
    select
        rule_id,
        cancer_site,
        case
            when match_as = 'word' then ' ' || translate(lower(term), '-/', '  ') || ' '
            else translate(lower(term), '-/', '  ')
        end as needle,
        is_excluded,
    from {{ ref('cancer_site_terms') }}
),

-- Punctuation becomes blanks and the text is padded, so that a whole word is found by plain comparison on any engine.
haystacks as (
    select
        registrations.trial_id,
        registrations.registration_rank,
        texts.registration_id,
        texts.field,
        texts.position,
        texts.text,
        ' ' || translate(lower(texts.text), '-/()[],.;:|', '           ') || ' ' as haystack,
    from texts
    inner join registrations
        on texts.registration_id = registrations.registration_id
    inner join trials
        on registrations.trial_id = trials.trial_id
),

-- An excluded term ("gallbladder" for the bladder) is taken out of the text before the site's other terms are
-- looked for.
exclusions as (
    select
        haystacks.registration_id,
        haystacks.field,
        haystacks.position,
        haystacks.text,
        terms.cancer_site,
        min(terms.needle) as excluded_needle,
    from haystacks
    inner join terms
        on contains(haystacks.haystack, terms.needle)
    where terms.is_excluded
    group by haystacks.registration_id, haystacks.field, haystacks.position, haystacks.text, terms.cancer_site
),

found as (
    select
        haystacks.trial_id,
        terms.cancer_site,
        haystacks.registration_rank,
        haystacks.registration_id,
        haystacks.field,
        haystacks.position,
        trim(terms.needle) as matched_text,
        terms.rule_id,
    from haystacks
    inner join terms
        on contains(haystacks.haystack, terms.needle)
    left join exclusions
        on
        haystacks.registration_id = exclusions.registration_id
        and haystacks.field = exclusions.field
        and haystacks.position = exclusions.position
        and haystacks.text = exclusions.text
        and terms.cancer_site = exclusions.cancer_site
    where
        not terms.is_excluded
        and (
            exclusions.excluded_needle is null
            or contains(replace(haystacks.haystack, exclusions.excluded_needle, ' '), terms.needle)
        )
)

select
    found.trial_id,
    found.cancer_site,
    found.registration_id,
    found.field,
    cast(found.position as integer) as position,
    found.matched_text,
    found.rule_id,
from found
qualify row_number() over (
    partition by found.trial_id, found.cancer_site
    order by found.registration_rank, found.field, found.position, found.rule_id
) = 1
