"""A small publication with made-up trials, so that the figures and the report are tested without a build."""

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pandas as pd

ROOT = Path(__file__).parents[3]
SETTINGS = (
    "as_of=; study_window_start=2005-01-01; study_window_end=2024-08-01; include_hsct=false; include_dli=false; "
    "include_in_vivo_car=true; include_pbmc_and_bmmnc=true; sponsor_rule=regulatory; link_scope=cell_therapy; "
    "china_includes_hk_mo_tw=false"
)
CLASS_OF_TYPE = {
    "CAR-T": "immune_cell",
    "NK": "immune_cell",
    "DC": "immune_cell",
    "CIK": "immune_cell",
    "TIL": "immune_cell",
    "CAR-NK": "immune_cell",
    "TCR-T": "immune_cell",
    "Treg": "immune_cell",
    "MSC": "stem_cell",
    "HSC": "stem_cell",
    "NSC": "stem_cell",
    "BMMNC": "stem_cell",
    "chondrocyte": "other_somatic_cell",
    "keratinocyte": "other_somatic_cell",
    "islet": "other_somatic_cell",
    "RPE": "other_somatic_cell",
}
TYPE_WEIGHTS = [45, 6, 5, 4, 2, 3, 3, 1, 18, 3, 1, 2, 2, 1, 1, 1]
TARGETS = [
    "CD19",
    "BCMA",
    "CD22",
    "CD20",
    "CD7",
    "CLDN18.2",
    "GPC3",
    "MSLN",
    "CD33",
    "CD123",
    "HER2",
    "EGFR",
    "B7-H3",
    "GPRC5D",
    "CD70",
    "CLL1",
    "GD2",
    "MUC1",
    "PSMA",
    "NY-ESO-1",
    "HPV E6/E7",
    "EBV LMP1/LMP2",
    "CD5",
    "CD30",
    "not_stated",
]
PHASES = [
    "early_phase_1",
    "phase_1",
    "phase_1_2",
    "phase_2",
    "phase_2_3",
    "phase_3",
    "phase_4",
    "not_applicable",
    "not_reported",
]
ROLLUP = {phase: "phase_1" if phase == "early_phase_1" else phase for phase in PHASES}
STATUSES = [
    "recruiting",
    "not_yet_recruiting",
    "completed",
    "unknown",
    "active_not_recruiting",
    "terminated",
    "withdrawn",
]
PLACES = [
    ("Beijing", "Beijing"),
    ("Shanghai", "Shanghai"),
    ("Guangdong", "Guangzhou"),
    ("Guangdong", "Shenzhen"),
    ("Jiangsu", "Suzhou"),
    ("Zhejiang", "Hangzhou"),
    ("Henan", "Zhengzhou"),
    ("Hubei", "Wuhan"),
    ("Sichuan", "Chengdu"),
    ("Chongqing", "Chongqing"),
    ("Anhui", "Hefei"),
    ("Tianjin", "Tianjin"),
    ("Tibet", "Lhasa"),
    (None, "Xian"),
]
SPONSORS = [
    "Chinese PLA General Hospital",
    "The First Affiliated Hospital, Zhejiang University",
    "Ruijin Hospital",
    "Shenzhen Geno-Immune Medical Institute",
    "南京传奇生物科技有限公司",
    "CARsgen Therapeutics Co., Ltd.",
    "Henan Cancer Hospital",
    "苏州大学附属第一医院",
    "Peking University",
    "Wuhan Union Hospital",
    "Hrain Biotechnology Co., Ltd.",
]
CONDITIONS = {
    "hematologic_malignancy": ["B-cell acute lymphoblastic leukemia", "Diffuse large B-cell lymphoma", "多发性骨髓瘤"],
    "solid_tumor": [
        "Non-small cell lung cancer",
        "Gastric cancer",
        "Hepatocellular carcinoma",
        "Gallbladder cancer",
        "胰腺癌",
    ],
    "infection": ["COVID-19"],
    "immune_disorder": ["Systemic lupus erythematosus", "Crohn disease"],
    "cardiovascular": ["Heart failure"],
    "neurological": ["Stroke"],
    "musculoskeletal": ["Knee osteoarthritis"],
    "ophthalmic": ["Macular degeneration"],
    "skin_wound": ["Burns"],
}
ONCOLOGY = ("hematologic_malignancy", "solid_tumor", "cancer_unspecified")
PRODUCTS = [
    ("P1", "relmacabtagene autoleucel", "CD19"),
    ("P2", "equecabtagene autoleucel", "BCMA"),
    ("P3", "satricabtagene autoleucel", "CLDN18.2"),
]
EXTRA_TITLE = '<script>alert("x")</script> & "quoted" title'


