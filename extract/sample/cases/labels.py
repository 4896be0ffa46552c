"""Targets, indication groups, phases, sponsors, kinds of study and scope of place and time."""

# Titles stay on one line, as the registries have them.
# ruff: noqa: E501

from __future__ import annotations

from extract.sample.cases import (
    CDE,
    CHICTR,
    CHICTR_OLDER,
    CHICTR_XML,
    ICTRP_EXPORT,
    ICTRP_LIST,
    ICTRP_XML,
    NDJSON,
    PAGES,
    SINGLE,
)
from extract.sample.records import Arm, Case, Record, SecondaryId, Text, make
from extract.sample.vocabulary import ABROAD, COMPANIES, HOSPITALS

H, C, A = HOSPITALS, COMPANIES, ABROAD


def _case(facet: str, case_id: str, plants: str, expected: str, why: str, *records: Record) -> Case:
    return Case(case_id=f"{facet}-{case_id}", facet=facet, plants=plants, expected=expected, why=why, records=records)


def cases() -> list[Case]:
    """Cases about what the cells are directed at, what is treated, how far, by whom and where."""
    return [*_targets(), *_more_targets(), *_indications(), *_phases(), *_sponsors(), *_kinds(), *_places()]


def _targets() -> list[Case]:
    facet = "target"
    return [
        _case(
            facet,
            "dual",
            "a dual product, in two spellings",
            "cell_type=CAR-T;target=CD19;target=CD22;indication_group=hematologic_malignancy;phase=phase_1_2;lead=IIT",
            "every target of a dual product is a row of its own",
            make(
                *(
                    PAGES,
                    1301,
                    "2020-06-15",
                    "CD19/CD22 Bispecific CAR-T Cells in Relapsed B-cell Acute Lymphoblastic Leukemia",
                ),
                ["B-cell Acute Lymphoblastic Leukemia"],
                "CD19/CD22 dual-targeted CAR-T",
                H["blood"],
                phase="phase_1_2",
            ),
        ),
        _case(
            facet,
            "trio",
            "several constructs of one programme",
            "cell_type=CAR-T;target=CD33;target=CD123;target=CLL1;indication_group=hematologic_malignancy",
            "all alternative constructs count; CLL-1 needs its digit",
            make(
                *(CHICTR, 1302, "2021-08-09"),
                "CAR-T cells targeting CD33, CLL-1 or CD123 in acute myeloid leukemia | 靶向CD33、CLL-1或CD123的CAR-T细胞治疗急性髓系白血病",
                "Acute myeloid leukemia | 急性髓系白血病",
                "CD33, CLL-1 or CD123 CAR-T cells | CD33、CLL-1或CD123 CAR-T细胞",
                H["union"],
                phase="early_phase_1",
            ),
        ),
        _case(
            facet,
            "claudin-fullwidth",
            "an antigen with a full-width dot, and a hyphen",
            "cell_type=CAR-T;target=CLDN18.2;indication_group=solid_tumor",
            "Claudin18．2 with U+FF0E",
            make(
                *(CHICTR, 1303, "2022-05-23"),
                "Claudin-18.2 CAR - T cells for advanced gastric adenocarcinoma | 靶向Claudin18．2的CAR - T细胞治疗晚期胃腺癌",
                "Gastric adenocarcinoma | 胃腺癌",
                "Claudin-18.2 CAR - T | Claudin18．2 CAR - T细胞注射液",
                H["cancer"],
                phase="phase_1",
            ),
        ),
        _case(
            facet,
            "cll-not-cll1",
            "CLL the disease beside CD19",
            "cell_type=CAR-T;target=CD19;indication_group=hematologic_malignancy",
            "CLL without the digit is chronic lymphocytic leukaemia",
            make(
                *(PAGES, 1304, "2015-10-12", "CD19 CAR-T Cells in Relapsed or Refractory CLL"),
                ["Chronic Lymphocytic Leukemia (CLL)"],
                "CD19-directed CAR-T cells",
                H["pla"],
                phase="phase_1",
                status="completed",
            ),
        ),
        _case(
            facet,
            "cd79-not-cd7",
            "CD79b, which begins with CD7",
            "cell_type=CAR-T;target=CD79B",
            "CD7 must not match inside CD79",
            make(
                *(PAGES, 1305, "2022-11-21", "CD79b-targeted CAR-T Cells in Relapsed B-cell Lymphoma"),
                ["B-cell Lymphoma"],
                "Anti-CD79b CAR-T",
                H["cancer"],
            ),
        ),
        _case(
            facet,
            "cd7",
            "CD7 in T-cell disease",
            "cell_type=CAR-T;target=CD7;indication_group=hematologic_malignancy;donor=allogeneic",
            "donor-derived is allogeneic",
            make(
                *(PAGES, 1306, "2020-10-26", "Donor-derived CD7 CAR-T Cells in T-cell Acute Lymphoblastic Leukemia"),
                ["T-cell Acute Lymphoblastic Leukemia"],
                "Donor-derived anti-CD7 CAR-T cells",
                H["blood"],
            ),
        ),
        _case(
            facet,
            "ligand",
            "a receptor built on a ligand",
            "cell_type=CAR-T;target=NKG2D ligands;indication_group=solid_tumor",
            "NKG2D counts for its ligands",
            make(
                *(PAGES, 1307, "2021-04-19", "NKG2D-based CAR-T Cells in Metastatic Colorectal Cancer"),
                ["Colorectal Cancer"],
                "NKG2D CAR-T cells",
                H["second"],
            ),
        ),
        _case(
            facet,
            "april",
            "APRIL as the binding part",
            "cell_type=CAR-T;target=BCMA;indication_group=hematologic_malignancy",
            "a ligand counts for the antigen on the target cell",
            make(
                *(PAGES, 1308, "2022-03-07", "APRIL CAR-T Cells in Relapsed Multiple Myeloma"),
                ["Multiple Myeloma"],
                "APRIL-based CAR-T cells",
                H["union"],
            ),
        ),
        _case(
            facet,
            "product-only",
            "a licensed product, no antigen named",
            "cell_type=CAR-T;target=CD19;indication_group=hematologic_malignancy;donor=autologous",
            "the product dictionary knows the target of axicabtagene ciloleucel",
            make(
                *(PAGES, 1309, "2023-05-08", "Axicabtagene Ciloleucel in High-risk Large B-cell Lymphoma"),
                ["Large B-cell Lymphoma"],
                "Axicabtagene Ciloleucel",
                H["people"],
                phase="phase_2",
            ),
        ),
        _case(
            facet,
            "product-zh",
            "a licensed product by its Chinese name",
            "cell_type=CAR-T;target=BCMA;indication_group=hematologic_malignancy;regulatory=IST",
            "伊基奥仑赛 on a ChinaDrugTrials page",
            make(
                *(CDE, 2, "2022-09-19"),
                "Equecabtagene autoleucel in multiple myeloma | 伊基奥仑赛注射液治疗多发性骨髓瘤的II期临床研究",
                "Multiple myeloma | 多发性骨髓瘤",
                "Equecabtagene autoleucel injection | 伊基奥仑赛注射液",
                C["specimen"],
                sites=(H["first"], H["blood"]),
                phase="phase_2",
                enrollment=60,
                acceptance_number="CXSL2299002",
            ),
        ),
        _case(
            facet,
            "unknown-code",
            "a product code that no dictionary has",
            "cell_type=CAR-T;target=not_stated;indication_group=solid_tumor",
            "a CAR product without an antigen has the one target not_stated",
            make(
                *(PAGES, 1311, "2023-12-04", "SLC998 CAR-T Cells in Advanced Hepatocellular Carcinoma"),
                ["Hepatocellular Carcinoma"],
                "SLC998 CAR-T cells",
                H["liver"],
            ),
        ),
        _case(
            facet,
            "selection-only",
            "an antigen of patient selection and combined antibodies",
            "cell_type=CAR-T;target=GPC3;indication_group=solid_tumor",
            "HER2-negative selects, pembrolizumab is given beside, AFP is an outcome: none is a target",
            make(
                *(PAGES, 1312, "2021-11-15", "GPC3 CAR-T Cells With Pembrolizumab in Hepatocellular Carcinoma"),
                ["Hepatocellular Carcinoma"],
                ["Anti-GPC3 CAR-T cells", Arm(Text.of("Combination"), Text.of("Pembrolizumab"), kind="DRUG")],
                H["liver"],
                inclusion="1. HER2-negative disease;\n2. Progression after rituximab or sorafenib.",
                outcomes=("Serum AFP", "Objective response rate"),
            ),
        ),
        _case(
            facet,
            "qualifies-disease",
            "an antigen that only qualifies the disease in the title",
            "cell_type=CAR-T;target=CD19;donor=allogeneic",
            "the weakest evidence counts when nothing else gives a target",
            make(
                *(PAGES, 1313, "2019-07-22", "Universal CAR-T Cells (UCAR-T) for CD19+ Refractory Leukemia"),
                ["CD19+ Leukemia"],
                "Universal CAR-T cells",
                H["pla"],
            ),
        ),
        _case(
            facet,
            "hpv",
            "a viral antigen of a TCR",
            "cell_type=TCR-T;target=HPV E6/E7;indication_group=solid_tumor",
            "E7 of HPV16",
            make(
                *(PAGES, 1314, "2022-06-13", "HPV16 E7-specific TCR-T Cells for Cervical Cancer"),
                ["Cervical Cancer"],
                "E7 TCR-T cells",
                H["cancer"],
            ),
        ),
        _case(
            facet,
            "afp-tcr",
            "AFP as the antigen this time",
            "cell_type=TCR-T;target=AFP;indication_group=solid_tumor",
            "the same three letters that are an outcome elsewhere",
            make(
                *(ICTRP_LIST, 1315, "2020-12-07", "AFP-specific TCR-T cells for unresectable hepatocellular carcinoma"),
                "Hepatocellular carcinoma",
                "AFP TCR-T cells",
                H["liver"],
                phase="phase_1",
            ),
        ),
        _case(
            facet,
            "other",
            "an antigen that no list has",
            "cell_type=CAR-T;target=other;indication_group=solid_tumor",
            "an unlisted antigen is other, with its text kept",
            make(
                *(PAGES, 1316, "2024-03-11", "TSPAN8-targeted CAR-T Cells in Pancreatic Cancer"),
                ["Pancreatic Cancer"],
                "Anti-TSPAN8 CAR-T cells",
                H["people"],
            ),
        ),
    ]


