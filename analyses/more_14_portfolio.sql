-- The trials of the products and of the sponsors with most trials in China, on a time line: one row per kind of owner,
-- owner and trial.
with portfolio as (
    select
        owner_kind,
        owner,
        trial_id,
        registration_date,
        phase,
        status,
        sponsor_type,
        cell_type,
        indication_group,
    from {{ ref('mart_portfolio') }}
    where is_china
),

sizes as (
    select
        owner_kind,
        owner,
        count(*) as n_trials,
        row_number() over (partition by owner_kind order by count(*) desc, owner) as owner_rank,
    from portfolio
    group by owner_kind, owner
),

members as (
    select
        portfolio.trial_id,
        portfolio.owner_kind,
        portfolio.owner,
    from portfolio
    inner join sizes
        on
        portfolio.owner_kind = sizes.owner_kind
        and portfolio.owner = sizes.owner
    where sizes.owner_rank <= 15
)

select
    portfolio.owner_kind,
    portfolio.owner,
    sizes.owner_rank,
    sizes.n_trials,
    portfolio.trial_id,
    portfolio.registration_date,
    portfolio.phase,
    portfolio.status,
    portfolio.sponsor_type,
    portfolio.cell_type,
    portfolio.indication_group,
from portfolio
inner join members
    on
    portfolio.owner_kind = members.owner_kind
    and portfolio.owner = members.owner
    and portfolio.trial_id = members.trial_id
inner join sizes
    on
    portfolio.owner_kind = sizes.owner_kind
    and portfolio.owner = sizes.owner
order by portfolio.owner_kind, sizes.owner_rank, portfolio.registration_date, portfolio.trial_id
