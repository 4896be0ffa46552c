-- ChinaDrugTrials registrations read once into a typed struct, in the version that this build reads: one row per registration.
with versions as (
    {{ newest_version(source('raw', 'chinadrugtrials')) }}
)

select
    versions.registration_id,
    {{ read_document('versions.document', '{
        "status": "VARCHAR",
        "first_public_date": "VARCHAR",
        "drug_name": "VARCHAR",
        "former_drug_name": "VARCHAR",
        "drug_type": "VARCHAR",
        "acceptance_number": "VARCHAR",
        "indication": "VARCHAR",
        "scientific_title": "VARCHAR",
        "public_title": "VARCHAR",
        "protocol_code": "VARCHAR",
        "purpose": "VARCHAR",
        "phase": "VARCHAR",
        "design_type": "VARCHAR",
        "randomization": "VARCHAR",
        "blinding": "VARCHAR",
        "inclusion_criteria": "VARCHAR",
        "exclusion_criteria": "VARCHAR",
        "status_detail": "VARCHAR",
        "target_size": "VARCHAR",
        "actual_size": "VARCHAR",
        "first_consent_date": "VARCHAR",
        "first_enrolment_date": "VARCHAR",
        "completion_date": "VARCHAR",
        "termination_date": "VARCHAR",
        "url": "VARCHAR",
        "sponsor_names": ["VARCHAR"],
        "related_ids": ["VARCHAR"],
        "test_drugs": [{"text": "VARCHAR"}],
        "control_drugs": [{"text": "VARCHAR"}],
        "primary_endpoints": [{"name": "VARCHAR"}],
        "secondary_endpoints": [{"name": "VARCHAR"}],
        "institutions": [{"name": "VARCHAR", "country": "VARCHAR", "province": "VARCHAR", "city": "VARCHAR"}]
    }') }} as record,
    versions.record_date,
    versions.data_cut,
    versions.is_sample,
from versions
