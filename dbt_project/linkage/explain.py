"""What `landscape explain ID` knows: registrations, why they are one trial or not, and labels with their words.

Reads schema marts alone, so that a published database is enough; what its rules mean in words stands in the seeds.
"""

import csv
import math
import re
import shlex
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb

from dbt_project import settings
from dbt_project.linkage.match import load_model
from dbt_project.overrides import DICTIONARIES

SEEDS: Final = settings.PROJECT / "seeds"
#: Bits (log2 of what it makes of the odds) from which an agreement or difference speaks for or against one trial.
TELLING_BITS: Final = 0.5
#: Odds beyond this are not told apart: the model takes its comparisons as independent, which they are not quite.
MOST_ODDS: Final = 1000

# What a review question is asked about → the facet that an override decides.
_OVERRIDDEN_FACETS: Final = {"screening": "is_cell_therapy"}


class UnknownIdError(LookupError):
    """No registration or trial of the database has the id; the message says where to look."""


@dataclass(frozen=True)
class Registration:
    """One registration as its register states it; null where it does not, or where it is not part of the landscape."""

    registration_id: str
    source_register: str | None
    trial_id: str | None
    is_primary: bool
    public_title: str | None
    interventions: str | None
    conditions: str | None
    lead_sponsor: str | None
    target_enrollment: int | None
    actual_enrollment: int | None
    registration_date: str | None
    start_date: str | None
    status: str | None
    url: str | None
    screening: str
    screening_meaning: str
    field: str | None
    matched_text: str | None


@dataclass(frozen=True)
class Link:
    """One compared pair: what was decided, by which rule, and what spoke for and against it, the strongest first."""

    registration_id_a: str
    registration_id_b: str
    decision: str
    is_same_trial: bool
    rule: str
    why: str
    score: float | None
    kept_apart_by: Sequence[str]
    speaks_for: Sequence[str]
    speaks_against: Sequence[str]
    also: Sequence[str]

    def override(self, decision: str) -> str:
        """Return the command that decides this pair by hand."""
        pair = shlex.join((self.registration_id_a, self.registration_id_b))
        return f'landscape override link {pair} --decision {decision} --reason "…" --reviewer "…"'


@dataclass(frozen=True)
class Label:
    """One label of the trial and the words behind it; no words where the label rests on nothing being said."""

    facet: str
    label: str
    registration_id: str
    field: str | None
    matched_text: str | None
    rule_id: str | None


@dataclass(frozen=True)
class Question:
    """A label that a person should look at, and the command that decides it, where one does."""

    registration_id: str
    question: str
    matched_text: str | None
    command: str | None


@dataclass(frozen=True)
class Explanation:
    """Everything about one trial, or one registration that is in none, that a person needs to check it."""

    asked_for: str
    registration_id: str
    trial_id: str | None
    title: str | None
    is_sample: bool
    retired_from: str | None
    facts: Mapping[str, str]
    registrations: Sequence[Registration]
    compared: Sequence[Registration]
    links: Sequence[Link]
    labels: Sequence[Label]
    questions: Sequence[Question]


def explain(database: Path, identifier: str) -> Explanation:
    """Return the explanation of what an id leads to: a trial, or a registration that is in none, in any spelling.

    Raises:
        FileNotFoundError: there is no such database.
        UnknownIdError: nothing in the database has the id; the message says where to look.
    """
    if not database.exists():
        raise FileNotFoundError(f"{database} is not there: build the landscape first (landscape build)")
    with duckdb.connect(str(database), read_only=True) as connection:
        registration_id = _find(connection, identifier)
        trial = _row(
            connection,
            """
            select dim_trial.* from marts.dim_trial inner join marts.bridge_trial_registration using (trial_id)
            where bridge_trial_registration.registration_id = ?
            """,
            [registration_id],
        )
        retired = _row(
            connection,
            "select retired_trial_id from marts.bridge_trial_id_history where retired_trial_id = ?",
            [registration_id],
        )
        members = _registrations(
            connection,
            "registration_id = $one or trial_id = $trial",
            {"one": registration_id, "trial": trial.get("trial_id")},
        )
        ids = [member.registration_id for member in members]
        links = _links(connection, ids)
        others = {number for link in links for number in (link.registration_id_a, link.registration_id_b)} - set(ids)
        compared = {
            row.registration_id: row
            for row in _registrations(connection, "list_contains($others, registration_id)", {"others": list(others)})
        }
        return Explanation(
            asked_for=identifier.strip(),
            registration_id=registration_id,
            trial_id=trial.get("trial_id"),
            title=trial.get("public_title") or members[0].public_title,
            is_sample=bool(trial.get("is_sample")),
            retired_from=retired.get("retired_trial_id"),
            facts=_facts(trial),
            registrations=members,
            # In the order of the links: what is closest to being the same trial first.
            compared=[
                compared.pop(number)
                for link in links
                for number in (link.registration_id_a, link.registration_id_b)
                if number in compared
            ],
            links=links,
            labels=_labels(connection, trial.get("trial_id")),
            questions=_questions(connection, ids),
        )


