-- What the evidence makes of each pair of registrations, before groups are formed: one row per pair.
with scope as (
    select * from {{ ref('int_linkage_registrations') }}
),

identifier_links as (
    select * from {{ ref('int_identifier_links') }}
),

scores as (
    select * from {{ ref('int_link_scores') }}
),

near_duplicates as (
    select * from {{ ref('int_register_near_duplicates') }}
),

rules as (
    select * from {{ ref('link_rules') }}
),

sibling_rules as (
    select * from {{ ref('sibling_rules') }}
),

support_levels as (
    select * from {{ ref('support_levels') }}
),

thresholds as (
    select
        max(min_weight) filter (where decision = 'same') as same_weight,
        max(min_weight) filter (where decision = 'review') as review_weight,
        max(margin) filter (where decision = 'same') as margin,
    from {{ ref('match_thresholds') }}
),

overrides as (
    select * from {{ ref('link_overrides') }}
),

override_links as (
    select
        least(a.registration_id, b.registration_id) as registration_id_a,
        greatest(a.registration_id, b.registration_id) as registration_id_b,
        'override_' || overrides.decision as rule,
        'link_overrides' as field,
        overrides.reason || ' (' || overrides.reviewer || ', ' || cast(overrides.reviewed_on as varchar) || ')'
            as matched_text,
        overrides.rule_id as override_rule_id,
    from overrides
    inner join scope as a
        on overrides.registration_id_a = a.registration_id
    inner join scope as b
        on overrides.registration_id_b = b.registration_id
),

pairs as (
    select
        registration_id_a,
        registration_id_b,
    from scores
    union
    select
        registration_id_a,
        registration_id_b,
    from identifier_links
    union
    select
        registration_id_a,
        registration_id_b,
    from near_duplicates
    union
    select
        registration_id_a,
        registration_id_b,
    from override_links
),

described as (
    select
        pairs.registration_id_a,
        pairs.registration_id_b,
        a.register as register_a,
        b.register as register_b,
        a.identifier_key as identifier_key_a,
        b.identifier_key as identifier_key_b,
        a.register = b.register as is_one_register,
        coalesce(a.sibling_markers, '') <> coalesce(b.sibling_markers, '') as has_other_markers,
        coalesce(a.is_withdrawn, false) <> coalesce(b.is_withdrawn, false) as is_one_withdrawn,
        concat_ws(' / ', a.sibling_markers, b.sibling_markers) as sibling_markers,
        scores.match_weight,
        scores.match_probability,
        scores.comparison,
    from pairs
    inner join scope as a
        on pairs.registration_id_a = a.registration_id
    inner join scope as b
        on pairs.registration_id_b = b.registration_id
    left join scores
        on
        pairs.registration_id_a = scores.registration_id_a
        and pairs.registration_id_b = scores.registration_id_b
),

-- What keeps siblings apart, the strictest rule of each pair.
siblings as (
    select
        described.registration_id_a,
        described.registration_id_b,
        case when bool_or(sibling_rules.decision = 'different') then 'different' else 'review' end as at_most,
        bool_or(sibling_rules.parts_groups) as parts_groups,
        string_agg(sibling_rules.rule_id, ', ' order by sibling_rules.rule_id) as rule_ids,
    from described
    inner join sibling_rules
        on
        (
            (sibling_rules.comparison = 'markers' and described.has_other_markers)
            or (sibling_rules.comparison = 'withdrawal' and described.is_one_withdrawn)
            or contains('; ' || described.comparison || '; ', '; ' || sibling_rules.level || '; ')
        )
        and not coalesce(regexp_matches(described.comparison, nullif(sibling_rules.unless_level, '')), false)
        and coalesce(described.match_weight < sibling_rules.unless_weight, true)
    group by described.registration_id_a, described.registration_id_b
),

supported as (
    select distinct
        described.registration_id_a,
        described.registration_id_b,
    from described
    inner join support_levels
        on contains('; ' || described.comparison || '; ', '; ' || support_levels.level || '; ')
),

-- Pairs that the match alone may decide, seen from either side.
eligible as (
    select described.*
    from described
    cross join thresholds
    left join siblings
        on
        described.registration_id_a = siblings.registration_id_a
        and described.registration_id_b = siblings.registration_id_b
    where
        described.match_weight >= thresholds.review_weight
        and not described.is_one_register
        and siblings.at_most is null
),

candidates as (
    select
        registration_id_a as registration_id,
        register_b as other_register,
        identifier_key_b as other_key,
        max(match_weight) as match_weight,
    from eligible
    group by registration_id_a, register_b, identifier_key_b
    union all
    select
        registration_id_b as registration_id,
        register_a as other_register,
        identifier_key_a as other_key,
        max(match_weight) as match_weight,
    from eligible
    group by registration_id_b, register_a, identifier_key_a
),

-- The best and the next candidate of each register, numbers of one trial (country records) counted once.
ranked as (
    select
        registration_id,
        other_register,
        other_key,
        match_weight,
        row_number() over (
            partition by registration_id, other_register
            order by match_weight desc, other_key
        ) as place,
    from candidates
),

rivals as (
    select
        registration_id,
        other_register,
        max(other_key) filter (where place = 1) as best_key,
        max(match_weight) filter (where place = 1) as best_weight,
        max(match_weight) filter (where place = 2) as next_weight,
    from ranked
    where place <= 2
    group by registration_id, other_register
),

