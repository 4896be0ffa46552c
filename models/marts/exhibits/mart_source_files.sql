-- Which files and searches the registrations came from, and what became of their records: one row per file of a load.
with batches as (
    select
        batch_id,
        registry,
        source_file,
        source_shape,
        search,
        data_cut,
        n_read,
        n_loaded,
        n_unchanged,
        n_quarantined,
        n_refused,
        reason,
        started_at,
    from {{ source('quality', 'extract_batches') }}
)

select
    batches.batch_id,
    batches.registry,
    batches.source_file,
    batches.source_shape,
    batches.search,
    cast(batches.data_cut as timestamp) as data_cut,
    cast(batches.n_read as bigint) as n_read,
    cast(batches.n_loaded as bigint) as n_loaded,
    cast(batches.n_unchanged as bigint) as n_unchanged,
    cast(batches.n_quarantined as bigint) as n_quarantined,
    cast(batches.n_refused as bigint) as n_refused,
    batches.reason as refused_because,
    cast(batches.started_at as timestamp) as loaded_at,
from batches
