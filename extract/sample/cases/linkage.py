"""Trials that several registries hold, and registrations that only look like one trial."""

# Titles stay on one line, as the registries have them.
# ruff: noqa: E501

from __future__ import annotations

from extract.sample.cases import CDE, CHICTR, CHICTR_OLDER, CHICTR_XML, ICTRP_EXPORT, ICTRP_LIST, PAGES
from extract.sample.records import Case, Organisation, Record, SecondaryId, Text, make
from extract.sample.vocabulary import ABROAD, COMPANIES, HOSPITALS

H, C, A = HOSPITALS, COMPANIES, ABROAD


class Programme:
    """One trial as two registries would describe it: the same facts, each in the words of its registry."""

    def __init__(self, drug: str, disease: str, lead: Organisation, sites: tuple[Organisation, ...], **facts: object):
        self.drug, self.disease = Text.of(drug), Text.of(disease)
        self.lead, self.sites = lead, sites
        self.facts: dict[str, object] = {"phase": "phase_1", "enrollment": 24, **facts}

    def at(self, file: str, number: int | str, registered: str, pattern: int = 0, **changes: object) -> Record:
        """The registration of this trial in one registry; `pattern` varies the wording of the title."""
        titles = (
            (f"{self.drug.en} in {self.disease.en}", f"{self.drug.zh}治疗{self.disease.zh}的临床研究"),
            (
                f"A Study of {self.drug.en} for the Treatment of {self.disease.en}",
                f"评价{self.drug.zh}治疗{self.disease.zh}的安全性和有效性的临床研究",
            ),
        )
        title = " | ".join(titles[pattern])
        lead = changes.pop("lead", self.lead)
        fields = {**self.facts, "sites": self.sites, **changes}
        drug = " | ".join(self.drug)
        return make(file, number, registered, title, (self.disease,), drug, lead, **fields)  # type: ignore[arg-type]


def _case(case_id: str, plants: str, expected: str, why: str, *records: Record) -> Case:
    return Case(case_id=f"link-{case_id}", facet="link", plants=plants, expected=expected, why=why, records=records)


def cases() -> list[Case]:
    """Pairs and groups of registrations."""
    return [*_by_identifier(), *_by_support(), *_by_title(), *_decoys()]


