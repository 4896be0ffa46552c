-- ICTRP rows read once into a typed struct, in the version that this build reads: one row per registration.
with versions as (
    {{ newest_version(source('raw', 'ictrp')) }}
)

select
    versions.registration_id,
    {{ read_document('versions.document', '{
        "last_refreshed_on": "VARCHAR",
        "public_title": "VARCHAR",
        "scientific_title": "VARCHAR",
        "acronym": "VARCHAR",
        "primary_sponsor": "VARCHAR",
        "date_registration": "VARCHAR",
        "date_registration3": "VARCHAR",
        "source_register": "VARCHAR",
        "web_address": "VARCHAR",
        "recruitment_status": "VARCHAR",
        "date_enrolment": "VARCHAR",
        "target_size": "VARCHAR",
        "study_type": "VARCHAR",
        "study_design": "VARCHAR",
        "phase": "VARCHAR",
        "countries": "VARCHAR",
        "inclusion_criteria": "VARCHAR",
        "exclusion_criteria": "VARCHAR",
        "condition": "VARCHAR",
        "intervention": "VARCHAR",
        "primary_outcome": "VARCHAR",
        "secondary_outcome": "VARCHAR",
        "secondary_ids": "VARCHAR",
        "secondary_sponsors": "VARCHAR",
        "source_support": "VARCHAR",
        "results_date_completed": "VARCHAR",
        "retrospective_flag": "VARCHAR",
        "prospective_registration": "VARCHAR",
        "bridging_flag": "VARCHAR",
        "childs": "VARCHAR"
    }') }} as record,
    versions.record_date,
    versions.data_cut,
    versions.is_sample,
from versions
