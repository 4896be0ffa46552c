"""Oddities of the registries' formats: dates, sizes, titles, versions, broken records."""

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


def _case(case_id: str, plants: str, expected: str, why: str, *records: Record) -> Case:
    return Case(case_id=f"format-{case_id}", facet="format", plants=plants, expected=expected, why=why, records=records)


def cases() -> list[Case]:
    """Cases about what a reader and staging must survive."""
    return [*_dates(), *_sizes(), *_titles(), *_versions(), *_fields()]


def _dates() -> list[Case]:
    return [
        _case(
            "placeholder-date",
            "Date of Registration 1990-01-01",
            "registration_year=2020;in_study_window=true;cell_type=MSC",
            "a placeholder: the year is in the id",
            make(
                *(CHICTR, 3001, "2020-07-30"),
                "Umbilical cord mesenchymal stem cells for psoriasis | 脐带间充质干细胞治疗银屑病",
                "Psoriasis | 银屑病",
                "Umbilical cord mesenchymal stem cells | 脐带间充质干细胞",
                H["sea"],
                raw={"registered": "1990-01-01 00:00:00"},
            ),
        ),
        _case(
            "day-first",
            "dd/mm/yyyy",
            "registration_date=2021-03-05;cell_type=TIL;is_china=false",
            "05/03/2021 is the fifth of March",
            make(
                *(
                    ICTRP_EXPORT,
                    "ISRCTN99000001",
                    "2021-03-05",
                    "Tumour infiltrating lymphocytes in metastatic melanoma",
                ),
                "Metastatic melanoma",
                "Autologous tumour infiltrating lymphocytes",
                A["uk"],
                phase="phase_2",
                raw={"phase": "Phase II"},
            ),
        ),
        _case(
            "date-in-words",
            "a date in words",
            "registration_date=2019-09-21;cell_type=MSC;is_china=false",
            "21 September 2019",
            make(
                *(
                    ICTRP_EXPORT,
                    "ACTRN12699000000002",
                    "2019-09-21",
                    "Allogeneic mesenchymal stromal cells for chronic low back pain",
                ),
                "Chronic low back pain",
                "Allogeneic mesenchymal stromal cells",
                A["au"],
                phase="phase_2",
                raw={"date_registration": "21 September 2019", "phase": "Phase 2"},
            ),
        ),
        _case(
            "american-date",
            "a start date in American words",
            "registration_date=2020-04-01;start_date=2020-04-06;cell_type=MSC",
            "April 6, 2020",
            make(
                *(ICTRP_LIST, "NCT99003004", "2020-04-01", "Mesenchymal Stem Cells for ARDS in COVID-19"),
                "COVID-19; ARDS",
                "Umbilical cord mesenchymal stem cells",
                H["people"],
                raw={"date_enrolment": "April 6, 2020", "phase": "Phase 1/Phase 2"},
            ),
        ),
        _case(
            "partial-dates",
            "partial dates",
            "start_date=2013-05-01;cell_type=MSC",
            "yyyy-MM stands for the first of the month",
            make(
                *(PAGES, 3005, "2013-04-29", "Bone Marrow Mesenchymal Stem Cells in Spinal Cord Injury"),
                ["Spinal Cord Injury"],
                "Autologous bone marrow mesenchymal stem cells",
                H["bone"],
                start="2013-05",
                completion="2016",
                phase="phase_2",
            ),
        ),
    ]