def _by_identifier() -> list[Case]:
    plain = Programme(
        "CD19 CAR-T cells | CD19 CAR-T细胞", "relapsed gray zone lymphoma | 复发灰区淋巴瘤", H["second"], (H["second"],)
    )
    drug = Programme(
        "SLC101 CD19 CAR-T injection | SLC101靶向CD19嵌合抗原受体T细胞注射液",
        "relapsed B-cell acute lymphoblastic leukemia | 复发急性B淋巴细胞白血病",
        C["sampleacell"],
        (H["blood"], H["children"]),
        enrollment=48,
    )
    msc = Programme(
        "umbilical cord mesenchymal stem cells | 脐带间充质干细胞",
        "lupus nephritis | 狼疮性肾炎",
        H["north"],
        (H["north"],),
        phase="phase_2",
        enrollment=40,
    )
    three = Programme(
        "SLC202 BCMA CAR-T injection | SLC202靶向BCMA嵌合抗原受体T细胞注射液",
        "relapsed multiple myeloma | 复发难治多发性骨髓瘤",
        C["specimen"],
        (H["first"], H["union"]),
        phase="phase_1_2",
        enrollment=103,
    )
    spelling = (
        ("lower-case", "chictr1900994011", 4011, "2019-06-03", "ovarian cancer | 卵巢癌", "MSLN", "cancer"),
        ("hyphen", "ChiCTR-2000994012", 4012, "2020-08-10", "pancreatic cancer | 胰腺癌", "CEA", "pla"),
        (
            "full-width",
            "ＣｈｉＣＴＲ２１００９９４０１３",
            4013,
            "2021-05-17",
            "glioblastoma | 胶质母细胞瘤",
            "IL13Ra2",
            "brain",
        ),
        ("no-chi", "CTR1800994014", 4014, "2018-09-17", "hepatocellular carcinoma | 肝细胞癌", "GPC3", "liver"),
        ("blank", "NCT 99004015", 4015, "2022-03-14", "prostate cancer | 前列腺癌", "PSMA", "south"),
    )
    cases = [
        _case(
            "chictr-nct",
            "a ChiCTR number among the secondary ids of a study",
            "same_trial;n_registrations=2;cell_type=CAR-T;target=CD19",
            "the plainest case, type REGISTRY",
            plain.at(PAGES, 4001, "2021-03-08", secondary_ids=(SecondaryId("ChiCTR2100994001", "REGISTRY", "ChiCTR"),)),
            plain.at(CHICTR, 4001, "2021-03-15", 1),
        ),
        _case(
            "ctr-nct",
            "a ChinaDrugTrials number among the secondary ids of a study",
            "same_trial;n_registrations=2;regulatory=IST;lead=IST;cell_type=CAR-T;target=CD19;phase=phase_1",
            "the native language differs, the number does not",
            drug.at(PAGES, 4002, "2021-07-26", secondary_ids=(SecondaryId("CTR20219912", "OTHER", "CDE"),)),
            drug.at(CDE, 12, "2021-08-16", 1),
        ),
        _case(
            "chictr-ctr",
            "a ChinaDrugTrials number as partner number of ChiCTR",
            "same_trial;n_registrations=2;cell_type=MSC;regulatory=IST",
            "在二级注册机构或其它机构的注册号",
            msc.at(CHICTR, 4003, "2022-04-11", secondary_ids=(SecondaryId("CTR20229913"),)),
            msc.at(CDE, 13, "2022-03-28", 1, lead=C["samplestem"]),
        ),
        _case(
            "three-way",
            "one trial in three registries",
            "same_trial;n_registrations=3;regulatory=IST;cell_type=CAR-T;target=BCMA;phase=phase_1_2",
            "the study names both other numbers",
            three.at(
                PAGES,
                4004,
                "2020-11-02",
                secondary_ids=(SecondaryId("ChiCTR2000994004", "REGISTRY", "ChiCTR"), SecondaryId("CTR20209914")),
            ),
            three.at(CHICTR, 4004, "2020-11-16", 1),
            three.at(CDE, 14, "2020-10-26", 1),
        ),
        _case(
            "old-and-new-form",
            "both forms of one ChiCTR number",
            "same_trial;n_registrations=2;cell_type=CAR-T;target=MUC1",
            "ChiCTR-OIC-17990005 mistyped as ChiCTR1700990005",
            *_pair(
                "MUC1 CAR-T cells | MUC1 CAR-T细胞",
                "breast cancer | 乳腺癌",
                "people",
                4005,
                "2017-11-13",
                study_names="ChiCTR1700990005",
                page=(CHICTR_OLDER, "ChiCTR-OIC-17990005"),
            ),
        ),
        _case(
            "in-text",
            "a ChiCTR number in the description",
            "same_trial;n_registrations=2;cell_type=CAR-T;target=EpCAM",
            "said in words, not in a field",
            make(
                *(PAGES, 4006, "2018-01-29", "EpCAM CAR-T Cells in Advanced Colorectal Cancer"),
                ["Colorectal Cancer"],
                "EpCAM CAR-T cells",
                H["west"],
                description="This study is also registered in the Chinese Clinical Trial Registry under ChiCTR1800994006.",
            ),
            make(
                *(CHICTR, 4006, "2018-01-22"),
                "EpCAM CAR-T cells in colorectal cancer | EpCAM CAR-T细胞治疗结直肠癌",
                "Colorectal cancer | 结直肠癌",
                "EpCAM CAR-T cells | EpCAM CAR-T细胞",
                H["west"],
            ),
        ),
        _case(
            "ictrp-bridge",
            "a parent and its child in the full export of ICTRP",
            "same_trial;n_registrations=2;cell_type=MSC;is_china=false",
            "the one official sign of cross-registration: the flag holds the parent's id",
            make(
                *(ICTRP_EXPORT, "NCT99004007", "2019-02-25", "Mesenchymal stromal cells in refractory Crohn's fistula"),
                "Perianal Crohn's fistula",
                "Allogeneic adipose-derived mesenchymal stromal cells",
                A["es"],
                phase="phase_3",
                raw={"phase": "Phase 3"},
                bridging=("", "parent", "EUCTR2018-990007-12-ES"),
            ),
            make(
                *(
                    ICTRP_EXPORT,
                    "EUCTR2018-990007-12-ES",
                    "2019-01-28",
                    "Stromal cells of fat tissue for fistulas that do not heal",
                ),
                "Complex perianal fistulas in Crohn's disease",
                "Allogeneic expanded adipose stem cells",
                A["es"],
                raw={"phase": "Therapeutic confirmatory - (Phase III): yes\n", "recruitment_status": "Authorised"},
                bridging=("NCT99004007", "child", ""),
            ),
        ),
        _case(
            "three-hops",
            "A names B, B names C",
            "same_trial;n_registrations=3;cell_type=NK;indication_group=solid_tumor",
            "components are connected through the one in the middle",
            make(
                *(PAGES, 4008, "2022-09-26", "Allogeneic NK Cells After Ablation of Liver Metastases"),
                ["Liver Metastases of Colorectal Cancer"],
                "Allogeneic NK cells",
                H["pla"],
                secondary_ids=(SecondaryId("ChiCTR2200994008", "REGISTRY"),),
            ),
            make(
                *(CHICTR_XML, 4008, "2022-10-10"),
                "Allogeneic NK cells after ablation of liver metastases | 异体NK细胞用于结直肠癌肝转移消融术后",
                "Liver metastases of colorectal cancer | 结直肠癌肝转移",
                "Allogeneic NK cells | 异体NK细胞",
                H["pla"],
                secondary_ids=(SecondaryId("ISRCTN99004008", "", "ISRCTN"),),
            ),
            make(
                *(
                    ICTRP_EXPORT,
                    "ISRCTN99004008",
                    "2022-11-07",
                    "Allogeneic natural killer cells after ablation of colorectal liver metastases",
                ),
                "Liver metastases of colorectal cancer",
                "Allogeneic natural killer cells",
                H["pla"],
                raw={"phase": "Phase I"},
            ),
        ),
    ]
    for name, text, number, registered, disease, target, hospital in spelling:
        words = f"{target} CAR-T cells | {target} CAR-T细胞"
        if name == "blank":
            first, second = _pair(
                words, disease, hospital, number, registered, study_names="", page=(CHICTR, number), page_names=text
            )
        else:
            first, second = _pair(words, disease, hospital, number, registered, study_names=text, page=(CHICTR, number))
        cases.append(
            _case(
                f"spelling-{name}",
                f"a number spelt {text}",
                f"same_trial;n_registrations=2;cell_type=CAR-T;target={target}",
                "all spellings of the reference",
                first,
                second,
            )
        )
    return cases


