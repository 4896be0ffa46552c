"""The macros that read registries' ways of writing dates, sizes and lists, on values as registries write them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

DATES = {
    "2020-02-01": "2020-02-01",
    "2020-02-01 00:00:00": "2020-02-01",
    "2020/02/01": "2020-02-01",
    "2021/11/19 16:27:54": "2021-11-19",
    "15/03/2020": "2020-03-15",
    "20200203": "2020-02-03",
    "January 25, 2020": "2020-01-25",
    "21 September 2026": "2026-09-21",
    "25-Jan-2020": "2020-01-25",
    "2024-05": "2024-05-01",
    "2024": "2024-01-01",
    "2021年3月5日": "2021-03-05",
    "": None,
    "NA": None,
    "登记人暂未填写该信息": None,
    "2020-13-45": None,
    "0202-01-01": None,
}

ARM_SIZES = {
    "Experimental group:30;Control group:30;": 60,
    "2019 Y:2418;2020 Y:821;": 3239,
    "120": 120,
    "试验组：20；对照组：20；": 40,
    "Case series:100;": 100,
    "A1 group:10; B2 group: 12 ": 22,
    "Nil": None,
    "": None,
}

CDE_SIZES = {
    "国内: 48 人；": 48,
    "国内:52；国际:200；": 200,
    "国内: 登记人暂未填写该信息；": None,
    "国内:30；国际：NA；": 30,
}


def _evaluate(macro: str, values: list[str], tmp_path: Path) -> list[str | None]:
    rows = ", ".join("({}, '{}')".format(n, value.replace("'", "''")) for n, value in enumerate(values))
    sql = (
        f"select n, cast({{{{ {macro}('t.value') }}}} as varchar) as result "
        f"from (values {rows}) as t(n, value) order by n"
    )
    result = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "--quiet", "show", "--inline", sql, "--limit", "1000",
         "--output", "json", "--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path / "logs")],
        cwd=ROOT, env=os.environ | {"LANDSCAPE_HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    shown = json.loads(result.stdout[result.stdout.index("{") :])["show"]
    return [row["result"] for row in sorted(shown, key=lambda row: row["n"])]


@pytest.mark.parametrize(
    ("macro", "cases"),
    [("parse_date", DATES), ("sum_of_arm_sizes", ARM_SIZES), ("largest_size", CDE_SIZES)],
)
def test_macro_reads_what_registries_write(macro: str, cases: dict[str, object], tmp_path: Path) -> None:
    expected = [None if value is None else str(value) for value in cases.values()]
    assert dict(zip(cases, _evaluate(macro, list(cases), tmp_path), strict=True)) == dict(
        zip(cases, expected, strict=True)
    )
