-- What the naming of a cell says about a registration: one row per place where a cell type is named or a listed
-- product stands. `status`: given, named (nothing beside it decides), measured, history, negated or cell_free.
with

cell_type_hits as (
    select * from {{ ref('int_cell_type_hits') }}
),

cell_types as (
    select * from {{ ref('cell_types') }}
),

strengths as (
    select * from {{ ref('cell_type_strengths') }}
),

product_hits as (
    select * from {{ ref('int_product_hits') }}
),

product_labels as (
    select * from {{ ref('product_labels') }}
    where facet = 'cell_type'
),

beside as (
    select
        cell_type_hits.*,
        cell_types.is_often_measured,
        cell_types.is_engineered,
        -- elsewhere than in a title, words such as "participants treated with" say what an arm is given
        coalesce(
            cell_type_hits.tier = 'title'
            and (cell_type_hits.left_effect = 'setting' or cell_type_hits.right_effect = 'setting'),
            false
        ) as is_setting,
        coalesce(
            cell_type_hits.left_effect = 'given'
            or (cell_type_hits.tier <> 'title' and cell_type_hits.left_effect = 'setting'),
            false
        ) as is_given_before,
        coalesce(
            cell_type_hits.right_effect = 'given'
            or (cell_type_hits.tier <> 'title' and cell_type_hits.right_effect = 'setting'),
            false
        ) as is_given_after,
        coalesce(
            cell_type_hits.left_effect = 'measurement' or cell_type_hits.right_effect = 'measurement', false
        ) as is_measured,
        coalesce(strengths.names_a_treatment, false) as names_a_treatment,
    from cell_type_hits
    inner join cell_types
        on cell_type_hits.label = cell_types.cell_type
    left join strengths
        on cell_type_hits.strength = strengths.strength
),

cells as (
    select
        registration_id,
        field,
        tier,
        evidence_rank,
        position,
        language,
        segment,
        starts_at,
        matched_text,
        label as cell_type,
        1 as label_position,
        rule_id,
        strength,
        case
            when left_effect = 'derived_from' or right_effect = 'derived' then 'cell_free'
            when right_effect = 'history' or left_effect = 'history' or is_setting then 'history'
            when left_effect = 'negation' then 'negated'
            when left_effect = 'collection' or right_effect = 'collection' then 'measured'
            when is_measured and is_often_measured and not is_given_before then 'measured'
            when
                tier = 'title' and is_measured and not is_engineered
                and not is_given_before and not is_given_after and not has_preparation_word
                then 'measured'
            when names_a_treatment then 'given'
            when is_given_before and coalesce(right_effect <> 'measurement', true) then 'given'
            when is_measured then 'measured'
            when strength = 'unspecified' or is_given_after or has_preparation_word then 'given'
            else 'named'
        end as status,
        is_given_before or is_given_after or has_preparation_word as is_administered,
        (is_given_before or is_given_after) and not is_measured as is_said_to_be_given,
        case
            when
                left_effect in ('derived_from', 'history', 'negation', 'measurement', 'collection', 'setting')
                then left_rule_id
            when right_effect in ('derived', 'history', 'measurement', 'collection', 'setting') then right_rule_id
        end as context_rule_id,
    from beside
),

-- the halves of a bilingual title say the same: cells that are context in one half are no more than that in the other
context_in_halves as (
    select
        registration_id,
        field,
        position,
        language,
        cell_type,
        min(status) as status,
        min(context_rule_id) as context_rule_id,
    from cells
    where tier = 'title'
    group by registration_id, field, position, language, cell_type
    having bool_and(status not in ('given', 'named'))
),

cells_of_both_halves as (
    select
        cells.* exclude (status, context_rule_id),
        coalesce(other_half.status, cells.status) as status,
        coalesce(other_half.context_rule_id, cells.context_rule_id) as context_rule_id,
    from cells
    left join context_in_halves as other_half
        on cells.registration_id = other_half.registration_id
        and cells.field = other_half.field
        and cells.position = other_half.position
        and cells.cell_type = other_half.cell_type
        and cells.language <> other_half.language
        and cells.status in ('given', 'named')
),

products as (
    select
        product_hits.registration_id,
        product_hits.field,
        product_hits.tier,
        product_hits.evidence_rank,
        product_hits.position,
        product_hits.language,
        product_hits.segment,
        product_hits.starts_at,
        product_hits.matched_text,
        product_labels.label as cell_type,
        product_labels.position as label_position,
        product_hits.rule_id,
        'product' as strength,
        case when product_hits.left_effect = 'history' then 'history' else 'given' end as status,
        true as is_administered,
        true as is_said_to_be_given,
        product_hits.left_rule_id as context_rule_id,
    from product_hits
    inner join product_labels
        on product_hits.label = product_labels.product_id
)

select
    registration_id,
    field,
    tier,
    evidence_rank,
    position,
    language,
    segment,
    starts_at,
    matched_text,
    cell_type,
    label_position,
    rule_id,
    strength,
    status,
    is_administered,
    is_said_to_be_given,
    context_rule_id,
from cells_of_both_halves

union all by name

select * from products
