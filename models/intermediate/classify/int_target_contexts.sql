-- Antigens with what the sentence makes of them: the hits of int_target_hits, one row per place and rule, with the effects that
-- a name carries in itself (CART-19) and those that the antigens of one list share ("CD33, CLL1 or CD123-directed").
with

hits as (
    select * from {{ ref('int_target_hits') }}
),

segments as (
    select * from {{ ref('int_text_segments') }}
),

contexts as (
    select * from {{ ref('context_terms') }}
    where facet = 'target'
),

spellings as (
    select distinct matched_text
    from hits
),

names_of_receptors as (
    select
        spellings.matched_text,
        min(contexts.effect) as effect,
        min(contexts.rule_id) as rule_id,
    from spellings
    inner join contexts
        on contexts.side = 'within'
        and regexp_matches(lower(spellings.matched_text), contexts.term)
    group by spellings.matched_text
),

named as (
    select
        hits.* exclude (right_effect, right_rule_id, right_words_between),
        coalesce(hits.right_effect, names_of_receptors.effect) as right_effect,
        coalesce(hits.right_rule_id, names_of_receptors.rule_id) as right_rule_id,
        case
            when hits.right_effect is null and names_of_receptors.effect is not null then 0
            else hits.right_words_between
        end as right_words_between,
    from hits
    left join names_of_receptors
        on hits.matched_text = names_of_receptors.matched_text
),

mentions as (
    select distinct
        registration_id,
        field,
        position,
        language,
        segment,
        starts_at,
        ends_before,
        left_effect,
        left_rule_id,
        right_effect,
        right_rule_id,
    from named
),

-- where the mention before it in the sentence ends
neighbours as (
    select
        *,
        lag(ends_before) over (
            partition by registration_id, field, position, language, segment
            order by starts_at, ends_before
        ) as previous_ends_before,
    from mentions
),

-- a list goes on as long as nothing but commas and conjunctions stands between two antigens
links as (
    select
        neighbours.registration_id,
        neighbours.field,
        neighbours.position,
        neighbours.language,
        neighbours.segment,
        neighbours.starts_at,
        neighbours.ends_before,
    from neighbours
    inner join segments
        on neighbours.registration_id = segments.registration_id
        and neighbours.field = segments.field
        and neighbours.position = segments.position
        and neighbours.language = segments.language
        and neighbours.segment = segments.segment
    inner join contexts
        on contexts.side = 'between'
        and regexp_full_match(
            substring(
                segments.text_normalised,
                neighbours.previous_ends_before,
                greatest(neighbours.starts_at - neighbours.previous_ends_before, 0)
            ),
            contexts.term
        )
    -- longer gaps are sentences, and most of the work
    where neighbours.starts_at - neighbours.previous_ends_before <= 20
),

lists as (
    select
        neighbours.*,
        count_if(links.registration_id is null) over (
            partition by
                neighbours.registration_id,
                neighbours.field,
                neighbours.position,
                neighbours.language,
                neighbours.segment
            order by neighbours.starts_at, neighbours.ends_before
            rows between unbounded preceding and current row
        ) as list_number,
    from neighbours
    left join links
        on neighbours.registration_id = links.registration_id
        and neighbours.field = links.field
        and neighbours.position = links.position
        and neighbours.language = links.language
        and neighbours.segment = links.segment
        and neighbours.starts_at = links.starts_at
        and neighbours.ends_before = links.ends_before
),

shared as (
    select
        *,
        first_value(left_effect) over list_of_antigens as first_effect,
        first_value(left_rule_id) over list_of_antigens as first_rule_id,
        last_value(right_effect) over list_of_antigens as last_effect,
        last_value(right_rule_id) over list_of_antigens as last_rule_id,
    from lists
    window list_of_antigens as (
        partition by registration_id, field, position, language, segment, list_number
        order by starts_at, ends_before
        rows between unbounded preceding and unbounded following
    )
),

-- only what is said of a product or of the disease is shared: an antibody or armour belongs to the antigen next to it
said as (
    select
        *,
        left_effect is null and first_effect in ('product', 'loaded') as is_said_before,
        right_effect is null and last_effect in ('product', 'selection') as is_said_after,
    from shared
)

select
    named.registration_id,
    named.field,
    named.tier,
    named.evidence_rank,
    named.position,
    named.language,
    named.segment,
    named.starts_at,
    named.ends_before,
    named.matched_text,
    named.label,
    named.rule_id,
    named.strength,
    case when said.is_said_before then said.first_effect else named.left_effect end as left_effect,
    case when said.is_said_before then said.first_rule_id else named.left_rule_id end as left_rule_id,
    case when said.is_said_after then said.last_effect else named.right_effect end as right_effect,
    case when said.is_said_after then said.last_rule_id else named.right_rule_id end as right_rule_id,
    case when said.is_said_after then 1 else named.right_words_between end as right_words_between,
from named
inner join said
    on named.registration_id = said.registration_id
    and named.field = said.field
    and named.position = said.position
    and named.language = said.language
    and named.segment = said.segment
    and named.starts_at = said.starts_at
    and named.ends_before = said.ends_before
