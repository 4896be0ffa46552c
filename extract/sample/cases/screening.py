"""What is not cell therapy and looks like it, and what is although it looks otherwise."""

# Titles stay on one line, as the registries have them.
# ruff: noqa: E501

from __future__ import annotations

from typing import NamedTuple

from extract.sample.cases import CDE, CHICTR, CHICTR_OLDER, ICTRP_LIST, ICTRP_XML, PAGES
from extract.sample.records import Arm, Case, Text, make
from extract.sample.vocabulary import COMPANIES, HOSPITALS


class NearMiss(NamedTuple):
    """A registration that must not become a trial of the landscape."""

    case_id: str
    why: str
    file: str
    number: int | str
    registered: str
    title: str
    condition: str
    given: str
    hospital: str = "first"
    kind: str = "DRUG"
    summary: str = ""


# Why the screen must say that a near miss is out, where only one reason is right; the others may name any.
REASONS = {
    "exosomes": "cell_free_product",
    "exosomes-zh": "cell_free_product",
    "conditioned-medium": "cell_free_product",
    "til-counts": "cells_only_measured",
    "supportive-after-car-t": "cells_only_history",
    "bispecific-after-car-t": "cells_only_history",
    "cart-hiv": "no_cell_word",
    "cartilage": "no_cell_word",
    "fap-polyposis": "no_cell_word",
    "nsclc": "no_cell_word",
    "cll": "no_cell_word",
    "diet": "no_cell_word",
    "car-road": "no_cell_word",
    "cde-small-molecule": "no_cell_word",
}


