"""Ordinary trials in number, from templates, so that the figures of the sample look like figures.

Everything random comes from one generator with a fixed seed; nothing depends on the day or the machine.
"""

# Titles stay on one line, as the registries have them.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import NamedTuple

from extract.sample.cases import CDE, CHICTR_XML, ICTRP_LIST, PAGES
from extract.sample.records import Case, Organisation, Record, Text, make
from extract.sample.vocabulary import ABROAD, COMPANIES, DISEASES, HOSPITALS, Disease

SEED = 20240801


class Kind(NamedTuple):
    """A kind of product, how often it is tried and in what; `target` is empty where cells have none."""

    trials: int
    cell_type: str
    product: Text
    diseases: tuple[str, ...]
    years: tuple[int, int]
    targets: tuple[str, ...] = ()
    expected: str = ""


def _kind(
    trials: int,
    cell_type: str,
    product: str,
    diseases: str,
    years: tuple[int, int],
    *,
    targets: str = "",
    expected: str = "",
) -> Kind:
    """A row of the table below: lists are words, an underscore stands for a blank."""
    return Kind(trials, cell_type, Text.of(product), tuple(diseases.split()), years, tuple(targets.split()), expected)


KINDS = (
    _kind(14, "CAR-T", "CD19 CAR-T cells | CD19 CAR-T细胞", "b_all nhl dlbcl b_all nhl sle", (2014, 2024), targets="CD19"),
    _kind(9, "CAR-T", "BCMA CAR-T cells | BCMA CAR-T细胞", "mm mm mm myasthenia", (2017, 2024), targets="BCMA"),
    _kind(4, "CAR-T", "CD19/CD22 dual-target CAR-T cells | CD19/CD22双靶点CAR-T细胞", "b_all nhl", (2018, 2023), targets="CD19 CD22"),
    _kind(3, "CAR-T", "CD19/BCMA CAR-T cells | CD19/BCMA CAR-T细胞", "sle mm", (2020, 2024), targets="CD19 BCMA"),
    _kind(3, "CAR-T", "CD7 CAR-T cells | CD7 CAR-T细胞", "t_all", (2019, 2024), targets="CD7"),
    _kind(2, "CAR-T", "CD22 CAR-T cells | CD22 CAR-T细胞", "b_all nhl", (2017, 2022), targets="CD22"),
    _kind(2, "CAR-T", "CD20 CAR-T cells | CD20 CAR-T细胞", "nhl dlbcl", (2016, 2023), targets="CD20"),
    _kind(2, "CAR-T", "CD30 CAR-T cells | CD30 CAR-T细胞", "hodgkin", (2016, 2022), targets="CD30"),
    _kind(2, "CAR-T", "CLL1 CAR-T cells | CLL1 CAR-T细胞", "aml", (2018, 2023), targets="CLL1"),
    _kind(1, "CAR-T", "CD33 CAR-T cells | CD33 CAR-T细胞", "aml", (2017, 2021), targets="CD33"),
    _kind(2, "CAR-T", "GPRC5D CAR-T cells | GPRC5D CAR-T细胞", "mm", (2021, 2024), targets="GPRC5D"),
    _kind(4, "CAR-T", "Claudin18.2 CAR-T cells | Claudin18.2 CAR-T细胞", "gastric pancreatic", (2018, 2024), targets="CLDN18.2"),
    _kind(3, "CAR-T", "GPC3 CAR-T cells | GPC3 CAR-T细胞", "hcc", (2015, 2024), targets="GPC3"),
    _kind(3, "CAR-T", "mesothelin CAR-T cells | 间皮素CAR-T细胞", "ovarian pancreatic", (2015, 2023), targets="MSLN"),
    _kind(2, "CAR-T", "B7-H3 CAR-T cells | B7-H3 CAR-T细胞", "glioma", (2019, 2024), targets="B7-H3"),
    _kind(1, "CAR-T", "GD2 CAR-T cells | GD2 CAR-T细胞", "neuroblastoma", (2015, 2022), targets="GD2"),
    _kind(1, "CAR-T", "HER2 CAR-T cells | HER2 CAR-T细胞", "breast gastric", (2014, 2021), targets="HER2"),
    _kind(1, "CAR-T", "CEA CAR-T cells | CEA CAR-T细胞", "colorectal", (2014, 2022), targets="CEA"),
    _kind(1, "CAR-T", "PSMA CAR-T cells | PSMA CAR-T细胞", "prostate", (2016, 2022), targets="PSMA"),
    _kind(1, "CAR-T", "CD70 CAR-T cells | CD70 CAR-T细胞", "renal", (2019, 2023), targets="CD70"),
    _kind(3, "CAR-NK", "CD19 CAR-NK cells | CD19 CAR-NK细胞", "nhl b_all", (2018, 2024), targets="CD19"),
    _kind(2, "TCR-T", "NY-ESO-1 TCR-T cells | NY-ESO-1 TCR-T细胞", "sarcoma nsclc", (2016, 2023), targets="NY-ESO-1"),
    _kind(2, "TIL", "autologous tumor infiltrating lymphocytes | 自体肿瘤浸润淋巴细胞", "cervical melanoma nsclc", (2013, 2024)),
    _kind(3, "NK", "allogeneic natural killer cells | 异体自然杀伤细胞", "hcc nsclc colorectal", (2013, 2023)),
    _kind(4, "CIK", "autologous cytokine-induced killer cells | 自体细胞因子诱导的杀伤细胞", "hcc gastric colorectal", (2007, 2015)),
    _kind(2, "DC", "autologous tumor lysate-pulsed dendritic cells | 负载肿瘤裂解物的自体树突状细胞", "glioma ovarian", (2008, 2019), targets="multi-TAA"),
    _kind(2, "CTL", "EBV-specific cytotoxic T lymphocytes | EB病毒特异性细胞毒性T淋巴细胞", "npc", (2009, 2020), targets="EBV_LMP1/LMP2"),
    _kind(9, "MSC", "umbilical cord mesenchymal stem cells | 脐带间充质干细胞", "cirrhosis sle stroke knee palsy covid t2d", (2009, 2024), expected="cell_source=umbilical_cord"),
    _kind(4, "MSC", "bone marrow mesenchymal stem cells | 骨髓间充质干细胞", "aclf spinal gvhd heart", (2006, 2022), expected="cell_source=bone_marrow"),
    _kind(3, "MSC", "adipose-derived mesenchymal stem cells | 脂肪来源间充质干细胞", "knee crohn limb", (2010, 2023), expected="cell_source=adipose"),
    _kind(2, "BMMNC", "autologous bone marrow mononuclear cells | 自体骨髓单个核细胞", "limb heart", (2005, 2013)),
    _kind(1, "NSC", "human neural stem cells | 人神经干细胞", "stroke parkinson", (2012, 2020)),
    _kind(1, "lung_basal", "autologous bronchial basal cells | 自体支气管基底细胞", "fibrosis", (2015, 2022)),
    _kind(2, "chondrocyte", "autologous chondrocytes | 自体软骨细胞", "knee", (2008, 2021)),
    _kind(1, "keratinocyte", "cultured autologous keratinocytes | 自体培养角质形成细胞", "burn foot", (2006, 2018)),
    _kind(1, "RPE", "retinal pigment epithelial cells | 视网膜色素上皮细胞", "rp", (2016, 2023)),
)  # fmt: skip