def _pair(
    drug: str,
    disease: str,
    hospital: str,
    number: int,
    registered: str,
    *,
    study_names: str,
    page: tuple[str, int | str],
    page_names: str = "",
) -> tuple[Record, Record]:
    """A study and a ChiCTR page of one trial; one of the two names the other by the number given."""
    programme = Programme(drug, disease, H[hospital], (H[hospital],))
    names = (SecondaryId(study_names, "REGISTRY", "ChiCTR"),) if study_names else ()
    back = (SecondaryId(page_names),) if page_names else ()
    return (
        programme.at(PAGES, number, registered, secondary_ids=names),
        programme.at(page[0], page[1], registered, 1, secondary_ids=back),
    )


def _by_support() -> list[Case]:
    protocol = Programme(
        "SLC303 cell injection (GPRC5D CAR-T) | SLC303细胞注射液（靶向GPRC5D CAR-T）",
        "relapsed multiple myeloma after BCMA therapy | BCMA治疗后复发多发性骨髓瘤",
        C["modelgene"],
        (H["union"], H["west"]),
        org_study_id="SLC303-101",
        enrollment=54,
    )
    accepted = Programme(
        "SLC404 cell injection (CLDN18.2 CAR-T) | SLC404细胞注射液（靶向Claudin18.2 CAR-T）",
        "advanced gastric cancer | 晚期胃癌",
        C["exemplar"],
        (H["cancer"], H["people"]),
        phase="phase_2",
        enrollment=120,
    )
    numbered = Programme(
        "allogeneic umbilical cord mesenchymal stem cells | 异体脐带间充质干细胞",
        "bronchopulmonary dysplasia of preterm infants | 早产儿支气管肺发育不良",
        H["children"],
        (H["children"],),
        phase="phase_1_2",
        enrollment=60,
        utn="U1111-9999-0043",
    )
    return [
        _case(
            "protocol-code",
            "a shared protocol code and the same company",
            "same_trial;n_registrations=2;regulatory=IST;cell_type=CAR-T;target=GPRC5D",
            "the code supports, company and product code agree",
            protocol.at(PAGES, 4021, "2022-08-08"),
            protocol.at(CDE, 21, "2022-07-25", 1),
        ),
        _case(
            "acceptance-number",
            "a shared acceptance number",
            "same_trial;n_registrations=2;regulatory=IST;cell_type=CAR-T;target=CLDN18.2;phase=phase_2",
            "CXSL2199022 in the text of one and the field of the other",
            accepted.at(PAGES, 4022, "2021-10-25", description="Clinical trial acceptance number CXSL2199022."),
            accepted.at(CDE, 22, "2021-11-08", 1, acceptance_number="CXSL2199022"),
        ),
        _case(
            "utn",
            "a shared universal trial number",
            "same_trial;n_registrations=2;cell_type=MSC;indication_group=respiratory",
            "U1111-9999-0043",
            numbered.at(
                PAGES, 4023, "2019-03-11", secondary_ids=(SecondaryId("U1111-9999-0043", "REGISTRY", "WHO UTN"),)
            ),
            numbered.at(CHICTR_XML, 4023, "2019-03-25", 1),
        ),
    ]