NEAR_MISSES = (
    NearMiss("exosomes", "exosomes of MSC are cell-free", PAGES, 2001, "2021-03-22",
             "Mesenchymal Stem Cell-derived Exosomes in Severe COVID-19 Pneumonia", "COVID-19",
             "Aerosol inhalation of MSC-derived exosomes", "union", "BIOLOGICAL"),
    NearMiss("exosomes-zh", "外泌体", CHICTR, 2002, "2020-02-24",
             "Exosomes of umbilical cord mesenchymal stem cells for novel coronavirus pneumonia | 脐带间充质干细胞外泌体治疗新型冠状病毒肺炎",
             "COVID-19 pneumonia | 新型冠状病毒肺炎", "Inhaled MSC exosomes | 间充质干细胞外泌体雾化吸入", "union"),
    NearMiss("conditioned-medium", "conditioned medium has no cells", PAGES, 2003, "2022-05-02",
             "Mesenchymal Stem Cell Conditioned Medium for Chronic Wounds", "Chronic Wound",
             "Conditioned medium of mesenchymal stem cells", "second", "BIOLOGICAL"),
    NearMiss("prp", "platelet-rich plasma is no cell therapy", PAGES, 2004, "2017-06-12",
             "Platelet-rich Plasma Injection for Knee Osteoarthritis", "Knee Osteoarthritis", "Platelet-rich plasma",
             "bone", "BIOLOGICAL"),
    NearMiss("fmt", "faecal microbiota are not human cells", PAGES, 2005, "2019-02-11",
             "Fecal Microbiota Transplantation for Steroid-refractory Graft Versus Host Disease",
             "Graft Versus Host Disease", "Fecal microbiota transplantation", "blood", "BIOLOGICAL"),
    NearMiss("til-counts", "TIL are measured", PAGES, 2006, "2016-10-24",
             "Tumor Infiltrating Lymphocyte Counts as a Predictor of Response to Neoadjuvant Chemotherapy",
             "Breast Cancer", "Docetaxel and carboplatin", "cancer"),
    NearMiss("nk-activity", "NK activity is measured", PAGES, 2007, "2018-01-08",
             "Natural Killer Cell Activity During Anesthesia for Colorectal Cancer Surgery", "Colorectal Cancer",
             "Propofol", "people"),
    NearMiss("treg-levels", "Treg levels are measured", ICTRP_LIST, 2008, "2019-03-18",
             "Effect of vitamin D on regulatory T cell levels in systemic lupus erythematosus",
             "Systemic lupus erythematosus", "Vitamin D3 capsules", "second"),
    NearMiss("cart-hiv", "cART is combination antiretroviral therapy", PAGES, 2009, "2014-11-10",
             "Early Versus Deferred cART in Adults With HIV Infection", "HIV Infections",
             "Combination antiretroviral therapy (cART)", "people"),
    NearMiss("cartilage", "CART inside cartilage", PAGES, 2010, "2013-07-22",
             "Effect of Glucosamine on Cartilage in Knee Osteoarthritis", "Knee Osteoarthritis", "Glucosamine", "bone"),
    NearMiss("nk-t-lymphoma", "NK/T is the lymphoma", PAGES, 2011, "2017-09-04",
             "Pegaspargase and Gemcitabine in Extranodal NK/T-cell Lymphoma", "Extranodal NK/T-cell Lymphoma",
             "Pegaspargase, gemcitabine and oxaliplatin", "cancer"),
    NearMiss("nk-t-lymphoma-zh", "NK/T细胞淋巴瘤", CHICTR, 2012, "2021-06-28",
             "Anti-PD-1 antibody in relapsed NK/T-cell lymphoma | 抗PD-1抗体治疗复发NK/T细胞淋巴瘤的临床研究",
             "NK/T-cell lymphoma | NK/T细胞淋巴瘤", "Sintilimab | 信迪利单抗", "cancer"),
    NearMiss("cll", "CLL is the disease", PAGES, 2013, "2020-05-18",
             "Zanubrutinib in Treatment-naive CLL", "Chronic Lymphocytic Leukemia", "Zanubrutinib", "blood"),
    NearMiss("tcr-repertoire", "a T-cell receptor repertoire is sequenced", PAGES, 2014, "2021-08-30",
             "TCR Repertoire Sequencing to Monitor Response to Anti-PD-1 Therapy", "Lung Cancer", "TCR sequencing",
             "people", "DIAGNOSTIC_TEST"),
    NearMiss("fap-polyposis", "FAP is familial adenomatous polyposis", PAGES, 2015, "2018-10-15",
             "Celecoxib for Polyp Prevention in FAP", "Familial Adenomatous Polyposis", "Celecoxib", "cancer"),
    NearMiss("afp-outcome", "serum AFP is an outcome", PAGES, 2016, "2019-08-12",
             "Lenvatinib With TACE and Serum AFP Response in Hepatocellular Carcinoma", "Hepatocellular Carcinoma",
             "Lenvatinib", "liver"),
    NearMiss("nsclc", "NSC inside NSCLC", PAGES, 2017, "2022-09-12",
             "Osimertinib as Adjuvant Therapy in EGFR-mutated NSCLC", "Non-small Cell Lung Cancer", "Osimertinib", "people"),
    NearMiss("hsct-prophylaxis", "the cells are context of drug prophylaxis", PAGES, 2018, "2020-07-13",
             "Ruxolitinib for Prophylaxis of GVHD After Allogeneic Hematopoietic Stem Cell Transplantation",
             "Graft Versus Host Disease", "Ruxolitinib", "blood"),
    NearMiss("supportive-after-car-t", "supportive care after CAR-T", PAGES, 2019, "2022-11-07",
             "Anakinra to Prevent Cytokine Release Syndrome After CAR-T Therapy", "Cytokine Release Syndrome", "Anakinra",
             "pla"),
    NearMiss("bispecific-after-car-t", "prior CAR-T is history", PAGES, 2020, "2023-03-20",
             "Glofitamab in Lymphoma Relapsed After CAR-T Cell Therapy", "Large B-cell Lymphoma", "Glofitamab", "cancer"),
    NearMiss("rituximab", "an antibody against CD20", PAGES, 2021, "2009-06-15",
             "Rituximab Maintenance in Follicular Lymphoma", "Follicular Lymphoma", "Rituximab (anti-CD20)", "cancer"),
    NearMiss("oncolytic-virus", "a virus without cells", CHICTR, 2022, "2022-04-18",
             "Oncolytic virus injection for recurrent glioma | 溶瘤病毒注射液治疗复发胶质瘤",
             "Glioma | 胶质瘤", "Oncolytic herpes virus | 溶瘤疱疹病毒注射液", "brain"),
    NearMiss("gene-therapy", "in-vivo gene therapy without cells", PAGES, 2023, "2022-08-29",
             "AAV Gene Therapy for Hemophilia B", "Hemophilia B", "AAV vector with factor IX", "blood", "GENETIC"),
    NearMiss("plasma", "plasma transfusion", ICTRP_XML, 2024, "2020-02-20",
             "Convalescent plasma for severe novel coronavirus pneumonia (COVID-19)",
             "Novel Coronavirus Pneumonia (COVID-19)", "Convalescent plasma", "union"),
    NearMiss("red-cells", "blood transfusion", PAGES, 2025, "2011-03-14",
             "Restrictive Versus Liberal Red Blood Cell Transfusion in Cardiac Surgery", "Anemia",
             "Red blood cell transfusion", "xian", "BIOLOGICAL"),
    NearMiss("vaccine", "a vaccine without cells", PAGES, 2026, "2023-10-09",
             "Personalized mRNA Neoantigen Vaccine in Pancreatic Cancer", "Pancreatic Cancer", "mRNA neoantigen vaccine",
             "west", "BIOLOGICAL"),
    NearMiss("tumor-cell-vaccine", "whole tumour-cell vaccines are out", PAGES, 2027, "2010-09-13",
             "Irradiated Autologous Tumor Cell Vaccine in Renal Cell Carcinoma", "Renal Cell Carcinoma",
             "Irradiated autologous tumor cell vaccine", "cancer", "BIOLOGICAL"),
    NearMiss("skin-graft", "a graft of tissue", PAGES, 2028, "2015-05-11",
             "Split-thickness Skin Graft Versus Dressing for Burns", "Burns", "Split-thickness skin graft", "pla",
             "PROCEDURE"),
    NearMiss("limbal-graft", "limbal tissue", PAGES, 2029, "2014-02-24",
             "Conjunctival Limbal Autograft for Pterygium", "Pterygium", "Conjunctival limbal autograft", "eye",
             "PROCEDURE"),
    NearMiss("fat-graft", "fat as a tissue", PAGES, 2030, "2016-12-12",
             "Structural Fat Grafting for Facial Depression", "Facial Contour Deformity", "Autologous fat grafting",
             "second", "PROCEDURE"),
    NearMiss("artificial-liver", "a device without human cells", PAGES, 2031, "2013-04-22",
             "Plasma Exchange With an Artificial Liver System in Acute-on-Chronic Liver Failure", "Liver Failure",
             "Artificial liver support system", "liver", "DEVICE"),
    NearMiss("negation", "the text says that no cells are given", PAGES, 2032, "2021-12-06",
             "Chemotherapy Without Stem Cell Support in Myeloma", "Multiple Myeloma",
             "Bortezomib, lenalidomide and dexamethasone", "blood",
             summary="Participants are not treated with CAR-T cells and no stem cells are infused."),
    NearMiss("negation-zh", "不进行细胞治疗", CHICTR_OLDER, 2033, "2017-11-20",
             "Ursodeoxycholic acid for primary biliary cholangitis | 熊去氧胆酸治疗原发性胆汁性胆管炎",
             "Primary biliary cholangitis | 原发性胆汁性胆管炎", "Ursodeoxycholic acid | 熊去氧胆酸", "liver",
             summary="Patients who had stem cell therapy are not included. | 既往接受过间充质干细胞或CAR-T治疗者不纳入，本研究不进行细胞治疗。"),
    NearMiss("exclusion-only", "cells in the exclusion criteria only", ICTRP_LIST, 2034, "2022-03-28",
             "Camrelizumab plus apatinib in advanced gastric cancer", "Gastric cancer", "Camrelizumab and apatinib", "cancer"),
    NearMiss("cde-small-molecule", "a small molecule on the CDE's platform", CDE, 6, "2021-01-11",
             "Mycophenolate mofetil capsules bioequivalence | 吗替麦考酚酯胶囊人体生物等效性试验",
             "Transplant rejection | 预防肾移植排斥反应", "Mycophenolate mofetil capsules | 吗替麦考酚酯胶囊", "xiang"),
    NearMiss("cde-antibody", "an antibody against CD19", CDE, 7, "2022-06-27",
             "Anti-CD19 monoclonal antibody in neuromyelitis optica | 抗CD19单克隆抗体注射液治疗视神经脊髓炎谱系疾病",
             "Neuromyelitis optica | 视神经脊髓炎谱系疾病", "Anti-CD19 monoclonal antibody | 抗CD19单克隆抗体注射液", "brain"),
    NearMiss("diet", "nothing of the kind", ICTRP_LIST, 2037, "2016-04-25",
             "Mediterranean diet in metabolic syndrome", "Metabolic syndrome", "Diet counselling", "north"),
    NearMiss("car-road", "car is a vehicle", ICTRP_LIST, 2038, "2018-08-06",
             "Driving simulator training after car accidents", "Traffic injuries", "Car driving simulator training", "sea"),
    NearMiss("dc-current", "DC is direct current", PAGES, 2039, "2020-11-30",
             "Transcranial DC Stimulation for Aphasia After Stroke", "Stroke", "Transcranial direct current (DC) stimulation",
             "brain", "DEVICE"),
    NearMiss("stem-cell-mobilisation", "a drug that mobilises cells", PAGES, 2040, "2012-10-08",
             "G-CSF in Decompensated Liver Cirrhosis", "Liver Cirrhosis", "Granulocyte colony-stimulating factor", "liver"),
)  # fmt: skip


