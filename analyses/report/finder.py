"""Trials for the trial finder of the page, each with its labels, the words behind them, and where it is registered."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from analyses.figures.labels import written
from analyses.published import Published, rows_of

#: More trials than this make the page too heavy; then only those of the exhibits (China, study window) are listed.
MOST_TRIALS: Final = 4000

_EVIDENCE: Final = "matched_text, field, registration_id, rule_id"
_LABELS: Final[tuple[tuple[str, str, str], ...]] = (
    ("Cell type", "bridge_trial_cell_type", "cell_type"),
    ("Target", "bridge_trial_target", "target"),
    ("Indication", "bridge_trial_indication", "indication_group"),
)


@dataclass(frozen=True)
class Evidence:
    """A label, the words that gave it, where they stand and the rule."""

    kind: str
    label: str
    words: str
    field: str
    registration_id: str
    rule_id: str


@dataclass(frozen=True)
class Registration:
    """A registration of a trial at its register."""

    registration_id: str
    register: str
    url: str


@dataclass(frozen=True)
class Trial:
    """A trial as the finder shows it; `facets` are the values that it is filtered by."""

    trial_id: str
    title: str
    is_chinese: bool
    facts: Mapping[str, str]
    facets: Mapping[str, tuple[str, ...]]
    registrations: tuple[Registration, ...]
    evidence: tuple[Evidence, ...] = field(default=())


def read_trials(published: Published) -> tuple[list[Trial], bool]:
    """Return the trials of the finder, newest first, and whether all trials of the world are among them."""
    total = published.query("select count(*) as n from marts.dim_trial")["n"].iloc[0]
    is_all = bool(total <= MOST_TRIALS)
    scope = "" if is_all else "where is_china and in_study_window"
    trials = published.query(
        f"select * from marts.dim_trial {scope} order by registration_date_or_estimate desc nulls last, trial_id"  # noqa: S608 (constants)
    )
    registrations = _registrations(published)
    evidence = _evidence(published)
    return [_trial(row._asdict(), registrations, evidence) for row in rows_of(trials, index=False)], is_all


def _trial(
    row: dict[str, Any], registrations: dict[str, list[Registration]], evidence: dict[str, list[Evidence]]
) -> Trial:
    trial_id = str(row["trial_id"])
    found = evidence.get(trial_id, [])

    def labels(kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.label for item in found if item.kind == kind))

    title = str(row["public_title"] or row["scientific_title"] or trial_id)
    year = row["registration_year"]
    return Trial(
        trial_id=trial_id,
        title=title,
        is_chinese=any(ord(character) > 0x2E7F for character in title),
        facts={
            "Phase": written(row["phase"]),
            "Sponsor": f"{row['sponsor_type']}, {row['lead_sponsor']}"
            if _said(row["lead_sponsor"])
            else str(row["sponsor_type"]),
            "Status": written(row["status"]),
            "Registered": _registered(row),
            "Participants planned": f"{int(row['target_enrollment']):,}"
            if _said(row["target_enrollment"])
            else "not stated",
            "Where": "China" if row["is_china"] else "outside China",
        },
        facets={
            "target": labels("Target"),
            "cell_type": labels("Cell type"),
            "indication": labels("Indication"),
            "phase": (str(row["phase"]),),
            "sponsor_type": (str(row["sponsor_type"]),),
            "year": (f"{int(year)}",) if _said(year) else (),
            "place": ("China" if row["is_china"] else "outside China",),
        },
        registrations=tuple(registrations.get(trial_id, [])),
        evidence=tuple(found),
    )


def _said(value: Any) -> bool:
    return bool(pd.notna(value))


def _registered(row: Mapping[str, Any]) -> str:
    """Return the date of registration, or the year that its number points to."""
    if _said(row["registration_date"]):
        return f"{row['registration_date']:%Y-%m-%d}"
    return (
        f"{int(row['registration_year'])} (estimated from its number)"
        if _said(row["registration_year"])
        else "not stated"
    )


def _registrations(published: Published) -> dict[str, list[Registration]]:
    rows = published.query(
        "select trial_id, registration_id, source_register, url from marts.bridge_trial_registration "
        "order by trial_id, registration_rank"
    )
    found: dict[str, list[Registration]] = defaultdict(list)
    for row in rows_of(rows):
        # Only web addresses become links: a register's text is not trusted to be one.
        url = str(row.url) if _said(row.url) and str(row.url).startswith(("https://", "http://")) else ""
        found[str(row.trial_id)].append(Registration(str(row.registration_id), written(row.source_register), url))
    return found


def _evidence(published: Published) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for kind, bridge, column in _LABELS:
        rows = published.query(
            f"select trial_id, {column} as label, {_EVIDENCE} from marts.{bridge} order by trial_id, label"  # noqa: S608
        )
        for row in rows_of(rows):
            found[str(row.trial_id)].append(_item(kind, row))
    rows = published.query(
        f"select trial_id, sponsor_type as label, {_EVIDENCE} from marts.fct_trial_sponsor "  # noqa: S608
        f"where rule = '{published.variables['sponsor_rule']}' order by trial_id"
    )
    for row in rows_of(rows):
        found[str(row.trial_id)].append(_item("Sponsor type", row))
    return found


def _item(kind: str, row: Any) -> Evidence:
    def text(value: Any) -> str:
        return str(value) if _said(value) else ""

    return Evidence(
        kind=kind,
        label=str(row.label),
        words=text(row.matched_text),
        field=text(row.field).replace("_", " "),
        registration_id=text(row.registration_id),
        rule_id=text(row.rule_id),
    )
