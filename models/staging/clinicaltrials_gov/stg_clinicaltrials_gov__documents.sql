-- ClinicalTrials.gov studies read once into a typed struct, in the version that this build reads: one row per registration.
with versions as (
    {{ newest_version(source('raw', 'clinicaltrials_gov')) }}
)

select
    versions.registration_id,
    {{ read_document('versions.document', '
        {"protocolSection": {
            "identificationModule": {
                "nctIdAliases": ["VARCHAR"], "orgStudyIdInfo": {"id": "VARCHAR"},
                "secondaryIdInfos": [{"id": "VARCHAR", "type": "VARCHAR", "domain": "VARCHAR"}],
                "briefTitle": "VARCHAR", "officialTitle": "VARCHAR", "acronym": "VARCHAR"},
            "statusModule": {
                "overallStatus": "VARCHAR",
                "startDateStruct": {"date": "VARCHAR"}, "completionDateStruct": {"date": "VARCHAR"},
                "studyFirstSubmitDate": "VARCHAR", "studyFirstPostDateStruct": {"date": "VARCHAR"},
                "lastUpdatePostDateStruct": {"date": "VARCHAR"}},
            "sponsorCollaboratorsModule": {
                "leadSponsor": {"name": "VARCHAR", "class": "VARCHAR"},
                "collaborators": [{"name": "VARCHAR", "class": "VARCHAR"}]},
            "descriptionModule": {"briefSummary": "VARCHAR", "detailedDescription": "VARCHAR"},
            "conditionsModule": {"conditions": ["VARCHAR"], "keywords": ["VARCHAR"]},
            "designModule": {
                "studyType": "VARCHAR", "phases": ["VARCHAR"],
                "designInfo": {
                    "allocation": "VARCHAR", "interventionModel": "VARCHAR", "primaryPurpose": "VARCHAR",
                    "maskingInfo": {"masking": "VARCHAR"}},
                "enrollmentInfo": {"count": "BIGINT", "type": "VARCHAR"}},
            "armsInterventionsModule": {
                "armGroups": [{"label": "VARCHAR", "description": "VARCHAR"}],
                "interventions": [{
                    "type": "VARCHAR", "name": "VARCHAR", "description": "VARCHAR", "otherNames": ["VARCHAR"]}]},
            "outcomesModule": {
                "primaryOutcomes": [{"measure": "VARCHAR"}], "secondaryOutcomes": [{"measure": "VARCHAR"}]},
            "eligibilityModule": {"eligibilityCriteria": "VARCHAR"},
            "contactsLocationsModule": {
                "locations": [{"facility": "VARCHAR", "city": "VARCHAR", "state": "VARCHAR", "country": "VARCHAR"}]}},
         "derivedSection": {
            "conditionBrowseModule": {"meshes": [{"term": "VARCHAR"}]},
            "miscInfoModule": {"removedCountries": ["VARCHAR"]}}}
    ') }} as study,
    versions.record_date,
    versions.data_cut,
    versions.is_sample,
from versions
