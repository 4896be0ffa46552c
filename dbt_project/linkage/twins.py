"""Registrations of one trial in another registry, written from real ClinicalTrials.gov records to measure linking with.

A twin is what ChiCTR, ChinaDrugTrials or WHO ICTRP would show of the same trial: another language and wording, the
hospital or the Chinese name of the company as sponsor, sizes per arm, dates off by days to months, the phase put
differently, and no number of the other registry. A decoy is the same for a sibling: the same group and product with one
thing that makes it another trial. Records are made at run time from whatever studies are at hand.

Wording comes from readers: `wordings.csv` holds titles, sponsors, hospitals, products and diseases of some 500 studies
as they put them into Chinese and into other English words, out of their own knowledge. Those of the test half had seen
nothing of the matcher, so that these twins say how linking does on other people's wording.
"""

import csv
import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

WORDINGS = Path(__file__).with_name("wordings.csv")
ANCHORS = Path(__file__).parents[2] / "seeds" / "unify" / "nct_id_anchors.csv"

_PHASES = {
    # ClinicalTrials.gov → what ChinaDrugTrials and ChiCTR write for the same (reference, phase vocabularies).
    ("EARLY_PHASE1",): (("其它 其他说明:探索性研究",), ("0", "")),
    ("PHASE1",): (("I期", "Ⅰ期", "其它 其他说明:Ia期"), ("1", "0", "New Treatment Measure Clinical Study", "")),
    ("PHASE1", "PHASE2"): (("其它 其他说明:I/II期", "其它 其他说明:Ⅰ/Ⅱ期", "其它 其他说明:Ib/IIa期"), ("1-2", "1", "")),
    ("PHASE2",): (("II期", "Ⅱ期"), ("2", "")),
    ("PHASE2", "PHASE3"): (("其它 其他说明:II/III期",), ("2-3",)),
    ("PHASE3",): (("III期",), ("3",)),
    ("PHASE4",): (("IV期",), ("4",)),
}

# Antigens as titles write them: Latin letters in Chinese titles too.
_TARGETS = re.compile(
    r"(?<![A-Za-z])(?:CD\d++|BCMA|GPRC5D|GPC3|MSLN|Mesothelin|meso|CLDN18\.2|Claudin ?18\.2|MUC1|MUC16|HER2|CEA|PSMA"
    r"|PSCA|EGFRv?I*|B7-?H3|ROR1|ROBO1|GD2|NKG2D|FLT3|CLL-?1|EpCAM|IL13R\S*|EphA2|DLL3|AXL|ALPP|LMP1|CS1|SLAMF7|TROP2"
    r"|GUCY2C|Nectin-?4|c-?Met|AFP|BAFF-R|Siglec-6|ADGRE2|VEGFR1)(?![A-Za-z])",
    re.IGNORECASE,
)
_CODES = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,6}-?[A-Z]*\d{2,5}[A-Z]?(?:-\d{2})?(?![A-Za-z0-9.])")
_NO_CODE = re.compile(r"(?:CAR-?T?|CART|CD|IL|MUC|PD|HER|HLA|COVID|SARS-CoV|NK)-?\d+[A-Z]?")

