"""Linking from file to trial id: ids that stay when registrations join, and that redirect when trials merge."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dbt_project.dbt_runner import run_dbt
from dbt_project.linkage.evaluate import Evaluation, evaluate
from extract.run import database_of, import_paths

# One page of Chinese studies: enough twins to see that something broke.
PAGE = Path("clinicaltrials_gov") / "studies-0003.json"
MODELS = ["build", "--select", "+int_trial_id_history", "--exclude-resource-type", "test", "unit_test"]


def study(number: int, title: str, updated: str, secondary_ids: tuple[str, ...] = (), **design: Any) -> dict[str, Any]:
    """A made-up cell-therapy study in the shape of the API."""
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT9990{number:04d}",
                "briefTitle": title,
                "secondaryIdInfos": [{"id": text} for text in secondary_ids],
            },
            "statusModule": {
                "overallStatus": "RECRUITING",
                "startDateStruct": {"date": "2021-03-04"},
                "studyFirstSubmitDate": "2021-03-04",
                "lastUpdatePostDateStruct": {"date": updated},
            },
            "conditionsModule": {"conditions": ["Multiple Myeloma"]},
            "armsInterventionsModule": {"interventions": [{"type": "BIOLOGICAL", "name": "BCMA CAR-T cells"}]},
            **design,
        }
    }


def chictr(number: str, title: str) -> str:
    """A made-up registration in the shape of ChiCTR's XML download."""
    return (
        f"<trials subjects='1'><Triall><main><trial_id>{number}</trial_id><reg_name>ChiCTR</reg_name>"
        f"<date_registration>2021-02-01</date_registration><public_title>{title}</public_title>"
        f"<scientific_title>{title}</scientific_title><study_type>Interventional study</study_type>"
        "<i_freetext>Group 1:BCMA CAR-T cells;</i_freetext><target_size>Group 1:20;</target_size>"
        "<hc_freetext>Multiple Myeloma</hc_freetext></main></Triall></trials>"
    )


@dataclass(frozen=True)
class Stage:
    """What is known after one import and build."""

    trial_of: dict[str, str]
    retired: dict[str, str]
    ledger: list[tuple[str, str]]


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Stage]]:
    """Three builds of one home: apart, joined by a newer version and a new record, and once more without news."""
    folder = tmp_path_factory.mktemp("links")
    home, first, second = folder / "home", folder / "first", folder / "second"
    first.mkdir()
    second.mkdir()
    for number, title in (
        ("ChiCTR2100990001", "BCMA CAR-T cells for relapsed multiple myeloma: an exploratory study"),
        ("ChiCTR2100990002", "Fully human BCMA CAR-T cells in plasma cell leukemia"),
    ):
        (first / f"{number}.xml").write_text(chictr(number, title), encoding="utf-8")
    early = study(1, "A Study of BCMA CAR-T in Myeloma of the Elderly", "2021-05-01")
    (first / "page.json").write_text(json.dumps({"studies": [early]}), encoding="utf-8")
    newer = study(1, "A Study of BCMA CAR-T in Myeloma of the Elderly", "2022-05-01", ("ChiCTR-2100990001",))
    joining = study(2, "Human BCMA CAR-T", "2022-05-01", ("CTR2100990002",))
    follow_up = study(
        3, "Long-term Follow-up of Participants Treated With BCMA CAR-T", "2022-05-01", ("ChiCTR2100990002",)
    )
    (second / "page.json").write_text(json.dumps({"studies": [newer, joining, follow_up]}), encoding="utf-8")

    before = os.environ.get("LANDSCAPE_HOME")
    os.environ["LANDSCAPE_HOME"] = str(home)
    found = []
    try:
        for files in (first, second, None):
            if files:
                import_paths([files], home=home)
            result = run_dbt(MODELS, {"link_scope": "all"})
            assert result.exit_code == 0, result.output
            found.append(_read(home))
    finally:
        if before is None:
            del os.environ["LANDSCAPE_HOME"]
        else:
            os.environ["LANDSCAPE_HOME"] = before
    yield found


def _read(home: Path) -> Stage:
    with duckdb.connect(str(database_of(home)), read_only=True) as connection:
        return Stage(
            dict(
                connection.execute(
                    "select registration_id, trial_id from intermediate.int_trial_registrations"
                ).fetchall()
            ),
            dict(
                connection.execute(
                    "select retired_trial_id, trial_id from intermediate.int_trial_id_history"
                ).fetchall()
            ),
            connection.execute("select registration_id, trial_id from quality.trial_id_ledger order by all").fetchall(),
        )


def test_registrations_without_evidence_are_trials_of_their_own(stages: list[Stage]) -> None:
    assert all(registration_id == trial_id for registration_id, trial_id in stages[0].trial_of.items())
    assert stages[0].retired == {}


def test_a_trial_keeps_its_id_when_a_registration_joins(stages: list[Stage]) -> None:
    assert stages[1].trial_of["NCT99900002"] == "ChiCTR2100990002"
    assert stages[1].trial_of["ChiCTR2100990002"] == "ChiCTR2100990002"


def test_of_two_trials_that_merge_one_id_stays_and_the_other_redirects(stages: list[Stage]) -> None:
    assert stages[1].trial_of["ChiCTR2100990001"] == stages[1].trial_of["NCT99900001"] == "NCT99900001"
    assert stages[1].retired == {"ChiCTR2100990001": "NCT99900001"}


def test_a_follow_up_study_stays_apart_from_the_trial_that_it_names(stages: list[Stage]) -> None:
    assert stages[1].trial_of["NCT99900003"] == "NCT99900003"


def test_a_build_without_news_changes_nothing(stages: list[Stage]) -> None:
    assert stages[2] == stages[1]


@pytest.fixture(scope="module")
def evaluation(real_registries: Path, tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """All real files with LANDSCAPE_MEASURE=1, else one page of them, which takes some seconds."""
    registries = real_registries if os.environ.get("LANDSCAPE_MEASURE") else real_registries / PAGE
    if not registries.exists():
        pytest.skip(f"no {PAGE} among the real registry files")
    return evaluate(registries, tmp_path_factory.mktemp("laboratory"))


@pytest.mark.real
def test_linking_is_as_good_as_the_readme_says(evaluation: Evaluation) -> None:
    """Floors a little below what was measured when they were set, so that they fall only when something broke."""
    measured = {(measure.name, measure.split): measure for measure in evaluation.measures}
    names = ["twins and decoys"]
    if os.environ.get("LANDSCAPE_MEASURE"):
        names.append("pairs labelled by reading")
    for name in names:
        assert measured[name, "test"].precision.value >= 0.97
        assert measured[name, "test"].recall.value >= 0.85
    assert measured["named numbers and traps", "all"].recall.value == 1.0
    assert measured["named numbers and traps", "all"].precision.value == 1.0
    assert evaluation.trials_with_two_of_one_register == 0