def _more_targets() -> list[Case]:
    """Antigens that the other cases do not name, in the spellings that registrations use."""
    rows = (
        (1321, "FAP", "CAR-T", "2021-10-11", "Fibroblast Activation Protein (FAP) CAR-T Cells in Pancreatic Cancer", "Pancreatic Cancer", "solid_tumor", "the antigen this time, not polyposis"),
        (1322, "DLL3", "CAR-T", "2023-04-03", "DLL3-directed CAR-T Cells in Small Cell Lung Cancer", "Small Cell Lung Cancer", "solid_tumor", "delta-like ligand 3"),
        (1323, "EphA2", "CAR-T", "2015-07-20", "EphA2 CAR-T Cells in Malignant Glioma", "Malignant Glioma", "solid_tumor", "mixed letter case"),
        (1324, "c-Met", "CAR-T", "2017-02-27", "c-Met CAR-T Cells in Hepatocellular Carcinoma", "Hepatocellular Carcinoma", "solid_tumor", "met alone is a word"),
        (1325, "TROP2", "CAR-T", "2022-12-12", "TROP-2 CAR-T Cells in Advanced Breast Cancer", "Breast Cancer", "solid_tumor", "with a hyphen"),
        (1326, "CD4", "CAR-T", "2019-01-07", "CD4CAR Cells for T-cell Leukemia and Lymphoma", "T-cell Leukemia; T-cell Lymphoma", "hematologic_malignancy", "not a CD4 count"),
        (1327, "FLT3", "CAR-T", "2022-01-03", "FLT3 CAR-T Cells in Relapsed Acute Myeloid Leukemia", "Acute Myeloid Leukemia", "hematologic_malignancy", "not FLT3-ITD"),
        (1328, "WT1", "TCR-T", "2016-04-11", "WT1 TCR-engineered T Cells in Myelodysplastic Syndrome", "Myelodysplastic Syndrome", "hematologic_malignancy", "TCR-engineered"),
        (1329, "KRAS G12D", "TCR-T", "2023-08-21", "KRAS G12D TCR-T Cells in Pancreatic Cancer", "Pancreatic Cancer", "solid_tumor", "before KRAS of any kind"),
        (1330, "HBV antigens", "TCR-T", "2019-09-30", "HBV-specific TCR-T Cells for HBV-related Hepatocellular Carcinoma", "Hepatocellular Carcinoma", "solid_tumor", "the virus is the antigen, the cancer is treated"),
        (1331, "MAGE-A4", "TCR-T", "2021-03-01", "MAGE-A4 TCR-T Cells in Synovial Sarcoma", "Synovial Sarcoma", "solid_tumor", "a cancer-testis antigen"),
        (1332, "SARS-CoV-2", "CTL", "2020-12-28", "SARS-CoV-2-specific T Cells From Convalescent Donors in COVID-19", "COVID-19", "infection", "virus-specific T cells"),
        (1333, "GUCY2C", "CAR-T", "2021-05-03", "Guanylyl Cyclase 2C (GCC) CAR-T Cells in Metastatic Colorectal Cancer", "Colorectal Cancer", "solid_tumor", "GCC with its context"),
        (1334, "CDH17", "CAR-T", "2024-01-15", "CDH17 CAR-T Cells in Gastrointestinal Tumors", "Gastrointestinal Neoplasms", "solid_tumor", "cadherin-17"),
        (1335, "CD138", "CAR-T", "2015-03-16", "CD138-targeted CAR-T Cells in Plasma Cell Leukemia", "Plasma Cell Leukemia", "hematologic_malignancy", "syndecan-1"),
        (1336, "EGFRvIII", "CAR-T", "2016-08-29", "EGFRvIII CAR-T Cells in Recurrent Glioblastoma", "Glioblastoma", "solid_tumor", "matched before EGFR"),
    )  # fmt: skip
    return [
        _case(
            "target",
            target.lower().replace(" ", "-").replace("-antigens", ""),
            f"target {target}",
            f"cell_type={cell_type};target={target};indication_group={group}",
            why,
            make(
                *(
                    PAGES,
                    number,
                    registered,
                    title,
                    condition.split("; "),
                    title.partition(" in ")[0].partition(" for ")[0],
                ),
                (H["south"], H["west"], H["pla"], H["xiang"])[number % 4],
            ),
        )
        for number, target, cell_type, registered, title, condition, group, why in rows
    ]