# Decoys whose wording is altered: another antigen, disease or code in an otherwise unchanged registration.
_OTHER_TARGETS = ("CD7", "CD70", "GPC3", "CD22", "BCMA", "CLDN18.2", "CD5")
_BLOOD = re.compile(r"lymphom|leuk|myelom|\bALL\b|\bAML\b|\bNHL\b|hemato|haemato|B[- ]cell", re.IGNORECASE)
# disease → (words of titles in English, Chinese), of blood and of other tissue, so that the sibling is a likely one.
_OTHER_DISEASES = {
    True: (
        ("multiple myeloma", "多发性骨髓瘤"),
        ("acute myeloid leukemia", "急性髓系白血病"),
        ("systemic lupus erythematosus", "系统性红斑狼疮"),
        ("mantle cell lymphoma", "套细胞淋巴瘤"),
        ("T-cell lymphoma", "T细胞淋巴瘤"),
    ),
    False: (
        ("hepatocellular carcinoma", "肝细胞癌"),
        ("knee osteoarthritis", "膝骨关节炎"),
        ("ischemic stroke", "缺血性脑卒中"),
        ("Crohn's disease", "克罗恩病"),
        ("chronic obstructive pulmonary disease", "慢性阻塞性肺疾病"),
    ),
}
_FOLLOW_UPS = (
    ("Long-term follow-up of subjects treated with {given}", "接受{given}治疗受试者的长期随访研究"),
    (
        "A 15-year follow-up study of patients who received {given} for {disease}",
        "{given}治疗{disease}患者的15年随访研究",
    ),
    ("Long-term safety and efficacy of {given} in {disease}", "{given}治疗{disease}的长期安全性和有效性观察"),
)
_EXTENSIONS = (
    ("An extension study of {given} in patients with {disease}", "{given}治疗{disease}的延伸研究"),
    ("Extended access and re-treatment with {given} in {disease}", "{given}再次治疗{disease}的扩展研究"),
)
DECOYS = (
    "other_target", "other_disease", "other_code", "follow_up", "extension", "next_phase", "second_attempt",
    "other_group",
)  # fmt: skip


@dataclass(frozen=True)
class Twin:
    """One made-up registration: the raw document, where it goes and which trial it was written from."""

    registry: str
    registration_id: str
    source_id: str
    kind: str
    split: str
    document: Mapping[str, Any] = field(repr=False)

    @property
    def is_same_trial(self) -> bool:
        """Whether the registration that it was written from is the same trial."""
        return self.kind in ("twin", "explicit")


@dataclass(frozen=True)
class Wording:
    """How another registry words a study; Chinese parts are null where its record is in English only."""

    title: str
    title_zh: str | None
    public_title_zh: str | None
    condition: str
    condition_zh: str | None
    given: str
    given_zh: str | None
    sponsor: str
    sponsor_zh: str | None
    hospital: str
    hospital_zh: str | None
    sites_zh: Sequence[str] = ()
    code: str | None = None


@dataclass(frozen=True)
class Plan:
    """What is planned, in the numbers that registries compare by."""

    size: int
    start: date
    registered: date
    phases: tuple[str, ...]
    city: str | None
    is_cancelled: bool = False


def read_wordings() -> dict[str, dict[str, str]]:
    """Return what a reader wrote of studies in other words, by registration id."""
    with WORDINGS.open(encoding="utf-8", newline="") as file:
        return {row["registration_id"]: row for row in csv.DictReader(file)}


class TwinWriter:
    """Writes twins and decoys, the same ones from the same records."""

    def __init__(self, studies: Iterable[Mapping[str, Any]], seed: int = 2031) -> None:
        """Read the wordings, and what the sponsors and sites of `studies` study."""
        self._seed = seed
        self.wordings = read_wordings()
        self._studied_by: dict[str, set[str]] = {}
        for study in studies:
            protocol = study["protocolSection"]
            identification, conditions = protocol["identificationModule"], protocol.get("conditionsModule", {})
            words = [
                identification["briefTitle"],
                identification.get("officialTitle"),
                *conditions.get("conditions", []),
            ]
            subject = " ".join(f" {_plain(text)} " for text in words if text)
            for name in _organisations(protocol):
                self._studied_by.setdefault(name, set()).add(subject)

    def write(self, study: Mapping[str, Any], kinds: Iterable[str], limit: int, first_number: int) -> list[Twin]:
        """Return at most `limit` registrations of a study, of the first of `kinds` that it can be made into.

        A study without a date, or one that names no target where another one is wanted, can be made into none.
        """
        twins: list[Twin] = []
        for kind in kinds:
            twin = self._write_one(study, kind, first_number + len(twins)) if len(twins) < limit else None
            if twin:
                twins.append(twin)
        return twins

    def _write_one(self, study: Mapping[str, Any], kind: str, number: int) -> Twin | None:
        protocol = study["protocolSection"]
        source_id = protocol["identificationModule"]["nctId"]
        rng = random.Random(f"{self._seed} {source_id} {kind}")
        facts = _facts(protocol, rng)
        if not facts:
            return None
        names = _organisations(protocol)
        facts["studied"] = " ".join(sorted(set().union(*(self._studied_by.get(name, set()) for name in names))))
        row = self.wordings.get(source_id)
        wording = _wording_read(facts, row, rng) if row else _wording_kept(facts)
        plan = Plan(
            facts["size"], facts["start"], facts["registered"], facts["phases"], facts["city"], facts["is_withdrawn"]
        )
        made = _made_into(kind, wording, plan, facts, rng)
        if not made:
            return None
        wording, plan = made
        plan = _as_told_elsewhere(plan, rng, is_same_day=kind in ("other_target", "other_disease", "other_code"))
        split = row["split"] if row else "all"
        names_source = kind in ("explicit", "trap")
        if wording.title_zh and facts["company"] and rng.random() < 0.8 and not names_source:
            registration_id = f"CTR2099{number:04d}"
            document = _chinadrugtrials(registration_id, wording, plan, rng)
            return Twin("chinadrugtrials", registration_id, source_id, kind, split, document)
        registration_id = f"ChiCTR99{number:08d}"
        if row and rng.random() < 0.3:
            document = _ictrp(registration_id, wording, plan, rng)
            return Twin("ictrp", registration_id, source_id, kind, split, document)
        document = _chictr(registration_id, wording, plan, rng)
        if names_source:
            _name_source(document, kind, source_id, rng)
        return Twin("chictr", registration_id, source_id, kind, split, document)