def cases() -> list[Case]:
    """Near misses, the switches, and registrations that are in although they look otherwise."""
    return [*(_near_miss(row) for row in NEAR_MISSES), *_switches(), *_included()]


def _near_miss(row: NearMiss) -> Case:
    lead = COMPANIES["exemplar"] if row.file == CDE else HOSPITALS[row.hospital]
    fields: dict[str, object] = {"summary": row.summary} if row.summary else {}
    if row.case_id == "exclusion-only":
        fields["exclusion"] = "1. Previous CAR-T, TIL or stem cell therapy;\n2. Pregnancy."
    if row.case_id == "cde-small-molecule":
        fields["raw"] = {"药物类型": "化学药物", "临床申请受理号": "B202000999-01"}
        fields["phase"] = "not_applicable"
    record = make(
        *(row.file, row.number, row.registered, row.title, row.condition),
        Arm(Text("Experimental group", "试验组"), Text.of(row.given), kind=row.kind),
        lead,
        sites=(HOSPITALS[row.hospital],),
        phase=fields.pop("phase", "phase_2"),
        enrollment=60,
        **fields,  # type: ignore[arg-type]
    )
    return Case(
        case_id=f"screen-out-{row.case_id}",
        facet="screening",
        plants=row.title.partition(" | ")[0],
        expected=f"excluded:{REASONS[row.case_id]}" if row.case_id in REASONS else "excluded",
        why=row.why,
        records=(record,),
    )