# Titles as investigators word them; {adjective} is relapsed, refractory, severe … where the disease allows it.
TITLES = (
    Text("{product} in the Treatment of {disease}", "{product}治疗{disease}的临床研究"),
    Text("Safety and Efficacy of {product} in Patients With {disease}", "{product}治疗{disease}的安全性和有效性研究"),
    Text("A Clinical Study of {product} for {disease}", "{product}用于{disease}的探索性临床研究"),
    Text(
        "An Open-label, Single-arm Study of {product} in Subjects With {disease}",
        "{product}治疗{disease}的开放、单臂临床研究",
    ),
    Text("Evaluation of {product} in {disease}", "评价{product}治疗{disease}的临床试验"),
)
SETTINGS = {
    "hematologic_malignancy": Text("Relapsed or Refractory {disease}", "复发/难治性{disease}"),
    "solid_tumor": Text("Advanced {disease}", "晚期{disease}"),
    "immune_disorder": Text("Refractory {disease}", "难治性{disease}"),
}
EARLY = (("early_phase_1", 34), ("phase_1", 42), ("phase_1_2", 16), ("phase_2", 6), ("not_applicable", 2))
LATER = (("early_phase_1", 12), ("phase_1", 28), ("phase_1_2", 27), ("phase_2", 23), ("phase_2_3", 3), ("phase_3", 5), ("not_reported", 2))  # fmt: skip
ENGINEERED = frozenset({"CAR-T", "CAR-NK", "TCR-T", "TIL"})
HOSPITAL_KEYS = tuple(HOSPITALS)
COMPANY_KEYS = ("sampleacell", "specimen", "exemplar", "modelgene", "samplestem")


