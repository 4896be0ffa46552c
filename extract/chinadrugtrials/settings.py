"""Constants of the ChinaDrugTrials pages: the labels of a detail page and what they become."""

REGISTRY = "chinadrugtrials"

SHAPES = ("detail_html",)

URL = "https://www.chinadrugtrials.org.cn/clinicaltrials.searchlist.dhtml?keywords={registration_id}"

# Label of a table row → key of the document; labels without white space and colon.
LABELS = {
    "登记号": "registration_id",
    "试验状态": "status",
    "首次公示信息日期": "first_public_date",
    "首次公示日期": "first_public_date",
    "申请人名称": "sponsor_names",
    "申办者名称": "sponsor_names",
    "相关登记号": "related_ids",
    "药物名称": "drug_name",
    "药物类型": "drug_type",
    "临床申请受理号": "acceptance_number",
    "备案号": "acceptance_number",
    "临床申请受理号/备案号": "acceptance_number",
    "适应症": "indication",
    "试验专业题目": "scientific_title",
    "试验通俗题目": "public_title",
    "试验方案编号": "protocol_code",
    "方案最新版本号": "protocol_version",
    "版本日期": "version_date",
    "方案是否为联合用药": "combination",
    "试验分类": "category",
    "试验分期": "phase",
    "设计类型": "design_type",
    "随机化": "randomization",
    "盲法": "blinding",
    "试验范围": "scope",
    "年龄": "age",
    "性别": "gender",
    "健康受试者": "healthy_volunteers",
    "入选标准": "inclusion_criteria",
    "排除标准": "exclusion_criteria",
    "试验药": "test_drugs",
    "对照药": "control_drugs",
    "主要终点指标及评价时间": "primary_endpoints",
    "次要终点指标及评价时间": "secondary_endpoints",
    "目标入组人数": "target_size",
    "已入组人数": "enrolled_size",
    "已入组例数": "enrolled_size",
    "实际入组总人数": "actual_size",
    "实际入组人数": "actual_size",
    "第一例受试者签署知情同意书日期": "first_consent_date",
    "第一例受试者入组日期": "first_enrolment_date",
    "试验完成日期": "completion_date",
    "试验终止日期": "termination_date",
    # The principal investigators' institutions stand in where the page lists no participating ones.
    "单位名称": "leading_institution",
}

# Headings (div.sDPTit2) whose value is a bare text node behind them; numbering and white space removed.
HEADINGS = {
    "试验目的": "purpose",
    "数据安全监查委员会(dmc)": "dmc",
    "数据安全监察委员会(dmc)": "dmc",
    "为受试者购买试验伤害保险": "insurance",
    "试验状态": "status_detail",
}

DRUG_KEYS = ("test_drugs", "control_drugs")
ENDPOINT_KEYS = ("primary_endpoints", "secondary_endpoints")
CRITERIA_KEYS = ("inclusion_criteria", "exclusion_criteria")

# Tables with a header row: a column that tells the table → (key, {column: key of the item}). Columns with names of
# people (主要研究者, 姓名) are in none of them, so they are not kept.
TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "机构名称": (
        "institutions",
        {"机构名称": "name", "国家": "country", "国家或地区": "country", "省(州)": "province", "城市": "city"},
    ),
    "审查结论": (
        "ethics",
        {"名称": "name", "审查结论": "conclusion", "批准日期/备案日期": "date", "审查日期": "date", "批准日期": "date"},
    ),
    "更新记录": ("updates", {"时间": "date", "更新记录": "text"}),
}

# Words the platform prints where nothing was filled in.
EMPTY_WORDS = ("暂无更新记录", "暂未填写此信息")
