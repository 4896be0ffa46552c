"""Made-up institutions, and the field's real vocabulary of antigens and diseases."""

from __future__ import annotations

from typing import NamedTuple

from extract.sample.records import Organisation, Text

_CITIES = {
    "beijing": (Text("Beijing", "北京市"), Text("Beijing", "北京")),
    "shanghai": (Text("Shanghai", "上海市"), Text("Shanghai", "上海")),
    "tianjin": (Text("Tianjin", "天津市"), Text("Tianjin", "天津")),
    "chongqing": (Text("Chongqing", "重庆市"), Text("Chongqing", "重庆")),
    "guangzhou": (Text("Guangzhou", "广州市"), Text("Guangdong", "广东")),
    "shenzhen": (Text("Shenzhen", "深圳市"), Text("Guangdong", "广东")),
    "hangzhou": (Text("Hangzhou", "杭州市"), Text("Zhejiang", "浙江")),
    "suzhou": (Text("Suzhou", "苏州市"), Text("Jiangsu", "江苏")),
    "nanjing": (Text("Nanjing", "南京市"), Text("Jiangsu", "江苏")),
    "wuhan": (Text("Wuhan", "武汉市"), Text("Hubei", "湖北")),
    "zhengzhou": (Text("Zhengzhou", "郑州市"), Text("Henan", "河南")),
    "chengdu": (Text("Chengdu", "成都市"), Text("Sichuan", "四川")),
    "jinan": (Text("Jinan", "济南市"), Text("Shandong", "山东")),
    "xian": (Text("Xi'an", "西安市"), Text("Shaanxi", "陕西")),
    "changsha": (Text("Changsha", "长沙市"), Text("Hunan", "湖南")),
    "fuzhou": (Text("Fuzhou", "福州市"), Text("Fujian", "福建")),
    "shijiazhuang": (Text("Shijiazhuang", "石家庄市"), Text("Hebei", "河北")),
}


def _chinese(en: str, zh: str, city: str, sponsor_class: str = "OTHER") -> Organisation:
    town, province = _CITIES[city]
    return Organisation(Text(en, zh), sponsor_class, town, province)


_COUNTRIES = {
    "United States": "美国",
    "United Kingdom": "英国",
    "Germany": "德国",
    "Spain": "西班牙",
    "Japan": "日本",
    "Korea, Republic of": "韩国",
    "Australia": "澳大利亚",
    "India": "印度",
    "Iran": "伊朗",
}


def _foreign(en: str, city: str, province: str, country: str, sponsor_class: str = "OTHER") -> Organisation:
    return Organisation(
        Text(en, en), sponsor_class, Text(city, city), Text(province, province), Text(country, _COUNTRIES[country])
    )


HOSPITALS: dict[str, Organisation] = {
    "first": _chinese("Sample University First Hospital", "样例医科大学第一医院", "beijing"),
    "second": _chinese("Second Affiliated Hospital of Specimen University", "示本大学附属第二医院", "hangzhou"),
    "people": _chinese("Exemplar Provincial People's Hospital", "范例省人民医院", "guangzhou"),
    "cancer": _chinese("Sample Cancer Hospital", "样例肿瘤医院", "tianjin"),
    "children": _chinese("Specimen Children's Medical Center", "示本儿童医学中心", "shanghai"),
    "blood": _chinese("Institute of Model Hematology", "模拟血液病研究所", "suzhou"),
    "pla": _chinese("The 999th Hospital of Sample Garrison", "样例第九九九医院", "zhengzhou"),
    "eye": _chinese("Exemplar Eye Hospital", "范例眼科医院", "wuhan"),
    "union": _chinese("Model Union Hospital", "模拟联合医院", "wuhan"),
    "west": _chinese("West Sample Hospital", "样例华西部医院", "chengdu"),
    "bone": _chinese("Specimen Orthopaedic Hospital", "示本骨科医院", "jinan"),
    "liver": _chinese("Exemplar Hospital for Liver Diseases", "范例肝病医院", "nanjing"),
    "brain": _chinese("Model Brain Hospital", "模拟脑科医院", "chongqing"),
    "south": _chinese("Southern Specimen Hospital", "南方示本医院", "shenzhen"),
    "xian": _chinese("Sample Ancient City Hospital", "样例古都医院", "xian"),
    "xiang": _chinese("Exemplar Third Hospital", "范例第三医院", "changsha"),
    "sea": _chinese("Specimen Seaside Hospital", "示本海滨医院", "fuzhou"),
    "north": _chinese("Model Northern Hospital", "模拟北方医院", "shijiazhuang"),
}