def _switches() -> list[Case]:
    h = HOSPITALS
    rows = (
        ("hsct", "include_hsct=true:cell_type=HSC", 2101, "2015-08-17",
         "Haploidentical Hematopoietic Stem Cell Transplantation for Acute Leukemia", "Acute Leukemia",
         "Allogeneic hematopoietic stem cell transplantation",
         "standard transplantation hangs on include_hsct"),
        ("cd34-boost", "include_hsct=true:cell_type=HSC", 2102, "2018-05-28",
         "CD34-selected Stem Cell Boost for Poor Graft Function", "Poor Graft Function",
         "CD34-selected donor stem cell boost", "a boost of selected cells hangs on it too"),
        ("dli", "include_dli=true:cell_type=DLI", 2103, "2016-03-21",
         "Prophylactic Donor Lymphocyte Infusion After Transplantation for High-risk Leukemia", "Leukemia",
         "Unmanipulated donor lymphocyte infusion", "unmanipulated donor lymphocytes hang on include_dli"),
        ("microtransplantation", "include_dli=true:cell_type=DLI", 2104, "2013-05-13",
         "Microtransplantation With Chemotherapy in Elderly Acute Myeloid Leukemia", "Acute Myeloid Leukemia",
         "HLA-mismatched donor cell microtransplantation", "microtransplantation counts as DLI"),
    )  # fmt: skip
    return [
        Case(
            case_id=f"screen-switch-{case_id}",
            facet="screening",
            plants=title,
            expected=f"excluded:{switch.partition('=')[0].removeprefix('include_')}_switch_off;switch:{switch}",
            why=why,
            records=(make(PAGES, number, registered, title, [condition], given, h["blood"], phase="phase_2"),),
        )
        for case_id, switch, number, registered, title, condition, given, why in rows
    ]