def _indications() -> list[Case]:
    """Every group that the cell types do not hold already, and the rule that the disease treated decides."""
    facet = "indication_group"
    rows = (
        (1401, "cancer_unspecified", "2010-06-14", "Autologous CIK Cells in Patients With Advanced Malignant Tumors", "Malignant Tumors", "CIK", "autologous CIK cells", "a malignancy of no stated kind"),
        (1402, "hematologic_malignancy;indication_group=solid_tumor", "2018-02-05", "NK Cells in Lymphoma and Advanced Solid Tumors", "Lymphoma; Solid Tumors", "NK", "Allogeneic NK cells", "both kinds named: both groups instead"),
        (1403, "immune_disorder", "2022-10-24", "CD19 CAR-T Cells in Refractory Systemic Lupus Erythematosus", "Systemic Lupus Erythematosus", "CAR-T", "CD19 CAR-T cells", "CAR-T outside oncology"),
        (1404, "hematologic_benign", "2014-03-17", "Umbilical Cord Mesenchymal Stem Cells in Severe Aplastic Anemia", "Aplastic Anemia", "MSC", "Umbilical cord mesenchymal stem cells", "a benign blood disease"),
        (1405, "neurological", "2015-09-21", "Umbilical Cord Mesenchymal Stem Cells in Children With Autism", "Autism Spectrum Disorder", "MSC", "Umbilical cord mesenchymal stem cells", "autism is neurological"),
        (1406, "musculoskeletal", "2011-11-07", "Bone Marrow Mesenchymal Stem Cells in Osteonecrosis of the Femoral Head", "Osteonecrosis", "MSC", "Autologous bone marrow mesenchymal stem cells", "bone"),
        (1407, "respiratory", "2014-08-04", "Umbilical Cord Mesenchymal Stem Cells in Bronchopulmonary Dysplasia", "Bronchopulmonary Dysplasia", "MSC", "Umbilical cord mesenchymal stem cells", "BPD is respiratory"),
        (1408, "endocrine_metabolic", "2012-09-10", "Umbilical Cord Mesenchymal Stem Cells in Type 2 Diabetes Mellitus", "Type 2 Diabetes Mellitus", "MSC", "Umbilical cord mesenchymal stem cells", "type 2 only"),
        (1409, "renal_urogenital", "2013-12-16", "Umbilical Cord Mesenchymal Stem Cells for Erectile Dysfunction in Diabetes", "Erectile Dysfunction", "MSC", "Umbilical cord mesenchymal stem cells", "what is treated, not its cause"),
        (1410, "reproductive", "2018-11-26", "Umbilical Cord Mesenchymal Stem Cells in Premature Ovarian Failure", "Premature Ovarian Failure", "MSC", "Umbilical cord mesenchymal stem cells", "ovary"),
        (1411, "skin_wound", "2020-01-06", "Umbilical Cord Mesenchymal Stem Cells in Diabetic Foot Ulcer", "Diabetic Foot Ulcer", "MSC", "Umbilical cord mesenchymal stem cells", "the ulcer, not the diabetes"),
        (1412, "healthy_or_other", "2019-05-27", "Umbilical Cord Mesenchymal Stem Cells in Aging Frailty", "Aging; Frailty", "MSC", "Umbilical cord mesenchymal stem cells", "ageing"),
        (1413, "digestive_liver", "2012-03-05", "Umbilical Cord Mesenchymal Stem Cells for Liver Failure From Hepatitis B", "Liver Failure", "MSC", "Umbilical cord mesenchymal stem cells", "the virus is the cause, the liver is treated"),
        (1414, "hematologic_malignancy", "2021-02-22", "CD19 CAR-T Cells in HIV-associated Lymphoma", "HIV-associated Lymphoma", "CAR-T", "CD19 CAR-T cells", "HIV is the host's disease"),
        (1415, "ophthalmic", "2015-06-29", "Umbilical Cord Mesenchymal Stem Cells in Retinitis Pigmentosa", "Retinitis Pigmentosa", "MSC", "Umbilical cord mesenchymal stem cells", "eye"),
        (1416, "infection", "2021-01-18", "Umbilical Cord Mesenchymal Stem Cells for Lung Fibrosis After COVID-19", "Pulmonary Fibrosis Due to COVID-19", "MSC", "Umbilical cord mesenchymal stem cells", "COVID-19 and what it leaves behind is infection"),
    )  # fmt: skip
    return [
        _case(
            facet,
            f"{number - 1400:02d}-{groups.partition(';')[0].replace('_', '-')}",
            f"indication group {groups.partition(';')[0]}",
            f"cell_type={cell_type};indication_group={groups}",
            why,
            make(
                *(
                    PAGES,
                    number,
                    registered,
                    title,
                    condition.split("; "),
                    given,
                    H["first" if number % 2 else "xiang"],
                ),
                phase="phase_1_2" if cell_type == "MSC" else "phase_1",
                enrollment=20 + number % 7 * 5,
            ),
        )
        for number, groups, registered, title, condition, cell_type, given, why in rows
    ]


