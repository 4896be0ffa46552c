-- ChiCTR registrations read once into a typed struct, in the version that this build reads: one row per registration.
with versions as (
    {{ newest_version(source('raw', 'chictr')) }}
)

select
    versions.registration_id,
    {{ read_document('versions.document', '{
        "last_refreshed_on": "VARCHAR",
        "date_registration": "VARCHAR",
        "registration_status": {"zh": "VARCHAR", "en": "VARCHAR"},
        "public_title": {"zh": "VARCHAR", "en": "VARCHAR"},
        "acronym": {"zh": "VARCHAR", "en": "VARCHAR"},
        "scientific_title": {"zh": "VARCHAR", "en": "VARCHAR"},
        "subject_id": "VARCHAR",
        "partner_ids": "VARCHAR",
        "utn": "VARCHAR",
        "applicant_institution": {"zh": "VARCHAR", "en": "VARCHAR"},
        "primary_sponsor": {"zh": "VARCHAR", "en": "VARCHAR"},
        "secondary_sponsors": [{"institution": {"zh": "VARCHAR", "en": "VARCHAR"}}],
        "funding": {"zh": "VARCHAR", "en": "VARCHAR"},
        "condition": {"zh": "VARCHAR", "en": "VARCHAR"},
        "study_type": {"zh": "VARCHAR", "en": "VARCHAR"},
        "phase": {"zh": "VARCHAR", "en": "VARCHAR"},
        "design": {"zh": "VARCHAR", "en": "VARCHAR"},
        "objectives": {"zh": "VARCHAR", "en": "VARCHAR"},
        "treatment": {"zh": "VARCHAR", "en": "VARCHAR"},
        "inclusion_criteria": {"zh": "VARCHAR", "en": "VARCHAR"},
        "exclusion_criteria": {"zh": "VARCHAR", "en": "VARCHAR"},
        "study_from": "VARCHAR",
        "study_to": "VARCHAR",
        "recruiting_from": "VARCHAR",
        "interventions": [{"group": {"zh": "VARCHAR", "en": "VARCHAR"}, "sample_size": "VARCHAR",
            "intervention": {"zh": "VARCHAR", "en": "VARCHAR"}}],
        "sites": [{"country": {"zh": "VARCHAR", "en": "VARCHAR"}, "province": {"zh": "VARCHAR", "en": "VARCHAR"},
            "city": {"zh": "VARCHAR", "en": "VARCHAR"}, "institution": {"zh": "VARCHAR", "en": "VARCHAR"}}],
        "outcomes": [{"name": {"zh": "VARCHAR", "en": "VARCHAR"}}],
        "target_size": "VARCHAR",
        "recruiting_status": {"zh": "VARCHAR", "en": "VARCHAR"},
        "secondary_ids": [{"id": "VARCHAR", "issuer": "VARCHAR"}],
        "countries": "VARCHAR",
        "url": "VARCHAR"
    }') }} as record,
    versions.record_date,
    versions.data_cut,
    versions.is_sample,
from versions
