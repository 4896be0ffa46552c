-- What the registrations were loaded from: one row per registry, shape and search.
with source_files as (
    select
        registry,
        source_shape,
        search,
        source_file,
        n_read,
        n_loaded,
        n_unchanged,
        n_quarantined,
        n_refused,
        data_cut,
    from {{ ref('mart_source_files') }}
)

select
    source_files.registry,
    source_files.source_shape,
    source_files.search,
    count(distinct source_files.source_file) as n_files,
    cast(sum(source_files.n_read) as bigint) as n_read,
    cast(sum(source_files.n_loaded) as bigint) as n_loaded,
    cast(sum(source_files.n_unchanged) as bigint) as n_unchanged,
    cast(sum(source_files.n_quarantined) as bigint) as n_quarantined,
    cast(sum(source_files.n_refused) as bigint) as n_refused,
    max(source_files.data_cut) as newest_data_cut,
from source_files
group by source_files.registry, source_files.source_shape, source_files.search
order by source_files.registry, source_files.source_shape, source_files.search