def _phases() -> list[Case]:
    facet = "phase"

    def cart(file: str, number: int | str, registered: str, **fields: object) -> Record:
        """A CD19 CAR-T trial whose title tells it from its neighbours and whose phase is odd."""
        name, hospital = _PHASE_SETTINGS[int(registered[5:7]) % len(_PHASE_SETTINGS)]
        return make(
            *(file, number, registered, f"CD19 CAR-T cells in {name.en} | CD19 CAR-T细胞治疗{name.zh}"),
            f"{name.en} | {name.zh}",
            "CD19 CAR-T cells | CD19 CAR-T细胞",
            H[hospital],
            **fields,  # type: ignore[arg-type]
        )

    return [
        _case(facet, "early", "探索性研究/预试验 and 0", "phase=early_phase_1", "phase 0 is a bucket of its own",
              cart(CHICTR, 1501, "2018-01-15", phase="early_phase_1")),
        _case(facet, "mangled-1-2", "a phase that a spreadsheet took for a date", "phase=phase_1_2",
              "2020-02-01 is 1-2 (February 1st)",
              cart(ICTRP_LIST, 1502, "2020-02-17", raw={"phase": "2020-02-01 00:00:00"})),
        _case(facet, "mangled-2-3", "another one", "phase=phase_2_3", "2020-03-02 is 2-3",
              cart(ICTRP_LIST, 1503, "2020-03-16", raw={"phase": "2020-03-02 00:00:00"})),
        _case(facet, "roman-fullwidth", "Ⅰ/Ⅱ in U+2160 on a ChinaDrugTrials page", "phase=phase_1_2;regulatory=IST",
              "normalise with NFKC first",
              cart(CDE, 3, "2021-04-12", raw={"试验分期": "其它其他说明:I/Ⅱ期"})),
        _case(facet, "free-text-ib", "free text after 其它", "phase=phase_1_2", "Ib/IIa is phase 1/2",
              cart(CDE, 4, "2022-05-16", raw={"试验分期": "其它\n其他说明:Ib/IIa期"})),
        _case(facet, "roman-unicode", "Ⅱ期 in U+2161", "phase=phase_2", "a full-width Roman numeral",
              cart(CHICTR, 1506, "2020-06-15", raw={"phase": "2 | Ⅱ期临床试验"})),
        _case(facet, "three", "phase 3 of a licensed kind of product", "phase=phase_3", "PHASE3",
              cart(PAGES, 1507, "2023-07-10", phase="phase_3", allocation="RANDOMIZED", enrollment=350)),
        _case(facet, "four", "phase 4", "phase=phase_4", "上市后",
              cart(CHICTR_XML, 1508, "2023-08-14", phase="phase_4")),
        _case(facet, "new-treatment", "治疗新技术临床试验", "phase=not_applicable", "no phase in the registry's sense",
              cart(ICTRP_LIST, 1509, "2019-09-16", raw={"phase": "New Treatment Measure Clinical Study"})),
        _case(facet, "na", "NA of ClinicalTrials.gov", "phase=not_applicable", "the registry says so",
              cart(PAGES, 1510, "2019-10-14", phase="not_applicable")),
        _case(facet, "empty", "no phase at all", "phase=not_reported", "empty is never guessed from prose",
              cart(ICTRP_LIST, 1511, "2019-11-18", phase="not_reported",
                   description="A phase 1 trial in the prose only.")),
        _case(facet, "euctr", "the yes/no list of the EU register", "phase=phase_1_2;is_china=false",
              "Phase I: yes and Phase II: yes",
              make(
                  *(ICTRP_EXPORT, "EUCTR2019-990001-99-DE", "2019-12-09", "CD19 CAR-T cells in relapsed mantle cell lymphoma"),
                  "Mantle cell lymphoma",
                  "CD19 CAR-T cells",
                  A["de"],
                  raw={"phase": _EU_PHASES, "study_type": "Interventional clinical trial of medicinal product",
                       "recruitment_status": "Authorised", "inclusion_gender": "<br>Female: yes<br>Male: yes<br>"},
              )),
        _case(facet, "phase-1-2-words", "Phase 1/Phase 2 in words", "phase=phase_1_2;is_china=false",
              "what most registers write",
              make(
                  *(ICTRP_EXPORT, "KCT9900001", "2021-12-13", "Allogeneic adipose-derived stem cells for atopic dermatitis"),
                  "Atopic dermatitis",
                  "Allogeneic adipose-derived mesenchymal stem cells",
                  A["kr"],
                  raw={"phase": "Phase 1/Phase 2"},
              )),
    ]  # fmt: skip


