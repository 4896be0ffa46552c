"""Made-up registrations of the gold labels as the documents that their registry would give.

`tests/gold/made_up.jsonl` keeps one shape for all registries: texts by field and language, conditions, interventions,
sponsors, phase and study type as the registry words them. Their ids are no registration ids, so that `landscape import`
refuses them; a laboratory writes these documents into raw.
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Record = Mapping[str, Any]


def read_documents(path: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """Return (registry, registration id, document) of each line of a file of made-up registrations.

    Raises:
        ValueError: a line names a registry or a field that no document has; the message names the registration.
    """
    return [_document(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _document(record: Record) -> tuple[str, str, dict[str, Any]]:
    shapes = {"chictr": _chictr, "chinadrugtrials": _chinadrugtrials, "clinicaltrials_gov": _clinicaltrials_gov}
    registry, registration_id = record["registry"], record["registration_id"]
    if registry not in shapes:
        raise ValueError(f"{registration_id}: made-up registrations are of {', '.join(shapes)}, not of {registry!r}")
    shape, fields = shapes[registry], {text["field"] for text in record["texts"]}
    unread = fields - _FIELDS[registry]
    if unread:
        raise ValueError(f"{registration_id}: a document of {registry} has no place for {', '.join(sorted(unread))}")
    return registry, registration_id, shape(record)


#: The fields of `texts` that each shape reads; another one would be lost without a word.
_FIELDS = {
    "chictr": {
        "public_title", "scientific_title", "summary", "inclusion_criteria", "exclusion_criteria", "primary_outcome",
    },
    "chinadrugtrials": {
        "public_title", "scientific_title", "summary", "inclusion_criteria", "exclusion_criteria", "primary_outcome",
    },
    "clinicaltrials_gov": {"public_title", "scientific_title", "summary", "description", "primary_outcome"},
}  # fmt: skip


def _chictr(record: Record) -> dict[str, Any]:
    sponsors = record["sponsors"]
    return {
        "registration_id": record["registration_id"],
        "public_title": _both(_texts(record, "public_title")),
        "scientific_title": _both(_texts(record, "scientific_title")),
        "primary_sponsor": _both(s["name"] for s in sponsors if s["role"] == "lead"),
        "funding": _both(s["name"] for s in sponsors if s["role"] == "funder"),
        "secondary_sponsors": [
            {"institution": _both([s["name"]])} for s in sponsors if s["role"] == "secondary_sponsor"
        ],
        "condition": _both(record["conditions"]),
        "study_type": _both([record["study_type"]]),
        "phase": _both([record["phase_raw"]]),
        "objectives": _both(_texts(record, "summary")),
        "inclusion_criteria": _both(_texts(record, "inclusion_criteria")),
        "exclusion_criteria": _both(_texts(record, "exclusion_criteria")),
        "interventions": [
            {"group": _both([given["description"]]), "intervention": _both([given["name"]])}
            for given in record["interventions"]
        ],
        "outcomes": [{"name": _both([measure])} for measure in _texts(record, "primary_outcome")],
    }


def _chinadrugtrials(record: Record) -> dict[str, Any]:
    given = record["interventions"]
    return {
        "registration_id": record["registration_id"],
        "drug_name": given[0]["name"],
        "drug_type": given[0]["type"],
        "indication": "；".join(record["conditions"]),
        "public_title": _one(_texts(record, "public_title")),
        "scientific_title": _one(_texts(record, "scientific_title")),
        "purpose": _one(_texts(record, "summary")),
        "phase": record["phase_raw"],
        "inclusion_criteria": _one(_texts(record, "inclusion_criteria")),
        "exclusion_criteria": _one(_texts(record, "exclusion_criteria")),
        "sponsor_names": [sponsor["name"] for sponsor in record["sponsors"]],
        "test_drugs": [{"text": drug["name"], "name": drug["name"]} for drug in given],
        "primary_endpoints": [{"name": measure} for measure in _texts(record, "primary_outcome")],
    }


def _clinicaltrials_gov(record: Record) -> dict[str, Any]:
    leads = [sponsor for sponsor in record["sponsors"] if sponsor["role"] == "lead"]
    others = [sponsor for sponsor in record["sponsors"] if sponsor["role"] == "collaborator"]
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": record["registration_id"],
                "briefTitle": _one(_texts(record, "public_title")),
                "officialTitle": _one(_texts(record, "scientific_title")),
            },
            "sponsorCollaboratorsModule": {
                "leadSponsor": {"name": leads[0]["name"], "class": leads[0]["class"]},
                "collaborators": [{"name": sponsor["name"], "class": sponsor["class"]} for sponsor in others],
            },
            "descriptionModule": {
                "briefSummary": _one(_texts(record, "summary")),
                "detailedDescription": _one(_texts(record, "description")),
            },
            "conditionsModule": {"conditions": record["conditions"]},
            "designModule": {"studyType": record["study_type"], "phases": [record["phase_raw"]]},
            "armsInterventionsModule": {
                "interventions": [
                    {"type": given["type"], "name": given["name"], "description": given["description"] or None}
                    for given in record["interventions"]
                ]
            },
            "outcomesModule": {
                "primaryOutcomes": [{"measure": measure} for measure in _texts(record, "primary_outcome")]
            },
        }
    }


def _texts(record: Record, field: str) -> list[str]:
    return [text["text"] for text in record["texts"] if text["field"] == field]


def _one(texts: list[str]) -> str | None:
    return "\n".join(texts) or None


def _both(texts: Iterable[str]) -> dict[str, str | None]:
    """Return texts as ChiCTR shows them: what has Chinese characters under `zh`, the rest under `en`."""
    texts = [text for text in texts if text]
    chinese = [text for text in texts if re.search(r"[㐀-鿿]", text)]
    return {
        "zh": "；".join(chinese) or None,
        "en": "; ".join(text for text in texts if text not in chinese) or None,
    }