def _sizes() -> list[Case]:
    two_arms = [
        Arm(
            Text("Experimental group", "试验组"), Text("Umbilical cord mesenchymal stem cells", "脐带间充质干细胞"), 30
        ),
        Arm(Text("Control group", "对照组"), Text("Saline", "生理盐水"), 15, "DRUG"),
    ]
    return [
        _case(
            "arm-sizes-html",
            "sizes by arm on a detail page",
            "target_enrollment=45;cell_type=MSC",
            "there is no total: sum them",
            make(
                *(CHICTR, 3101, "2021-11-29"),
                "Umbilical cord mesenchymal stem cells for rheumatoid arthritis | 脐带间充质干细胞治疗类风湿关节炎",
                "Rheumatoid arthritis | 类风湿关节炎",
                two_arms,
                H["north"],
                phase="phase_1_2",
            ),
        ),
        _case(
            "arm-sizes-xml",
            "sizes by arm in the XML, with text for one of them",
            "target_enrollment=32;cell_type=MSC",
            "arm:n;arm:n;",
            make(
                *(CHICTR_XML, 3102, "2020-09-07"),
                "Umbilical cord mesenchymal stem cells for ankylosing spondylitis | 脐带间充质干细胞治疗强直性脊柱炎",
                "Ankylosing spondylitis | 强直性脊柱炎",
                "Umbilical cord mesenchymal stem cells | 脐带间充质干细胞",
                H["xiang"],
                enrollment=32,
                raw={"target_size": "Experimental group A:16;Experimental group B:16;"},
            ),
        ),
        _case(
            "arm-sizes-ictrp",
            "sizes by arm in a row of ICTRP",
            "target_enrollment=60;cell_type=MSC",
            "Experimental group:30;Control group:30;",
            make(
                *(
                    ICTRP_LIST,
                    3103,
                    "2020-02-27",
                    "Umbilical cord blood mesenchymal stem cells for novel coronavirus pneumonia (COVID-19)",
                ),
                "Novel Coronavirus Pneumonia (COVID-19)",
                ["Umbilical cord mesenchymal stem cells plus conventional therapy", "Conventional therapy"],
                H["west"],
                enrollment=60,
                phase="early_phase_1",
            ),
        ),
        _case(
            "national-international",
            "国内 and 国际 sizes",
            "target_enrollment=80;cell_type=CAR-T;target=BCMA;is_china=true",
            "国际 counts the whole trial, the part of China included",
            make(
                *(CDE, 8, "2022-11-14"),
                "BCMA CAR-T in multiple myeloma, international | 靶向BCMA嵌合抗原受体自体T细胞注射液治疗多发性骨髓瘤的国际多中心III期研究",
                "Multiple myeloma | 多发性骨髓瘤",
                "BCMA CAR-T injection | 靶向BCMA嵌合抗原受体自体T细胞注射液",
                C["modelgene"],
                sites=(H["first"], H["people"], A["us"]),
                phase="phase_3",
                raw={"目标入组人数": "国内: 52 人；国际: 80 人；"},
            ),
        ),
        _case(
            "size-not-filled",
            "登记人暂未填写该信息",
            "target_enrollment=;cell_type=CAR-T;target=CD19",
            "not filled in is null, not zero",
            make(
                *(CDE, 9, "2020-12-14"),
                "CD19 CAR-T in B-cell leukemia | 靶向CD19嵌合抗原受体T细胞注射液治疗急性B淋巴细胞白血病I期临床研究",
                "B-cell acute lymphoblastic leukemia | 急性B淋巴细胞白血病",
                "CD19 CAR-T injection | 靶向CD19嵌合抗原受体T细胞注射液",
                C["sampleacell"],
                sites=(H["children"],),
                enrollment=None,
            ),
        ),
    ]