def _find(connection: duckdb.DuckDBPyConnection, identifier: str) -> str:
    """Return the registration that an id means, in whatever spelling: by its text, else by the number that it holds."""
    text = re.sub(r"[\u2010-\u2015\u2212\u30fc_]", "-", unicodedata.normalize("NFKC", identifier)).strip().upper()
    row = connection.execute(
        """
        with written as (
            select registration_id, trial_id, upper(registration_id) as text from marts.fct_registration_screening
        ),
        all_patterns as (
            from read_csv($patterns, header = true, all_varchar = true)
        ),
        patterns as (
            from all_patterns
            where register in (select register from all_patterns where regexp_matches($text, pattern))
        ),
        numbers as (
            select
                texts.registration_id,
                -- As the linkage reads numbers (macro identifier_key): old and new form of one number have one key.
                regexp_replace(
                    regexp_replace(regexp_extract(texts.text, pattern, 0), pattern, key_template),
                    '^(chictr:[0-9]{2}:)0+([1-9])', '\\1\\2'
                ) as key
            from (select registration_id, text from written union all select null, $text) as texts
            inner join patterns on contains(texts.text, patterns.hint) and regexp_matches(texts.text, pattern)
        )
        select registration_id from written
        where
            text = $text
            or registration_id in (
                select held.registration_id from numbers as held inner join numbers as asked using (key)
                where asked.registration_id is null
            )
        order by text <> $text, trial_id is null, registration_id
        limit 1
        """,
        {"patterns": str(SEEDS / "linkage" / "identifier_patterns.csv"), "text": text},
    ).fetchone()
    if row:
        return str(row[0])
    held = connection.execute("select count(*) from marts.fct_registration_screening").fetchone() or (0,)
    raise UnknownIdError(
        f"{identifier.strip()} is none of the {held[0]:,} registrations of this build: check the number, or import the "
        "registry file that holds it (`landscape status` says what is loaded)"
    )


def _registrations(
    connection: duckdb.DuckDBPyConnection, condition: str, parameters: Mapping[str, Any]
) -> list[Registration]:
    meanings = {row["reason"]: row["description"] for row in _seed("dictionaries", "screening_reasons")}
    meanings |= {row["reason"]: row["description"] for row in _seed("marts", "flow_reasons")}
    rows = connection.execute(
        f"""
        with chosen as (
            select * from marts.fct_registration_screening where {condition}
        ),
        stated as (
            select
                registration_id,
                try_cast(max(value) filter (where field = 'target_enrollment') as integer) as target_enrollment,
                try_cast(max(value) filter (where field = 'actual_enrollment') as integer) as actual_enrollment,
                max(value) filter (where field = 'start_date') as start_date,
            from marts.bridge_trial_survivorship
            where registration_id in (select registration_id from chosen)
            group by registration_id
        ),
        texts as (
            select
                registration_id,
                string_agg(distinct text, '; ') filter (where field = 'intervention_name') as interventions,
                string_agg(distinct text, '; ') filter (where field = 'condition') as conditions,
            from (from marts.bridge_registration_text order by registration_id, field, position, language)
            where registration_id in (select registration_id from chosen)
            group by registration_id
        )
        select
            chosen.registration_id,
            chosen.source_register,
            chosen.trial_id,
            coalesce(members.is_primary, false) as is_primary,
            chosen.public_title,
            texts.interventions,
            texts.conditions,
            members.lead_sponsor,
            stated.target_enrollment,
            stated.actual_enrollment,
            cast(chosen.registration_date as varchar) as registration_date,
            stated.start_date,
            members.status,
            members.url,
            chosen.reason as screening,
            chosen.field,
            chosen.matched_text,
        from chosen
        left join marts.bridge_trial_registration as members on chosen.registration_id = members.registration_id
        left join stated on chosen.registration_id = stated.registration_id
        left join texts on chosen.registration_id = texts.registration_id
        order by members.registration_rank nulls last, chosen.registration_id
        """,  # noqa: S608 - conditions of this module, no input
        dict(parameters),
    )
    return [Registration(**row, screening_meaning=meanings.get(row["screening"], "")) for row in _rows(rows)]


