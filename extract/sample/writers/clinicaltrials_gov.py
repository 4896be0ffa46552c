"""Study objects of the ClinicalTrials.gov API v2, as pages, single studies and NDJSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from extract.sample.records import Record, Text

PHASES = {
    "early_phase_1": ["EARLY_PHASE1"],
    "phase_1": ["PHASE1"],
    "phase_1_2": ["PHASE1", "PHASE2"],
    "phase_2": ["PHASE2"],
    "phase_2_3": ["PHASE2", "PHASE3"],
    "phase_3": ["PHASE3"],
    "phase_4": ["PHASE4"],
    "not_applicable": ["NA"],
    "not_reported": [],
}


def study(record: Record) -> dict[str, Any]:
    """One study object, with the contacts that the registry shows (they must be cut while reading)."""
    protocol: dict[str, Any] = {
        "identificationModule": _identification(record),
        "statusModule": _status(record),
        "sponsorCollaboratorsModule": {
            "responsibleParty": {"type": "SPONSOR"},
            "leadSponsor": {"name": record.lead.name.en, "class": record.lead.sponsor_class},
            "collaborators": [{"name": o.name.en, "class": o.sponsor_class} for o in record.collaborators],
        },
        "descriptionModule": {"briefSummary": record.summary.en, "detailedDescription": record.description},
        "conditionsModule": {"conditions": [c.en for c in record.conditions], "keywords": list(record.keywords)},
        "designModule": _design(record),
        "armsInterventionsModule": _arms(record),
        "outcomesModule": {"primaryOutcomes": [{"measure": o.en, "timeFrame": "24 months"} for o in record.outcomes]},
        "eligibilityModule": {
            "eligibilityCriteria": (
                f"Inclusion Criteria:\n\n{record.inclusion.en}\n\nExclusion Criteria:\n\n{record.exclusion.en}"
            ),
            "healthyVolunteers": False,
            "sex": "ALL",
            "minimumAge": "18 Years",
            "maximumAge": "75 Years",
            "stdAges": ["ADULT", "OLDER_ADULT"],
        },
        "contactsLocationsModule": _contacts(record),
    }
    whole: dict[str, Any] = {"protocolSection": protocol, "hasResults": False}
    if record.mesh:
        meshes = [{"id": code, "term": term} for code, term in record.mesh]
        whole["derivedSection"] = {"conditionBrowseModule": {"meshes": meshes}}
    for path, value in record.raw.items():
        _replace(whole, path.split("."), value)
    return _without_empty(whole)


def _identification(record: Record) -> dict[str, Any]:
    secondary = [
        {"id": item.id, "type": item.type, **({"domain": item.domain} if item.domain else {})}
        for item in record.secondary_ids
    ]
    return {
        "nctId": record.registration_id,
        "nctIdAliases": list(record.aliases),
        "orgStudyIdInfo": {"id": record.org_study_id or f"SAMPLE-{record.number:06d}"},
        "secondaryIdInfos": secondary,
        "organization": {"fullName": record.lead.name.en, "class": record.lead.sponsor_class},
        "briefTitle": record.title.en,
        "officialTitle": (record.scientific_title or record.title).en,
        "acronym": record.acronym,
    }


def _status(record: Record) -> dict[str, Any]:
    return {
        "statusVerifiedDate": record.updated[:7],
        "overallStatus": record.status.upper(),
        "startDateStruct": {"date": record.start, "type": "ACTUAL"},
        "primaryCompletionDateStruct": {"date": record.completion, "type": "ESTIMATED"},
        "completionDateStruct": {"date": record.completion, "type": "ESTIMATED"},
        "studyFirstSubmitDate": record.registered,
        "studyFirstPostDateStruct": {"date": record.registered, "type": "ACTUAL"},
        "lastUpdateSubmitDate": record.updated,
        "lastUpdatePostDateStruct": {"date": record.updated, "type": "ACTUAL"},
    }


def _design(record: Record) -> dict[str, Any]:
    design: dict[str, Any] = {"studyType": record.study_type.upper()}
    if record.study_type == "interventional":
        model = "SINGLE_GROUP" if len(record.arms) == 1 else "PARALLEL"
        design["phases"] = PHASES[record.phase]
        design["designInfo"] = {
            "allocation": record.allocation,
            "interventionModel": model,
            "primaryPurpose": "TREATMENT",
            "maskingInfo": {"masking": "NONE"},
        }
    if record.enrollment is not None:
        design["enrollmentInfo"] = {"count": record.enrollment, "type": record.enrollment_type}
    return design


def _arms(record: Record) -> dict[str, Any]:
    groups = [
        {
            "label": arm.group.en,
            "type": "EXPERIMENTAL" if position == 0 else "ACTIVE_COMPARATOR",
            "description": arm.description or f"Participants are given {arm.intervention.en}.",
            "interventionNames": [f"{arm.kind.capitalize()}: {arm.intervention.en}"],
        }
        for position, arm in enumerate(record.arms)
    ]
    interventions = [
        {
            "type": arm.kind,
            "name": arm.intervention.en,
            "description": arm.description,
            "armGroupLabels": [arm.group.en],
            "otherNames": list(arm.other_names),
        }
        for arm in record.arms
    ]
    return {"armGroups": groups, "interventions": interventions}


def _contacts(record: Record) -> dict[str, Any]:
    person = {"name": "Sample Contactperson, MD", "phone": "+86-000-00000000", "email": "contactperson@example.org"}
    locations = [
        {
            "facility": site.name.en,
            "status": record.status.upper(),
            "city": site.city.en,
            "state": site.province.en,
            "country": site.country.en,
            "contacts": [{**person, "role": "CONTACT"}],
        }
        for site in record.sites
    ]
    official = {
        "name": "Sample Contactperson, MD",
        "affiliation": record.lead.name.en,
        "role": "PRINCIPAL_INVESTIGATOR",
    }
    return {"centralContacts": [{**person, "role": "CONTACT"}], "overallOfficials": [official], "locations": locations}


def _replace(node: Any, path: Sequence[str], value: Any) -> None:
    """Set the field at `path`, or remove it when the value is None; numbers in the path index lists."""
    for step in path[:-1]:
        node = node[int(step)] if step.isdigit() else node.setdefault(step, {})
    if value is None:
        node.pop(path[-1], None)
    else:
        node[path[-1]] = value


def _without_empty(node: Any) -> Any:
    """The API leaves out what is empty: no empty strings, lists or objects."""
    if isinstance(node, dict):
        kept = {key: _without_empty(value) for key, value in node.items()}
        return {key: value for key, value in kept.items() if value not in ("", [], {}, None)}
    if isinstance(node, list):
        return [_without_empty(value) for value in node]
    return node.en if isinstance(node, Text) else node


def page(records: Iterable[Record], total: int, token: str = "") -> bytes:
    """A page of `/api/v2/studies`; the last one has no token."""
    answer: dict[str, Any] = {"totalCount": total, "studies": [study(record) for record in records]}
    if token:
        answer["nextPageToken"] = token
    return (json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def single(records: Iterable[Record]) -> bytes:
    """`/api/v2/studies/{nctId}`: one study, indented as a browser saves it."""
    (record,) = records
    return (json.dumps(study(record), ensure_ascii=False, indent=2) + "\n").encode()


def ndjson(records: Iterable[Record], broken: Iterable[str] = ()) -> bytes:
    """One study a line, and lines that a reader must set aside."""
    lines = [json.dumps(study(record), ensure_ascii=False, separators=(",", ":")) for record in records]
    return ("\n".join([*lines, *broken]) + "\n").encode()
