-- What identifiers say about pairs of registrations: one row per pair, rule, naming registration and field.
with scope as (
    select * from {{ ref('int_linkage_registrations') }}
),

mentions as (
    select * from {{ ref('int_identifier_mentions') }}
),

contexts as (
    select * from {{ ref('mention_contexts') }}
),

identifiers as (
    select * from {{ ref('int_registration_identifiers') }}
),

-- Why a text names a number: the first context rule whose words stand before it.
reasons as (
    select
        mentions.registration_id,
        mentions.field,
        mentions.position,
        mentions.identifier_key,
        contexts.meaning,
    from mentions
    -- Only numbers of registrations in scope need a reason.
    inner join scope
        on
        mentions.identifier_key = scope.identifier_key
        and mentions.registration_id <> scope.registration_id
    inner join contexts
        on mentions.context_before <> '' and regexp_matches(mentions.context_before, contexts.pattern)
    qualify row_number() over (
        partition by mentions.registration_id, mentions.field, mentions.position, mentions.identifier_key
        order by contexts.priority, contexts.rule_id
    ) = 1
),

register_mentions as (
    select
        mentions.*,
        case
            when mentions.field = 'alias' then 'registry_alias'
            when mentions.field in ('ictrp_parent', 'ictrp_child') then 'ictrp_group'
            when mentions.field = 'related_id' then 'chinadrugtrials_related'
            when reasons.meaning = 'other_trial' then 'id_in_text_as_other'
            when mentions.source = 'identifier' then 'id_in_id_field'
            when reasons.meaning = 'same_trial' then 'id_in_text_as_own'
            when mentions.source = 'title' then 'id_in_title'
            else 'id_in_text'
        end as rule,
    from mentions
    left join reasons
        on
        mentions.registration_id = reasons.registration_id
        and mentions.field = reasons.field
        and mentions.position = reasons.position
        and mentions.identifier_key = reasons.identifier_key
    where mentions.kind = 'register'
),

named as (
    select
        mentions.registration_id as naming_id,
        scope.registration_id as named_id,
        mentions.rule,
        mentions.field,
        mentions.matched_text,
    from register_mentions as mentions
    inner join scope
        on
        mentions.identifier_key = scope.identifier_key
        and mentions.registration_id <> scope.registration_id
),

-- One number, two records: spellings of one ChiCTR number, country records of one EudraCT number.
one_number as (
    select
        later.registration_id as naming_id,
        earlier.registration_id as named_id,
        'registry_number' as rule,
        'registration_id' as field,
        later.registration_id as matched_text,
    from scope as earlier
    inner join scope as later
        on
        earlier.identifier_key = later.identifier_key
        and earlier.registration_id < later.registration_id
),

-- Codes that both records give. A code that many records give says nothing, and would make the pairs grow with its square.
shared_numbers as (
    select
        mentions.registration_id,
        mentions.identifier_key as code,
        case mentions.kind
            when 'utn' then 'shared_utn'
            when 'acceptance' then 'shared_acceptance_number'
            else 'shared_register_number'
        end as rule,
        min(mentions.field) as field,
        min(mentions.matched_text) as matched_text,
    from mentions
    left join scope
        on mentions.identifier_key = scope.identifier_key
    where
        -- A universal trial number and an application say the same wherever they stand; a register's number does not.
        (mentions.source = 'identifier' or mentions.kind <> 'register')
        and mentions.field not in ('alias', 'related_id')
        and scope.registration_id is null
    group by mentions.registration_id, mentions.identifier_key, mentions.kind
),

protocol_codes as (
    select
        identifiers.registration_id,
        {{ protocol_code_key('identifiers.identifier_text') }} as code,
        'shared_protocol_code' as rule,
        min(identifiers.field) as field,
        min(identifiers.identifier_text) as matched_text,
    from identifiers
    inner join scope
        on identifiers.registration_id = scope.registration_id
    where identifiers.field in ('org_study_id', 'protocol_code', 'partner_id', 'secondary_id', 'subject_id')
    group by identifiers.registration_id, code
),

codes as (
    select * from shared_numbers
    union all
    select * from protocol_codes
    where {{ is_distinctive_code('code') }}
),

usable_codes as (
    select *
    from codes
    qualify count(*) over (partition by rule, code) between 2 and {{ var('link_max_shared_code', 8) }}
),

shared as (
    select
        later.registration_id as naming_id,
        earlier.registration_id as named_id,
        earlier.rule,
        later.field,
        later.matched_text,
    from usable_codes as earlier
    inner join usable_codes as later
        on
        earlier.rule = later.rule
        and earlier.code = later.code
        and earlier.registration_id < later.registration_id
),

evidence as (
    select * from named
    union all
    select * from one_number
    union all
    select * from shared
)

select
    least(naming_id, named_id) as registration_id_a,
    greatest(naming_id, named_id) as registration_id_b,
    rule,
    naming_id as naming_registration_id,
    field,
    min(matched_text) as matched_text,
from evidence
group by naming_id, named_id, rule, field