# Filed as industry, but for the one that is misfiled.
COMPANIES: dict[str, Organisation] = {
    "sampleacell": _chinese("Sampleacell Biotech Co., Ltd.", "样赛尔生物科技有限公司", "shanghai", "INDUSTRY"),
    "specimen": _chinese(
        "Specimen Therapeutics (Suzhou) Co., Ltd.", "示本生物医药（苏州）有限公司", "suzhou", "INDUSTRY"
    ),
    "exemplar": _chinese("Exemplar Pharmaceutical Holdings", "范例药业股份有限公司", "nanjing", "INDUSTRY"),
    "modelgene": _chinese("Modelgene Cell Medicine Co., Ltd.", "模拟基因细胞医药有限公司", "wuhan", "INDUSTRY"),
    "samplestem": _chinese("Samplestem Bioengineering Co., Ltd.", "样例干细胞生物工程有限公司", "tianjin", "INDUSTRY"),
    # Filed under the wrong class on purpose: the name is a university's.
    "academy": _chinese("Sample Military Medical University", "样例军医大学", "xian", "INDUSTRY"),
    # Filed under the wrong class on purpose: the name is a company's.
    "misfiled": _chinese("Shenzhen Mockimmune Biotechnology Co., Ltd.", "深圳模免生物技术有限公司", "shenzhen"),
}

ABROAD: dict[str, Organisation] = {
    "us": _foreign("Placeholder Cancer Center", "Springfield", "Illinois", "United States"),
    "us_company": _foreign("Placeholder Therapeutics, Inc.", "Springfield", "Illinois", "United States", "INDUSTRY"),
    "uk": _foreign("Placeholder University Hospital London", "London", "", "United Kingdom"),
    "de": _foreign("Universitätsklinikum Musterstadt", "Musterstadt", "", "Germany"),
    "de_company": _foreign("Muster Biopharma GmbH", "Musterstadt", "", "Germany", "INDUSTRY"),
    "es": _foreign("Hospital Universitario de Ejemplo", "Ejemplo", "", "Spain"),
    "jp": _foreign("Mihon University Hospital", "Tokyo", "", "Japan"),
    "kr": _foreign("Gyeonbon Medical Center", "Seoul", "", "Korea, Republic of"),
    "au": _foreign("Placeholder Hospital Sydney", "Sydney", "New South Wales", "Australia"),
    "in": _foreign("Udaharan Institute of Medical Sciences", "New Delhi", "", "India"),
    "ir": _foreign("Nemuneh University of Medical Sciences", "Tehran", "", "Iran"),
    "hk": Organisation(
        Text("Sample Hospital Hong Kong", "香港样例医院"),
        "OTHER",
        Text("Hong Kong", "香港"),
        Text("", ""),
        Text("Hong Kong", "香港"),
    ),
    "tw": Organisation(
        Text("Sample Medical University Hospital", "样例医学大学附设医院"),
        "OTHER",
        Text("Taipei", "台北"),
        Text("", ""),
        Text("Taiwan", "台湾"),
    ),
    "mo": Organisation(
        Text("Sample Hospital Macau", "澳门样例医院"), "OTHER", Text("Macau", "澳门"), Text(), Text("Macau", "澳门")
    ),
}

ORGANISATIONS: dict[str, Organisation] = {**HOSPITALS, **COMPANIES, **ABROAD}


class Disease(NamedTuple):
    """A disease in both languages and the indication group of the taxonomy."""

    name: Text
    group: str


def _disease(en: str, zh: str, group: str) -> Disease:
    return Disease(Text(en, zh), group)