def _organisations(protocol: Mapping[str, Any]) -> set[str]:
    """Return who sponsors a study and where it is done, by the names that the record gives."""
    module = protocol.get("sponsorCollaboratorsModule", {})
    places = protocol.get("contactsLocationsModule", {}).get("locations", [])
    names = [
        module.get("leadSponsor", {}).get("name"),
        *(other.get("name") for other in module.get("collaborators", [])),
    ]
    return {name for name in [*names, *(place.get("facility") for place in places)] if name}


def _facts(protocol: Mapping[str, Any], rng: random.Random) -> dict[str, Any]:
    """Return what a twin is written from; empty where the record has no product, disease or date for it."""
    identification = protocol["identificationModule"]
    title = identification["briefTitle"]
    conditions = protocol.get("conditionsModule", {}).get("conditions", [])
    interventions = [i["name"] for i in protocol.get("armsInterventionsModule", {}).get("interventions", [])]
    status = protocol.get("statusModule", {})
    start = _date(status.get("startDateStruct", {}).get("date"))
    if not (conditions and interventions and start):
        return {}
    lead = protocol.get("sponsorCollaboratorsModule", {}).get("leadSponsor", {})
    sites = [
        place
        for place in protocol.get("contactsLocationsModule", {}).get("locations", [])
        if place.get("country") == "China" and place.get("facility")
    ]
    is_company = lead.get("class") == "INDUSTRY" or bool(
        re.search(r"Ltd|Inc|Co\.|Biotech|Pharma|Therap", lead.get("name", ""))
    )
    return {
        "title": title,
        "conditions": conditions,
        "interventions": interventions,
        "targets": sorted(set(_TARGETS.findall(title))),
        "codes": sorted(
            code
            for code in set(_CODES.findall(" ".join([title, *interventions])))
            if not _NO_CODE.fullmatch(code) and not _TARGETS.fullmatch(code)
        ),
        "size": protocol.get("designModule", {}).get("enrollmentInfo", {}).get("count") or rng.randrange(9, 61),
        "phases": tuple(protocol.get("designModule", {}).get("phases", [])),
        "start": start,
        # Saved pages may leave the date out; the number tells it to the month.
        "registered": _date(status.get("studyFirstSubmitDate")) or _date_of_number(identification["nctId"]),
        # The other registry was told as well: a record that goes on is a second attempt.
        "is_withdrawn": status.get("overallStatus") == "WITHDRAWN",
        "lead": lead.get("name", ""),
        "company": lead.get("name") if is_company else None,
        "city": sites[0].get("city") if sites else None,
    }