def cases() -> list[Case]:
    """One case a trial: what the template put in must come out."""
    random = Random(SEED)
    numbers = count(1)
    # ChinaDrugTrials numbers have two digits of their own here; the planted cases use those below 50.
    cde_numbers = count(50)
    return [_trial(random, kind, next(numbers), cde_numbers) for kind in KINDS for _ in range(kind.trials)]


def _trial(random: Random, kind: Kind, number: int, cde_numbers: Iterator[int]) -> Case:
    disease = DISEASES[kind.diseases[number % len(kind.diseases)]]
    by_company = random.random() < (0.3 if kind.cell_type.startswith("CAR") else 0.2)
    registered = _day(random, kind)
    file = _file(random, registered, by_company=by_company)
    lead, sites = _institutions(random, file, by_company=by_company)
    phase = _phase(random, kind, file)
    enrollment = _size(random, phase, by_company=by_company)
    product = _named(kind, number, by_company=by_company)
    title = _filled(random.choice(TITLES), product, _setting(disease))
    record = make(
        *(file, next(cde_numbers) if file == CDE else 5000 + number, registered, title),
        disease.name,
        " | ".join(product),
        lead,
        sites=sites,
        phase=phase,
        enrollment=enrollment,
        status=_status(random, file, registered),
        updated=_later(random, registered),
        funder=lead.name if by_company else "self-raised | 自筹经费",
        collaborators=_helpers(random, file, by_company=by_company),
    )
    return Case(
        case_id=f"ordinary-{number:03d}",
        facet="ordinary",
        plants=f"{kind.product.en} in {disease.name.en}",
        expected=_expected(kind, disease, record),
        why="an ordinary trial",
        records=(record,),
    )


def _institutions(random: Random, file: str, *, by_company: bool) -> tuple[Organisation, tuple[Organisation, ...]]:
    """Who leads and where: a hospital at its own site, a company at one to three; one study in seven is abroad."""
    if file == PAGES and random.random() < 1 / 7:
        site = ABROAD[random.choice(("us", "us", "de", "uk", "jp", "kr", "es", "au"))]
        company = ABROAD["de_company" if site is ABROAD["de"] else "us_company"]
        return (company if by_company else site), (site,)
    hospitals = random.sample(HOSPITAL_KEYS, random.randint(1, 3) if by_company else 1)
    sites = tuple(HOSPITALS[key] for key in hospitals)
    return (COMPANIES[random.choice(COMPANY_KEYS)] if by_company else sites[0]), sites


def _helpers(random: Random, file: str, *, by_company: bool) -> tuple[Organisation, ...]:
    """A company that helps a hospital, once in six; the list of ICTRP has no column for it."""
    helps = random.random() < 1 / 6 and not by_company and file != ICTRP_LIST
    return (COMPANIES[random.choice(COMPANY_KEYS)],) if helps else ()


def _status(random: Random, file: str, registered: str) -> str:
    """Older trials are over; only ClinicalTrials.gov tells the ways in which one may be."""
    if file != PAGES:
        return "completed" if registered < "2019" else "recruiting"
    over = (("completed", 55), ("unknown", 35), ("terminated", 10))
    running = (
        *(("recruiting", 50), ("not_yet_recruiting", 12), ("active_not_recruiting", 12)),
        *(("completed", 14), ("unknown", 7), ("suspended", 2), ("terminated", 3)),
    )
    return _pick(random, over if registered < "2019" else running)


