"""How `landscape explain ID` looks: an explanation as paragraphs and tables for a terminal, a file or a pipe."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dbt_project.linkage.explain import Explanation, Registration, label_override
from dbt_project.overrides import DICTIONARIES

# Width that a registration needs to be read beside others, and that of the names of its fields.
_COLUMN_WIDTH: Final = 30
_NAMES_WIDTH: Final = 16
# Longer lists of interventions and conditions are cut: they are for telling registrations apart.
_MOST_CHARACTERS: Final = 200

_DECISIONS: Final = {
    "same": ("one trial", "green"),
    "review": ("undecided; two trials until a person decides", "yellow"),
    "different": ("two trials", "red"),
}


def layout(explanation: Explanation, width: int) -> Iterator[RenderableType]:
    """Yield what to print, from top to bottom, for a terminal of `width` columns."""
    yield from _heading(explanation)
    yield from _side_by_side(explanation, width)
    if explanation.links:
        yield from _links(explanation)
    if explanation.labels:
        yield _title("Labels, with the words that give them")
        yield _labels(explanation)
        yield Text(" The primary label comes first. IIT: investigator-initiated; IST: industry-sponsored.", style="dim")
    if explanation.questions:
        yield _title("For a person to look at")
        for question in explanation.questions:
            words = f" {_quoted(question.matched_text)}" if question.matched_text else ""
            yield Text(f"{question.registration_id}: {question.question}{words}")
            if question.command:
                yield Text(f"  {question.command}", style="cyan")
    yield from _corrections(explanation)


def _heading(explanation: Explanation) -> Iterator[RenderableType]:
    yield Text.assemble((explanation.trial_id or explanation.registration_id, "bold"), f"  {explanation.title or ''}")
    if explanation.is_sample:
        yield Text("SAMPLE: made up, for trying and testing; it is not the landscape.", style="yellow")
    if explanation.retired_from:
        yield Text(f"{explanation.retired_from} is a retired id of this trial: an earlier build counted it as its own.")
    elif explanation.trial_id and explanation.registration_id != explanation.trial_id:
        yield Text(f"{explanation.registration_id} is a registration of this trial.")
    if explanation.trial_id:
        yield Text("; ".join(f"{name}: {value}" for name, value in explanation.facts.items()))
    else:
        yield Text(f"Not in the landscape: {explanation.registrations[0].screening_meaning}.", style="yellow")


def _side_by_side(explanation: Explanation, width: int) -> Iterator[RenderableType]:
    """Yield the registrations as columns, those compared with them after them; the first again where columns wrap."""
    first, *others = [*explanation.registrations, *explanation.compared]
    yield _title("Registrations" + (", side by side" if others else ""))
    beside = max(1, (width - _NAMES_WIDTH) // _COLUMN_WIDTH - 1)
    for start in range(0, max(1, len(others)), beside):
        yield _columns([first, *others[start : start + beside]], explanation)


def _columns(registrations: Sequence[Registration], explanation: Explanation) -> RenderableType:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(no_wrap=True)
    for row in registrations:
        table.add_column(Text(row.registration_id), overflow="fold")
    belongs = [_belongs(row, explanation) for row in registrations] if len(registrations) > 1 else []
    for name, values in (
        ("trial", belongs),
        ("register", [row.source_register for row in registrations]),
        ("title", [row.public_title for row in registrations]),
        ("interventions", [_shortened(row.interventions) for row in registrations]),
        ("conditions", [_shortened(row.conditions) for row in registrations]),
        ("lead sponsor", [row.lead_sponsor for row in registrations]),
        ("participants", [_participants(row) for row in registrations]),
        ("registered", [row.registration_date for row in registrations]),
        ("start", [row.start_date for row in registrations]),
        ("status", [row.status and row.status.replace("_", " ") for row in registrations]),
        ("cell therapy", [_screening(row) for row in registrations]),
        ("page", [row.url for row in registrations]),
    ):
        if any(values):
            table.add_row(Text(name, style="dim"), *(Text(value or "–") for value in values))
    return table


def _belongs(row: Registration, explanation: Explanation) -> str:
    if not row.trial_id:
        return "not in the landscape"
    if row.trial_id != explanation.trial_id:
        return f"another: {row.trial_id}"
    return "this one, gives the id" if row.is_primary else "this one"


def _participants(row: Registration) -> str:
    planned = f"{row.target_enrollment} planned" if row.target_enrollment else ""
    enrolled = f"{row.actual_enrollment} enrolled" if row.actual_enrollment else ""
    return ", ".join(filter(None, (planned, enrolled)))


def _screening(row: Registration) -> str:
    """Say what the words make of the registration; a further one of a trial is in for the trial's sake."""
    meaning = "" if row.trial_id and not row.is_primary else row.screening_meaning
    words = f"{_quoted(row.matched_text)} in {_name(row.field)}" if row.matched_text else ""
    return ": ".join(filter(None, (meaning, words)))


