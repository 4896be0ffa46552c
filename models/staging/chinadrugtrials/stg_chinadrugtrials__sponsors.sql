-- Applicants of ChinaDrugTrials registrations: one row per applicant.
with documents as (
    select * from {{ ref('stg_chinadrugtrials__documents') }}
),

items as (
    select
        documents.registration_id,
        {{ unnest_with_position('documents.record.sponsor_names', 'item') }},
    from documents
)

select
    items.registration_id,
    items.position,
    items.item as name,
from items
