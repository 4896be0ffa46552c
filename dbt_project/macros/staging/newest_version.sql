{#
    The version of each registration that a build reads. Without `as_of` it is the newest by the registry's own date of the
    record, then by the state of the registry that the file shows, then by when it was loaded: so a file that is older
    than what raw holds never wins, whenever it is imported. With `as_of` it is the newest version dated on or before that
    day; a registration that was held only in later versions is read in the oldest of them (its date of registration
    decides in int_registrations whether it was there at all).
#}
{% macro newest_version(source_relation) -%}
    {%- set as_of = var('as_of') %}
    select
        registration_id,
        document,
        record_date,
        data_cut,
        source_shape,
        source_file,
        source_position,
        is_sample,
        _dlt_valid_from as valid_from,
    from {{ source_relation }}
    qualify row_number() over (
        partition by registration_id
        order by
            {%- if as_of %}
            coalesce(record_date > cast('{{ as_of }}' as date), false),
            case when record_date > cast('{{ as_of }}' as date) then record_date end asc,
            {%- endif %}
            record_date desc nulls last,
            data_cut desc nulls last,
            _dlt_valid_from desc,
            document_hash
    ) = 1
{%- endmacro %}