def _wording_read(facts: Mapping[str, Any], row: Mapping[str, str], rng: random.Random) -> Wording:
    """Return the wording of a reader; where it leaves out the product, as the study or the title names it."""
    has_chinese = rng.random() < 0.75 or bool(facts["company"])
    given_zh = row["given_zh"] or _given_in(row["title_zh"])
    hospital_zh = row["hospital_zh"] or row["sponsor_zh"]
    return Wording(
        title=row["title_en"],
        title_zh=row["title_zh"] if has_chinese else None,
        public_title_zh=(row["public_title_zh"] or row["title_zh"]) if has_chinese else None,
        condition=row["condition_en"],
        condition_zh=row["condition_zh"] if has_chinese else None,
        given=row["given_en"] or facts["interventions"][0],
        given_zh=given_zh if has_chinese else None,
        sponsor=row["sponsor_en"],
        sponsor_zh=row["sponsor_zh"] if has_chinese else None,
        hospital=row["hospital_en"] or row["sponsor_en"],
        hospital_zh=hospital_zh if has_chinese else None,
        sites_zh=[hospital_zh] if "医院" in hospital_zh else [],
        # A reader who names the product has said under which name the other registry knows it.
        code=None if row["given_zh"] or not facts["codes"] else facts["codes"][0],
    )


def _wording_kept(facts: Mapping[str, Any]) -> Wording:
    """Return the English words of the study itself, for records that only a number shall join to it."""
    return Wording(
        title=facts["title"], title_zh=None, public_title_zh=None, condition=facts["conditions"][0], condition_zh=None,
        given=facts["interventions"][0], given_zh=None, sponsor=facts["lead"], sponsor_zh=None,
        hospital=facts["lead"], hospital_zh=None,
    )  # fmt: skip


# --- siblings -------------------------------------------------------------------------------------------------------


def _made_into(
    kind: str, wording: Wording, plan: Plan, facts: Mapping[str, Any], rng: random.Random
) -> tuple[Wording, Plan] | None:
    """Return the registration made into what `kind` says; null where there is nothing to make it from."""
    if kind in ("twin", "orphan"):
        return wording, plan
    if kind in ("other_group", "explicit", "trap"):
        # Nothing but the number that they name could join the last two to their source.
        return _of_another_group(wording), replace(
            plan,
            size=plan.size + rng.randrange(4, 30),
            start=plan.start + timedelta(days=rng.choice((-1, 1)) * rng.randrange(120, 900)),
            registered=plan.start,
            city="Harbin",
        )
    later = timedelta(days=rng.randrange(300, 1000))
    if kind == "other_target":
        titles = [title for title in (wording.title, wording.title_zh) if title]
        # Named by the study itself and by every title of the decoy: else nothing would tell the two apart.
        told = [
            target
            for target in _TARGETS.findall(titles[0])
            if target in facts["targets"] and all(target.lower() in title.lower() for title in titles)
        ]
        others = [target for target in _OTHER_TARGETS if not _is_studied(target, facts)]
        if not told or not others:
            return None
        old, new = told[0], rng.choice(others)
        altered = _with_words(wording, lambda text: re.sub(rf"{re.escape(old)}(?!\d)", new, text, flags=re.IGNORECASE))
        return replace(_with_words(altered, lambda text: _CODES.sub(_keep_targets, text)), code=None), plan
    if kind == "other_code":
        if not facts["codes"] or not any(code in f"{wording.title} {wording.title_zh}" for code in facts["codes"]):
            return None
        new_code = f"{rng.choice(('KX', 'TQ', 'WJ'))}{rng.randrange(100, 999)}"
        return replace(
            _with_words(wording, lambda text: re.sub("|".join(map(re.escape, facts["codes"])), new_code, text)),
            code=new_code,
        ), plan
    if kind == "other_disease":
        sibling = _of_another_disease(wording, facts, rng)
        return (sibling, plan) if sibling else None
    if kind in ("follow_up", "extension"):
        english, chinese = rng.choice(_FOLLOW_UPS if kind == "follow_up" else _EXTENSIONS)
        words = {"given": wording.given, "disease": wording.condition}
        words_zh = {"given": wording.given_zh, "disease": wording.condition_zh}
        title_zh = chinese.format(**words_zh) if wording.title_zh else None
        named = replace(wording, title=english.format(**words), title_zh=title_zh, public_title_zh=title_zh)
        phases = () if kind == "follow_up" else plan.phases
        return named, replace(plan, start=plan.start + later, registered=plan.registered + later, phases=phases)
    if kind == "next_phase":
        if not plan.phases or plan.phases[-1] not in ("PHASE1", "EARLY_PHASE1"):
            return None
        return _with_words(wording, _in_phase_two), replace(
            plan,
            phases=("PHASE2",),
            size=plan.size * rng.choice((2, 3, 4)) + 7,
            start=plan.start + later,
            registered=plan.registered + later,
        )
    if kind == "second_attempt":
        # The first attempt, cancelled before anybody took part, of which the study at hand is the second.
        return wording, replace(
            plan, start=plan.start - later, registered=plan.registered - later, is_cancelled=True, size=plan.size
        )
    raise ValueError(f"no kind of twin or decoy is called {kind}")


