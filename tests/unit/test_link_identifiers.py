"""Registration numbers as registries, people and spreadsheets write them: what is read, and what is not a number."""

import csv
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import jinja2
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def macros() -> Any:
    """The linkage macros as dbt renders them for DuckDB."""
    environment = jinja2.Environment(autoescape=False)
    source = (ROOT / "dbt_project" / "macros" / "linkage" / "identifiers.sql").read_text(encoding="utf-8")
    found: dict[str, Any] = {}
    environment.globals["return"] = lambda value: value
    environment.globals["adapter"] = SimpleNamespace(dispatch=lambda name: found[f"default__{name}"])
    module = environment.from_string(source).module
    found.update({name: getattr(module, name) for name in dir(module) if name.startswith("default__")})
    return module


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(
            "create table patterns as select * from read_csv(?, header = true, all_varchar = true)",
            [str(ROOT / "seeds" / "linkage" / "identifier_patterns.csv")],
        )
        yield connection


@pytest.fixture(scope="module")
def keys(macros: Any, connection: duckdb.DuckDBPyConnection) -> Any:
    """The keys that a text holds, in the way of int_identifier_mentions."""
    query = f"""
        with texts as (select {macros.default__normalise_identifier_text("$text")} as text),
        matches as (
            select patterns.*, unnest({macros.default__all_matches("texts.text", "patterns.pattern")}) as matched
            from texts inner join patterns
                on contains(texts.text, patterns.hint) and {macros.default__may_hold_identifier("texts.text")}
        )
        select distinct {macros.default__identifier_key("matched", "pattern", "key_template")} as key, reject_pattern
        from matches
    """

    def read(text: str) -> set[str]:
        rows = connection.execute(
            f"select key from ({query}) where not regexp_matches(upper(key), reject_pattern)", {"text": text}
        )
        return {key for (key,) in rows.fetchall()}

    return read


def _examples() -> list[tuple[str, str, str]]:
    with (ROOT / "seeds" / "linkage" / "identifier_patterns.csv").open(encoding="utf-8", newline="") as file:
        return [(row["rule_id"], row["register"], row["example"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("rule_id", "register", "example"), _examples())
def test_every_pattern_reads_its_example_and_passes_the_filter(
    keys: Any, rule_id: str, register: str, example: str
) -> None:
    assert [key for key in keys(example) if key.startswith(f"{register}:")], f"{rule_id} does not read {example}"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("NCT04336254", "nct:04336254"),
        ("nct 04336254", "nct:04336254"),
        ("NCT-04336254", "nct:04336254"),
        ("NCT_04336254", "nct:04336254"),
        ("ＮＣＴ０４３３６２５４", "nct:04336254"),
        ("ClinicalTrials.gov: NCT04336254;", "nct:04336254"),
        ("https://clinicaltrials.gov/ct2/show/NCT04336254", "nct:04336254"),
        ("注册号NCT04336254已登记", "nct:04336254"),
        ("(NCT04336254)and others", "nct:04336254"),
        ("ChiCTR2000031319", "chictr:20:31319"),
        ("ChiCTR-1800018143", "chictr:18:18143"),
        ("CTR1800015304", "chictr:18:15304"),
        ("chictr 1800018143", "chictr:18:18143"),
        ("ChiCTR—1800018143", "chictr:18:18143"),
        ("中国临床试验注册中心：ChiCTR１８０００１８１４３", "chictr:18:18143"),
        ("ChiCTR-OIC-17011310", "chictr:17:11310"),
        ("ChiCTR1700011310", "chictr:17:11310"),
        ("ChiCTR-TNRC-10001115", "chictr:10:1115"),
        ("CHICTR-IPR-15006123", "chictr:15:6123"),
        ("ChiCTR-DDT-12002123", "chictr:12:2123"),
        ("Chi-CTR-TRC-08000152", "chictr:08:152"),
        ("ChiCTR-17011310", "chictr:17:11310"),
        ("CTR20201763", "ctr:20201763"),
        ("登记号：CTR20201763", "ctr:20201763"),
        ("EUCTR2020-001370-30-DE", "eudract:2020-001370-30"),
        ("EudraCT 2007-003088-36", "eudract:2007-003088-36"),
        ("2014-001054-42", "eudract:2014-001054-42"),
        ("2023-504257-12-00", "ctis:2023-504257-12"),
        ("JPRN-UMIN000012345", "umin:000012345"),
        ("JPRN-jRCTs031190226", "jrct:s031190226"),
        ("jRCT2033200123", "jrct:2033200123"),
        ("CTRI/2020/06/025802 [Registered on: 11/06/2020]", "ctri:2020/06/025802"),
        ("IRCT20200324046852N1", "irct:20200324046852n1"),
        ("RBR-9d8z6m", "rebec:9d8z6m"),
        ("U1111-1250-1234", "utn:1111-1250-1234"),
        ("CXSL2101234", "cde_acceptance:cxsl2101234"),
    ],
)
def test_a_number_has_one_key_however_it_is_written(keys: Any, text: str, key: str) -> None:
    assert keys(text) == {key}


@pytest.mark.parametrize(
    "text",
    [
        "NCT00000000",
        "NCT0433625",
        "NCT043362541",
        "XNCT04336254",
        "NCT number pending",
        "ChiCTR0000000000",
        "ChiCTR180001814",
        "CTR2020176",
        "CTR202017631",
        "U1111-1111-1111",
        "U1111-0000-0000",
        "2020-000000-00",
        "NL21298.000.08",
        "tel 2020-001234",
        "N/A",
        "",
    ],
)
def test_what_is_no_number_is_not_read(keys: Any, text: str) -> None:
    assert keys(text) == set()


def test_a_number_inside_another_register_s_number_is_not_read(keys: Any) -> None:
    assert keys("ChiMCTR1900002866") == {"chimctr:1900002866"}
    assert keys("ITMCTR2022000012") == {"itmctr:2022000012"}
    # EudraCT numbers begin their second group with 0 and CTIS numbers with 5, so that neither is read in the other.
    assert keys("EU CT 2023-504257-12-00") == {"ctis:2023-504257-12"}


def test_neighbours_do_not_hide_each_other(keys: Any) -> None:
    assert keys("NCT01234567,NCT01234568;NCT01234569") == {"nct:01234567", "nct:01234568", "nct:01234569"}
    assert keys("ChiCTR2000031319/NCT04336254、CTR20201763") == {"chictr:20:31319", "nct:04336254", "ctr:20201763"}