DISEASES: dict[str, Disease] = {
    "b_all": _disease("B-cell Acute Lymphoblastic Leukemia", "急性B淋巴细胞白血病", "hematologic_malignancy"),
    "nhl": _disease("B-cell Non-Hodgkin Lymphoma", "B细胞非霍奇金淋巴瘤", "hematologic_malignancy"),
    "dlbcl": _disease("Diffuse Large B-cell Lymphoma", "弥漫大B细胞淋巴瘤", "hematologic_malignancy"),
    "mm": _disease("Multiple Myeloma", "多发性骨髓瘤", "hematologic_malignancy"),
    "t_all": _disease("T-cell Acute Lymphoblastic Leukemia", "急性T淋巴细胞白血病", "hematologic_malignancy"),
    "aml": _disease("Acute Myeloid Leukemia", "急性髓系白血病", "hematologic_malignancy"),
    "hodgkin": _disease("Hodgkin Lymphoma", "霍奇金淋巴瘤", "hematologic_malignancy"),
    "gastric": _disease("Gastric Cancer", "胃癌", "solid_tumor"),
    "hcc": _disease("Hepatocellular Carcinoma", "肝细胞癌", "solid_tumor"),
    "pancreatic": _disease("Pancreatic Cancer", "胰腺癌", "solid_tumor"),
    "ovarian": _disease("Ovarian Cancer", "卵巢癌", "solid_tumor"),
    "nsclc": _disease("Non-small Cell Lung Cancer", "非小细胞肺癌", "solid_tumor"),
    "glioma": _disease("Glioblastoma", "胶质母细胞瘤", "solid_tumor"),
    "neuroblastoma": _disease("Neuroblastoma", "神经母细胞瘤", "solid_tumor"),
    "breast": _disease("Breast Cancer", "乳腺癌", "solid_tumor"),
    "colorectal": _disease("Colorectal Cancer", "结直肠癌", "solid_tumor"),
    "cervical": _disease("Cervical Cancer", "宫颈癌", "solid_tumor"),
    "npc": _disease("Nasopharyngeal Carcinoma", "鼻咽癌", "solid_tumor"),
    "melanoma": _disease("Melanoma", "黑色素瘤", "solid_tumor"),
    "sarcoma": _disease("Synovial Sarcoma", "滑膜肉瘤", "solid_tumor"),
    "renal": _disease("Renal Cell Carcinoma", "肾细胞癌", "solid_tumor"),
    "prostate": _disease("Prostate Cancer", "前列腺癌", "solid_tumor"),
    "sle": _disease("Systemic Lupus Erythematosus", "系统性红斑狼疮", "immune_disorder"),
    "gvhd": _disease("Graft Versus Host Disease", "移植物抗宿主病", "immune_disorder"),
    "ms": _disease("Multiple Sclerosis", "多发性硬化", "immune_disorder"),
    "crohn": _disease("Crohn's Disease", "克罗恩病", "immune_disorder"),
    "myasthenia": _disease("Myasthenia Gravis", "重症肌无力", "immune_disorder"),
    "covid": _disease("COVID-19 Pneumonia", "新型冠状病毒肺炎", "infection"),
    "aplastic": _disease("Aplastic Anemia", "再生障碍性贫血", "hematologic_benign"),
    "stroke": _disease("Ischemic Stroke", "缺血性脑卒中", "neurological"),
    "spinal": _disease("Spinal Cord Injury", "脊髓损伤", "neurological"),
    "parkinson": _disease("Parkinson Disease", "帕金森病", "neurological"),
    "palsy": _disease("Cerebral Palsy", "脑性瘫痪", "neurological"),
    "knee": _disease("Knee Osteoarthritis", "膝骨关节炎", "musculoskeletal"),
    "cirrhosis": _disease("Decompensated Liver Cirrhosis", "失代偿期肝硬化", "digestive_liver"),
    "aclf": _disease("Acute-on-Chronic Liver Failure", "慢加急性肝衰竭", "digestive_liver"),
    "ards": _disease("Acute Respiratory Distress Syndrome", "急性呼吸窘迫综合征", "respiratory"),
    "fibrosis": _disease("Idiopathic Pulmonary Fibrosis", "特发性肺纤维化", "respiratory"),
    "heart": _disease("Chronic Heart Failure", "慢性心力衰竭", "cardiovascular"),
    "limb": _disease("Critical Limb Ischemia", "严重下肢缺血", "cardiovascular"),
    "t2d": _disease("Type 2 Diabetes Mellitus", "2型糖尿病", "endocrine_metabolic"),
    "foot": _disease("Diabetic Foot Ulcer", "糖尿病足溃疡", "skin_wound"),
    "burn": _disease("Deep Burns", "深度烧伤", "skin_wound"),
    "pof": _disease("Premature Ovarian Failure", "卵巢早衰", "reproductive"),
    "rp": _disease("Retinitis Pigmentosa", "视网膜色素变性", "ophthalmic"),
}
