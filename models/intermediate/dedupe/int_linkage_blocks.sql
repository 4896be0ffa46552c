-- Which registrations are worth comparing, those that share a key: one row per registration and key.
{%- set max_block = var('link_max_block', 60) %}
with tokens as (
    select * from {{ ref('int_linkage_tokens') }}
),

weights as (
    select * from {{ ref('int_linkage_token_weights') }}
),

facts as (
    select * from {{ ref('int_linkage_facts') }}
),

identifier_links as (
    select * from {{ ref('int_identifier_links') }}
),

ranked as (
    select
        tokens.registration_id,
        tokens.feature,
        tokens.token,
        row_number() over (
            partition by tokens.registration_id, tokens.feature
            order by weights.weight desc, weights.n_registrations, tokens.token
        ) as rarity,
    from tokens
    inner join weights
        on
        tokens.feature = weights.feature
        and tokens.token = weights.token
    where
        weights.n_registrations between 2 and {{ max_block }}
        and tokens.feature in ('title_word', 'title_pair', 'given_word', 'product', 'acronym', 'sponsor', 'site')
),

-- The rarest words of each kind: however many registrations there are, each takes part in a bounded number of blocks.
rare_tokens as (
    select
        registration_id,
        case when feature in ('sponsor', 'site') then 'organisation' else feature end || ':' || token as block_key,
    from ranked
    where rarity <= 4
),

-- Of the pieces of criteria the two that fewest registrations share.
criteria as (
    select
        registration_id,
        unnest(list_concat(criteria_en[:16], criteria_zh[:16])) as piece,
    from facts
),

shared_criteria as (
    select
        *,
        count(*) over (partition by piece) as n_registrations,
    from criteria
),

rare_criteria as (
    select
        registration_id,
        'criteria:' || piece as block_key,
    from shared_criteria
    where n_registrations between 2 and {{ max_block }}
    qualify row_number() over (partition by registration_id order by n_registrations, piece) <= 2
),

organisations as (
    select distinct
        registration_id,
        token as organisation,
    from tokens
    where feature in ('sponsor', 'site')
),

subjects as (
    select
        registration_id,
        feature || ':' || token as subject,
    from tokens
    where feature in ('disease_kind', 'target', 'cell_type')
),

diseases as (
    select * from tokens
    where feature = 'disease_kind'
),

receptors as (
    select * from tokens
    where feature in ('target', 'cell_type')
),

-- A start that two registries give within a month of each other falls into one of the same two months.
months as (
    select
        registration_id,
        unnest([
            strftime(coalesce(start_date, registration_date), '%Y-%m'),
            strftime(coalesce(start_date, registration_date) + interval 1 month, '%Y-%m')
        ]) as month,
    from facts
    where coalesce(start_date, registration_date) is not null
),

sizes as (
    select
        registration_id,
        unnest(list_distinct(list_filter([target_enrollment, actual_enrollment], lambda size: size > 3))) as size,
    from facts
),

countries as (
    select * from tokens
    where feature = 'country'
),

keys as (
    select * from rare_tokens
    union all
    select * from rare_criteria
    union all
    select
        organisations.registration_id,
        'organisation and subject:' || organisations.organisation || '|' || subjects.subject as block_key,
    from organisations
    inner join subjects
        on organisations.registration_id = subjects.registration_id
    union all
    select
        organisations.registration_id,
        'organisation and size:' || organisations.organisation || '|' || sizes.size as block_key,
    from organisations
    inner join sizes
        on organisations.registration_id = sizes.registration_id
    union all
    select
        organisations.registration_id,
        'organisation and month:' || organisations.organisation || '|' || months.month as block_key,
    from organisations
    inner join months
        on organisations.registration_id = months.registration_id
    union all
    select
        receptors.registration_id,
        'product, disease and month:' || receptors.token || '|' || diseases.token || '|' || months.month as block_key,
    from receptors
    inner join diseases
        on receptors.registration_id = diseases.registration_id
    inner join months
        on receptors.registration_id = months.registration_id
    union all
    select
        receptors.registration_id,
        'product, disease and size:' || receptors.token || '|' || diseases.token || '|' || sizes.size as block_key,
    from receptors
    inner join diseases
        on receptors.registration_id = diseases.registration_id
    inner join sizes
        on receptors.registration_id = sizes.registration_id
    union all
    select
        sizes.registration_id,
        'size, month and country:' || sizes.size || '|' || months.month || '|' || countries.token as block_key,
    from sizes
    inner join months
        on sizes.registration_id = months.registration_id
    inner join countries
        on sizes.registration_id = countries.registration_id
),

distinct_keys as (
    select distinct
        registration_id,
        block_key,
    from keys
),

-- A block that is too large to tell anything is left out, so that the number of pairs grows with the registrations and not
-- with their square. Blocks of one register hold no pair.
usable as (
    select distinct_keys.*
    from distinct_keys
    inner join facts
        on distinct_keys.registration_id = facts.registration_id
    qualify
        count(*) over (partition by distinct_keys.block_key) between 2 and {{ max_block }}
        and min(facts.register) over (partition by distinct_keys.block_key)
        <> max(facts.register) over (partition by distinct_keys.block_key)
),

-- Pairs that an identifier joins are compared in any case: what both records say supports or contradicts it.
identified as (
    select
        registration_id_a as registration_id,
        'identifier:' || registration_id_a || '|' || registration_id_b as block_key,
    from identifier_links
    union
    select
        registration_id_b as registration_id,
        'identifier:' || registration_id_a || '|' || registration_id_b as block_key,
    from identifier_links
)

select
    registration_id,
    block_key,
from usable
union all
select
    registration_id,
    block_key,
from identified
