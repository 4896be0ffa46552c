"""Constants of the ChiCTR files: the labels of its pages and what they become."""

REGISTRY = "chictr"

SHAPES = ("trial_xml", "detail_html")

PROJECT_URL = "https://www.chictr.org.cn/showproj.html?proj={web_id}"

# Label → (key of the document, language of the label). Keys in BILINGUAL become {zh, en}, the others one string.
# Labels as on the pages of 2020 and 2025, without white space and the colon at the end, lower case.
LABELS: dict[str, tuple[str, str]] = {
    "注册号": ("registration_id", "zh"),
    "registrationnumber": ("registration_id", "en"),
    "最近更新日期": ("last_refreshed_on", "zh"),
    "dateoflastrefreshedon": ("last_refreshed_on", "en"),
    "注册时间": ("date_registration", "zh"),
    "dateofregistration": ("date_registration", "en"),
    "注册号状态": ("registration_status", "zh"),
    "registrationstatus": ("registration_status", "en"),
    "注册题目": ("public_title", "zh"),
    "publictitle": ("public_title", "en"),
    "注册题目简写": ("acronym", "zh"),
    "englishacronym": ("acronym", "en"),
    "研究课题的正式科学名称": ("scientific_title", "zh"),
    "scientifictitle": ("scientific_title", "en"),
    "研究课题代号(代码)": ("subject_id", "zh"),
    "studysubjectid": ("subject_id", "en"),
    "在二级注册机构或其它机构的注册号": ("partner_ids", "zh"),
    "theregistrationnumberofthepartnerregistryorotherregister": ("partner_ids", "en"),
    "全球唯一识别码": ("utn", "zh"),
    "utn": ("utn", "en"),
    "utn(universaltrialnumber)": ("utn", "en"),
    "申请人所在单位": ("applicant_institution", "zh"),
    "申请注册联系人所在单位": ("applicant_institution", "zh"),
    "applicant'sinstitution": ("applicant_institution", "en"),
    "研究负责人所在单位": ("leader_institution", "zh"),
    "affiliationoftheleader": ("leader_institution", "en"),
    "是否获伦理委员会批准": ("ethics_approved", "zh"),
    "approvedbyethiccommittee": ("ethics_approved", "en"),
    "伦理委员会批准日期": ("ethics_approval_date", "zh"),
    "dateofapprovedbyethiccommittee": ("ethics_approval_date", "en"),
    "研究实施负责(组长)单位": ("primary_sponsor", "zh"),
    "primarysponsor": ("primary_sponsor", "en"),
    "试验主办单位(项目批准或申办者)": ("secondary_sponsors", "zh"),
    "试验主办单位": ("secondary_sponsors", "zh"),
    "secondarysponsor": ("secondary_sponsors", "en"),
    "经费或物资来源": ("funding", "zh"),
    "source(s)offunding": ("funding", "en"),
    "研究疾病": ("condition", "zh"),
    "targetdisease": ("condition", "en"),
    "研究疾病代码": ("condition_code", "zh"),
    "targetdiseasecode": ("condition_code", "en"),
    "研究类型": ("study_type", "zh"),
    "studytype": ("study_type", "en"),
    "研究所处阶段": ("phase", "zh"),
    "studyphase": ("phase", "en"),
    "研究设计": ("design", "zh"),
    "studydesign": ("design", "en"),
    "研究目的": ("objectives", "zh"),
    "objectivesofstudy": ("objectives", "en"),
    "药物成份或治疗方案详述": ("treatment", "zh"),
    "descriptionformedicineorprotocoloftreatmentindetail": ("treatment", "en"),
    "纳入标准": ("inclusion_criteria", "zh"),
    "inclusioncriteria": ("inclusion_criteria", "en"),
    "排除标准": ("exclusion_criteria", "zh"),
    "exclusioncriteria": ("exclusion_criteria", "en"),
    "研究实施时间": ("study_time", "zh"),
    "studyexecutetime": ("study_time", "en"),
    "征募观察对象时间": ("recruiting_time", "zh"),
    "recruitingtime": ("recruiting_time", "en"),
    "干预措施": ("interventions", "zh"),
    "interventions": ("interventions", "en"),
    "研究实施地点": ("sites", "zh"),
    "countriesofrecruitmentandresearchsettings": ("sites", "en"),
    "测量指标": ("outcomes", "zh"),
    "outcomes": ("outcomes", "en"),
    "征募研究对象情况": ("recruiting_status", "zh"),
    "recruitingstatus": ("recruiting_status", "en"),
    "年龄范围": ("age", "zh"),
    "participantage": ("age", "en"),
    "性别": ("gender", "zh"),
    "gender": ("gender", "en"),
    "盲法": ("blinding", "zh"),
    "blinding": ("blinding", "en"),
}

BILINGUAL = frozenset(
    {
        "registration_status",
        "public_title",
        "acronym",
        "scientific_title",
        "applicant_institution",
        "leader_institution",
        "primary_sponsor",
        "funding",
        "condition",
        "study_type",
        "phase",
        "design",
        "objectives",
        "treatment",
        "inclusion_criteria",
        "exclusion_criteria",
        "recruiting_status",
        "gender",
        "blinding",
    }
)

# Values whose line breaks carry meaning: numbered criteria, lists of aims.
MULTI_LINE = frozenset({"objectives", "treatment", "inclusion_criteria", "exclusion_criteria"})

# Tables inside a value: label → (key of the list's items, language).
_PLACE_LABELS = {
    "国家": ("country", "zh"),
    "country": ("country", "en"),
    "省(直辖市)": ("province", "zh"),
    "省": ("province", "zh"),
    "province": ("province", "en"),
    "市(区县)": ("city", "zh"),
    "市": ("city", "zh"),
    "city": ("city", "en"),
    "单位(医院)": ("institution", "zh"),
    "institutionhospital": ("institution", "en"),
    "institution": ("institution", "en"),
}
LIST_LABELS: dict[str, dict[str, tuple[str, str]]] = {
    "secondary_sponsors": _PLACE_LABELS,
    "sites": {
        **_PLACE_LABELS,
        "单位级别": ("level", "zh"),
        "leveloftheinstitution": ("level", "en"),
    },
    "interventions": {
        "组别": ("group", "zh"),
        "group": ("group", "en"),
        "样本量": ("sample_size", "zh"),
        "samplesize": ("sample_size", "en"),
        "干预措施": ("intervention", "zh"),
        "intervention": ("intervention", "en"),
        "干预措施代码": ("code", "zh"),
        "interventioncode": ("code", "en"),
    },
    "outcomes": {
        "指标中文名": ("name", "zh"),
        "指标": ("name", "zh"),
        "outcome": ("name", "en"),
        "指标类型": ("type", "zh"),
        "type": ("type", "en"),
    },
}
# Keys of list items that are one string, not {zh, en}.
PLAIN_ITEM_KEYS = frozenset({"sample_size", "code"})