def _of_another_group(wording: Wording) -> Wording:
    return replace(
        wording,
        sponsor="Second Affiliated Hospital of Harbin Medical University",
        sponsor_zh="哈尔滨医科大学附属第二医院" if wording.sponsor_zh else None,
        hospital="Second Affiliated Hospital of Harbin Medical University",
        hospital_zh="哈尔滨医科大学附属第二医院" if wording.hospital_zh else None,
        sites_zh=["哈尔滨医科大学附属第二医院"],
        title=_CODES.sub(_keep_targets, wording.title),
        title_zh=_CODES.sub(_keep_targets, wording.title_zh) if wording.title_zh else None,
        public_title_zh=_CODES.sub(_keep_targets, wording.public_title_zh) if wording.public_title_zh else None,
        given=_CODES.sub(_keep_targets, wording.given),
        code=None,
    )


def _is_studied(words: str, facts: Mapping[str, Any]) -> bool:
    """Return whether the study or another one of its sponsor and sites is of it: then the decoy might be that study."""
    return f" {_plain(words)} " in facts["studied"]


def _of_another_disease(wording: Wording, facts: Mapping[str, Any], rng: random.Random) -> Wording | None:
    old = f"{wording.condition} {wording.title}"
    choices = [
        (disease, disease_zh)
        for disease, disease_zh in _OTHER_DISEASES[bool(_BLOOD.search(old))]
        # No other kind of lymphoma in a study of lymphomas, either.
        if disease.split()[-1] not in old.lower() and not _is_studied(disease.split()[-1], facts)
    ]
    if not choices:
        return None
    new, new_zh = rng.choice(choices)
    title_zh = None
    if wording.title_zh and wording.condition_zh:
        title_zh = wording.title_zh.replace(wording.condition_zh, new_zh)
        if title_zh == wording.title_zh:
            title_zh = f"{wording.given_zh}治疗{new_zh}的临床研究"
    title = re.sub(re.escape(wording.condition), new, wording.title, flags=re.IGNORECASE)
    # Where the title names the disease in other words, or a second one, it is written anew.
    if title == wording.title or " after " in title.lower():
        title = f"{wording.given} in the treatment of {new}"
    return replace(
        wording, title=title, title_zh=title_zh, public_title_zh=title_zh, condition=new,
        condition_zh=new_zh if wording.condition_zh else None,
    )  # fmt: skip


def _with_words(wording: Wording, change: Callable[[str], str]) -> Wording:
    """Return a wording whose titles and product are changed."""
    return replace(
        wording,
        title=change(wording.title),
        title_zh=change(wording.title_zh) if wording.title_zh else None,
        public_title_zh=change(wording.public_title_zh) if wording.public_title_zh else None,
        given=change(wording.given),
        given_zh=change(wording.given_zh) if wording.given_zh else None,
    )


def _keep_targets(code: re.Match[str]) -> str:
    """Return what looks like a code when it is an antigen, else nothing."""
    return code.group() if _TARGETS.fullmatch(code.group()) else ""


def _in_phase_two(text: str) -> str:
    return re.sub(r"(?:I|Ⅰ|1)期", "II期", re.sub(r"(?i)phase\s*(1|I)\b", "Phase II", text))