matched as (
    select
        described.*,
        siblings.at_most,
        siblings.parts_groups,
        siblings.rule_ids as sibling_rule_ids,
        supported.registration_id_a is not null as is_supported,
        greatest(
            case
                when described.identifier_key_b = rivals_a.best_key then rivals_a.next_weight
                else rivals_a.best_weight
            end,
            case
                when described.identifier_key_a = rivals_b.best_key then rivals_b.next_weight
                else rivals_b.best_weight
            end
        ) as rival_weight,
        thresholds.same_weight,
        thresholds.review_weight,
        thresholds.margin,
    from described
    cross join thresholds
    left join siblings
        on
        described.registration_id_a = siblings.registration_id_a
        and described.registration_id_b = siblings.registration_id_b
    left join supported
        on
        described.registration_id_a = supported.registration_id_a
        and described.registration_id_b = supported.registration_id_b
    left join rivals as rivals_a
        on
        described.registration_id_a = rivals_a.registration_id
        and described.register_b = rivals_a.other_register
    left join rivals as rivals_b
        on
        described.registration_id_b = rivals_b.registration_id
        and described.register_a = rivals_b.other_register
),

-- What the match decides by itself: strong enough, no sibling, and clearly ahead of the next candidate.
by_match as (
    select
        *,
        case
            when match_weight is null or match_weight < review_weight or is_one_register then 'different'
            when at_most = 'different' then 'different'
            when match_weight < same_weight and at_most is not null then 'different'
            when match_weight < same_weight or at_most = 'review' then 'review'
            when rival_weight > match_weight - margin then 'review'
            else 'same'
        end as match_decision,
    from matched
),

evidence as (
    select
        registration_id_a,
        registration_id_b,
        rule,
        field,
        matched_text,
        cast(null as varchar) as override_rule_id,
    from identifier_links
    union all
    select
        registration_id_a,
        registration_id_b,
        rule,
        field,
        matched_text,
        override_rule_id,
    from override_links
    union all
    select
        registration_id_a,
        registration_id_b,
        'probabilistic_match' as rule,
        'whole record' as field,
        cast(null as varchar) as matched_text,
        cast(null as varchar) as override_rule_id,
    from scores
    union all
    select
        registration_id_a,
        registration_id_b,
        'near_duplicate' as rule,
        'whole record' as field,
        cast(null as varchar) as matched_text,
        cast(null as varchar) as override_rule_id,
    from near_duplicates
),

judged as (
    select
        evidence.registration_id_a,
        evidence.registration_id_b,
        evidence.rule,
        evidence.field,
        evidence.matched_text,
        coalesce(evidence.override_rule_id, rules.rule_id) as rule_id,
        rules.priority,
        rules.kind,
        case when rules.kind = 'probabilistic' then by_match.match_probability else rules.score end as score,
        rules.rule in ('registry_number', 'registry_alias', 'override_same') as is_identity,
        rules.rule = 'override_different' or coalesce(by_match.parts_groups, false) as is_contradicted,
        case
            when rules.kind = 'override' then rules.decision
            when rules.kind = 'probabilistic' then by_match.match_decision
            when by_match.has_other_markers then rules.decision_if_contradicted
            when by_match.is_one_register then rules.decision_in_one_register
            -- A shared code needs what both records say on its side, and no proof of siblings.
            when
                rules.kind = 'shared_code'
                and by_match.is_supported
                and coalesce(by_match.at_most, 'same') <> 'different'
                then rules.decision_if_supported
            when rules.kind = 'identifier' and by_match.match_decision = 'same' then rules.decision_if_supported
            else rules.decision
        end as decision,
        concat_ws(
            '; ',
            case when by_match.is_one_register then 'two registrations of one register' end,
            case
                when by_match.has_other_markers
                    then 'the title of one marks it as another kind of study (' || by_match.sibling_markers || ')'
            end,
            case when by_match.is_one_withdrawn then 'one is withdrawn and the other is not' end,
            case
                when
                    rules.kind = 'probabilistic' and by_match.match_decision = 'review'
                    and by_match.match_weight >= by_match.same_weight and by_match.at_most is null
                    then 'another registration matches nearly as well'
            end,
            replace(
                replace(nullif(rules.wording, ''), '{number}', coalesce(evidence.matched_text, '')),
                '{field}', replace(evidence.field, '_', ' ')
            ),
            by_match.comparison
        ) as comparison,
        by_match.sibling_rule_ids,
    from evidence
    inner join rules
        on evidence.rule = rules.rule
    inner join by_match
        on
        evidence.registration_id_a = by_match.registration_id_a
        and evidence.registration_id_b = by_match.registration_id_b
)

select
    registration_id_a,
    registration_id_b,
    rule,
    score,
    decision,
    is_identity,
    is_contradicted and decision <> 'same' as is_kept_apart,
    priority,
    field,
    matched_text,
    comparison,
    rule_id,
    sibling_rule_ids,
from judged
-- A reviewer, an alias and a number named as that of another study come before everything (priority below 20); of the rest
-- the evidence that decides most counts.
qualify row_number() over (
    partition by registration_id_a, registration_id_b
    order by
        case when priority < 20 then priority else 20 end,
        case decision when 'same' then 1 when 'review' then 2 else 3 end,
        priority,
        field,
        matched_text
) = 1