_EU_PHASES = (
    "Human pharmacology (Phase I): yes\nTherapeutic exploratory (Phase II): yes\n"
    "Therapeutic confirmatory - (Phase III): no\nTherapeutic use (Phase IV): no\n"
)
_PHASE_SETTINGS = (
    (Text("primary CNS lymphoma", "原发中枢神经系统淋巴瘤"), "brain"),
    (Text("relapsed Burkitt lymphoma", "复发伯基特淋巴瘤"), "children"),
    (Text("refractory follicular lymphoma", "难治性滤泡性淋巴瘤"), "west"),
    (Text("marginal zone lymphoma", "边缘区淋巴瘤"), "sea"),
    (Text("refractory mantle cell lymphoma", "难治性套细胞淋巴瘤"), "xian"),
    (Text("Richter transformation", "Richter转化"), "union"),
    (Text("primary mediastinal lymphoma", "原发纵隔B细胞淋巴瘤"), "south"),
    (Text("infant leukemia", "婴儿白血病"), "children"),
    (Text("Waldenstrom macroglobulinemia", "华氏巨球蛋白血症"), "north"),
    (Text("Philadelphia chromosome positive leukemia", "费城染色体阳性白血病"), "second"),
    (Text("hairy cell leukemia", "毛细胞白血病"), "pla"),
    (Text("high-grade B-cell lymphoma", "高级别B细胞淋巴瘤"), "xiang"),
)


