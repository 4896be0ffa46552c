"""Accepted corrections become reviewed rows of the override seeds, which the next build applies."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from dbt_project import settings

LABELS: Final = settings.PROJECT / "seeds" / "overrides" / "label_overrides.csv"
LINKS: Final = settings.PROJECT / "seeds" / "overrides" / "link_overrides.csv"
#: The closed list that each facet of a label override is checked against, and its column; None means true or false.
DICTIONARIES: Final[Mapping[str, tuple[str, str] | None]] = {
    "is_cell_therapy": None,
    "is_in_vivo": None,
    "cell_type": ("cell_types.csv", "cell_type"),
    "target": ("targets.csv", "target"),
    "indication_group": ("indication_groups.csv", "indication_group"),
    "cell_source": ("cell_sources.csv", "cell_source"),
    "donor": ("donors.csv", "donor"),
    "study_kind": ("study_kinds.csv", "study_kind"),
}


class OverrideError(ValueError):
    """A correction that cannot become an override row; the message says why and what would do."""


def allowed_labels(facet: str) -> list[str]:
    """Return the closed list of a facet.

    Raises:
        OverrideError: there is no such facet.
    """
    if facet not in DICTIONARIES:
        raise OverrideError(f"there is no facet {facet!r}; the facets are {', '.join(DICTIONARIES)}")
    place = DICTIONARIES[facet]
    if place is None:
        return ["true", "false"]
    file, column = place
    with (settings.PROJECT / "seeds" / "dictionaries" / file).open(encoding="utf-8", newline="") as handle:
        return [row[column] for row in csv.DictReader(handle)]


def override_labels(
    registration_id: str,
    facet: str,
    labels: list[str],
    *,
    reason: str,
    reviewer: str,
    decided_on: date,
    file: Path = LABELS,
) -> list[str]:
    """Write what a reviewer decided about one facet of one registration; it replaces what the rules say.

    Args:
        registration_id: the registration, in canonical spelling.
        facet: a key of DICTIONARIES.
        labels: every label the facet shall have, the primary one first.
        reason: why the rules cannot see it.
        reviewer: who decided.
        decided_on: when.
        file: the seed to write to.

    Returns:
        The ids of the rows written.

    Raises:
        OverrideError: unknown facet or label, no label, or the facet of this registration is overridden already.
    """
    allowed = allowed_labels(facet)
    unknown = [label for label in labels if label not in allowed]
    if unknown or not labels:
        raise OverrideError(f"{facet} cannot be {', '.join(unknown) or 'empty'}; it is one of {', '.join(allowed)}")
    rows, columns = _read(file)
    if any(row["registration_id"] == registration_id and row["facet"] == facet for row in rows):
        raise OverrideError(f"{file.name} already decides {facet} of {registration_id}: change that row instead")
    new = [
        {
            "rule_id": f"override:{facet}:{registration_id}:{position}",
            "registration_id": registration_id,
            "facet": facet,
            "label": label,
            "position": str(position),
            "reason": reason,
            "reviewer": reviewer,
            "decided_on": decided_on.isoformat(),
        }
        for position, label in enumerate(labels, start=1)
    ]
    _append(file, columns, new)
    return [row["rule_id"] for row in new]


def override_link(
    first: str, second: str, decision: str, *, reason: str, reviewer: str, decided_on: date, file: Path = LINKS
) -> str:
    """Write that two registrations are the same trial or are not; it stands above all other evidence.

    Returns:
        The id of the row written.

    Raises:
        OverrideError: the decision is neither same nor different, the ids are equal, or the pair is decided already.
    """
    if decision not in {"same", "different"}:
        raise OverrideError(f"a pair is same or different, not {decision!r}")
    if first == second:
        raise OverrideError(f"{first} is named twice: a link joins two registrations")
    pair = sorted((first, second))
    rows, columns = _read(file)
    if any(sorted((row["registration_id_a"], row["registration_id_b"])) == pair for row in rows):
        raise OverrideError(f"{file.name} already decides {pair[0]} and {pair[1]}: change that row instead")
    rule_id = f"override:link:{pair[0]}:{pair[1]}"
    _append(
        file,
        columns,
        [
            {
                "rule_id": rule_id,
                "registration_id_a": pair[0],
                "registration_id_b": pair[1],
                "decision": decision,
                "reason": reason,
                "reviewer": reviewer,
                "reviewed_on": decided_on.isoformat(),
            }
        ],
    )
    return rule_id


def _read(file: Path) -> tuple[list[dict[str, str]], list[str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        return list(reader), list(reader.fieldnames or [])


def _append(file: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    text = file.read_text(encoding="utf-8")
    with file.open("a", encoding="utf-8", newline="") as handle:
        if text and not text.endswith("\n"):
            handle.write("\n")
        csv.DictWriter(handle, columns, lineterminator="\n").writerows(rows)
