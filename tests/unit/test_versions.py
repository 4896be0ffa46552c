"""What a build is called by: its rules and its code."""

import shutil
import subprocess
from pathlib import Path

import pytest

from dbt_project.versions import build_versions, code_version, rule_set_version


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    (folder / "lexicon").mkdir(parents=True)
    (folder / "lexicon" / "terms.csv").write_bytes(b"term,label\nCAR-T,CAR-T\n")
    (folder / "lexicon" / "_lexicon__seeds.yml").write_bytes(b"version: 2\n")
    return folder


def test_the_same_rules_have_the_same_name_wherever_they_lie(seeds: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "seeds"
    shutil.copytree(seeds, copy)
    (copy / "lexicon" / "terms.csv").write_bytes(b"term,label\r\nCAR-T,CAR-T\r\n")

    assert rule_set_version(seeds) == rule_set_version(copy)


def test_a_changed_rule_or_a_moved_one_has_another_name(seeds: Path) -> None:
    before = rule_set_version(seeds)
    (seeds / "lexicon" / "terms.csv").write_bytes(b"term,label\nCAR-T,CAR-NK\n")
    changed = rule_set_version(seeds)
    (seeds / "lexicon" / "terms.csv").rename(seeds / "lexicon" / "other.csv")

    assert len({before, changed, rule_set_version(seeds)}) == 3


def test_a_measurement_of_the_rules_is_no_rule(seeds: Path) -> None:
    before = rule_set_version(seeds)
    (seeds / "quality").mkdir()
    (seeds / "quality" / "label_quality.csv").write_bytes(b"facet,value\ntargets,0.95\n")

    assert rule_set_version(seeds) == before


def test_descriptions_of_rules_are_no_rules(seeds: Path) -> None:
    before = rule_set_version(seeds)
    (seeds / "lexicon" / "_lexicon__seeds.yml").write_bytes(b"version: 2 # other words\n")

    assert rule_set_version(seeds) == before


def test_code_outside_a_clone_is_named_by_its_version_alone(tmp_path: Path) -> None:
    assert "+" not in code_version(tmp_path)


def test_code_in_a_clone_is_named_by_its_commit_and_by_what_differs_from_it(tmp_path: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not on this machine")

    def run(*arguments: str) -> None:
        subprocess.run([git, "-C", str(tmp_path), *arguments], check=True, capture_output=True)

    run("init")
    (tmp_path / "file").write_text("1", encoding="utf-8")
    run("add", "file")
    run("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-m", "first")
    clean = code_version(tmp_path)
    (tmp_path / "file").write_text("2", encoding="utf-8")

    assert "+" in clean
    assert code_version(tmp_path) == f"{clean}.dirty"


def test_a_build_names_its_tools() -> None:
    versions = build_versions()

    assert versions["engine_version"].startswith("duckdb ")
    assert "dbt-core" in versions["dbt_version"]