def _sponsors() -> list[Case]:
    facet = "sponsor_type"
    return [
        _case(
            facet,
            "company-lead",
            "a company leads, nothing about an IND",
            "regulatory=IIT;lead=IST;any_role=IST;agent=IIT;cell_type=CAR-T;target=GPRC5D",
            "the rules differ, all are kept",
            make(
                *(PAGES, 1601, "2023-01-16", "GPRC5D CAR-T Cells in Relapsed Multiple Myeloma"),
                ["Multiple Myeloma"],
                "GPRC5D CAR-T cells",
                C["modelgene"],
                sites=(H["union"],),
                enrollment=45,
            ),
        ),
        _case(
            facet,
            "company-helps",
            "a hospital leads, a company collaborates",
            "regulatory=IIT;lead=IIT;any_role=IST",
            "only any_role sees the collaborator",
            make(
                *(PAGES, 1602, "2022-02-14", "CD70 CAR-T Cells in Renal Cell Carcinoma"),
                ["Renal Cell Carcinoma"],
                "CD70 CAR-T cells",
                H["second"],
                collaborators=(C["specimen"],),
            ),
        ),
        _case(
            facet,
            "acceptance-number",
            "an acceptance number in the text",
            "regulatory=IST;lead=IST;any_role=IST",
            "CXSL… says that the trial runs under a licence to test",
            make(
                *(PAGES, 1603, "2021-06-21", "CD20 CAR-T Cells in Relapsed Follicular Lymphoma"),
                ["Follicular Lymphoma"],
                "CD20 CAR-T cells",
                C["exemplar"],
                sites=(H["cancer"],),
                description="The trial was accepted by the Center for Drug Evaluation (acceptance number CXSL2199003).",
            ),
        ),
        _case(
            facet,
            "misfiled-company",
            "a Co., Ltd. that is filed as OTHER",
            "lead=IST;any_role=IST",
            "registries err: the form of the name decides",
            make(
                *(PAGES, 1604, "2018-04-09", "CD30 CAR-T Cells in Hodgkin Lymphoma"),
                ["Hodgkin Lymphoma"],
                "CD30 CAR-T cells",
                C["misfiled"],
                sites=(H["south"],),
            ),
        ),
        _case(
            facet,
            "chictr-funder",
            "a company only pays",
            "lead=IIT;any_role=IST;regulatory=IIT",
            "经费或物资来源 is a role too",
            make(
                *(CHICTR, 1605, "2021-05-31"),
                "GD2 CAR-T cells for refractory neuroblastoma | GD2 CAR-T细胞治疗难治性神经母细胞瘤",
                "Neuroblastoma | 神经母细胞瘤",
                "GD2 CAR-T cells | GD2 CAR-T细胞",
                H["children"],
                funder="Sampleacell Biotech Co., Ltd. | 样赛尔生物科技有限公司",
            ),
        ),
        _case(
            facet,
            "ind-stated",
            "an IND stated in words",
            "regulatory=IST;lead=IIT;any_role=IIT",
            "approval stated is enough, whoever leads",
            make(
                *(PAGES, 1607, "2020-11-09", "Neural Stem Cells in Chronic Spinal Cord Injury"),
                ["Spinal Cord Injury"],
                "Human neural stem cells",
                H["bone"],
                description="The investigational new drug (IND) application was approved by the NMPA before enrolment.",
            ),
        ),
        _case(
            facet,
            "academy",
            "a military university filed as INDUSTRY",
            "lead=IIT;any_role=IIT",
            "registries err the other way too: the form of the name is that of a university",
            make(
                *(PAGES, 1608, "2016-05-23", "Autologous CIK Cells After Surgery for Renal Cell Carcinoma"),
                ["Renal Cell Carcinoma"],
                "Autologous cytokine-induced killer cells",
                C["academy"],
                phase="phase_2",
            ),
        ),
        _case(
            facet,
            "agent",
            "one product, a hospital's trial and a company's",
            "regulatory=IIT;lead=IIT;agent=IST;target=CD19;different_trial=CTR20239905",
            "the same product has a trial that is IST",
            make(
                *(PAGES, 1606, "2023-09-25", "Relmacabtagene Autoleucel in Refractory Systemic Lupus Erythematosus"),
                ["Systemic Lupus Erythematosus"],
                "Relmacabtagene autoleucel",
                H["people"],
                phase="early_phase_1",
                enrollment=12,
            ),
        ),
        _case(
            facet,
            "agent-company",
            "the company's trial of that product",
            "regulatory=IST;lead=IST;agent=IST;target=CD19;phase=phase_2",
            "瑞基奥仑赛, registered in ChinaDrugTrials",
            make(
                *(CDE, 5, "2023-02-20"),
                "Relmacabtagene autoleucel in mantle cell lymphoma | 瑞基奥仑赛注射液治疗复发难治套细胞淋巴瘤的II期临床研究",
                "Mantle cell lymphoma | 套细胞淋巴瘤",
                "Relmacabtagene autoleucel injection | 瑞基奥仑赛注射液",
                C["exemplar"],
                sites=(H["cancer"], H["first"], H["blood"]),
                phase="phase_2",
                enrollment=59,
                acceptance_number="CXSL2299005",
            ),
        ),
    ]


