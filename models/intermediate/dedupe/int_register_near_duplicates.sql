-- Registrations of one register and lead sponsor that say nearly the same and do not contradict each other: one row per pair.
-- Whether one of them was meant to replace the other is for a person to say: they go to review and are never merged.
with facts as (
    select * from {{ ref('int_linkage_facts') }}
),

tokens as (
    select * from {{ ref('int_linkage_tokens') }}
),

weights as (
    select * from {{ ref('int_linkage_token_weights') }}
),

titles as (
    select
        tokens.registration_id,
        tokens.feature || ':' || tokens.token as token,
        weights.weight,
    from tokens
    inner join weights
        on
        tokens.feature = weights.feature
        and tokens.token = weights.token
    where tokens.feature in ('title_word', 'title_pair')
),

title_weights as (
    select
        registration_id,
        sum(weight) as weight,
    from titles
    group by registration_id
),

-- Titles that are nearly the same share their rarest words; a sponsor of thousands of registrations has few of each word.
ranked as (
    select
        titles.registration_id,
        facts.identifier_key,
        facts.sibling_markers,
        facts.phase_position,
        facts.register || '|' || tokens.token || '|' || titles.token as block_key,
        row_number() over (
            partition by titles.registration_id
            order by titles.weight desc, titles.token
        ) as rarity,
    from titles
    inner join facts
        on titles.registration_id = facts.registration_id
    inner join tokens
        on
        titles.registration_id = tokens.registration_id
        and tokens.feature = 'lead_sponsor'
),

rarest as (
    select
        *,
        count(*) over (partition by registration_id) as n_words,
        count(*) over (partition by block_key) as n_registrations,
    from ranked
    where rarity <= 6
),

blocks as (
    select * from rarest
    where n_registrations between 2 and 20
),

pairs as (
    select
        a.registration_id as registration_id_a,
        b.registration_id as registration_id_b,
    from blocks as a
    inner join blocks as b
        on
        a.block_key = b.block_key
        and a.registration_id < b.registration_id
    where
        a.identifier_key <> b.identifier_key
        and a.sibling_markers is not distinct from b.sibling_markers
        and coalesce(a.phase_position = b.phase_position, true)
    group by a.registration_id, b.registration_id
    -- Most of the rarest words: what shares fewer is not worth comparing word by word.
    having count(*) * 3 >= 2 * least(min(a.n_words), min(b.n_words))
),

shared as (
    select
        pairs.registration_id_a,
        pairs.registration_id_b,
        sum(titles_a.weight) as weight,
    from pairs
    inner join titles as titles_a
        on pairs.registration_id_a = titles_a.registration_id
    inner join titles as titles_b
        on
        pairs.registration_id_b = titles_b.registration_id
        and titles_a.token = titles_b.token
    group by pairs.registration_id_a, pairs.registration_id_b
),

alike as (
    select
        shared.registration_id_a,
        shared.registration_id_b,
        shared.weight / (weights_a.weight + weights_b.weight - shared.weight) as similarity,
    from shared
    inner join title_weights as weights_a
        on shared.registration_id_a = weights_a.registration_id
    inner join title_weights as weights_b
        on shared.registration_id_b = weights_b.registration_id
    where shared.weight >= 0.8 * (weights_a.weight + weights_b.weight - shared.weight)
),

stated as (
    select
        alike.registration_id_a,
        alike.registration_id_b,
        tokens.feature,
        tokens.token,
        true as is_of_a,
    from alike
    inner join tokens
        on alike.registration_id_a = tokens.registration_id
    where tokens.feature in ('target', 'product', 'disease', 'given_word')
    union all
    select
        alike.registration_id_a,
        alike.registration_id_b,
        tokens.feature,
        tokens.token,
        false as is_of_a,
    from alike
    inner join tokens
        on alike.registration_id_b = tokens.registration_id
    where tokens.feature in ('target', 'product', 'disease', 'given_word')
),

agreed as (
    select
        registration_id_a,
        registration_id_b,
        feature,
        token,
        bool_or(is_of_a) as is_in_a,
        bool_or(not is_of_a) as is_in_b,
    from stated
    group by registration_id_a, registration_id_b, feature, token
),

-- Another target, product or disease makes another trial, and so do other interventions.
contradicted as (
    select
        registration_id_a,
        registration_id_b,
    from agreed
    group by registration_id_a, registration_id_b, feature
    having
        bool_or(is_in_a)
        and bool_or(is_in_b)
        and (
            not bool_or(is_in_a and is_in_b)
            or (feature = 'target' and not bool_and(is_in_a and is_in_b))
        )
)

select
    alike.registration_id_a,
    alike.registration_id_b,
    alike.similarity,
from alike
left join contradicted
    on
    alike.registration_id_a = contradicted.registration_id_a
    and alike.registration_id_b = contradicted.registration_id_b
where contradicted.registration_id_a is null
