-- Which indication groups are treated, and which is primary: one row per registration and group, with its strongest
-- evidence. Title and conditions decide; MeSH terms, keywords and prose speak only where these name no disease.
with

hits as (
    select * from {{ ref('int_indication_hits') }}
),

fields as (
    select * from {{ ref('text_fields') }}
),

strengths as (
    select * from {{ ref('indication_strengths') }}
),

precedence as (
    select * from {{ ref('label_precedence') }}
    where facet = 'indication_group'
),

defaults as (
    select * from {{ ref('label_defaults') }}
    where facet = 'indication_group'
),

supersedes as (
    select * from {{ ref('indication_supersedes') }}
),

registrations as (
    select * from {{ ref('int_registrations') }}
),

conditions as (
    select * from {{ ref('int_text_segments') }}
    where tier in ('condition', 'title')
),

reviewed as (
    select
        registration_id,
        label as indication_group,
        field,
        position,
        matched_text,
        rule_id,
        place,
    from {{ ref('int_reviewed_labels') }}
    where facet = 'indication_group'
),

named as (
    select
        hits.*,
        whatever_the_cause.strength is null and coalesce(hits.left_effect = 'cause', false) as is_cause_of_before,
        whatever_the_cause.strength is null and coalesce(hits.right_effect = 'cause', false) as is_cause_of_after,
        hits.segment * 100000 + hits.starts_at as place_in_text,
    from hits
    left join (select distinct strength from supersedes where in_title) as whatever_the_cause
        on hits.strength = whatever_the_cause.strength
    where coalesce(hits.left_effect <> 'negation', true)
),

-- a cause or a host gives way to a disease that the same text names outright
outright as (
    select
        registration_id,
        field,
        position,
        language,
        min(label) as lowest_label,
        max(label) as highest_label,
        min(place_in_text) as first_place,
    from named
    where not is_cause_of_before and not is_cause_of_after and strength is distinct from 'weak'
    group by registration_id, field, position, language
),

treated as (
    select named.*
    from named
    left join outright
        on named.registration_id = outright.registration_id
        and named.field = outright.field
        and named.position = outright.position
        and named.language = outright.language
    where
        outright.registration_id is null
        or (outright.lowest_label = named.label and outright.highest_label = named.label)
        or not (
            named.is_cause_of_after
            or (named.is_cause_of_before and outright.first_place < named.place_in_text)
        )
),

-- and then it is not what is treated in the conditions either
hosts as (
    select distinct registration_id, label
    from named
    where tier = 'title'

    except

    select distinct registration_id, label
    from treated
    where tier = 'title'
),

ranked as (
    select
        treated.*,
        fields.indication_level + coalesce(strengths.level_after, 0) as level,
    from treated
    inner join fields
        on treated.field = fields.field
    left join strengths
        on treated.strength = strengths.strength
    left join hosts
        on treated.registration_id = hosts.registration_id
        and treated.label = hosts.label
    where hosts.registration_id is null or treated.tier = 'title'
),

-- of prose, only the first sentence that names a disease
decisive as (
    select *
    from ranked
    qualify
        level = min(level) over (partition by registration_id)
        and (
            tier <> 'prose'
            or segment = min(segment) over (partition by registration_id, level)
        )
),

title_labels as (
    select distinct registration_id, label
    from decisive
    where tier = 'title'
),

-- a virus or diabetes beside another disease is its cause or its host
label_kinds as (
    select
        decisive.registration_id,
        decisive.label,
        bool_and(coalesce(decisive.strength, '') in ('host', 'host_outside_title')) as is_host,
        bool_or(coalesce(decisive.strength, '') = 'host') as is_host_wherever,
        bool_or(title_labels.label is not null) as is_in_title,
    from decisive
    left join title_labels
        on decisive.registration_id = title_labels.registration_id
        and decisive.label = title_labels.label
    group by decisive.registration_id, decisive.label
),

hosted as (
    select
        registration_id,
        label,
    from label_kinds
    qualify
        is_host
        and (is_host_wherever or not is_in_title)
        and not bool_and(is_host) over (partition by registration_id)
),

superseded as (
    select distinct
        decisive.registration_id,
        supersedes.superseded_indication_group as label,
    from decisive
    inner join supersedes
        on decisive.strength = supersedes.strength
    left join title_labels
        on decisive.registration_id = title_labels.registration_id
        and supersedes.superseded_indication_group = title_labels.label
    where supersedes.in_title or title_labels.label is null
),

-- a label that says less than another of the registration gives way to it
outranked as (
    select distinct
        decisive.registration_id,
        precedence.label,
    from decisive
    inner join precedence
        on decisive.label = precedence.yields_to
),

kept as (
    select decisive.*
    from decisive
    anti join superseded
        on decisive.registration_id = superseded.registration_id
        and decisive.label = superseded.label
    anti join hosted
        on decisive.registration_id = hosted.registration_id
        and decisive.label = hosted.label
    anti join outranked
        on decisive.registration_id = outranked.registration_id
        and decisive.label = outranked.label
),

-- the first condition that the title names, else the first registered condition
best_evidence as (
    select
        registration_id,
        label as indication_group,
        field,
        position,
        matched_text,
        rule_id,
        row_number() over (
            partition by registration_id
            order by tier = 'title' desc, evidence_rank, position, segment, starts_at, rule_id
        ) as place,
    from kept
    qualify row_number() over (
        partition by registration_id, label
        order by tier = 'title' desc, evidence_rank, position, segment, starts_at, rule_id, language
    ) = 1
),

unnamed as (
    select
        registrations.registration_id,
        defaults.label as indication_group,
        conditions.field,
        conditions.position,
        conditions.text as matched_text,
        defaults.rule_id,
        1 as place,
    from registrations
    cross join defaults
    anti join best_evidence
        on registrations.registration_id = best_evidence.registration_id
    left join conditions
        on registrations.registration_id = conditions.registration_id
    qualify row_number() over (
        partition by registrations.registration_id
        order by
            conditions.tier, conditions.evidence_rank, conditions.position, conditions.segment, conditions.language
    ) = 1
),

ruled as (
    select * from best_evidence
    union all by name
    select * from unnamed
),

labels as (
    select ruled.*
    from ruled
    anti join reviewed
        on ruled.registration_id = reviewed.registration_id

    union all by name

    select * from reviewed
)

select
    registration_id,
    indication_group,
    place = min(place) over (partition by registration_id) as is_primary,
    field,
    position,
    matched_text,
    rule_id,
from labels