def _kinds() -> list[Case]:
    facet = "study_kind"
    return [
        _case(
            facet,
            "long-term",
            "long-term follow-up of a cell product",
            "study_kind=long_term_follow_up;cell_type=CAR-T;phase=not_reported",
            "follow-up counts, and is told apart",
            make(
                *(PAGES, 1701, "2020-08-31", "Long-term Follow-up of Participants Treated With BCMA CAR-T Cells"),
                ["Multiple Myeloma"],
                "BCMA CAR-T cells",
                C["specimen"],
                sites=(H["first"],),
                study_type="observational",
                phase="not_reported",
                status="enrolling_by_invitation",
                enrollment=150,
            ),
        ),
        _case(
            facet,
            "observational",
            "an observational study of a cell product",
            "study_kind=observational;cell_type=CAR-T;target=CD19",
            "the product is what is studied",
            make(
                *(CHICTR, 1702, "2022-12-05"),
                "Real-world study of commercial axicabtagene ciloleucel in large B-cell lymphoma | 阿基仑赛注射液治疗大B细胞淋巴瘤的真实世界研究",
                "Large B-cell lymphoma | 大B细胞淋巴瘤",
                "Axicabtagene ciloleucel | 阿基仑赛注射液",
                H["second"],
                study_type="observational",
                phase="not_reported",
                enrollment=200,
            ),
        ),
        _case(
            facet,
            "expanded-access",
            "expanded access",
            "study_kind=expanded_access;cell_type=CAR-T;target=BCMA;is_china=false",
            "EXPANDED_ACCESS has no phase and no enrolment",
            make(
                *(PAGES, 1703, "2022-04-25", "Expanded Access for Ciltacabtagene Autoleucel"),
                ["Multiple Myeloma"],
                "Ciltacabtagene autoleucel",
                A["us_company"],
                sites=(A["us"],),
                study_type="expanded_access",
                phase="not_reported",
                status="available",
                enrollment=None,
            ),
        ),
        _case(
            facet,
            "interventional",
            "a plain trial, from the NDJSON file",
            "study_kind=interventional;cell_type=MSC;cell_source=bone_marrow",
            "what most registrations are",
            make(
                *(NDJSON, 1704, "2012-07-16", "Allogeneic Bone Marrow Mesenchymal Stem Cells in Crohn's Disease"),
                ["Crohn's Disease"],
                "Allogeneic bone marrow mesenchymal stem cells",
                H["south"],
                phase="phase_2",
                status="terminated",
                raw={"protocolSection.statusModule.whyStopped": "Slow enrollment"},
            ),
        ),
    ]