def _links(connection: duckdb.DuckDBPyConnection, members: list[str]) -> list[Link]:
    rows = connection.execute(
        """
        select
            registration_id_a, registration_id_b, decision, is_same_trial, rule, score, field, matched_text, comparison,
            sibling_rule_ids,
        from marts.fct_registration_link
        where list_contains($members, registration_id_a) or list_contains($members, registration_id_b)
        order by
            case decision when 'same' then 1 when 'review' then 2 else 3 end,
            score desc nulls last,
            registration_id_a,
            registration_id_b
        """,
        {"members": members},
    )
    return [_link(row) for row in _rows(rows)]


def _link(row: dict[str, Any]) -> Link:
    """Turn a row of fct_registration_link into words: the rule's own, and what was compared by what it weighs."""
    rule = next((rule for rule in _seed("linkage", "link_rules") if rule["rule"] == row["rule"]), {})
    wording = rule.get("wording", "").replace("{number}", row["matched_text"] or "")
    wording = wording.replace("{field}", (row["field"] or "").replace("_", " "))
    compared = [part for part in (row["comparison"] or "").replace(wording, "").split("; ") if part]
    held = (row["sibling_rule_ids"] or "").split(", ")
    siblings = [sibling for sibling in _seed("linkage", "sibling_rules") if sibling["rule_id"] in held]
    proven = {sibling["level"] for sibling in siblings}
    weights = {part: -math.inf if part in proven else _weights().get(part, 0.0) for part in compared}
    is_scored = rule.get("kind") == "probabilistic" and row["score"] is not None
    by_weight = sorted(compared, key=weights.__getitem__)
    return Link(
        registration_id_a=row["registration_id_a"],
        registration_id_b=row["registration_id_b"],
        decision=row["decision"],
        is_same_trial=row["is_same_trial"],
        rule=row["rule"],
        why=_odds(row["score"]) if is_scored else wording or row["rule"].replace("_", " "),
        score=row["score"],
        kept_apart_by=[f"{sibling['level']}: {sibling['note']} ({sibling['rule_id']})" for sibling in siblings],
        speaks_for=[part for part in reversed(by_weight) if weights[part] >= TELLING_BITS],
        speaks_against=[part for part in by_weight if weights[part] <= -TELLING_BITS],
        also=[part for part in compared if abs(weights[part]) < TELLING_BITS],
    )


def _odds(probability: float) -> str:
    """Say what the comparison of two records makes of the odds, beside the odds that merge and that ask a person."""
    limits = {row["decision"]: 2 ** float(row["min_weight"]) for row in _seed("linkage", "match_thresholds")}
    odds = probability / (1 - probability) if probability < 1 else math.inf
    return (
        f"both records compared, the odds that they are one trial are {_ratio(odds)} (merged from "
        f"{_ratio(limits['same'])}, shown to a person from {_ratio(limits['review'])}, unless a rule keeps them apart)"
    )


def _ratio(odds: float) -> str:
    larger = max(odds, 1 / odds) if odds else math.inf
    size = f"over {MOST_ODDS:,}" if larger > MOST_ODDS else f"{larger:.2g}" if larger < 100 else f"{larger:.0f}"
    return f"{size} to 1" if odds >= 1 else f"1 to {size}"


