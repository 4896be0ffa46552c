"""Registrations of one trial in another registry, written from real ClinicalTrials.gov records to measure linking with.

A twin is what ChiCTR or ChinaDrugTrials would show of the same trial: another language and wording, the hospital or the
Chinese name of the company as sponsor, sizes per arm, dates off by days to months, the phase put differently, and no
number of the other registry. A decoy is the same for a sibling: the same group and product with one thing that makes it
another trial. Nothing here is written to the project; twins are made at run time from whatever records are at hand.
"""

import csv
import hashlib
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).parents[2] / "seeds" / "linkage"

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

_ENGLISH_REWORDINGS = (
    (r"^A Study of ", "Clinical study of "),
    (r"^Study of ", "Clinical study for "),
    (r"\bTreatment of\b", "treating"),
    (r"\bin the treatment of\b", "for"),
    (r"\bSafety and Efficacy\b", "Efficacy and safety"),
    (r"\bPatients With\b", "patients suffering from"),
    (r"\bSubjects\b", "patients"),
    (r"\bRelapsed (or|and) Refractory\b|\bRelapsed/Refractory\b|\bR/R\b", "relapsed/refractory"),
    (r"\bCAR-T Cells?\b|\bCAR T[- ]Cells?\b", "chimeric antigen receptor T cells"),
    (r"\bTherapy\b", "treatment"),
    (r"\bEvaluate\b", "assess"),
    (r"\bClinical Trial\b", "clinical study"),
    (r"\bMesenchymal Stem Cells\b", "mesenchymal stem cell"),
)

_CHINESE_TITLES = (
    "{given}治疗{setting}{disease}的安全性和有效性的{design}临床研究",
    "评价{given}在{setting}{disease}患者中的安全性、耐受性和初步有效性的{design}临床试验",
    "{given}治疗{setting}{disease}的{design}研究",
    "一项{given}用于{setting}{disease}受试者的{design}试验",
)
_ENGLISH_TITLES = (
    "A {design} clinical study on the safety and efficacy of {given} in the treatment of {disease}",
    "Clinical study of {given} for patients with {disease}",
)
# Antigens as titles write them: Latin letters in Chinese titles too.
_TARGETS = re.compile(
    r"\b(?:CD\d+|BCMA|GPRC5D|GPC3|MSLN|Mesothelin|CLDN18\.2|Claudin ?18\.2|MUC1|MUC16|HER2|CEA|PSMA|PSCA|EGFRv?I*|EGFR"
    r"|B7-?H3|ROR1|GD2|NKG2D|FLT3|CLL-?1|EpCAM|IL13R\S*|EphA2|DLL3|AXL|ALPP|LMP1|CS1|SLAMF7|TROP2|Nectin-?4|c-?Met|AFP)\b",
    re.IGNORECASE,
)
_UNLISTED_COMPANIES = ("安和", "博远", "康信", "瑞泽", "天成", "华睿", "启明", "德信")


@dataclass(frozen=True)
class Twin:
    """One made-up registration: the raw document, where it goes and which trial it was written from."""

    registry: str
    registration_id: str
    source_id: str
    kind: str
    document: Mapping[str, Any] = field(repr=False)

    @property
    def is_same_trial(self) -> bool:
        """Whether the registration that it was written from is the same trial."""
        return self.kind in ("twin", "explicit")

    @property
    def split(self) -> str:
        """`tune` or `test`, by the hash of the source, so that a trial is never in both."""
        return "tune" if int(hashlib.md5(self.source_id.encode()).hexdigest(), 16) % 2 == 0 else "test"