def _titles() -> list[Case]:
    return [
        _case(
            "editor-note-zh",
            "an editor's note in the title",
            "cell_type=CAR-NK;target=NKG2D ligands;title=NKG2D CAR-NK cells in platinum-resistant ovarian cancer",
            "notes stand in the public title only, the scientific title is clean",
            make(
                *(CHICTR, 3201, "2021-02-04"),
                "NKG2D CAR-NK cells in platinum-resistant ovarian cancer | 样例医师:该研究尚未获得伦理委员会批准,请于批准后再开始纳入参试者,并与我们联系上传批件。 NKG2D CAR-NK细胞治疗铂耐药卵巢癌",
                "Ovarian cancer | 卵巢癌",
                "NKG2D CAR-NK cells | NKG2D CAR-NK细胞",
                H["sea"],
                scientific_title="NKG2D CAR-NK cells in platinum-resistant ovarian cancer | NKG2D CAR-NK细胞治疗铂耐药卵巢癌",
            ),
        ),
        _case(
            "edited-mark",
            "【辑】 before the title",
            "cell_type=CAR-T;target=EGFR",
            "a mark of the registry's editors",
            make(
                *(CHICTR_OLDER, 3202, "2019-11-04"),
                "EGFR CAR-T cells in recurrent glioblastoma | 【辑】EGFR CAR-T细胞治疗复发胶质母细胞瘤",
                "Glioblastoma | 胶质母细胞瘤",
                "EGFR CAR-T cells | EGFR CAR-T细胞",
                H["brain"],
                scientific_title="EGFR CAR-T cells in recurrent glioblastoma | EGFR CAR-T细胞治疗复发胶质母细胞瘤",
            ),
        ),
        _case(
            "cancelled-lack",
            "Cancelled due to lack of participants",
            "is_cancelled=true;cell_type=MSC;title=Umbilical cord mesenchymal stem cells for systemic sclerosis",
            "the prefix is the only sign of cancellation",
            make(
                *(ICTRP_LIST, 3203, "2019-04-01", "Umbilical cord mesenchymal stem cells for systemic sclerosis"),
                "Systemic sclerosis",
                "Umbilical cord mesenchymal stem cells",
                H["xian"],
                phase="phase_2",
                raw={
                    "public_title": "Cancelled due to lack of participants   Umbilical cord mesenchymal stem cells for systemic sclerosis"
                },
            ),
        ),
        _case(
            "cancelled-zh",
            "研究者撤消 before the title",
            "is_cancelled=true;cell_type=CIK;title=CIK cells for advanced renal cell carcinoma",
            "the Chinese and the English form at once",
            make(
                *(CHICTR, 3204, "2018-03-12"),
                "Cancelled by the investigator CIK cells for advanced renal cell carcinoma | 研究者撤消 CIK细胞治疗晚期肾细胞癌",
                "Renal cell carcinoma | 肾细胞癌",
                "CIK cells | CIK细胞",
                H["cancer"],
                phase="phase_2",
                scientific_title="CIK cells for advanced renal cell carcinoma | CIK细胞治疗晚期肾细胞癌",
            ),
        ),
        _case(
            "mojibake",
            "a name whose encoding went wrong on the way",
            "cell_type=MSC;is_china=false;lead=IIT",
            "H√¥pital was Hôpital",
            make(
                *(
                    ICTRP_LIST,
                    "NCT99003205",
                    "2018-10-08",
                    "Adipose Mesenchymal Stromal Cells in Systemic Sclerosis of the Hand",
                ),
                "Systemic sclerosis",
                "Autologous adipose mesenchymal stromal cells",
                A["es"],
                raw={"primary_sponsor": "H√¥pital de Exemple", "phase": "Phase 2", "countries": "France"},
            ),
        ),
        _case(
            "fullwidth",
            "full-width letters in title and antigen",
            "cell_type=CAR-T;target=BCMA",
            "ＢＣＭＡ ＣＡＲ－Ｔ",
            make(
                *(CHICTR, 3206, "2019-07-08"),
                "BCMA CAR-T in refractory plasma cell leukemia | ＢＣＭＡ ＣＡＲ－Ｔ细胞治疗难治浆细胞白血病",
                "Plasma cell leukemia | 浆细胞白血病",
                "BCMA CAR-T cells | ＢＣＭＡ ＣＡＲ－Ｔ细胞",
                H["north"],
            ),
        ),
    ]


