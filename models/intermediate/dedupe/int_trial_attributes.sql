-- What each registration of a trial says in each field, and which of them wins: one row per trial, field and registration.
{%- set fields = [
    'public_title',
    'scientific_title',
    'acronym',
    'registration_date',
    'start_date',
    'completion_date',
    'status',
    'study_type',
    'study_design',
    'target_enrollment',
    'actual_enrollment',
    'lead_sponsor',
    'lead_sponsor_class',
    'allocation',
    'url',
] %}
with trial_registrations as (
    select * from {{ ref('int_trial_registrations') }}
),

registrations as (
    select * from {{ ref('int_registrations') }}
),

survivorship as (
    select * from {{ ref('survivorship') }}
),

ranks as (
    select * from {{ ref('registry_ranks') }}
),

stated as (
    {%- for field in fields %}
    select
        registration_id,
        registry,
        last_update_date,
        '{{ field }}' as field,
        cast({{ field }} as varchar) as value,
    from registrations
    where {{ field }} is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

ordered as (
    select
        trial_registrations.trial_id,
        stated.field,
        stated.value,
        stated.registration_id,
        survivorship.rule_id,
        row_number() over (
            partition by trial_registrations.trial_id, stated.field
            order by
                case when survivorship.method = 'earliest' then stated.value end nulls last,
                case when survivorship.method = 'latest_update' then stated.last_update_date end desc nulls last,
                case when survivorship.method = 'longest' then length(stated.value) end desc nulls last,
                case when survivorship.method = 'largest' then try_cast(stated.value as bigint) end desc nulls last,
                ranks.rank nulls last,
                trial_registrations.is_primary desc,
                stated.registration_id
        ) as place,
    from trial_registrations
    inner join stated
        on trial_registrations.registration_id = stated.registration_id
    inner join survivorship
        on stated.field = survivorship.field
    left join ranks
        on
        stated.registry = ranks.registry
        and survivorship.rank_set = ranks.rank_set
)

select
    trial_id,
    field,
    value,
    registration_id,
    rule_id,
    place = 1 as is_winner,
from ordered