def _by_title() -> list[Case]:
    bilingual = Programme(
        "tandem CD19/CD20 CAR-T cells primed with decitabine | 地西他滨预处理的CD19/CD20串联CAR-T细胞",
        "refractory diffuse large B-cell lymphoma with TP53 alteration | 伴TP53异常的难治弥漫大B细胞淋巴瘤",
        H["pla"],
        (H["pla"],),
        phase="phase_1_2",
        enrollment=33,
        start="2021-04-15",
    )
    chinese = Programme(
        "SLC505 injection (allogeneic umbilical cord mesenchymal stem cells) | SLC505注射液（异体人脐带间充质干细胞）",
        "moderate to severe knee osteoarthritis | 中重度膝骨关节炎",
        C["samplestem"],
        (H["bone"],),
        phase="phase_2",
        enrollment=90,
        start="2022-06-01",
    )
    listed = Programme(
        "clinical-grade bronchial basal cells | 临床级支气管基底细胞",
        "chronic obstructive pulmonary disease with bronchiectasis | 慢性阻塞性肺疾病合并支气管扩张",
        H["union"],
        (H["union"],),
        phase="phase_1",
        enrollment=20,
        start="2018-05-01",
    )
    return [
        _case(
            "title-chictr-nct",
            "no number anywhere, the English titles agree",
            "same_trial;n_registrations=2;cell_type=CAR-T;target=CD19;target=CD20;phase=phase_1_2",
            "title, sponsor, size and dates agree",
            bilingual.at(PAGES, 4031, "2021-04-12"),
            bilingual.at(CHICTR, 4031, "2021-04-19"),
        ),
        _case(
            "title-cde-nct",
            "English against Chinese",
            "same_trial;n_registrations=2;regulatory=IST;cell_type=MSC;phase=phase_2",
            "the product code stands in both titles",
            chinese.at(PAGES, 4032, "2022-05-30"),
            chinese.at(CDE, 32, "2022-05-16", 1),
        ),
        _case(
            "title-ictrp-nct",
            "a ChiCTR row of ICTRP and a study",
            "same_trial;n_registrations=2;cell_type=lung_basal;indication_group=respiratory",
            "ICTRP says nothing of the partner",
            listed.at(PAGES, 4033, "2018-04-16"),
            listed.at(ICTRP_LIST, 4033, "2018-04-23", 1),
        ),
    ]


