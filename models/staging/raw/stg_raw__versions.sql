-- Every version that raw holds, without its document: one row per source table, registration and version.
{%- for source_name in ['clinicaltrials_gov', 'chictr', 'chinadrugtrials', 'ictrp'] %}
{{ 'union all' if not loop.first }}
select
    '{{ source_name }}' as source,
    registration_id,
    document_hash,
    record_date,
    cast(data_cut as timestamp) as data_cut,
    cast(retrieved_at as timestamp) as retrieved_at,
    is_sample,
    _dlt_valid_from as valid_from,
from {{ source('raw', source_name) }}
{%- endfor %}
