-- Whether a registration is cell therapy, and the words that say so: one row per registration.
with

registrations as (
    select * from {{ ref('int_registrations') }}
),

evidence as (
    select * from {{ ref('int_cell_type_scope') }}
),

screening_hits as (
    select * from {{ ref('int_screening_hits') }}
),

attribute_hits as (
    select * from {{ ref('int_attribute_hits') }}
),

segments as (
    select * from {{ ref('int_text_segments') }}
),

study_kinds as (
    select * from {{ ref('study_kinds') }}
),

engineered_cells as (
    select * from {{ ref('cell_types') }}
    where is_engineered
),

rules as (
    select * from {{ ref('screening_rules') }}
),

statuses as (
    select * from {{ ref('cell_type_statuses') }}
),

reasons as (
    select * from {{ ref('screening_reasons') }}
),

defaults as (
    select * from {{ ref('label_defaults') }}
    where facet = 'screening'
),

overrides as (
    select * from {{ ref('int_reviewed_labels') }}
    where facet = 'is_cell_therapy'
),

-- a registration whose every intervention is known to be no cell
interventions as (
    select distinct registration_id, field, position, language
    from segments
    where field = 'intervention_name'
),

interventions_by_registration as (
    select distinct registration_id
    from interventions
),

not_cells as (
    select
        registration_id,
        field,
        position,
        language,
        bool_and(coalesce(strength = 'drug', false)) as is_drug,
        bool_and(label = 'lymphodepletion') as is_lymphodepletion,
    from screening_hits
    where label in ('non_cell_intervention', 'lymphodepletion')
    group by registration_id, field, position, language
),

cell_interventions as (
    select distinct registration_id, field, position, language
    from evidence
    where status in ('given', 'named')
),

intervention_kinds as (
    select
        interventions.registration_id,
        bool_and(
            not_cells.registration_id is not null and cell_interventions.registration_id is null
        ) as has_only_other_interventions,
        bool_and(
            not_cells.registration_id is not null
            and not not_cells.is_lymphodepletion
            and cell_interventions.registration_id is null
        ) as has_no_cell_intervention,
    from interventions
    left join not_cells
        on interventions.registration_id = not_cells.registration_id
        and interventions.field = not_cells.field
        and interventions.position = not_cells.position
        and interventions.language = not_cells.language
    left join cell_interventions
        on interventions.registration_id = cell_interventions.registration_id
        and interventions.field = cell_interventions.field
        and interventions.position = cell_interventions.position
        and interventions.language = cell_interventions.language
    group by interventions.registration_id
),

follow_ups as (
    select distinct attribute_hits.registration_id
    from attribute_hits
    inner join study_kinds
        on attribute_hits.label = 'study_kind=' || study_kinds.study_kind
    where attribute_hits.tier = 'title' and study_kinds.is_read_from_title and not study_kinds.assigns_cells
),

-- a study that only observes people gives no cells
observing as (
    select registrations.registration_id
    from registrations
    inner join study_kinds
        on registrations.study_type = study_kinds.study_type
    where not study_kinds.assigns_cells
),

title_contexts as (
    select
        registration_id,
        bool_and(status in ('history', 'negated', 'cell_free')) as is_context_only,
    from evidence
    where tier = 'title' and strength <> 'general'
    group by registration_id
),

-- prose alone speaks where the title leaves room for cells: it names or hints at some, or names nothing else
title_words as (
    select
        registration_id,
        bool_or(label = 'cell_hint') as has_hint,
        bool_or(label = 'non_cell_intervention') as has_other_intervention,
        bool_or(label = 'study_without_cells') as is_of_study_without_cells,
    from screening_hits
    where tier = 'title'
    group by registration_id
),

titles_with_cells as (
    select distinct registration_id
    from evidence
    where tier = 'title' and status in ('given', 'named')
),

cells_given as (
    select distinct registration_id
    from evidence
    where
        status = 'given' and scope = 'in' and strength <> 'general'
        and (tier in ('title', 'intervention', 'arm') or (tier = 'prose' and is_said_to_be_given))
),