def _decoys() -> list[Case]:
    def sibling(file: str, number: int | str, registered: str, target: str, disease: str, **fields: object) -> Record:
        words = Text.of(disease)
        return make(
            *(file, number, registered, f"{target} CAR-T Cells in {words.en} | {target} CAR-T细胞治疗{words.zh}"),
            (words,),
            f"{target} CAR-T cells | {target} CAR-T细胞",
            fields.pop("lead", H["blood"]),  # type: ignore[arg-type]
            **fields,  # type: ignore[arg-type]
        )

    first_phase = Programme(
        "SLC606 cell injection (CD7 CAR-T) | SLC606细胞注射液（靶向CD7 CAR-T）",
        "relapsed T-cell acute lymphoblastic leukemia | 复发急性T淋巴细胞白血病",
        C["sampleacell"],
        (H["blood"],),
        enrollment=18,
    )
    return [
        _case(
            "decoy-other-target",
            "siblings of one day, other target",
            "different_trial",
            "everything agrees but the antigen",
            sibling(
                PAGES, 4101, "2019-10-21", "CD19", "refractory acute lymphoblastic leukemia | 难治急性淋巴细胞白血病"
            ),
            sibling(
                CHICTR, 4101, "2019-10-21", "CD22", "refractory acute lymphoblastic leukemia | 难治急性淋巴细胞白血病"
            ),
        ),
        _case(
            "decoy-other-disease",
            "siblings of one day, other disease",
            "different_trial",
            "everything agrees but the disease",
            sibling(PAGES, 4102, "2020-09-14", "CD30", "Hodgkin lymphoma | 霍奇金淋巴瘤", lead=H["cancer"]),
            sibling(
                ICTRP_LIST,
                4102,
                "2020-09-14",
                "CD30",
                "anaplastic large cell lymphoma | 间变性大细胞淋巴瘤",
                lead=H["cancer"],
            ),
        ),
        _case(
            "decoy-follow-up",
            "a follow-up study that names the trial it follows",
            "different_trial",
            "the number is that of the parent study",
            sibling(PAGES, 4103, "2018-06-11", "ROR1", "breast cancer | 乳腺癌", lead=H["second"]),
            make(
                *(CHICTR, 4103, "2020-06-29"),
                "Long-term follow-up of patients treated with ROR1 CAR-T cells in NCT99004103 | 接受ROR1 CAR-T细胞治疗患者的长期随访研究（NCT99004103）",
                "Breast cancer | 乳腺癌",
                "ROR1 CAR-T cells | ROR1 CAR-T细胞",
                H["second"],
                study_type="observational",
                phase="not_reported",
            ),
        ),
        _case(
            "decoy-next-phase",
            "the next phase of one product",
            "different_trial",
            "phase 1 and phase 2 of SLC606, related to each other in ChinaDrugTrials",
            first_phase.at(CDE, 41, "2021-05-24", org_study_id="SLC606-101"),
            first_phase.at(
                CDE,
                42,
                "2023-06-19",
                org_study_id="SLC606-201",
                phase="phase_2",
                enrollment=60,
                related_ids="CTR20219941",
            ),
        ),
        _case(
            "decoy-related-id",
            "相关登记号",
            "different_trial",
            "related is not duplicate",
            make(
                *(CDE, 43, "2022-12-26"),
                "SLC707 in acute graft-versus-host disease | SLC707注射液（人胎盘间充质干细胞）治疗急性移植物抗宿主病I期临床试验",
                "Acute graft-versus-host disease | 急性移植物抗宿主病",
                "SLC707 placental mesenchymal stem cells | SLC707注射液（人胎盘间充质干细胞）",
                C["specimen"],
                sites=(H["blood"],),
                related_ids="CTR20229944",
            ),
            make(
                *(CDE, 44, "2022-12-26"),
                "SLC707 in ulcerative colitis | SLC707注射液（人胎盘间充质干细胞）治疗溃疡性结肠炎I期临床试验",
                "Ulcerative colitis | 溃疡性结肠炎",
                "SLC707 placental mesenchymal stem cells | SLC707注射液（人胎盘间充质干细胞）",
                C["specimen"],
                sites=(H["second"],),
                related_ids="CTR20229943",
            ),
        ),
        _case(
            "decoy-re-registration",
            "a registration again after a withdrawal",
            "different_trial",
            "two registrations of one registry are never merged silently",
            sibling(
                PAGES,
                4106,
                "2017-03-27",
                "CD123",
                "acute myeloid leukemia | 急性髓系白血病",
                status="withdrawn",
                enrollment=0,
            ),
            sibling(
                PAGES,
                4107,
                "2018-02-26",
                "CD123",
                "acute myeloid leukemia | 急性髓系白血病",
                description="A previous registration, NCT99004106, was withdrawn before enrolment.",
            ),
        ),
        _case(
            "decoy-id-in-id",
            "a number inside another number",
            "different_trial",
            "XNCT99004108 and NCT990041089 hold no NCT number",
            sibling(PAGES, 4108, "2021-12-27", "CD20", "marginal zone lymphoma | 边缘区淋巴瘤", lead=H["sea"]),
            sibling(
                CHICTR,
                4108,
                "2023-04-17",
                "CD20",
                "Waldenstrom macroglobulinemia | 华氏巨球蛋白血症",
                lead=H["xian"],
                secondary_ids=(SecondaryId("XNCT99004108"), SecondaryId("NCT990041089")),
            ),
        ),
        _case(
            "decoy-other-register",
            "the number of a register with a similar name",
            "different_trial",
            "ChiMCTR is not ChiCTR",
            sibling(
                *(PAGES, 4113, "2020-04-06", "CD33", "acute myeloid leukemia | 急性髓系白血病"),
                lead=H["north"],
                secondary_ids=(SecondaryId("ChiMCTR2000994113", "REGISTRY"),),
            ),
            sibling(CHICTR, 4113, "2020-11-09", "CLL1", "acute myeloid leukemia | 急性髓系白血病", lead=H["sea"]),
        ),
        _case(
            "decoy-zeros",
            "numbers of zeros only",
            "different_trial",
            "NCT00000000 and ChiCTR0000000000 stand for nothing",
            sibling(
                PAGES,
                4109,
                "2019-05-20",
                "CD22",
                "Burkitt lymphoma | 伯基特淋巴瘤",
                lead=H["xiang"],
                secondary_ids=(SecondaryId("ChiCTR0000000000", "REGISTRY"), SecondaryId("NCT00000000")),
            ),
            sibling(
                CHICTR,
                4109,
                "2022-01-10",
                "CD7",
                "T-lymphoblastic lymphoma | T淋巴母细胞淋巴瘤",
                lead=H["children"],
                secondary_ids=(SecondaryId("NCT00000000"),),
            ),
        ),
        _case(
            "decoy-excluded-by-number",
            "a number in the exclusion criteria",
            "different_trial",
            "participants of the other trial are kept out",
            sibling(PAGES, 4110, "2022-05-09", "BCMA", "multiple myeloma | 多发性骨髓瘤", lead=H["first"]),
            sibling(
                CHICTR,
                4110,
                "2022-08-22",
                "CD38",
                "plasma cell leukemia | 浆细胞白血病",
                lead=H["first"],
                exclusion="1. Participants of NCT99004110. | 1. 已参加NCT99004110的受试者。",
            ),
        ),
        _case(
            "decoy-same-code",
            "one protocol code at two sponsors",
            "different_trial",
            "2021-001 is nobody's own",
            sibling(
                PAGES,
                4111,
                "2021-02-01",
                "GD2",
                "neuroblastoma | 神经母细胞瘤",
                lead=H["children"],
                org_study_id="2021-001",
            ),
            sibling(
                CHICTR,
                4111,
                "2021-03-01",
                "CD5",
                "T-cell lymphoma | T细胞淋巴瘤",
                lead=H["south"],
                org_study_id="2021-001",
            ),
        ),
        _case(
            "decoy-earlier-study",
            "the number of an earlier study in the text",
            "different_trial",
            "cited as a basis, not as the same trial",
            sibling(CHICTR, 4112, "2017-08-21", "EGFRvIII", "glioma | 胶质瘤", lead=H["brain"]),
            sibling(
                PAGES,
                4112,
                "2020-11-23",
                "B7-H3",
                "diffuse intrinsic pontine glioma | 弥漫内生型脑桥胶质瘤",
                lead=H["brain"],
                description="The dose was chosen from our previous trial ChiCTR1700994112 of another product.",
            ),
        ),
    ]