def _places() -> list[Case]:
    facet = "scope"
    return [
        _case(
            facet,
            "hong-kong",
            "a site in Hong Kong only",
            "is_china=false;cell_type=NK",
            "Hong Kong is a value of its own",
            make(
                *(PAGES, 1801, "2021-10-18", "Allogeneic NK Cells in Hepatocellular Carcinoma After Ablation"),
                ["Hepatocellular Carcinoma"],
                "Allogeneic NK cells",
                A["hk"],
            ),
        ),
        _case(
            facet,
            "taiwan",
            "China in the name of a hospital elsewhere",
            "is_china=false;cell_type=MSC",
            "the country field decides, not the name",
            make(
                *(PAGES, 1802, "2019-12-23", "Umbilical Cord Mesenchymal Stem Cells in Acute Ischemic Stroke"),
                ["Ischemic Stroke"],
                "Umbilical cord mesenchymal stem cells",
                A["tw"],
                raw={
                    "protocolSection.contactsLocationsModule.locations.0.facility": "Sample China Medical Hospital",
                },
            ),
        ),
        _case(
            facet,
            "macau",
            "a site in Macau only",
            "is_china=false;cell_type=MSC",
            "Macau is a value of its own",
            make(
                *(SINGLE, 1803, "2022-07-18", "Umbilical Cord Mesenchymal Stem Cells in Severe COVID-19"),
                ["COVID-19"],
                "Umbilical cord mesenchymal stem cells",
                A["mo"],
                phase="phase_2",
            ),
        ),
        _case(
            facet,
            "mixed-sites",
            "sites in China and abroad",
            "is_china=true;cell_type=CAR-T;target=BCMA",
            "one site on the mainland is enough",
            make(
                *(
                    PAGES,
                    1804,
                    "2022-01-24",
                    "BCMA CAR-T Cells Versus Standard Therapy in Newly Diagnosed Multiple Myeloma",
                ),
                ["Multiple Myeloma"],
                [
                    "BCMA CAR-T cells",
                    Arm(Text.of("Standard therapy"), Text.of("Lenalidomide and dexamethasone"), kind="DRUG"),
                ],
                A["us_company"],
                sites=(A["us"], A["de"], A["jp"], H["first"], A["hk"]),
                phase="phase_3",
                allocation="RANDOMIZED",
                enrollment=650,
            ),
        ),
        _case(
            facet,
            "chictr-abroad",
            "a ChiCTR number, no site in China",
            "is_china=false;cell_type=MSC",
            "a ChiCTR id does not imply China",
            make(
                *(ICTRP_LIST, 1805, "2018-09-10", "Wharton's jelly mesenchymal stem cells in knee osteoarthritis"),
                "Knee osteoarthritis",
                "Wharton's jelly mesenchymal stem cells",
                A["es"],
                raw={"countries": "Spain"},
            ),
        ),
        _case(
            facet,
            "country-misspelt",
            "China misspelt",
            "is_china=true;cell_type=CAR-T;target=CD5",
            "Chian is China",
            make(
                *(ICTRP_LIST, 1806, "2021-07-12", "CD5 CAR-T cells in refractory T-cell lymphoma"),
                "T-cell lymphoma",
                "CD5 CAR-T cells",
                H["xiang"],
                raw={"countries": "Chian"},
            ),
        ),
        _case(
            facet,
            "country-in-words",
            "China by its long name",
            "is_china=true;cell_type=MSC",
            "The People's Republic of China",
            make(
                *(
                    ICTRP_XML,
                    1807,
                    "2020-04-13",
                    "Umbilical cord mesenchymal stem cells for acute respiratory distress syndrome after sepsis",
                ),
                "Acute respiratory distress syndrome",
                "Umbilical cord mesenchymal stem cells",
                H["west"],
                phase="phase_2",
                raw={"countries": "The People's Republic of China"},
            ),
        ),
        _case(
            facet,
            "after-window",
            "registered after the window of the paper",
            "in_study_window=false;is_china=true;cell_type=CAR-T;target=B7-H3",
            "the window ends on 2024-08-01",
            make(
                *(PAGES, 1808, "2026-02-09", "B7-H3 CAR-T Cells in Recurrent Glioblastoma"),
                ["Glioblastoma"],
                "B7-H3 CAR-T cells",
                H["brain"],
                status="not_yet_recruiting",
            ),
        ),
        _case(
            facet,
            "last-day",
            "registered on the last day of the window",
            "in_study_window=true;registration_date=2024-08-01",
            "the end belongs to the window",
            make(
                *(PAGES, 1809, "2024-08-01", "CD38 CAR-T Cells in Relapsed Acute Myeloid Leukemia"),
                ["Acute Myeloid Leukemia"],
                "CD38 CAR-T cells",
                H["blood"],
            ),
        ),
        _case(
            facet,
            "old-chictr",
            "an old ChiCTR number",
            "in_study_window=true;is_china=true;registration_year=2008;cell_type=BMMNC",
            "letters and eight digits",
            make(
                *(CHICTR_OLDER, "ChiCTR-TRC-08990110", "2008-12-15"),
                "Autologous bone marrow mononuclear cells in acute myocardial infarction | 自体骨髓单个核细胞移植治疗急性心肌梗死",
                "Acute myocardial infarction | 急性心肌梗死",
                "Autologous bone marrow mononuclear cells | 自体骨髓单个核细胞",
                H["second"],
                phase="phase_2",
                status="completed",
                enrollment=84,
                secondary_ids=(SecondaryId("none"),),
            ),
        ),
    ]