def _facts(trial: Mapping[str, Any]) -> dict[str, str]:
    """Return what the landscape counts the trial under, apart from its labels."""
    if not trial:
        return {}
    china = f"yes ({_words(trial['china_basis'])})" if trial["is_china"] else "no"
    return {
        "in China": china,
        "registered": f"{trial['registration_year']} ({_words(trial['registration_date_basis'])})",
        "in the study window": "yes" if trial["in_study_window"] else "no",
        "status": _words(trial["status"]),
        "sponsor type": trial["sponsor_type"],
    }


def _labels(connection: duckdb.DuckDBPyConnection, trial_id: str | None) -> list[Label]:
    rows = connection.execute(
        """
        with settings as (
            select any_value(regexp_extract(settings, 'sponsor_rule=([a-z_]+)', 1)) as sponsor_rule
            from marts.dataset_versions
        ),
        labels as (
            select 1 as place, 'cell type' as facet, cell_type as label, not is_primary as is_further, *
            from marts.bridge_trial_cell_type
            union all by name
            select
                2 as place,
                'target' as facet,
                if(target = 'other', concat_ws(': ', target, target_text), target) as label,
                *
            from marts.bridge_trial_target
            union all by name
            select 3 as place, 'indication' as facet, indication_group as label, not is_primary as is_further, *
            from marts.bridge_trial_indication
            union all by name
            select 4 as place, 'cancer site' as facet, cancer_site as label, * from marts.bridge_trial_cancer_site
            union all by name
            select 5 as place, 'product' as facet, product as label, * from marts.bridge_trial_product
            union all by name
            select 6 as place, replace(attribute, '_', ' ') as facet, value as label, not is_primary as is_further, *
            from marts.bridge_trial_attribute_evidence
            where value <> 'false'
            union all by name
            select
                7 as place,
                'sponsor type' as facet,
                sponsor_type || ' by rule ' || rule
                || case when evidence_trial_id <> trial_id then ', as ' || evidence_trial_id else '' end as label,
                rule <> (select sponsor_rule from settings) as is_further,
                *
            from marts.fct_trial_sponsor
        )
        select facet, label, registration_id, field, matched_text, rule_id
        from labels
        where trial_id = ?
        order by place, facet, coalesce(is_further, false), label
        """,
        [trial_id],
    )
    return [Label(**row) for row in _rows(rows)]


def _questions(connection: duckdb.DuckDBPyConnection, members: list[str]) -> list[Question]:
    rows = connection.execute(
        """
        select registration_id, kind, question, coalesce(detail, matched_text) as matched_text
        from marts.mart_review_queue
        where kind <> 'link' and list_contains($members, registration_id)
        order by place
        """,
        {"members": members},
    )
    return [_question(row) for row in _rows(rows)]


def _question(row: dict[str, Any]) -> Question:
    facet = _OVERRIDDEN_FACETS.get(row["kind"], row["kind"])
    return Question(
        registration_id=row["registration_id"],
        question=row["question"],
        matched_text=row["matched_text"],
        command=label_override(row["registration_id"], facet, "LABEL" if DICTIONARIES[facet] else "true")
        if facet in DICTIONARIES
        else None,
    )


def label_override(registration_id: str, facet: str, label: str) -> str:
    """Return the command that decides a facet of a registration by hand."""
    return (
        f"landscape override label {shlex.quote(registration_id)} --facet {facet} --label {label} "
        '--reason "…" --reviewer "…"'
    )


def _words(label: str | None) -> str:
    return (label or "not stated").replace("_", " ")


def _rows(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _row(connection: duckdb.DuckDBPyConnection, query: str, parameters: list[str]) -> dict[str, Any]:
    return next(iter(_rows(connection.execute(query, parameters))), {})


@cache
def _seed(folder: str, name: str) -> list[dict[str, str]]:
    with (SEEDS / folder / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def _weights() -> dict[str, float]:
    """Return words for what agrees or differs → bits that it adds to the odds of one trial."""
    return {
        level["label_for_charts"]: math.log2(level["m_probability"] / level["u_probability"])
        for comparison in load_model()["comparisons"]
        for level in comparison["comparison_levels"]
        if not level.get("is_null_level")
    }
