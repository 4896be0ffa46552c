-- Every identifier that a registration's id fields and texts mention: one row per registration, field, position and identifier.
with scope as (
    select * from {{ ref('int_linkage_registrations') }}
),

identifiers as (
    select * from {{ ref('int_registration_identifiers') }}
),

texts as (
    select * from {{ ref('int_registration_texts') }}
),

patterns as (
    select * from {{ ref('identifier_patterns') }}
),

issuers as (
    select * from {{ ref('identifier_issuers') }}
),

-- A number without its prefix is read with the prefix of the register that is named as its issuer.
issued as (
    select
        identifiers.registration_id,
        identifiers.field,
        identifiers.position,
        max(issuers.prefix) as prefix,
    from identifiers
    inner join issuers
        on regexp_matches({{ normalise_identifier_text('identifiers.domain') }}, issuers.issuer_pattern)
    where regexp_full_match(trim(identifiers.identifier_text), '[0-9]{8,10}')
    group by identifiers.registration_id, identifiers.field, identifiers.position
),

sources as (
    select
        identifiers.registration_id,
        'identifier' as source,
        identifiers.field,
        identifiers.position,
        {{ normalise_identifier_text(
            "concat_ws(' ', issued.prefix, identifiers.identifier_text)"
        ) }} as normalised_text,
    from identifiers
    inner join scope
        on identifiers.registration_id = scope.registration_id
    left join issued
        on
        identifiers.registration_id = issued.registration_id
        and identifiers.field = issued.field
        and identifiers.position = issued.position
    where identifiers.field <> 'registration_id'
    union all
    -- Some registries leave the number of the other register in the name of its issuer.
    select
        identifiers.registration_id,
        'identifier' as source,
        identifiers.field,
        identifiers.position,
        {{ normalise_identifier_text('identifiers.domain') }} as normalised_text,
    from identifiers
    inner join scope
        on identifiers.registration_id = scope.registration_id
    where identifiers.domain is not null
    union all
    select
        texts.registration_id,
        case when texts.field in ('public_title', 'scientific_title', 'acronym') then 'title' else 'text' end as source,
        texts.field,
        texts.position,
        {{ normalise_identifier_text('texts.text') }} as normalised_text,
    from texts
    inner join scope
        on texts.registration_id = scope.registration_id
),

candidates as (
    select *
    from sources
    where {{ may_hold_identifier('normalised_text') }}
),

matches as (
    select
        candidates.registration_id,
        candidates.source,
        candidates.field,
        candidates.position,
        candidates.normalised_text,
        patterns.rule_id,
        patterns.register,
        patterns.kind,
        patterns.pattern,
        patterns.key_template,
        patterns.canonical_template,
        patterns.reject_pattern,
        unnest({{ all_matches('candidates.normalised_text', 'patterns.pattern') }}) as matched_text,
    from candidates
    inner join patterns
        on contains(candidates.normalised_text, patterns.hint)
),

keyed as (
    select
        registration_id,
        source,
        field,
        position,
        rule_id,
        register,
        kind,
        matched_text,
        reject_pattern,
        regexp_replace(matched_text, pattern, canonical_template) as canonical_id,
        {{ identifier_key('matched_text', 'pattern', 'key_template') }} as identifier_key,
        substr(
            normalised_text, greatest(1, strpos(normalised_text, matched_text) - 100),
            least(100, strpos(normalised_text, matched_text) - 1)
        ) as context_before,
    from matches
)

select
    keyed.registration_id,
    keyed.source,
    keyed.field,
    keyed.position,
    keyed.matched_text,
    keyed.register,
    keyed.kind,
    keyed.canonical_id,
    keyed.identifier_key,
    keyed.context_before,
    keyed.rule_id,
from keyed
inner join scope
    on keyed.registration_id = scope.registration_id
where
    keyed.identifier_key <> scope.identifier_key
    and not regexp_matches(upper(keyed.identifier_key), keyed.reject_pattern)
qualify row_number() over (
    partition by keyed.registration_id, keyed.field, keyed.position, keyed.identifier_key
    order by keyed.source, length(keyed.matched_text) desc, keyed.rule_id, keyed.context_before
) = 1