def _frames(n_trials: int, is_sample: bool, seed: int) -> dict[str, pd.DataFrame]:
    dice = random.Random(seed)
    rows: dict[str, list[dict[str, Any]]] = {
        name: []
        for name in (
            "dim_trial",
            "bridge_trial_registration",
            "bridge_trial_cell_type",
            "bridge_trial_target",
            "bridge_trial_indication",
            "bridge_trial_product",
            "bridge_trial_site",
            "fct_trial_sponsor",
            "fct_registration_screening",
            "fct_registration_link",
            "int_registrations",
            "int_registration_texts",
            "int_registration_countries",
        )
    }
    for number in range(n_trials):
        trial_id = f"NCT{number:08d}" if dice.random() < 0.65 else f"ChiCTR21{number:08d}"
        registered = date(2008, 1, 1) + timedelta(days=int(6050 * dice.random() ** 0.5))
        cell_type = dice.choices(list(CLASS_OF_TYPE), TYPE_WEIGHTS)[0]
        cell_class = CLASS_OF_TYPE[cell_type]
        groups = (
            ["hematologic_malignancy", "solid_tumor", "immune_disorder", "infection"]
            if cell_class == "immune_cell"
            else list(CONDITIONS)[2:]
        )
        group = dice.choices(groups, [60, 25, 10, 5] if len(groups) == 4 else None)[0]
        is_china = dice.random() < 0.75
        verdicts = {"regulatory": dice.random() < 0.1, "lead": dice.random() < 0.2}
        verdicts["any_role"] = verdicts["lead"] or dice.random() < 0.3
        verdicts["agent"] = verdicts["regulatory"] or dice.random() < 0.05
        size = None if dice.random() < 0.04 else int(dice.lognormvariate(3.2 + 0.3 * verdicts["regulatory"], 0.8)) + 1
        title = (
            EXTRA_TITLE if number == 0 else f"Study {number} of {cell_type} cells in {dice.choice(CONDITIONS[group])}"
        )
        sponsor = dice.choice(SPONSORS)
        status = dice.choice(STATUSES)
        start = registered + timedelta(days=dice.randint(-300, 300))
        ids = [trial_id] + ([f"CTR2021{number:04d}"] if verdicts["regulatory"] else [])
        phase = dice.choices(PHASES, [20, 30, 20, 12, 2, 3, 1, 8, 4])[0]
        targets = []
        if cell_type in ("CAR-T", "CAR-NK", "TCR-T"):
            targets = sorted(
                {
                    dice.choices(TARGETS, [60 / (1 + place) for place in range(len(TARGETS))])[0]
                    for _ in range(dice.choice([1, 1, 1, 2]))
                }
            )
            if len(targets) > 1:
                targets = [target for target in targets if target != "not_stated"]
        rows["dim_trial"].append(
            {
                "trial_id": trial_id,
                "cell_class": cell_class,
                "cell_type": cell_type,
                "indication_group": group,
                "is_oncology": group in ONCOLOGY,
                "phase": phase,
                "phase_rollup": ROLLUP[phase],
                "sponsor_type": "IST" if verdicts["regulatory"] else "IIT",
                "study_kind": "interventional",
                "cell_source": "not_stated",
                "donor": dice.choice(["autologous", "allogeneic", "not_stated"]),
                "is_in_vivo": False,
                "registration_date": registered if number % 9 else None,
                "registration_date_or_estimate": registered,
                "registration_date_basis": "stated" if number % 9 else "estimated_from_number",
                "registration_year": registered.year,
                "start_date": start,
                "completion_date": None,
                "last_update_date": registered,
                "status": status,
                "is_cancelled": False,
                "target_enrollment": size,
                "actual_enrollment": None,
                "study_type": "interventional",
                "lead_sponsor": sponsor,
                "lead_organisation_id": sponsor.lower(),
                "lead_organisation": sponsor,
                "is_china": is_china,
                "in_study_window": date(2005, 1, 1) <= registered <= date(2024, 8, 1),
                "public_title": title,
                "scientific_title": title,
                "registry": "clinicaltrials_gov" if trial_id.startswith("NCT") else "chictr",
                "url": f"https://clinicaltrials.gov/study/{trial_id}",
                "n_registrations": len(ids),
                "n_targets": len(targets),
                "is_sample": is_sample,
            }
        )
        for rank, registration_id in enumerate(ids, 1):
            registry = {"N": "clinicaltrials_gov", "h": "chictr", "T": "chinadrugtrials"}[
                "N" if registration_id[0] == "N" else registration_id[1]
            ]
            rows["bridge_trial_registration"].append(
                {
                    "trial_id": trial_id,
                    "registration_id": registration_id,
                    "registry": registry,
                    "source_register": registry,
                    "is_primary": rank == 1,
                    "registration_rank": rank,
                    "public_title": title,
                    "registration_date": registered,
                    "status": status,
                    "lead_sponsor": sponsor,
                    "record_date": registered,
                    "url": f"https://example.org/{registration_id}",
                    "is_sample": is_sample,
                }
            )
            rows["int_registrations"].append(
                {
                    "registration_id": registration_id,
                    "registry": registry,
                    "registration_date": registered,
                    "registration_date_or_estimate": registered,
                    "registration_year": registered.year,
                    "start_date": None if dice.random() < 0.05 else start,
                    "is_prospective": registered <= start,
                    "last_update_date": registered + timedelta(days=dice.randint(0, 900)),
                    "record_date": registered,
                    "data_cut": pd.Timestamp("2024-08-02"),
                    "status": status,
                }
            )
            rows["fct_registration_screening"].append(
                {
                    "registration_id": registration_id,
                    "decision": "included" if rank == 1 else "duplicate",
                    "reason": "cell_title" if rank == 1 else "same_trial",
                    "trial_id": trial_id,
                    "registry": registry,
                    "source_register": registry,
                    "registration_date": registered,
                    "public_title": title,
                }
            )
        if len(ids) == 2:
            rows["fct_registration_link"].append(
                {
                    "registration_id_a": ids[1],
                    "registration_id_b": ids[0],
                    "rule": "shared_identifier",
                    "score": 1.0,
                    "decision": "same",
                    "field": "secondary_id",
                    "matched_text": ids[1],
                    "comparison": "the record names the other's id",
                    "trial_id_a": trial_id,
                    "trial_id_b": trial_id,
                    "is_same_trial": True,
                }
            )
        evidence = {
            "trial_id": trial_id,
            "registration_id": trial_id,
            "field": "public_title",
            "position": 1,
            "rule_id": "rule_1",
        }
        rows["bridge_trial_cell_type"].append(
            evidence | {"cell_class": cell_class, "cell_type": cell_type, "is_primary": True, "matched_text": cell_type}
        )
        rows["bridge_trial_target"] += [
            evidence
            | {"target": target, "is_stated": target != "not_stated", "target_text": target, "matched_text": target}
            for target in targets
        ]
        rows["bridge_trial_indication"].append(
            evidence | {"indication_group": group, "is_primary": True, "matched_text": "condition words"}
        )
        rows["fct_trial_sponsor"] += [
            evidence
            | {
                "rule": rule,
                "sponsor_type": "IST" if verdict else "IIT",
                "is_industry": verdict,
                "matched_text": sponsor,
            }
            for rule, verdict in verdicts.items()
        ]
        if targets and dice.random() < 0.15:
            product = dice.choice(PRODUCTS)
            rows["bridge_trial_product"].append(
                evidence | {"product_id": product[0], "product": product[1], "matched_text": product[1]}
            )
        place = dice.choice(PLACES)
        rows["bridge_trial_site"].append(
            {
                "trial_id": trial_id,
                "registration_id": trial_id,
                "position": 1,
                "facility": f"Hospital {number % 40}",
                "city": place[1],
                "province": place[0],
                "country": "China" if is_china else "United States",
            }
        )
        rows["int_registration_texts"].append(
            {
                "registration_id": trial_id,
                "field": "condition",
                "position": 1,
                "language": "en",
                "text": dice.choice(CONDITIONS[group]),
            }
        )
        rows["int_registration_countries"].append(
            {"registration_id": trial_id, "country": "China" if is_china else "United States"}
        )
    for number in range(n_trials // 2):
        registration_id = f"NCT9{number:07d}"
        rows["fct_registration_screening"].append(
            {
                "registration_id": registration_id,
                "decision": "excluded",
                "trial_id": None,
                "registry": "clinicaltrials_gov",
                "reason": dice.choice(["cell_free_product", "cells_only_history", "hsct_switch_off", "no_cell_word"]),
                "source_register": "ClinicalTrials.gov",
                "registration_date": date(2019, 1, 1),
                "public_title": "Excluded study",
            }
        )
        rows["int_registration_countries"].append({"registration_id": registration_id, "country": "China"})
        # As saved pages are: without the date of registration, which the number tells.
        rows["int_registrations"].append(
            {
                "registration_id": registration_id,
                "registry": "clinicaltrials_gov",
                "registration_date": None,
                "registration_date_or_estimate": date(2019, 1, 1),
                "registration_year": 2019,
            }
        )
    tables = {name: pd.DataFrame(records) for name, records in rows.items()}
    return tables | _about_the_build(n_trials, is_sample, [row["trial_id"] for row in rows["dim_trial"][:12]])


def _about_the_build(n_trials: int, is_sample: bool, changed: list[str]) -> dict[str, pd.DataFrame]:
    """Return what the registrations came from; `changed` in two versions, the first in one."""
    tables = {}
    tables["dataset_versions"] = pd.DataFrame(
        [
            {
                "registry": registry,
                "data_cut": pd.Timestamp("2024-08-02"),
                "data_cut_basis": "stated",
                "n_registrations": n_trials,
                "n_versions": n_trials + 3,
                "documents_hash": "ab" * 32,
                "last_record_date": date(2024, 8, 1),
                "first_retrieved_at": pd.Timestamp("2024-08-02"),
                "last_retrieved_at": pd.Timestamp("2024-08-02"),
                "rule_set_version": "c0ffee" * 10,
                "code_version": "0.1.0",
                "dbt_version": "dbt-core 1.11",
                "engine_version": "duckdb 1.4",
                "build_id": "11111111-2222-3333-4444-555555555555",
                "built_at": pd.Timestamp("2024-08-03"),
                "as_of": None,
                "settings": SETTINGS,
                "is_sample": is_sample,
            }
            for registry in ("chictr", "chinadrugtrials", "clinicaltrials_gov")
        ]
    )
    tables["int_build_versions"] = pd.DataFrame([{"rule_set_version": "c0ffee" * 10}])
    tables["extract_batches"] = pd.DataFrame(
        [
            {
                "batch_id": f"run-{number:04d}",
                "registry": registry,
                "source_file": f"{registry}.json",
                "source_shape": "api_page",
                "search": None,
                "data_cut": pd.Timestamp("2024-08-02"),
                "n_read": n_trials,
                "n_loaded": n_trials,
                "n_unchanged": 0,
                "n_quarantined": 1,
                "n_refused": 0,
                "reason": None,
                "started_at": pd.Timestamp("2024-08-02"),
                "finished_at": pd.Timestamp("2024-08-02"),
            }
            for number, registry in enumerate(("chictr", "clinicaltrials_gov"))
        ]
    )
    versions = [
        {
            "source": "clinicaltrials_gov",
            "registration_id": trial_id,
            "document_hash": f"{trial_id}-{cut}",
            "record_date": date(2023, cut, 1),
            "data_cut": pd.Timestamp(f"2023-0{cut}-02"),
            "valid_from": pd.Timestamp(f"2023-0{cut}-02"),
            "public_title": "Title",
            "status": ["Recruiting", "Completed"][cut - 1],
            "phase": ["PHASE1", "PHASE1/PHASE2"][cut - 1],
            "enrollment": str(10 * cut),
            "start_date": "2021-01",
            "condition": "A",
            "intervention": "B",
        }
        for trial_id in changed
        for cut in ((1, 2) if trial_id != changed[0] else (2,))
    ]
    tables["trial_label_history"] = pd.DataFrame(
        [
            {
                "trial_id": trial_id,
                "settings": SETTINGS,
                "labels": labels,
                "dbt_scd_id": f"{trial_id}-{labels}",
                "dbt_valid_from": pd.Timestamp(f"2024-08-0{number}"),
            }
            for trial_id in changed[:2]
            for number, labels in ((1, "NK; no target"), (2, "CAR-NK; CD19"))
        ]
    )
    tables["stg_raw__versions"] = tables["stg_raw__version_fields"] = pd.DataFrame(versions)
    return tables


def publish_mock(home: Path, n_trials: int = 400, is_sample: bool = False, seed: int = 7) -> Path:
    """Write a publication under `home`: made-up core marts, and the exhibit marts as the project makes them."""
    folder = home / "published"
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "landscape.duckdb"
    database.unlink(missing_ok=True)
    where: dict[str, str] = {}
    settings = dict(setting.split("=", 1) for setting in SETTINGS.split("; "))
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    with duckdb.connect(database) as connection:
        for schema in ("marts", "intermediate", "seeds", "staging", "quality"):
            connection.execute(f"create schema {schema}")
        for name, frame in _frames(n_trials, is_sample, seed).items():
            if name == "extract_batches":
                connection.register("batches", frame)
                connection.execute("create table quality.extract_batches as select * from batches")
                continue
            schema = {"int": "intermediate", "stg": "staging", "trial": "quality"}.get(name.split("_")[0], "marts")
            where[name] = f"{schema}.{name}"
            connection.register("frame", frame)
            connection.execute(f"create table {schema}.{name} as select * from frame")
        seeds = ROOT / "seeds"
        read = [seeds / "unify" / "statuses.csv", seeds / "lexicon" / "phase_words.csv"]
        read += [seeds / "dictionaries" / f"{name}.csv" for name in ("indication_groups", "sponsor_types")]
        for folder_name in ("reference", "quality", "marts"):
            read += sorted((seeds / folder_name).glob("*.csv"))
        for seed_file in read:
            where[seed_file.stem] = f"seeds.{seed_file.stem}"
            connection.execute(
                f"create table seeds.{seed_file.stem} as from read_csv(?, header = true)", [str(seed_file)]
            )
        waiting = sorted((ROOT / "models" / "marts" / "exhibits").glob("*.sql"))
        waiting += sorted((ROOT / "models" / "marts" / "quality").glob("mart_l*_quality.sql"))
        intermediate = ROOT / "models" / "intermediate"
        waiting += [
            intermediate / "versions" / "int_quality_measurements.sql",
            intermediate / "statistics" / "int_trial_scopes.sql",
        ]
        names = {path.stem for path in waiting}
        while waiting:
            path = waiting.pop(0)
            asked: list[str] = []

            def ref(name: str, asked: list[str] = asked) -> str:
                asked.append(name)
                return where.get(name, name)

            sql = environment.from_string(path.read_text(encoding="utf-8")).render(
                ref=ref,
                var=settings.__getitem__,
                source=lambda schema, table: f"{schema}.{table}",
                build_settings=lambda: SETTINGS,
                list_key=lambda text: f"lower({text})",
                normalise_phase=lambda text: f"lower(replace({text}, ' ', ''))",
            )
            if any(name in names and name not in where for name in asked):
                waiting.append(path)
                continue
            where[path.stem] = f"marts.{path.stem}"
            connection.execute(f"create table marts.{path.stem} as {sql}")
    (folder / "manifest.json").write_text(
        json.dumps({"build_id": "11111111", "is_sample": is_sample}), encoding="utf-8"
    )
    return home