def _links(explanation: Explanation) -> Iterator[RenderableType]:
    yield _title("Links: why registrations are one trial or not")
    for link in explanation.links:
        words, colour = _DECISIONS[link.decision]
        if link.is_same_trial and link.decision != "same":
            words = f"{words.split(';', maxsplit=1)[0]} by this pair alone; one trial through other links"
        yield Text.assemble((f"{link.registration_id_a} – {link.registration_id_b}: ", "bold"), (words, colour))
        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True, style="dim", min_width=len("  against"))
        grid.add_column()
        for name, texts in (
            ("  why", [link.why]),
            ("  rules", link.kept_apart_by),
            ("  for", link.speaks_for),
            ("  against", link.speaks_against),
            ("  also", link.also),
        ):
            if texts:
                grid.add_row(name, Text("; ".join(texts)))
        yield grid
        if link.decision == "review":
            yield Text.assemble("  decide   ", (link.override("same"), "cyan"), "   (or --decision different)")


def _labels(explanation: Explanation) -> RenderableType:
    table = Table("label of", "label", "because of", "rule", box=SIMPLE_HEAD, pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    for facet, labels in groupby(explanation.labels, key=lambda label: label.facet):
        for place, label in enumerate(labels):
            words = "nothing is said of it"
            if label.matched_text:
                words = f"{_quoted(label.matched_text)} in {_name(label.field)}"
                if len(explanation.registrations) > 1:
                    words += f" of {label.registration_id}"
            table.add_row(
                Text("" if place else facet),
                Text(label.label.replace("_", " ")),
                Text(words),
                Text(label.rule_id or "", style="dim"),
            )
    return table


def _corrections(explanation: Explanation) -> Iterator[RenderableType]:
    """Yield what to do about a decision that is wrong; questions and pairs in review carry their own command."""
    commands = [
        link.override("different" if link.decision == "same" else "same")
        for link in explanation.links
        if link.decision != "review"
    ]
    if explanation.trial_id:
        commands.insert(0, label_override(explanation.trial_id, "FACET", "LABEL"))
    elif not explanation.questions:
        commands.insert(0, label_override(explanation.registration_id, "is_cell_therapy", "true"))
    if commands:
        yield _title("If something is wrong, and a reviewer agrees")
        yield from (Text(f"  {command}", style="cyan") for command in commands)
    if explanation.trial_id:
        yield Text(f"  FACET is one of {', '.join(DICTIONARIES)}", style="dim")


def _title(text: str) -> RenderableType:
    return Text(f"\n{text}", style="bold")


def _name(field: str | None) -> str:
    return (field or "the record").replace("_", " ")


def _quoted(words: str | None) -> str:
    return f"“{' '.join((words or '').split())}”"


def _shortened(text: str | None) -> str:
    plain = " ".join((text or "").split())
    return plain if len(plain) <= _MOST_CHARACTERS else f"{plain[:_MOST_CHARACTERS].rstrip()} …"
