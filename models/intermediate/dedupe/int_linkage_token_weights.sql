-- How much a shared token says: one row per feature and token, with its inverse document frequency in tenths of a bit.
with tokens as (
    select * from {{ ref('int_linkage_tokens') }}
),

scope as (
    select * from {{ ref('int_linkage_registrations') }}
),

reference as (
    select * from {{ ref('token_frequencies') }}
),

corpus as (
    select count(*) as n_registrations
    from scope
),

reference_corpus as (
    select max(n_registrations) as n_registrations
    from reference
),

counted as (
    select
        feature,
        token,
        count(*) as n_registrations,
    from tokens
    group by feature, token
)

-- The frequencies of a reference corpus are added, so that a word is common in a load of ten records as in one of ten thousand.
select
    counted.feature,
    counted.token,
    counted.n_registrations,
    cast(round(10 * log2(
        (corpus.n_registrations + reference_corpus.n_registrations + 1.0)
        / (counted.n_registrations + coalesce(reference.n_documents, 0))
    )) as integer) as weight,
from counted
cross join corpus
cross join reference_corpus
left join reference
    on
    counted.feature = reference.feature
    and counted.token = reference.token
