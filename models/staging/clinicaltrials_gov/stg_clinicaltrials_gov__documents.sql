-- ClinicalTrials.gov studies read once into a typed struct, in the version that this build reads: one row per registration.
with versions as (
    {{ newest_version(source('raw', 'clinicaltrials_gov')) }}
)

select
    versions.registration_id,
    {{ read_document('versions.document', '
        {"protocolSection": {
            "identificationModule": {
                "nctIdAliases": ["VARCHAR"], "orgStudyIdInfo": {"id": "VARCHAR", "type": "VARCHAR"},
                "secondaryIdInfos": [{"id": "VARCHAR", "type": "VARCHAR", "domain": "VARCHAR"}],
                "organization": {"fullName": "VARCHAR", "class": "VARCHAR"},
                "briefTitle": "VARCHAR", "officialTitle": "VARCHAR", "acronym": "VARCHAR"},
            "statusModule": {
                "overallStatus": "VARCHAR", "lastKnownStatus": "VARCHAR", "whyStopped": "VARCHAR",
                "startDateStruct": {"date": "VARCHAR", "type": "VARCHAR"},
                "primaryCompletionDateStruct": {"date": "VARCHAR", "type": "VARCHAR"},
                "completionDateStruct": {"date": "VARCHAR", "type": "VARCHAR"},
                "studyFirstSubmitDate": "VARCHAR", "studyFirstPostDateStruct": {"date": "VARCHAR"},
                "lastUpdatePostDateStruct": {"date": "VARCHAR"}, "lastUpdateSubmitDate": "VARCHAR"},
            "sponsorCollaboratorsModule": {
                "responsibleParty": {"type": "VARCHAR"},
                "leadSponsor": {"name": "VARCHAR", "class": "VARCHAR"},
                "collaborators": [{"name": "VARCHAR", "class": "VARCHAR"}]},
            "oversightModule": {"isFdaRegulatedDrug": "BOOLEAN"},
            "descriptionModule": {"briefSummary": "VARCHAR", "detailedDescription": "VARCHAR"},
            "conditionsModule": {"conditions": ["VARCHAR"], "keywords": ["VARCHAR"]},
            "designModule": {
                "studyType": "VARCHAR", "phases": ["VARCHAR"],
                "designInfo": {
                    "allocation": "VARCHAR", "interventionModel": "VARCHAR", "primaryPurpose": "VARCHAR",
                    "maskingInfo": {"masking": "VARCHAR"}},
                "enrollmentInfo": {"count": "BIGINT", "type": "VARCHAR"}},
            "armsInterventionsModule": {
                "armGroups": [{"label": "VARCHAR", "type": "VARCHAR", "description": "VARCHAR"}],
                "interventions": [{
                    "type": "VARCHAR", "name": "VARCHAR", "description": "VARCHAR", "otherNames": ["VARCHAR"]}]},
            "outcomesModule": {
                "primaryOutcomes": [{"measure": "VARCHAR"}], "secondaryOutcomes": [{"measure": "VARCHAR"}]},
            "eligibilityModule": {"eligibilityCriteria": "VARCHAR"},
            "contactsLocationsModule": {
                "locations": [{"facility": "VARCHAR", "city": "VARCHAR", "state": "VARCHAR", "country": "VARCHAR"}]}},
         "derivedSection": {
            "conditionBrowseModule": {"meshes": [{"id": "VARCHAR", "term": "VARCHAR"}]},
            "miscInfoModule": {"removedCountries": ["VARCHAR"]}},
         "hasResults": "BOOLEAN"}
    ') }} as study,
    versions.record_date,
    versions.data_cut,
    versions.is_sample,
from versions