def _versions() -> list[Case]:
    newer = make(
        *(PAGES, 3301, "2021-01-11", "CD19 CAR-T Cells in Relapsed Indolent Lymphoma"),
        ["Indolent Lymphoma"],
        "CD19 CAR-T cells",
        H["north"],
        phase="phase_1_2",
        status="completed",
        updated="2024-02-26",
        enrollment=36,
        enrollment_type="ACTUAL",
    )
    older = newer.but(
        file=NDJSON,
        phase="phase_1",
        status="recruiting",
        updated="2021-06-14",
        enrollment=20,
        enrollment_type="ESTIMATED",
    )
    listed = make(
        *(
            ICTRP_LIST,
            3302,
            "2020-03-03",
            "Umbilical cord mesenchymal stem cells for critical novel coronavirus pneumonia (COVID-19)",
        ),
        "Novel Coronavirus Pneumonia (COVID-19)",
        "Umbilical cord mesenchymal stem cells",
        H["union"],
        phase="phase_2",
        updated="2020-06-15",
        enrollment=40,
    )
    exported_before = listed.but(file=ICTRP_XML, updated="2020-03-09", enrollment=16, phase="early_phase_1")
    native = make(
        *(CHICTR, 3303, "2022-02-21"),
        "CD19 and BCMA CAR-T cells in POEMS syndrome | CD19和BCMA CAR-T细胞治疗POEMS综合征",
        "POEMS syndrome | POEMS综合征",
        "CD19 and BCMA CAR-T cells | CD19和BCMA CAR-T细胞",
        H["first"],
        phase="phase_1",
        enrollment=18,
    )
    shown = native.but(file=ICTRP_LIST, phase="not_reported", enrollment=18)
    study = make(
        *(PAGES, 3304, "2020-02-10", "Umbilical Cord Mesenchymal Stem Cells for Severe COVID-19"),
        ["COVID-19"],
        "Umbilical cord mesenchymal stem cells",
        H["pla"],
        phase="phase_2",
        updated="2020-08-03",
        enrollment=100,
    )
    study_row = study.but(file=ICTRP_XML, updated="2020-02-17", enrollment=20, raw={"phase": "Phase 1"})
    return [
        _case(
            "version-ctgov",
            "an older version of a study",
            "n_registrations=1;phase=phase_1_2;status=completed;actual_enrollment=36;cell_type=CAR-T",
            "the later lastUpdatePostDate wins, whatever file came first",
            newer,
            older,
        ),
        _case(
            "version-ictrp",
            "the same row in an earlier export",
            "n_registrations=1;phase=phase_2;target_enrollment=40;cell_type=MSC",
            "a version, not a second registration",
            listed,
            exported_before,
        ),
        _case(
            "native-and-ictrp",
            "a ChiCTR page and its row in ICTRP",
            "n_registrations=1;phase=phase_1;cell_type=CAR-T;target=BCMA;target=CD19",
            "the native record wins field by field",
            native,
            shown,
        ),
        _case(
            "study-and-ictrp",
            "a study and its older row in ICTRP",
            "n_registrations=1;phase=phase_2;target_enrollment=100;cell_type=MSC;indication_group=infection",
            "the native record wins here too, and the row is no second registration",
            study,
            study_row,
        ),
    ]