prose as (
    select
        registration_id,
        count(distinct concat_ws('|', field, segment, starts_at)) as n_places,
        min(segment) as first_sentence,
        bool_or(strength <> 'cell') as names_a_treatment,
    from evidence
    where
        tier = 'prose' and status = 'given' and is_said_to_be_given
        and strength not in ('general', 'unspecified', 'pbmc')
    group by registration_id
),

room_for_prose as (
    select prose.registration_id
    from prose
    anti join observing
        on prose.registration_id = observing.registration_id
    left join title_words
        on prose.registration_id = title_words.registration_id
    left join titles_with_cells
        on prose.registration_id = titles_with_cells.registration_id
    left join interventions_by_registration
        on prose.registration_id = interventions_by_registration.registration_id
    where
        -- a bare cell far down the text is a remark
        (prose.names_a_treatment or prose.first_sentence <= 8 or prose.n_places > 1)
        and (
            titles_with_cells.registration_id is not null
            or coalesce(title_words.has_hint, false)
            or (
                interventions_by_registration.registration_id is not null
                and not coalesce(title_words.has_other_intervention, false)
                and prose.n_places > 1
            )
        )
),

-- a product that the registry lists by its code alone, where a sentence names the code together with an engineered cell
product_codes as (
    select
        registration_id,
        regexp_extract(text_normalised, '\b[a-z]{1,9}[ -]?[a-z]{0,4}\d[a-z0-9-]*') as code,
    from segments
    where field = 'intervention_name'
),

codes_of_cells as (
    select distinct evidence.registration_id
    from evidence
    inner join engineered_cells
        on evidence.cell_type = engineered_cells.cell_type
    inner join segments as sentences
        on evidence.registration_id = sentences.registration_id
        and evidence.field = sentences.field
        and evidence.position = sentences.position
        and evidence.language = sentences.language
        and evidence.segment = sentences.segment
    inner join product_codes
        on evidence.registration_id = product_codes.registration_id
        and length(product_codes.code) > 3
        and contains(sentences.text_normalised, product_codes.code)
    where evidence.tier = 'prose' and evidence.status = 'given' and evidence.strength <> 'general'
),

