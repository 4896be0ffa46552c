"""Made-up registrations become the documents of their registry, and nothing of them is lost on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dbt_project.made_up import read_documents

CHICTR: dict[str, Any] = {
    "registration_id": "MADEUP9001",
    "registry": "chictr",
    "texts": [
        {"field": "public_title", "language": "zh", "text": "CAR-T细胞治疗淋巴瘤"},
        {"field": "public_title", "language": "en", "text": "CAR-T for lymphoma"},
        {"field": "primary_outcome", "language": "zh", "text": "不良事件"},
    ],
    "conditions": ["淋巴瘤", "Lymphoma"],
    "interventions": [{"name": "CAR-T细胞回输", "type": "", "description": "试验组"}],
    "sponsors": [
        {"role": "lead", "name": "某医院", "class": ""},
        {"role": "funder", "name": "某公司", "class": ""},
    ],
    "phase_raw": "I期临床试验",
    "study_type": "干预性研究",
}


def written(folder: Path, *records: dict[str, Any]) -> Path:
    file = folder / "made_up.jsonl"
    file.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return file


def test_chictr_shows_chinese_and_english_side_by_side(tmp_path: Path) -> None:
    ((registry, registration_id, document),) = read_documents(written(tmp_path, CHICTR))
    assert (registry, registration_id) == ("chictr", "MADEUP9001")
    assert document["public_title"] == {"zh": "CAR-T细胞治疗淋巴瘤", "en": "CAR-T for lymphoma"}
    assert document["condition"] == {"zh": "淋巴瘤", "en": "Lymphoma"}
    assert document["primary_sponsor"] == {"zh": "某医院", "en": None}
    assert document["funding"] == {"zh": "某公司", "en": None}
    assert document["interventions"][0]["intervention"]["zh"] == "CAR-T细胞回输"
    assert document["outcomes"] == [{"name": {"zh": "不良事件", "en": None}}]


def test_chinadrugtrials_names_its_drug_and_its_applicants(tmp_path: Path) -> None:
    record = CHICTR | {
        "registry": "chinadrugtrials",
        "texts": CHICTR["texts"][:1],
        "sponsors": [{"role": "applicant", "name": "某公司", "class": ""}],
    }
    ((_, _, document),) = read_documents(written(tmp_path, record))
    assert document["drug_name"] == "CAR-T细胞回输"
    assert document["sponsor_names"] == ["某公司"]
    assert document["indication"] == "淋巴瘤；Lymphoma"


def test_clinicaltrials_gov_has_the_modules_of_its_api(tmp_path: Path) -> None:
    record = CHICTR | {
        "registry": "clinicaltrials_gov",
        "texts": [{"field": "summary", "language": "en", "text": "CAR-T cells are infused."}],
        "phase_raw": "PHASE1",
    }
    ((_, _, document),) = read_documents(written(tmp_path, record))
    protocol = document["protocolSection"]
    assert protocol["descriptionModule"]["briefSummary"] == "CAR-T cells are infused."
    assert protocol["designModule"]["phases"] == ["PHASE1"]
    assert protocol["sponsorCollaboratorsModule"]["leadSponsor"]["name"] == "某医院"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"registry": "jrct"}, "MADEUP9001: made-up registrations are of"),
        (
            {"texts": [{"field": "keyword", "language": "en", "text": "x"}]},
            "MADEUP9001: a document of chictr has no place",
        ),
    ],
)
def test_what_no_document_can_hold_is_named(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_documents(written(tmp_path, CHICTR | change))