def _fields() -> list[Case]:
    minimal = make(
        *(NDJSON, 3401, "2024-05-06", "SLC777 in Relapsed Diffuse Large B-cell Lymphoma: CD19/CD20 CAR-T"),
        ["Diffuse Large B-cell Lymphoma"],
        "CD19/CD20 CAR-T cells",
        H["cancer"],
        raw={
            f"protocolSection.{path}": None
            for path in (
                "identificationModule.officialTitle",
                "identificationModule.organization",
                "sponsorCollaboratorsModule.responsibleParty",
                "outcomesModule",
                "eligibilityModule",
                "designModule.designInfo",
                "armsInterventionsModule.armGroups",
            )
        },
    )
    return [
        _case(
            "missing-fields",
            "a study with few fields",
            "included;cell_type=CAR-T;target=CD19;target=CD20",
            "what is missing is null, never an error",
            minimal,
        ),
        _case(
            "odd-root-trial",
            "XML with <trial> for <Triall>",
            "included;cell_type=NK;indication_group=solid_tumor",
            "any child that has <main> is a trial",
            make(
                *(CHICTR_XML, 3402, "2019-05-13"),
                "Allogeneic NK cells after resection of pancreatic cancer | 异体NK细胞用于胰腺癌术后",
                "Pancreatic cancer | 胰腺癌",
                "Allogeneic NK cells | 异体NK细胞",
                H["cancer"],
            ),
        ),
        _case(
            "odd-root-list",
            "XML with <Triallist> as its root",
            "included;cell_type=DC;indication_group=solid_tumor",
            "the root is spelt in several ways",
            make(
                *(CHICTR_XML, 3403, "2016-11-14"),
                "Dendritic cell vaccine in stage III melanoma | 树突状细胞疫苗治疗III期黑色素瘤",
                "Melanoma | 黑色素瘤",
                "Autologous dendritic cell vaccine | 自体树突状细胞疫苗",
                H["cancer"],
                phase="phase_2",
            ),
        ),
        _case(
            "several-applicants",
            "several applicants joined by a slash",
            "lead=IST;regulatory=IST;cell_type=CAR-T;target=CD20",
            "the first is the lead",
            make(
                *(CDE, 10, "2021-09-27"),
                "CD20 CAR-T in B-cell lymphoma | 靶向CD20嵌合抗原受体T细胞注射液治疗B细胞非霍奇金淋巴瘤",
                "B-cell non-Hodgkin lymphoma | B细胞非霍奇金淋巴瘤",
                "CD20 CAR-T injection | 靶向CD20嵌合抗原受体T细胞注射液",
                C["exemplar"],
                collaborators=(C["specimen"],),
                sites=(H["second"],),
                former_drug_name="SLC020细胞注射液",
            ),
        ),
        _case(
            "terminated-zh",
            "主动终止 and 试验终止日期",
            "status=terminated;cell_type=MSC",
            "the label of the date changes with the status",
            make(
                *(CDE, 11, "2021-03-15"),
                "Umbilical cord mesenchymal stem cells in knee osteoarthritis | 人脐带间充质干细胞注射液治疗膝骨关节炎I期临床试验",
                "Knee osteoarthritis | 膝骨关节炎",
                "Human umbilical cord mesenchymal stem cells injection | 人脐带间充质干细胞注射液",
                C["samplestem"],
                sites=(H["bone"],),
                status="terminated",
                enrollment=18,
            ),
        ),
        _case(
            "aliases",
            "a study with a former number",
            "n_registrations=1;cell_type=CIK",
            "nctIdAliases name the same registration",
            make(
                *(SINGLE, 3406, "2011-10-17", "Cytokine-induced Killer Cells in Gastric Cancer After Gastrectomy"),
                ["Gastric Cancer"],
                "Autologous cytokine-induced killer cells",
                H["cancer"],
                phase="phase_2",
                aliases=("NCT99993406",),
            ),
        ),
        _case(
            "null-words",
            "NIL and Nil known among the secondary ids",
            "n_registrations=1;cell_type=MSC;is_china=false",
            "words for nothing are no identifiers",
            make(
                *(
                    ICTRP_EXPORT,
                    "CTRI/2018/99/990001",
                    "2018-08-13",
                    "Mesenchymal stem cells in critical limb ischemia due to Buerger's disease",
                ),
                "Critical limb ischemia",
                "Allogeneic bone marrow mesenchymal stromal cells",
                A["in"],
                phase="phase_2",
                secondary_ids=(SecondaryId("NIL"), SecondaryId("Nil known")),
                raw={"phase": "Phase 2", "inclusion_agemax": "-2147483648 No limit"},
            ),
        ),
    ]