def _filled(frame: Text, product: Text, disease: Text) -> str:
    """The title in both languages, its first letter a capital."""
    en = frame.en.format(product=product.en, disease=disease.en)
    zh = frame.zh.format(product=product.zh, disease=disease.zh)
    return f"{en[0].upper()}{en[1:]} | {zh}"


def _named(kind: Kind, number: int, *, by_company: bool) -> Text:
    """Companies put a code before the product; no dictionary knows it."""
    if not by_company:
        return kind.product
    code = f"SLC{700 + number}"
    return Text(f"{code} ({kind.product.en})", f"{code}（{kind.product.zh}）")


def _setting(disease: Disease) -> Text:
    frame = SETTINGS.get(disease.group, Text("{disease}", "{disease}"))
    return Text(frame.en.format(disease=disease.name.en), frame.zh.format(disease=disease.name.zh))


def _day(random: Random, kind: Kind) -> str:
    """A weekday-like date in the years of the kind, later years more often, within the window of the paper."""
    first, last = kind.years
    years = range(first, last + 1)
    year = random.choices(years, weights=[1 + position for position in range(len(years))])[0]
    month = random.randint(1, 7 if year == 2024 else 12)
    return f"{year}-{month:02d}-{random.randint(1, 28):02d}"


def _file(random: Random, registered: str, *, by_company: bool) -> str:
    """Most trials are in ClinicalTrials.gov; ChinaDrugTrials has companies only, and only since 2017."""
    if by_company and registered >= "2018" and random.random() < 0.12:
        return CDE
    draw = random.random()
    if draw < 0.30 and not by_company:
        return ICTRP_LIST
    return CHICTR_XML if draw < 0.32 and not by_company else PAGES


def _pick(random: Random, weights: tuple[tuple[str, int], ...]) -> str:
    return random.choices([label for label, _ in weights], weights=[weight for _, weight in weights])[0]


def _phase(random: Random, kind: Kind, file: str) -> str:
    """Engineered cells are tried early; ChinaDrugTrials knows neither phase 0 nor trials without a phase."""
    phase = _pick(random, EARLY if kind.cell_type in ENGINEERED else LATER)
    return "phase_1" if file == CDE and phase in {"early_phase_1", "not_applicable", "not_reported"} else phase


def _size(random: Random, phase: str, *, by_company: bool) -> int:
    """Planned participants: larger in later phases, and larger where a company leads."""
    low, high = {"phase_2": (20, 80), "phase_2_3": (60, 160), "phase_3": (100, 300)}.get(phase, (8, 40))
    size = random.randint(low, high)
    return round(size * 1.8) if by_company else size


def _later(random: Random, registered: str) -> str:
    """The last update: half of the registrations are never touched again."""
    days = random.choice((0, 0, random.randint(30, 900)))
    return (date.fromisoformat(registered) + timedelta(days=days)).isoformat()


def _expected(kind: Kind, disease: Disease, record: Record) -> str:
    """What must come out, in the language of planted_cases.csv."""
    targets = [target.replace("_", " ") for target in kind.targets] or ["-"]
    parts = [
        f"cell_type={kind.cell_type}",
        *(f"target={target}" for target in targets),
        f"indication_group={disease.group}",
        f"phase={record.phase}",
        f"regulatory={'IST' if record.file.startswith('chinadrugtrials/') else 'IIT'}",
        f"lead={'IST' if record.lead.sponsor_class == 'INDUSTRY' else 'IIT'}",
        f"any_role={'IST' if 'INDUSTRY' in {o.sponsor_class for o in (record.lead, *record.collaborators)} else 'IIT'}",
        f"is_china={'true' if any(site.country.en == 'China' for site in record.sites) else 'false'}",
        f"target_enrollment={record.enrollment}",
        "n_registrations=1",
    ]
    return ";".join([*parts, kind.expected] if kind.expected else parts)
