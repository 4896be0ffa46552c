"""What a made-up registration holds, before a writer puts it into the format of a registry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple


class Text(NamedTuple):
    """The same words in English and Chinese; either may be empty."""

    en: str = ""
    zh: str = ""

    @classmethod
    def of(cls, both: str | Text) -> Text:
        """Read `English | 中文`; text without a bar stands for both languages."""
        if isinstance(both, Text):
            return both
        en, bar, zh = both.partition(" | ")
        return cls(en.strip(), zh.strip() if bar else en.strip())


NOTHING: Final = Text()


class Organisation(NamedTuple):
    """A made-up institution. `sponsor_class` is the one that ClinicalTrials.gov would file it under."""

    name: Text
    sponsor_class: str
    city: Text
    province: Text
    country: Text = Text("China", "中国")


class Arm(NamedTuple):
    """One arm: the name of the group, what it is given, and how many are planned."""

    group: Text
    intervention: Text
    size: int | None = None
    kind: str = "BIOLOGICAL"
    description: str = ""
    other_names: tuple[str, ...] = ()


class SecondaryId(NamedTuple):
    """An identifier beside the registration number, as ClinicalTrials.gov files it."""

    id: str
    type: str = "OTHER"
    domain: str = ""


GROUPS = (
    Text("Experimental group", "试验组"),
    Text("Control group", "对照组"),
    Text("Second control group", "对照组2"),
)
CRITERIA = (
    Text(
        "1. Signed informed consent;\n2. Expected survival longer than 3 months;\n3. Adequate organ function.",
        "1. 自愿签署知情同意书；\n2. 预计生存期大于3个月；\n3. 主要器官功能基本正常。",
    ),
    Text(
        "1. Pregnant or breast-feeding women;\n2. Uncontrolled intercurrent illness.",
        "1. 妊娠期或哺乳期妇女；\n2. 未控制的合并疾病。",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Record:
    """One version of one made-up registration, and the file that holds it.

    `phase` and `status` are canonical labels that a writer turns into the words of its registry; `raw` replaces
    single fields of the written record by odd values, keyed by the name that the format gives the field
    (ClinicalTrials.gov: dotted path; None removes the field).
    """

    file: str
    registration_id: str
    registered: str
    title: Text
    conditions: tuple[Text, ...]
    arms: tuple[Arm, ...]
    lead: Organisation
    sites: tuple[Organisation, ...]
    scientific_title: Text = NOTHING
    acronym: str = ""
    start: str = ""
    completion: str = ""
    updated: str = ""
    status: str = "recruiting"
    study_type: str = "interventional"
    allocation: str = "NA"
    phase: str = "phase_1"
    enrollment: int | None = 30
    enrollment_type: str = "ESTIMATED"
    summary: Text = NOTHING
    description: str = ""
    inclusion: Text = CRITERIA[0]
    exclusion: Text = CRITERIA[1]
    outcomes: tuple[Text, ...] = (Text("Incidence of adverse events", "不良事件发生率"),)
    keywords: tuple[str, ...] = ()
    mesh: tuple[tuple[str, str], ...] = ()
    collaborators: tuple[Organisation, ...] = ()
    funder: Text = NOTHING
    org_study_id: str = ""
    secondary_ids: tuple[SecondaryId, ...] = ()
    aliases: tuple[str, ...] = ()
    utn: str = ""
    related_ids: str = ""
    acceptance_number: str = "企业选择不公示"
    drug_name: str = ""
    former_drug_name: str = ""
    bridging: tuple[str, str, str] = ("", "", "")
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The digits of the id as a number, for the fields that registries number on their own."""
        return int("".join(c for c in self.registration_id if c.isdigit())[-6:] or 0)

    def but(self, **changes: Any) -> Record:
        """The same registration with some fields changed: another version, or a sibling."""
        return replace(self, **{name: _tidy(name, value) for name, value in changes.items()})


@dataclass(frozen=True, kw_only=True)
class Case:
    """Something planted, and what must come out of it (see README.md for the language of `expected`)."""

    case_id: str
    facet: str
    plants: str
    expected: str
    why: str
    records: tuple[Record, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def registration_ids(self) -> tuple[str, ...]:
        """The registrations that the case is about, each once, in order."""
        return tuple(dict.fromkeys((*self.ids, *(record.registration_id for record in self.records))))


def _texts(values: Iterable[str | Text] | str | Text) -> tuple[Text, ...]:
    if isinstance(values, str | Text):
        return (Text.of(values),)
    return tuple(Text.of(value) for value in values)


def _arms(values: Iterable[str | Arm] | str | Arm) -> tuple[Arm, ...]:
    items = [values] if isinstance(values, str | Arm) else list(values)
    return tuple(
        item if isinstance(item, Arm) else Arm(GROUPS[position], Text.of(item)) for position, item in enumerate(items)
    )


def _tidy(name: str, value: Any) -> Any:
    """Bring the short forms that the case tables use into the types of `Record`."""
    if name in {"title", "scientific_title", "summary", "inclusion", "exclusion", "funder"}:
        return Text.of(value)
    if name in {"conditions", "outcomes"}:
        return _texts(value)
    if name == "arms":
        return _arms(value)
    if name in {"sites", "collaborators"}:
        return tuple(value)
    if name == "secondary_ids":
        return tuple(item if isinstance(item, SecondaryId) else SecondaryId(item) for item in value)
    return value


def registration_id(file: str, number: int | str, registered: str) -> str:
    """The made-up id of a registration: its serial number opens with 99, which no registry has reached.

    A number given as text is an id already (other registers, old ChiCTR forms).
    """
    if isinstance(number, str):
        return number
    if file.startswith("clinicaltrials_gov/"):
        return f"NCT99{number:06d}"
    if file.startswith("chinadrugtrials/"):
        return f"CTR{registered[:4]}99{number:02d}"
    return f"ChiCTR{registered[2:4]}0099{number:04d}"


def make(  # noqa: PLR0917 - the columns of the case tables
    file: str,
    number: int | str,
    registered: str,
    title: str,
    conditions: Iterable[str | Text] | str | Text,
    arms: Iterable[str | Arm] | str | Arm,
    lead: Organisation,
    **fields: Any,
) -> Record:
    """Build a record from the short forms of the case tables; what is not said gets an ordinary value.

    `file` names the output file; in it `{id}` stands for the registration id (pages that hold one trial each).
    """
    tidy = {name: _tidy(name, value) for name, value in fields.items()}
    identity = registration_id(file, number, registered)
    tidy.setdefault("sites", (lead,))
    tidy.setdefault("start", f"{registered[:8]}{'01' if registered[8:] < '15' else '28'}")
    tidy.setdefault("completion", f"{int(registered[:4]) + 3}-12-31")
    tidy.setdefault("updated", registered)
    record = Record(
        file=file.format(id=identity),
        registration_id=identity,
        registered=registered,
        title=Text.of(title),
        conditions=_texts(conditions),
        arms=_arms(arms),
        lead=lead,
        **tidy,
    )
    if not record.summary.en:
        record = record.but(summary=_ordinary_summary(record))
    return record


def _ordinary_summary(record: Record) -> Text:
    """A sentence that says what the title says, for registrations whose summary is not the point."""
    given, treated = record.arms[0].intervention, record.conditions[0]
    return Text(
        f"The study looks at the safety and the effect of {given.en} in {treated.en}.",
        f"评价{given.zh}用于{treated.zh}的安全性和有效性。",
    )