judged as (
    select
        evidence.*,
        case
            when
                evidence.strength = 'product' and evidence.status = 'given'
                and evidence.tier in ('title', 'intervention', 'arm')
                and (evidence.tier <> 'title' or not coalesce(intervention_kinds.has_no_cell_intervention, false))
                then 'product_named'
            when evidence.tier = 'intervention' and evidence.status = 'given' and evidence.strength <> 'general'
                then 'cells_given_as_intervention'
            when
                evidence.tier = 'intervention' and evidence.status in ('given', 'named')
                and evidence.strength not in ('general', 'pbmc', 'standard')
                and (not_cells.registration_id is null or not_cells.is_drug or not_cells.is_lymphodepletion)
                and observing.registration_id is null
                then 'cells_named_as_intervention'
            when
                evidence.tier = 'intervention' and evidence.strength in ('general', 'standard')
                and evidence.status in ('given', 'named')
                and not_cells.registration_id is null
                and titles_with_cells.registration_id is not null
                then 'cells_of_the_title_as_intervention'
            when
                evidence.tier = 'title' and evidence.status = 'given'
                and not coalesce(intervention_kinds.has_no_cell_intervention, false)
                and not coalesce(title_words.is_of_study_without_cells, false)
                then 'cells_given_in_title'
            when
                evidence.tier = 'title' and evidence.status = 'named'
                and cells_given.registration_id is not null
                and not coalesce(title_words.has_other_intervention, false)
                and not coalesce(intervention_kinds.has_no_cell_intervention, false)
                and not coalesce(title_words.is_of_study_without_cells, false)
                and observing.registration_id is null
                then 'cells_named_in_title'
            when
                evidence.tier = 'title' and evidence.status in ('given', 'named', 'history')
                and follow_ups.registration_id is not null
                then 'cells_followed_up'
            when
                evidence.tier = 'arm' and evidence.status = 'given' and evidence.strength <> 'general'
                and observing.registration_id is null
                and (
                    not coalesce(intervention_kinds.has_no_cell_intervention, false)
                    or titles_with_cells.registration_id is not null
                )
                and not coalesce(title_contexts.is_context_only, false)
                then 'cells_given_to_an_arm'
            when
                evidence.tier = 'prose' and evidence.status = 'given' and evidence.is_said_to_be_given
                and evidence.strength not in ('general', 'unspecified', 'pbmc')
                and not coalesce(intervention_kinds.has_only_other_interventions, false)
                and not coalesce(title_contexts.is_context_only, false)
                and room_for_prose.registration_id is not null
                and not coalesce(title_words.is_of_study_without_cells, false)
                then 'cells_given_in_prose'
            when
                evidence.tier = 'prose' and evidence.status = 'given' and evidence.strength <> 'general'
                and not coalesce(intervention_kinds.has_only_other_interventions, false)
                and not coalesce(title_contexts.is_context_only, false)
                and codes_of_cells.registration_id is not null
                then 'code_of_a_cell'
        end as rule_of_screen,
    from evidence
    left join intervention_kinds
        on evidence.registration_id = intervention_kinds.registration_id
    left join follow_ups
        on evidence.registration_id = follow_ups.registration_id
    left join title_contexts
        on evidence.registration_id = title_contexts.registration_id
    left join title_words
        on evidence.registration_id = title_words.registration_id
    left join cells_given
        on evidence.registration_id = cells_given.registration_id
    left join room_for_prose
        on evidence.registration_id = room_for_prose.registration_id
    left join codes_of_cells
        on evidence.registration_id = codes_of_cells.registration_id
    left join titles_with_cells
        on evidence.registration_id = titles_with_cells.registration_id
    left join not_cells
        on evidence.registration_id = not_cells.registration_id
        and evidence.field = not_cells.field
        and evidence.position = not_cells.position
        and evidence.language = not_cells.language
    left join observing
        on evidence.registration_id = observing.registration_id
),

reasoned as (
    select
        judged.*,
        case
            when judged.status = 'cell_free' then statuses.screening_reason
            when judged.scope <> 'in' then judged.scope
            else coalesce(rules.reason, statuses.screening_reason)
        end as reason,
    from judged
    inner join statuses
        on judged.status = statuses.status
    left join rules
        on judged.rule_of_screen = rules.rule_id
),

best as (
    select
        reasoned.registration_id,
        reasons.is_cell_therapy,
        reasoned.reason,
        reasoned.field,
        reasoned.position,
        reasoned.matched_text,
        coalesce(
            case when not reasons.is_cell_therapy then reasoned.context_rule_id end, reasoned.rule_id
        ) as rule_id,
    from reasoned
    inner join reasons
        on reasoned.reason = reasons.reason
    qualify row_number() over (
        partition by reasoned.registration_id
        order by
            reasons.is_cell_therapy desc,
            reasoned.evidence_rank,
            reasons.priority,
            reasoned.position,
            reasoned.segment,
            reasoned.starts_at,
            reasoned.rule_id,
            reasoned.language
    ) = 1
),

reviewed as (
    select
        overrides.*,
        reasons.is_cell_therapy,
        reasons.reason,
    from overrides
    inner join reasons
        on reasons.is_review
        and reasons.is_cell_therapy = (overrides.label = 'true')
)

select
    registrations.registration_id,
    coalesce(reviewed.is_cell_therapy, best.is_cell_therapy, false) as is_cell_therapy,
    coalesce(reviewed.reason, best.reason, defaults.label) as reason,
    coalesce(reviewed.field, best.field) as field,
    coalesce(reviewed.position, best.position) as position,
    coalesce(reviewed.matched_text, best.matched_text) as matched_text,
    coalesce(reviewed.rule_id, best.rule_id, defaults.rule_id) as rule_id,
from registrations
cross join defaults
left join best
    on registrations.registration_id = best.registration_id
left join reviewed
    on registrations.registration_id = reviewed.registration_id
