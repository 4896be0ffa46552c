"""What `landscape explain ID` shows: a trial's registrations, its links with evidence, its labels with their words.

Reads a published database (schema marts) or a build database (schemas marts and intermediate), whichever it is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb


class UnknownIdError(LookupError):
    """The id is no trial, registration or retired trial of the database."""


@dataclass(frozen=True)
class RegistrationLine:
    """One registration of the trial."""

    registration_id: str
    source_register: str
    is_primary: bool


@dataclass(frozen=True)
class LinkLine:
    """One compared pair that has a registration of the trial in it."""

    registration_id_a: str
    registration_id_b: str
    decision: str
    rule: str
    score: float
    comparison: str


@dataclass(frozen=True)
class LabelLine:
    """One label of the trial and the words behind it."""

    facet: str
    label: str
    registration_id: str
    field: str
    matched_text: str
    rule_id: str


@dataclass(frozen=True)
class Explanation:
    """Everything about one trial that a person needs to check it."""

    trial_id: str
    title: str | None
    retired_from: str | None
    registrations: Sequence[RegistrationLine]
    links: Sequence[LinkLine]
    labels: Sequence[LabelLine]


# Mart, its column with the label, and what the facet is called on the screen.
_LABEL_MARTS = (
    ("bridge_trial_cell_type", "cell_type", "cell type"),
    ("bridge_trial_target", "target", "target"),
    ("bridge_trial_indication", "indication_group", "indication"),
    ("bridge_trial_product", "product", "product"),
    ("fct_trial_sponsor", "rule || ': ' || sponsor_type", "sponsor"),
)


def explain(database: Path, identifier: str) -> Explanation:
    """Return the explanation of the trial that an id leads to: a trial id, a registration id or a retired trial id.

    Raises:
        FileNotFoundError: there is no such database.
        UnknownIdError: nothing in the database has the id; the message says where to look.
    """
    if not database.exists():
        raise FileNotFoundError(f"{database} is not there: build the landscape first (landscape build)")
    with duckdb.connect(str(database), read_only=True) as connection:
        trial_id, retired_from = _find_trial(connection, identifier.strip())
        return Explanation(
            trial_id=trial_id,
            title=_title(connection, trial_id),
            retired_from=retired_from,
            registrations=_registrations(connection, trial_id),
            links=_links(connection, trial_id),
            labels=_labels(connection, trial_id),
        )


def _find_trial(connection: duckdb.DuckDBPyConnection, identifier: str) -> tuple[str, str | None]:
    row = connection.execute(
        "select trial_id from marts.bridge_trial_registration where lower(registration_id) = lower(?)", [identifier]
    ).fetchone()
    if row:
        return str(row[0]), None
    row = connection.execute(
        "select trial_id, retired_trial_id from marts.bridge_trial_id_history where lower(retired_trial_id) = lower(?)",
        [identifier],
    ).fetchone()
    if row:
        return str(row[0]), str(row[1])
    row = connection.execute(
        "select decision, reason from marts.fct_registration_screening where lower(registration_id) = lower(?)",
        [identifier],
    ).fetchone()
    if row:
        raise UnknownIdError(f"{identifier} is {row[0]} and belongs to no trial of the landscape; reason: {row[1]}")
    raise UnknownIdError(
        f"{identifier} is no trial or registration of the landscape: check the spelling, "
        "or import the registry file that holds it"
    )


def _title(connection: duckdb.DuckDBPyConnection, trial_id: str) -> str | None:
    row = connection.execute("select public_title from marts.dim_trial where trial_id = ?", [trial_id]).fetchone()
    return row[0] if row else None


def _registrations(connection: duckdb.DuckDBPyConnection, trial_id: str) -> list[RegistrationLine]:
    rows = connection.execute(
        """
        select registration_id, source_register, is_primary from marts.bridge_trial_registration
        where trial_id = ? order by is_primary desc, registration_id
        """,
        [trial_id],
    ).fetchall()
    return [RegistrationLine(*row) for row in rows]


def _links(connection: duckdb.DuckDBPyConnection, trial_id: str) -> list[LinkLine]:
    rows = connection.execute(
        """
        with members as (select registration_id from marts.bridge_trial_registration where trial_id = $trial)
        select registration_id_a, registration_id_b, decision, rule, score, coalesce(comparison, '')
        from marts.fct_registration_link
        where registration_id_a in (from members) or registration_id_b in (from members)
        order by case decision when 'same' then 1 when 'review' then 2 else 3 end, score desc, 1, 2
        """,
        {"trial": trial_id},
    ).fetchall()
    return [LinkLine(*row) for row in rows]


def _labels(connection: duckdb.DuckDBPyConnection, trial_id: str) -> list[LabelLine]:
    present = {
        name
        for (name,) in connection.execute(
            "select table_name from information_schema.tables where table_schema = 'marts'"
        ).fetchall()
    }
    labels: list[LabelLine] = []
    for mart, column, facet in _LABEL_MARTS:
        if mart in present:
            rows = connection.execute(
                f"""
                select '{facet}', {column}, registration_id, field, matched_text, rule_id from marts.{mart}
                where trial_id = ? order by all
                """,  # noqa: S608 - names above, no input
                [trial_id],
            ).fetchall()
            labels.extend(LabelLine(*(str(value) if value is not None else "" for value in row)) for row in rows)
    return labels