def _included() -> list[Case]:
    h = HOSPITALS

    def case(case_id: str, plants: str, expected: str, why: str, *args: object, **fields: object) -> Case:
        record = make(*args, **fields)  # type: ignore[arg-type]
        return Case(
            case_id=f"screen-in-{case_id}",
            facet="screening",
            plants=plants,
            expected=expected,
            why=why,
            records=(record,),
        )

    return [
        case(
            "comparator",
            "CAR-T against transplantation",
            "included;cell_type=CAR-T;target=CD19",
            "cells of a comparator arm add no type",
            *(
                PAGES,
                2201,
                "2022-10-10",
                "CD19 CAR-T Cells Versus Autologous Stem Cell Transplantation in Large B-cell Lymphoma",
            ),
            ["Large B-cell Lymphoma"],
            [
                "CD19 CAR-T cells",
                Arm(Text.of("ASCT"), Text.of("Autologous stem cell transplantation (ASCT)"), kind="PROCEDURE"),
            ],
            h["cancer"],
            phase="phase_3",
            allocation="RANDOMIZED",
            enrollment=180,
        ),
        case(
            "bridging-hsct",
            "CAR-T bridging to transplantation",
            "included;cell_type=CAR-T;target=CD19",
            "standard transplantation inside a regimen adds no HSC",
            *(
                PAGES,
                2202,
                "2020-03-09",
                "CD19 CAR-T Cells Bridging to Allogeneic Hematopoietic Stem Cell Transplantation in B-cell Acute Lymphoblastic Leukemia",
            ),
            ["B-cell Acute Lymphoblastic Leukemia"],
            "CD19 CAR-T cells followed by allogeneic hematopoietic stem cell transplantation",
            h["blood"],
            phase="phase_1_2",
        ),
        case(
            "transplant-tolerance",
            "a transplant for another end",
            "included;cell_type=HSC;indication_group=immune_disorder",
            "tolerance of a kidney is not the standard procedure",
            *(
                PAGES,
                2203,
                "2015-12-14",
                "Donor Hematopoietic Stem Cell Infusion to Induce Tolerance of a Kidney Transplant",
            ),
            ["Kidney Transplant Rejection"],
            "Donor CD34+ hematopoietic stem cells",
            h["people"],
            phase="phase_1_2",
        ),
        case(
            "drug-around-cells",
            "the question is a drug, the cells are given by the protocol",
            "included;cell_type=CAR-T;target=CD19",
            "what is registered decides",
            *(
                PAGES,
                2204,
                "2022-06-20",
                "Ruxolitinib During CD19 CAR-T Cell Therapy in B-cell Acute Lymphoblastic Leukemia",
            ),
            ["B-cell Acute Lymphoblastic Leukemia"],
            ["CD19 CAR-T cells", Arm(Text.of("Ruxolitinib"), Text.of("Ruxolitinib"), kind="DRUG")],
            h["pla"],
            phase="phase_2",
        ),
        case(
            "nk-t-lymphoma-treated-by-cells",
            "NK/T lymphoma treated by EBV-specific T cells",
            "included;cell_type=CTL;target=EBV LMP1/LMP2;indication_group=hematologic_malignancy",
            "the lymphoma adds neither NK nor NKT",
            *(PAGES, 2205, "2018-07-30", "EBV-specific T Cells for Extranodal NK/T-cell Lymphoma"),
            ["Extranodal NK/T-cell Lymphoma"],
            "Autologous EBV-specific cytotoxic T lymphocytes",
            h["cancer"],
            phase="phase_1_2",
        ),
        case(
            "cd34-marker",
            "a marker that is no target",
            "included;cell_type=NK;target=-",
            "CD73 and CD56 are markers of the cells",
            *(CHICTR, 2206, "2021-01-25"),
            "CD73+ NK cells in advanced lung cancer | CD73+NK细胞治疗晚期肺癌",
            "Lung cancer | 肺癌",
            "Autologous CD3-CD56+ NK cells | 自体CD3-CD56+ NK细胞",
            h["people"],
            phase="early_phase_1",
        ),
        case(
            "cancelled",
            "a cancelled registration",
            "included;is_cancelled=true;cell_type=CAR-T;target=CD22;title=CD22 CAR-T cells for relapsed acute lymphoblastic leukemia",
            "cancelled registrations are classified like any other, and the prefix goes",
            *(ICTRP_LIST, 2207, "2018-12-17", "CD22 CAR-T cells for relapsed acute lymphoblastic leukemia"),
            "Acute lymphoblastic leukemia",
            "CD22 CAR-T cells",
            h["north"],
            phase="phase_1",
            raw={
                "public_title": "Cancelled by the investigator   CD22 CAR-T cells for relapsed acute lymphoblastic leukemia"
            },
        ),
        case(
            "withdrawn",
            "a withdrawn registration",
            "included;cell_type=MSC;status=withdrawn;actual_enrollment=0;target_enrollment=",
            "withdrawn registrations are classified like any other; the 0 is what was enrolled, no plan",
            *(PAGES, 2208, "2020-03-02", "Umbilical Cord Mesenchymal Stem Cells in Critical COVID-19 Pneumonia"),
            ["COVID-19"],
            "Umbilical cord mesenchymal stem cells",
            h["union"],
            phase="phase_2",
            status="withdrawn",
            enrollment=0,
            enrollment_type="ACTUAL",
        ),
    ]