def read_seed(name: str) -> list[dict[str, str]]:
    """Return the rows of a linkage seed."""
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TwinWriter:
    """Writes twins and decoys, the same ones from the same records."""

    def __init__(self, seed: int = 2024) -> None:
        """Read the dictionaries through which wording is changed."""
        self._seed = seed
        terms: dict[tuple[str, str], dict[str, list[str]]] = {}
        for row in read_seed("title_terms"):
            terms.setdefault((row["kind"], row["token"]), {"en": [], "zh": []})[row["language"]].append(row["term"])
        self._terms = {key: forms for key, forms in terms.items() if forms["zh"]}
        self._chinese_names: dict[str, list[str]] = {}
        self._english_names: dict[str, str] = {}
        for row in read_seed("organisation_names"):
            if row["language"] == "zh":
                self._chinese_names.setdefault(row["organisation_id"], []).append(row["name"])
            else:
                self._english_names[_plain(row["name"])] = row["organisation_id"]

    def write(self, studies: Sequence[Mapping[str, Any]], kinds: Iterable[str], first_number: int = 0) -> list[Twin]:
        """Return registrations of the given kinds, one per study, numbered from `first_number`.

        Each study gets the first kind still wanted that it can be made into, one without product or disease none.
        """
        wanted = list(kinds)
        twins: list[Twin] = []
        for study in studies:
            # A study that cannot be one kind of decoy (it names no target, say) is tried for a few others.
            for kind in list(dict.fromkeys(wanted)):
                twin = self._write_one(study, kind, first_number + len(twins))
                if twin:
                    wanted.remove(kind)
                    twins.append(twin)
                    break
        return twins

    def _write_one(self, study: Mapping[str, Any], kind: str, number: int) -> Twin | None:
        protocol = study["protocolSection"]
        source_id = protocol["identificationModule"]["nctId"]
        rng = random.Random(f"{self._seed} {source_id} {kind}")
        facts = self._facts(protocol, rng)
        if not facts or not self._alter(facts, kind, rng):
            return None
        names_source = kind in ("explicit", "trap")
        if rng.random() < 0.8 and facts["company"] and not names_source:
            registration_id = f"CTR2099{number:04d}"
            return Twin("chinadrugtrials", registration_id, source_id, kind, self._cde(facts, registration_id, rng))
        registration_id = f"ChiCTR99{number:08d}"
        document = self._chictr(facts, registration_id, rng)
        if names_source:
            _name_source(document, kind, source_id, rng)
        return Twin("chictr", registration_id, source_id, kind, document)

    def _facts(self, protocol: Mapping[str, Any], rng: random.Random) -> dict[str, Any]:
        """Return what a twin is written from; empty where the record has no product, disease or date for it."""
        identification = protocol["identificationModule"]
        title = identification["briefTitle"]
        conditions = protocol.get("conditionsModule", {}).get("conditions", [])
        interventions = [i["name"] for i in protocol.get("armsInterventionsModule", {}).get("interventions", [])]
        status = protocol.get("statusModule", {})
        start = _date(status.get("startDateStruct", {}).get("date"))
        if not (conditions and interventions and start):
            return {}
        text = f" {_plain(title + ' ' + ' '.join(conditions))} "
        found = {
            kind: [
                token
                for (term_kind, token), forms in self._terms.items()
                if term_kind == kind and any(f" {term} " in text for term in forms["en"])
            ]
            for kind in ("disease", "setting", "modality", "design")
        }
        if not found["disease"] or not found["modality"]:
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
            "official": identification.get("officialTitle") or title,
            "acronym": identification.get("acronym"),
            "conditions": conditions,
            "interventions": interventions,
            "tokens": found,
            "targets": sorted(set(_TARGETS.findall(title))),
            "codes": sorted(set(re.findall(r"\b[A-Z]{1,6}-?[A-Z]*\d{2,5}[A-Z]?\b", " ".join([title, *interventions])))),
            "size": protocol.get("designModule", {}).get("enrollmentInfo", {}).get("count") or rng.randrange(9, 61),
            "phases": tuple(protocol.get("designModule", {}).get("phases", [])),
            "start": start,
            "registered": _date(status.get("studyFirstSubmitDate")) or start,
            "lead": lead.get("name", ""),
            "company": lead.get("name") if is_company else None,
            "sites": [place["facility"] for place in sites],
            "city": sites[0].get("city") if sites else None,
        }

    def _alter(self, facts: dict[str, Any], kind: str, rng: random.Random) -> bool:
        """Make the sibling that a decoy is; false where the record has nothing to make it from."""
        if kind in ("twin", "orphan"):
            return True
        if kind == "other_target":
            if not facts["targets"]:
                return False
            old = facts["targets"][0]
            new = rng.choice(
                [t for t in ("CD7", "CD70", "GPC3", "CD22", "BCMA", "CLDN18.2", "CD5") if t not in facts["targets"]]
            )
            self._replace(facts, {old: new})
            facts["targets"] = [new, *facts["targets"][1:]]
            facts["codes"] = []
        elif kind == "other_disease":
            old = facts["tokens"]["disease"]
            blood = any(word in " ".join(old) for word in ("lymphoma", "leuk", "myeloma", "all", "b_cell"))
            choices = (
                ("multiple_myeloma", "aml", "sle", "t_cell_lymphoma")
                if blood
                else ("hcc", "knee_oa", "stroke", "crohn", "copd")
            )
            new = rng.choice([token for token in choices if token not in old])
            wording = self._terms[("disease", new)]["en"][0]
            facts["tokens"]["disease"] = [new]
            facts["conditions"] = [wording]
            facts["title"] = facts["official"] = f"{facts['interventions'][0]} in the Treatment of {wording}"
            facts["acronym"] = None
        elif kind == "follow_up":
            facts["title"] = f"Long-term follow-up study of patients treated with {facts['interventions'][0]}"
            facts["official"] = facts["title"]
            facts["start"] += timedelta(days=rng.randrange(300, 900))
            facts["registered"] += timedelta(days=rng.randrange(300, 900))
            facts["chinese_prefix"] = "长期随访："
            facts["phases"] = ()
        elif kind == "next_phase":
            if not facts["phases"] or facts["phases"][-1] not in ("PHASE1", "EARLY_PHASE1"):
                return False
            facts["phases"] = ("PHASE2",)
            facts["title"] = re.sub(r"(?i)phase\s*(1|I)\b", "Phase II", facts["title"])
            facts["official"] = re.sub(r"(?i)phase\s*(1|I)\b", "Phase II", facts["official"])
            facts["size"] = facts["size"] * 3 + 7
            facts["start"] += timedelta(days=rng.randrange(400, 1100))
            facts["registered"] += timedelta(days=rng.randrange(400, 1100))
        elif kind in ("other_group", "explicit", "trap"):
            # Nothing but the number that they name could join these to their source.
            facts["lead"], facts["company"] = "Second Affiliated Hospital of Harbin Medical University", None
            facts["sites"], facts["city"] = ["The Second Affiliated Hospital of Harbin Medical University"], "Harbin"
            facts["size"] = facts["size"] + rng.randrange(4, 30)
            facts["start"] += timedelta(days=rng.choice((-1, 1)) * rng.randrange(120, 900))
            facts["registered"] = facts["start"]
            facts["codes"], facts["acronym"] = [], None
        else:
            raise ValueError(f"no kind of twin or decoy is called {kind}")
        return True

    @staticmethod
    def _replace(facts: dict[str, Any], words: Mapping[str, str]) -> None:
        def changed(text: str) -> str:
            for old, new in words.items():
                text = re.sub(re.escape(old), new, text, flags=re.IGNORECASE)
            return text

        facts["title"], facts["official"] = changed(facts["title"]), changed(facts["official"])
        facts["interventions"] = [changed(name) for name in facts["interventions"]]

    def _english_title(self, facts: Mapping[str, Any], rng: random.Random) -> str:
        kind = rng.random()
        if kind < 0.3:
            return str(facts["official"])
        if kind < 0.8:
            title = facts["title"] if rng.random() < 0.5 else facts["official"]
            for pattern, wording in _ENGLISH_REWORDINGS:
                if rng.random() < 0.6:
                    title = re.sub(pattern, wording, title, flags=re.IGNORECASE)
            return str(title)
        return rng.choice(_ENGLISH_TITLES).format(
            given=facts["interventions"][0],
            disease=facts["conditions"][0].lower(),
            design=rng.choice(("prospective", "single-arm")),
        )

    def _chinese_words(self, kind: str, tokens: Sequence[str], rng: random.Random, limit: int) -> str:
        chosen = [
            rng.choice(self._terms[(kind, token)]["zh"]) for token in tokens[:limit] if (kind, token) in self._terms
        ]
        return "、".join(chosen) if kind == "disease" else "".join(chosen)

    def _chinese_title(self, facts: Mapping[str, Any], rng: random.Random) -> str:
        tokens = facts["tokens"]
        target = "/".join(facts["targets"])
        modality = self._chinese_words("modality", tokens["modality"], rng, 2)
        given = f"{rng.choice(('靶向', '抗', ''))}{target}{modality}细胞" if target else f"{modality}注射液"
        if facts["codes"] and rng.random() < 0.8:
            given = f"{facts['codes'][0]}（{given}）" if rng.random() < 0.5 else facts["codes"][0]
        title = rng.choice(_CHINESE_TITLES).format(
            given=given,
            setting=self._chinese_words("setting", tokens["setting"], rng, 2),
            disease=self._chinese_words("disease", tokens["disease"], rng, 2),
            design=self._chinese_words("design", tokens["design"], rng, 2),
        )
        return str(facts.get("chinese_prefix", "")) + title

    def _chinese_name(self, name: str, rng: random.Random) -> str | None:
        organisation = self._english_names.get(_plain(name))
        return rng.choice(self._chinese_names[organisation]) if organisation in self._chinese_names else None

    def _dates(self, facts: Mapping[str, Any], rng: random.Random) -> tuple[date, date]:
        shift = rng.choice((0, 0, rng.randrange(-6, 7), rng.randrange(-30, 31), rng.randrange(-90, 91)))
        lag = rng.choice((rng.randrange(0, 20), rng.randrange(-60, 61), rng.randrange(-240, 241)))
        return facts["start"] + timedelta(days=shift), facts["registered"] + timedelta(days=lag)

    @staticmethod
    def _size(facts: Mapping[str, Any], rng: random.Random) -> int:
        return facts["size"] if rng.random() < 0.8 else max(3, round(facts["size"] * rng.uniform(0.75, 1.3)))

    def _chictr(self, facts: Mapping[str, Any], registration_id: str, rng: random.Random) -> dict[str, Any]:
        start, registered = self._dates(facts, rng)
        size = self._size(facts, rng)
        hospital = facts["sites"][0] if facts["sites"] and (facts["company"] or rng.random() < 0.5) else facts["lead"]
        has_chinese = rng.random() < 0.7
        title = self._english_title(facts, rng)
        title_zh = self._chinese_title(facts, rng) if has_chinese else None
        arms = [size] if size < 12 or rng.random() < 0.6 else [size // 2, size - size // 2]
        disease_zh = self._chinese_words("disease", facts["tokens"]["disease"], rng, 1) if has_chinese else None
        name_zh = self._chinese_name(hospital, rng) if has_chinese else None
        return {
            "registration_id": registration_id,
            "date_registration": f"{registered}",
            "registration_status": {"zh": None, "en": "Prospective registration"},
            "public_title": {"zh": title_zh, "en": title},
            "scientific_title": {"zh": title_zh, "en": title},
            "acronym": {"zh": None, "en": facts["acronym"] if rng.random() < 0.4 else None},
            "applicant_institution": {"zh": name_zh, "en": hospital},
            "leader_institution": {"zh": name_zh, "en": hospital},
            "primary_sponsor": {"zh": name_zh, "en": hospital},
            "secondary_sponsors": [],
            "funding": {
                "zh": None,
                "en": facts["company"] if facts["company"] and rng.random() < 0.6 else "Self-raised",
            },
            "condition": {"zh": disease_zh, "en": facts["conditions"][0]},
            "study_type": {"zh": "干预性研究", "en": "Interventional study"},
            "phase": {"zh": None, "en": rng.choice(_PHASES.get(facts["phases"], ((), ("",)))[1]) or None},
            "design": {"zh": None, "en": "Single arm" if len(arms) == 1 else "Parallel"},
            "study_from": f"{start} 00:00:00",
            "interventions": [
                {
                    "group": {"zh": None, "en": f"Group {number}"},
                    "sample_size": str(arm),
                    "intervention": {"zh": None, "en": facts["interventions"][0]},
                    "code": None,
                }
                for number, arm in enumerate(arms, start=1)
            ],
            "target_size": "".join(f"Group {number}:{arm};" for number, arm in enumerate(arms, start=1)),
            "sites": [
                {
                    "country": {"zh": "中国", "en": "China"},
                    "province": {"zh": None, "en": None},
                    "city": {"zh": None, "en": facts["city"]},
                    "institution": {"zh": name_zh, "en": hospital},
                    "level": {"zh": None, "en": None},
                }
            ],
            "countries": "China",
            "outcomes": [],
            "secondary_ids": [],
        }

    def _cde(self, facts: Mapping[str, Any], registration_id: str, rng: random.Random) -> dict[str, Any]:
        start, registered = self._dates(facts, rng)
        title = self._chinese_title(facts, rng)
        sponsor = self._chinese_name(facts["lead"], rng) or f"{rng.choice(_UNLISTED_COMPANIES)}生物科技有限公司"
        hospitals = [name for name in (self._chinese_name(site, rng) for site in facts["sites"][:4]) if name]
        code = facts["codes"][0] if facts["codes"] else None
        return {
            "registration_id": registration_id,
            "status": "进行中",
            "first_public_date": f"{registered}",
            "drug_type": "生物制品",
            "acceptance_number": f"CXSL{rng.randrange(1700000, 2400000)}",
            "indication": self._chinese_words("disease", facts["tokens"]["disease"], rng, 2),
            "scientific_title": title,
            "public_title": self._chinese_title(facts, rng),
            "protocol_code": None,
            "category": "安全性和有效性",
            "phase": rng.choice(_PHASES.get(facts["phases"], (("其它 其他说明:探索性研究",), ()))[0]),
            "design_type": "单臂试验",
            "scope": "国内试验",
            "target_size": f"国内: {self._size(facts, rng)} 人；",
            "first_enrolment_date": f"国内：{start}；",
            "sponsor_names": [sponsor],
            "related_ids": [],
            "drug_name": f"{code}注射液"
            if code
            else f"{self._chinese_words('modality', facts['tokens']['modality'], rng, 2)}注射液",
            "test_drugs": [
                {
                    "position": "1",
                    "text": code or "",
                    "name": code or "细胞注射液",
                    "english_name": code,
                    "brand_name": None,
                }
            ],
            "control_drugs": [],
            "primary_endpoints": [],
            "secondary_endpoints": [],
            "institutions": [{"name": name, "country": "中国", "province": None, "city": None} for name in hospitals],
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


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def _date(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return None