def _as_told_elsewhere(plan: Plan, rng: random.Random, *, is_same_day: bool) -> Plan:
    """Return a plan as another registry tells it: dates off by days to months, now and then another size."""
    shift = rng.choice((0, 0, rng.randrange(-8, 9), rng.randrange(-31, 32), rng.randrange(-100, 101)))
    lag = rng.choice((rng.randrange(0, 20), rng.randrange(-60, 61), rng.randrange(-240, 241)))
    if is_same_day:
        return plan
    size = plan.size if rng.random() < 0.8 else max(3, round(plan.size * rng.uniform(0.75, 1.3)))
    return replace(
        plan, start=plan.start + timedelta(days=shift), registered=plan.registered + timedelta(days=lag), size=size
    )


# --- documents in the shape of each registry ------------------------------------------------------------------------


def _arms(size: int, rng: random.Random) -> list[int]:
    if size < 12 or rng.random() < 0.6:
        return [size]
    if rng.random() < 0.7:
        return [size // 2, size - size // 2]
    return [size // 3, size // 3, size - 2 * (size // 3)]


def _chictr(registration_id: str, wording: Wording, plan: Plan, rng: random.Random) -> dict[str, Any]:
    arms = _arms(plan.size, rng)
    sponsor = {"zh": wording.sponsor_zh, "en": wording.sponsor}
    hospital = {"zh": wording.hospital_zh, "en": wording.hospital}
    # ChiCTR marks a cancelled registration in its title.
    cancelled, cancelled_zh = ("Cancelled by the investigator ", "[研究者撤销] ") if plan.is_cancelled else ("", "")
    return {
        "registration_id": registration_id,
        "date_registration": f"{plan.registered}",
        "registration_status": {"zh": None, "en": "Prospective registration"},
        "public_title": {
            "zh": wording.public_title_zh and cancelled_zh + wording.public_title_zh,
            "en": cancelled + wording.title,
        },
        "scientific_title": {"zh": wording.title_zh, "en": wording.title},
        "acronym": {"zh": None, "en": None},
        "applicant_institution": hospital,
        "leader_institution": hospital,
        "primary_sponsor": sponsor,
        "secondary_sponsors": [],
        "funding": {"zh": None, "en": "Self-raised"},
        "condition": {"zh": wording.condition_zh, "en": wording.condition},
        "study_type": {"zh": "干预性研究", "en": "Interventional study"},
        "phase": {"zh": None, "en": rng.choice(_PHASES.get(plan.phases, ((), ("",)))[1]) or None},
        "design": {"zh": None, "en": "Single arm" if len(arms) == 1 else "Parallel"},
        "study_from": f"{plan.start} 00:00:00",
        "interventions": [
            {
                "group": {"zh": None, "en": f"Group {number}"},
                "sample_size": str(arm),
                "intervention": {"zh": wording.given_zh, "en": wording.given},
                "code": None,
            }
            for number, arm in enumerate(arms, start=1)
        ],
        "target_size": "".join(f"Group {number}:{arm};" for number, arm in enumerate(arms, start=1)),
        "sites": [
            {
                "country": {"zh": "中国", "en": "China"},
                "province": {"zh": None, "en": None},
                "city": {"zh": None, "en": plan.city},
                "institution": hospital,
                "level": {"zh": None, "en": None},
            }
        ],
        "countries": "China",
        "outcomes": [],
        "secondary_ids": [],
    }


def _ictrp(registration_id: str, wording: Wording, plan: Plan, rng: random.Random) -> dict[str, Any]:
    """Return a ChiCTR registration as WHO ICTRP shows it: in English, with the sizes of the arms in a row."""
    arms = _arms(plan.size, rng)
    return {
        "trial_id": registration_id,
        "public_title": ("Cancelled by the investigator " if plan.is_cancelled else "") + wording.title,
        "scientific_title": wording.title,
        "primary_sponsor": wording.sponsor,
        "date_registration": f"{plan.registered} 00:00:00",
        "date_registration3": f"{plan.registered:%Y%m%d}",
        "source_register": "ChiCTR",
        "recruitment_status": "Not Recruiting",
        "date_enrolment": f"{plan.start} 00:00:00",
        "target_size": "".join(f"Group {number}:{arm};" for number, arm in enumerate(arms, start=1)),
        "study_type": "Interventional study",
        "study_design": "Single arm" if len(arms) == 1 else "Parallel",
        "phase": rng.choice(_PHASES.get(plan.phases, ((), ("",)))[1]) or None,
        "countries": "China",
        "condition": wording.condition,
        "intervention": "".join(f"Group {number}:{wording.given};" for number in range(1, len(arms) + 1)),
        "bridging_flag": "False",
    }


def _chinadrugtrials(registration_id: str, wording: Wording, plan: Plan, rng: random.Random) -> dict[str, Any]:
    code = wording.code
    return {
        "registration_id": registration_id,
        "status": "主动终止" if plan.is_cancelled else "进行中",
        "first_public_date": f"{plan.registered}",
        "drug_type": "生物制品",
        "acceptance_number": f"CXSL{rng.randrange(1700000, 2400000)}",
        "indication": wording.condition_zh,
        "scientific_title": wording.title_zh,
        "public_title": wording.public_title_zh,
        "protocol_code": None,
        "category": "安全性和有效性",
        "phase": rng.choice(_PHASES.get(plan.phases, (("其它 其他说明:探索性研究",), ()))[0]),
        "design_type": "单臂试验",
        "scope": "国内试验",
        "target_size": f"国内: {plan.size} 人；",
        "first_enrolment_date": f"国内：{plan.start}；",
        "sponsor_names": [wording.sponsor_zh],
        "related_ids": [],
        "drug_name": f"{code}注射液" if code else wording.given_zh,
        "test_drugs": [
            {
                "position": "1",
                "text": code or "",
                "name": code or wording.given_zh,
                "english_name": code,
                "brand_name": None,
            }
        ],
        "control_drugs": [],
        "primary_endpoints": [],
        "secondary_endpoints": [],
        "institutions": [
            {"name": name, "country": "中国", "province": None, "city": None} for name in wording.sites_zh
        ],
        "ethics": [],
        "updates": [],
    }


def _name_source(document: dict[str, Any], kind: str, source_id: str, rng: random.Random) -> None:
    """Let a record name the number of its source, as its own (spellings of the reference) or as another trial's."""
    digits = source_id.removeprefix("NCT")
    if kind == "explicit":
        wide = digits.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
        spellings: tuple[tuple[str, str | None], ...] = (
            (source_id, "ClinicalTrials.gov"),
            (source_id.lower(), None),
            (f"NCT {digits}", None),
            (f"NCT-{digits}", "CT.gov"),
            (f"ＮＣＴ{wide}", None),
            (f"ClinicalTrials.gov: {source_id};", None),
            (f"U1111-1111-1111, {source_id}", None),
            (digits, "ClinicalTrials.gov"),
            (f"美国临床试验注册号：{source_id}", None),
        )
        number, issuer = rng.choice(spellings)
        document["secondary_ids"] = [{"id": number, "issuer": issuer}]
        return
    traps: tuple[tuple[str | None, str | None], ...] = (
        (None, f"1. Subjects who participated in the study {source_id};"),
        (None, f"1. Patients enrolled in the parent study ({source_id}) and infused;"),
        (None, f"1. 既往参加过{source_id}研究的受试者；"),
        (None, f"1. See the long-term follow-up of {source_id};"),
        (f"ChiMCTR19{digits}", None),
        ("NCT00000000", None),
        (f"CTR20{digits[2:]}", None),
        (f"X{source_id}", None),
        (f"{source_id}9", None),
    )
    named, criteria = rng.choice(traps)
    document["secondary_ids"] = [{"id": named, "issuer": None}] if named else []
    document["inclusion_criteria"] = {"zh": None, "en": criteria}


def _given_in(title_zh: str) -> str:
    """Return what a Chinese title says is given: the words before those for treating."""
    return re.split("治疗|用于|联合|延缓", re.sub("^(评价|评估|探索)", "", title_zh), maxsplit=1)[0]


def _date_of_number(nct_id: str) -> date:
    """Return when a number was given, between the dates of its neighbours (seed nct_id_anchors)."""
    with ANCHORS.open(encoding="utf-8", newline="") as file:
        anchors = [
            (int(row["nct_number"]), date.fromisoformat(row["registered_on"]).toordinal())
            for row in csv.DictReader(file)
        ]
    numbers, days = zip(*anchors, strict=True)
    return date.fromordinal(round(float(np.interp(int(nct_id.removeprefix("NCT")), numbers, days))))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def _date(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return None
