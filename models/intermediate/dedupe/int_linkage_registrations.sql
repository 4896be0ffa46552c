-- Registrations that are linked, with the register and the key of their own number: one row per registration in the link scope.
{%- set any_marker = seed_alternation('sibling_markers', 'pattern') %}
with registrations as (
    select * from {{ ref('int_registrations') }}
),

screening as (
    select * from {{ ref('int_registration_screening') }}
),

patterns as (
    select * from {{ ref('identifier_patterns') }}
),

markers as (
    select * from {{ ref('sibling_markers') }}
),

in_scope as (
    select registrations.*
    from registrations
    inner join screening
        on registrations.registration_id = screening.registration_id
    where '{{ var("link_scope") }}' = 'all' or screening.is_cell_therapy
),

-- ICTRP writes the numbers of other registers in several ways, so that a registration's own number is parsed as a mention is.
normalised as (
    select
        registration_id,
        {{ normalise_identifier_text('registration_id') }} as normalised_id,
    from in_scope
),

own_matches as (
    select
        normalised.registration_id,
        patterns.rule_id,
        patterns.register,
        patterns.pattern,
        patterns.key_template,
        unnest({{ all_matches('normalised.normalised_id', 'patterns.pattern') }}) as matched_text,
    from normalised
    inner join patterns
        on contains(normalised.normalised_id, patterns.hint)
    where patterns.kind = 'register'
),

own_numbers as (
    select
        registration_id,
        register,
        {{ identifier_key('matched_text', 'pattern', 'key_template') }} as identifier_key,
    from own_matches
    qualify row_number() over (partition by registration_id order by rule_id) = 1
),

titles as (
    select
        registration_id,
        upper(concat_ws(' | ', public_title, scientific_title)) as title,
    from in_scope
),

-- One constant expression, which the engine compiles once, leaves few titles to try the rules on one by one.
titles_with_a_marker as (
    select *
    from titles
    where regexp_matches(title, '{{ any_marker }}')
),

marked as (
    select
        titles.registration_id,
        string_agg(distinct markers.marker, ', ' order by markers.marker) as sibling_markers,
    from titles_with_a_marker as titles
    inner join markers
        on regexp_matches(titles.title, markers.pattern)
    group by titles.registration_id
)

select
    registrations.registration_id,
    registrations.registry,
    registrations.source_register,
    coalesce(own_numbers.register, lower(registrations.source_register)) as register,
    coalesce(own_numbers.identifier_key, lower(registrations.registration_id)) as identifier_key,
    marked.sibling_markers,
    registrations.is_cancelled or registrations.status = 'withdrawn' as is_withdrawn,
    registrations.registration_date,
from in_scope as registrations
left join own_numbers
    on registrations.registration_id = own_numbers.registration_id
left join marked
    on registrations.registration_id = marked.registration_id
