"""ChiCTR: per-trial XML, detail pages in both layouts, and the pages of that site that hold no registration."""

# Markup stays as the page has it.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from extract.sample.records import Organisation, Record, SecondaryId, Text
from extract.sample.writers.ictrp import arm_sizes

PHASES = {
    "early_phase_1": Text("0", "探索性研究/预试验"),
    "phase_1": Text("1", "I期临床试验"),
    "phase_1_2": Text("1-2", "I+II期"),
    "phase_2": Text("2", "II期临床试验"),
    "phase_2_3": Text("2-3", "II+III期"),
    "phase_3": Text("3", "III期临床试验"),
    "phase_4": Text("4", "IV期临床试验"),
    "not_applicable": Text("N/A", "其它"),
    "not_reported": Text("", ""),
}
STATUSES = {
    "not_yet_recruiting": Text("Not yet recruiting", "尚未开始"),
    "recruiting": Text("Recruiting", "正在进行"),
    "completed": Text("Completed", "结束"),
    "suspended": Text("Suspending", "暂停或中断"),
}
STUDY_TYPES = {
    "interventional": Text("Interventional study", "干预性研究"),
    "observational": Text("Observational study", "观察性研究"),
}
PERSON = "Sample Contactperson"


def fields(record: Record) -> dict[str, Text]:
    """What both formats say, by a short name; `raw` replaces single values (`zh | en` differ as in any text)."""
    parallel = len(record.arms) > 1
    values = {
        "registered": Text.of(f"{record.registered} 00:00:00"),
        "refreshed": Text.of(f"{record.updated} 15:39:47"),
        "registration_status": Text("Retrospective registration", "补注册")
        if record.registered > record.start
        else Text("Prospective registration", "预注册"),
        "title": record.title,
        "acronym": Text.of(record.acronym),
        "scientific_title": record.scientific_title if record.scientific_title.en else record.title,
        "subject_id": Text.of(record.org_study_id),
        "partner_id": Text.of("; ".join(item.id for item in record.secondary_ids)),
        "applicant": record.lead.name,
        "leader": record.sites[0].name,
        "primary_sponsor": record.lead.name,
        "funding": record.funder if record.funder.en else Text("self-raised", "自筹"),
        "condition": Text(*("; ".join(words) for words in zip(*record.conditions, strict=True))),
        "condition_code": Text(),
        "study_type": STUDY_TYPES[record.study_type],
        "phase": PHASES[record.phase],
        "design": Text("Parallel", "随机平行对照") if parallel else Text("Single arm", "单臂"),
        "objectives": record.summary,
        "treatment": Text(record.description, record.description),
        "inclusion": record.inclusion,
        "exclusion": record.exclusion,
        "study_from": Text.of(f"{record.start} 00:00:00"),
        "study_to": Text.of(f"{record.completion} 00:00:00"),
        "status": STATUSES[record.status],
        "age_min": Text.of("18"),
        "age_max": Text.of("75"),
        "gender": Text("Both", "男女均可"),
    }
    return values | {name: Text.of(value) for name, value in record.raw.items() if name in values}


# --- detail pages -------------------------------------------------------------------------------------------------

_MENU = (
    ("searchproj", "检索试验"),
    ("countryproj", "按国家、省（市）统计"),
    ("sourceofspendsproj", "按经费或物资来源统计"),
    ("recruitmentstatusproj", "按征募研究对象情况统计"),
    ("regstatusproj", "按注册状态统计"),
    ("measureproj", "按干预措施统计"),
    ("studytypeproj", "按研究类型统计"),
)
_SITE = "中国临床试验注册中心 - 世界卫生组织国际临床试验注册平台一级注册机构"


def _head(suffix: str) -> str:
    links = "".join(
        f'<a class="pnav-item" href="./{page}.{suffix}">\n<span>{name}</span>\n</a>\n' for page, name in _MENU
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="UTF-8" />\n<title>{_SITE}</title>\n</head>\n<body>\n'
        f'<div class="pc-wrap">\n<div class="pc-nav">\n{links}</div>\n'
    )


_FOOT = f'<div class="pc-footer">\n<div class="foot-cont">\n<p><b>{_SITE}</b></p>\n</div>\n</div>\n</div>\n</body>\n</html>\n'


def _label(name: Text, language: str = "") -> str:
    languages = (("cn", name.zh), ("en", name.en))
    inner = "".join(f'<p class="{css}">{words}：</p>\n' for css, words in languages if language in ("", css))
    return f'<td style="width: 200px" class="left_title">\n{inner}</td>\n'


def _twice(name: Text, value: Text, css: str = "") -> str:
    """A row per language."""
    extra = f" {css}" if css else ""
    return "".join(
        f'<tr class="{language}">\n{_label(name, language)}<td>\n<p class="{language}{extra}">\n{_lines(words)}\n</p>\n</td>\n</tr>\n'
        for language, words in (("cn", value.zh), ("en", value.en))
    )


def _once(name: Text, value: str, css: str = "") -> str:
    attribute = f' class="{css}"' if css else ""
    return f"<tr>\n{_label(name)}<td{attribute}>{escape(value)}&nbsp;</td>\n</tr>\n"


def _lines(words: str) -> str:
    return escape(words, quote=False).replace("\n", "<br>\n")


def _cell(width: int, words: str, language: str, css: str = "") -> str:
    attribute = f' class="{css}"' if css else ""
    return f'<td width="{width}"{attribute}>\n<p class="{language}">\n{escape(words)}\n</p>\n</td>\n'


def _grid(rows: Iterable[Iterable[tuple[Text, Text]]], css: str = "noComma") -> str:
    """A nested table: each row of (label, value) pairs is written once in Chinese and once in English."""
    out = []
    for row in rows:
        cells = list(row)
        for language, of in (("cn", lambda text: text.zh), ("en", lambda text: text.en)):
            pick: Callable[[Text], str] = of
            inner = "".join(
                _cell(70, f"{pick(name)}：", language) + _cell(180, pick(value), language) for name, value in cells
            )
            out.append(f'<tr class="{language}">\n{inner}</tr>\n')
    return f'<table width="780" cellspacing="0" cellpadding="0" border="0" class="{css}">\n<tbody>\n{"".join(out)}</tbody>\n</table>\n'


def _arm(group: Text, size: int | str, intervention: Text) -> str:
    """An arm: the size stands in one cell that spans both languages."""
    return (
        '<table width="780" cellspacing="0" cellpadding="0" border="0" class="noComma">\n<tbody>\n'
        f'<tr>\n<td width="60">\n<p class="cn">组别：</p>\n</td>\n<td width="300">\n<p class="cn">\n{escape(group.zh)}\n</p>\n</td>\n'
        f'<td width="110">\n<p class="cn">样本量：</p>\n</td>\n<td rowspan="2">\n{size}\n</td>\n</tr>\n'
        f'<tr>\n<td width="60">\n<p class="en">Group：</p>\n</td>\n<td width="300">\n<p class="en">\n{escape(group.en)}\n</p>\n</td>\n'
        '<td width="110">\n<p class="en">Sample size：</p>\n</td>\n</tr>\n'
        f'<tr>\n<td width="60">\n<p class="cn">干预措施：</p>\n</td>\n<td width="300">\n<p class="cn">\n{escape(intervention.zh)}\n</p>\n</td>\n'
        '<td width="110">\n<p class="cn">干预措施代码：</p>\n</td>\n<td class="sub" rowspan="2">\n</td>\n</tr>\n'
        f'<tr>\n<td width="60" class="sub">\n<p class="en">Intervention：</p>\n</td>\n<td width="300" class="sub">\n<p>{escape(intervention.en)}\n</p>\n</td>\n'
        '<td width="110">\n<p class="en">Intervention code：</p>\n</td>\n</tr>\n</tbody>\n</table>\n'
    )


def _place(organisation: Organisation) -> list[tuple[Text, Text]]:
    return [
        (Text("Country", "国家"), organisation.country),
        (Text("Province", "省(直辖市)"), organisation.province),
        (Text("City", "市(区县)"), organisation.city),
    ]


def detail(records: Iterable[Record], *, layout: str) -> bytes:
    """One detail page, both languages in it; `layout` is `2025` or `older` (until 2022)."""
    (record,) = records
    v = fields(record)
    project = 900_000 + record.number
    block, title, suffix = (
        ("project-ms", "project-tit", "html") if layout == "2025" else ("ProjetInfo_ms", "ProjetInfo_title", "aspx")
    )
    path = "./bin/chictr/DownloadXml?path=" if layout == "2025" else "/uploads/sampleXML/"
    blocks = [
        _once(Text("Registration number", "注册号"), record.registration_id)
        + _once(Text("Date of Last Refreshed on", "最近更新日期"), v["refreshed"].en, "splaceTen")
        + _once(Text("Date of Registration", "注册时间"), v["registered"].en, "splaceTen1")
        + _twice(Text("Registration Status", "注册号状态"), v["registration_status"])
        + _twice(Text("Public title", "注册题目"), v["title"])
        + _twice(Text("English Acronym", "注册题目简写"), v["acronym"])
        + _twice(Text("Scientific title", "研究课题的正式科学名称"), v["scientific_title"])
        + _once(Text("Study subject ID", "研究课题代号(代码)"), v["subject_id"].en)
        + _once(
            Text(
                "The registration number of the Partner Registry or other register", "在二级注册机构或其它机构的注册号"
            ),
            v["partner_id"].en,
        ),
        _contact_rows()
        + _twice(Text("Applicant's institution", "申请人所在单位"), v["applicant"])
        + _twice(Text("Affiliation of the Leader", "研究负责人所在单位"), v["leader"]),
        _twice(Text("Approved by ethic committee", "是否获伦理委员会批准"), Text("Yes", "是"))
        + _once(Text("Approved No. of ethic committee", "伦理委员会批件文号"), f"SAMPLE-{record.registered[:4]}-001")
        + _once(
            Text("Date of approved by ethic committee", "伦理委员会批准日期"), f"{record.start} 00:00:00", "splaceTen2"
        )
        + _twice(Text("Contact Name of the ethic committee", "伦理委员会联系人"), Text(PERSON, "样例联系人")),
        _twice(Text("Primary sponsor", "研究实施负责（组长）单位"), v["primary_sponsor"])
        + f"<tr>\n{_label(Text('Secondary sponsor', '试验主办单位(项目批准或申办者)'))}<td>\n{_secondary_sponsors(record)}</td>\n</tr>\n"
        + _twice(Text("Source(s) of funding", "经费或物资来源"), v["funding"])
        + _twice(Text("Target disease", "研究疾病"), v["condition"])
        + _twice(Text("Target disease code", "研究疾病代码"), v["condition_code"])
        + _twice(Text("Study type", "研究类型"), v["study_type"])
        + _phase(v["phase"])
        + _twice(Text("Study design", "研究设计"), v["design"])
        + _twice(Text("Objectives of Study", "研究目的"), v["objectives"])
        + _twice(
            Text("Description for medicine or protocol of treatment in detail", "药物成份或治疗方案详述"),
            v["treatment"],
        )
        + _twice(Text("Inclusion criteria", "纳入标准"), v["inclusion"], "brRep")
        + _twice(Text("Exclusion criteria", "排除标准"), v["exclusion"], "brRep")
        + _period(v),
        f"<tr>\n{_label(Text('Interventions', '干预措施'))}<td>\n"
        + "".join(
            _arm(arm.group, size, arm.intervention) for arm, size in zip(record.arms, arm_sizes(record), strict=True)
        )
        + "</td>\n</tr>\n",
        f'<tr>\n{_label(Text("Countries of recruitment and research settings", "研究实施地点"))}<td colspan="3">\n'
        + "".join(_site(site) for site in record.sites)
        + "</td>\n</tr>\n",
        f'<tr>\n{_label(Text("Outcomes", "测量指标"))}<td>\n<div class="noComma subitem">\n'
        + "".join(_outcome(outcome) for outcome in record.outcomes)
        + "</div>\n</td>\n</tr>\n",
        _participants(v),
        _twice(Text("Blinding", "盲法"), Text("Open label", "开放")),
        _twice(Text("IPD sharing", "是否共享原始数据"), Text("No", "否"))
        + '<tr style="display: none">\n'
        + _label(Text("Name of Registration", "注册人"))
        + f"<td>&nbsp;{record.registered} 08:55:58</td>\n</tr>\n",
    ]
    body = "".join(
        f'<div class="{block}">\n<table width="100%" cellspacing="0" cellpadding="0" border="0">\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n'
        for rows in blocks
    )
    return (
        f"{_head(suffix)}"
        f'<div class="retrieve-box">\n<div class="{title}">{escape(v["title"].zh)}</div>\n'
        f'<div class="{title}">\n<a target="_blank" href="{path}{project}">下载XML文档</a>\n</div>\n'
        f'{body}<div class="back">\n<a href="./searchproj.{suffix}">返回列表</a>\n</div>\n</div>\n{_FOOT}'
    ).encode()


def _phase(phase: Text) -> str:
    """The Chinese phase stands in a span, the English one in a paragraph."""
    name = Text("Study phase", "研究所处阶段")
    return (
        f'<tr class="cn">\n{_label(name, "cn")}<td>\n<span class="cn">\n{escape(phase.zh)}&nbsp;\n</span>\n</td>\n</tr>\n'
        f'<tr class="en">\n{_label(name, "en")}<td>\n<p class="en">{escape(phase.en)}</p>\n</td>\n</tr>\n'
    )


def _contact_rows() -> str:
    """Persons, telephones and addresses: on the page, never in raw."""
    pairs = (
        ("申请注册联系人", "Applicant", PERSON),
        ("申请注册联系人电话", "Applicant telephone", "+86 000 00000000"),
        ("申请注册联系人电子邮件", "Applicant E-mail", "contactperson@example.org"),
        ("申请注册联系人通讯地址", "Applicant address", "1 Contactperson Road"),
    )
    return "".join(_once(Text(en, zh), value) for zh, en, value in pairs)


def _secondary_sponsors(record: Record) -> str:
    return "".join(
        _grid(
            [
                _place(organisation),
                [
                    (Text("Institution hospital", "单位(医院)"), organisation.name),
                    (Text("Address", "具体地址"), Text("1 Sample Road", "样例路1号")),
                ],
            ],
            "",
        )
        for organisation in (record.collaborators or (record.lead,))
    )


def _site(site: Organisation) -> str:
    level = Text("Tertiary A", "三级甲等")
    return _grid(
        [
            _place(site),
            [
                (Text("Institution hospital", "单位(医院)"), site.name),
                (Text("Level of the institution", "单位级别"), level),
            ],
        ]
    )


def _outcome(outcome: Text) -> str:
    return _grid(
        [
            [
                (Text("Outcome", "指标中文名"), outcome),
                (Text("Type", "指标类型"), Text("Primary indicator", "主要指标")),
            ],
            [
                (Text("Measure time point of outcome", "测量时间点"), Text("24 months", "24个月")),
                (Text("Measure method", "测量方法"), Text("", "")),
            ],
        ],
        "",
    )


def _period(v: dict[str, Text]) -> str:
    """Two periods side by side in a table that the page opens inside the table body."""

    def cell(name: Text, since: str, until: str, number: int) -> str:
        return (
            f'{_label(name)}<td>\n<span class="cn">从</span>\n<span class="en">From</span>\n'
            f'<span class="splaceTen{number}">{since}</span><span\nclass="cn">至</span>\n<span class="en">To</span>\n'
            f'<span class="splaceTen{number + 1}">{until}</span>\n&nbsp;\n</td>\n'
        )

    since, until = v["study_from"].en, v["study_to"].en
    return (
        '<table width="100%" cellspacing="0" cellpadding="0" border="0">\n<tbody>\n<tr>\n'
        + cell(Text("Study execute time", "研究实施时间"), since, until, 3)
        + cell(Text("Recruiting time", "征募观察对象时间"), since, until, 5)
        + "</tr>\n</tbody>\n</table>\n"
    )


def _participants(v: dict[str, Text]) -> str:
    def age(cn: str, en: str, value: str) -> str:
        return (
            f'<tr>\n<td>\n<span class="cn">{cn}</span>\n<span class="en">{en}</span>\n</td>\n<td>{value}</td>\n'
            '<td>\n<span class="cn">岁</span>\n<span class="en">years</span>\n</td>\n</tr>\n'
        )

    return (
        f'<tr>\n{_label(Text("Recruiting status", "征募研究对象情况"))}<td style="width: 300px">\n'
        f'<p class="cn">{v["status"].zh}</p>\n<p class="en">{v["status"].en}</p>\n</td>\n'
        f"{_label(Text('Participant age', '年龄范围'))}<td>\n<table>\n<tbody>\n"
        + age("最小", "Min age", v["age_min"].en)
        + age("最大", "Max age", v["age_max"].en)
        + "</tbody>\n</table>\n</td>\n</tr>\n"
        f'<tr>\n{_label(Text("", "性别"), "cn")}<td>\n<p class="cn">{v["gender"].zh}</p>\n</td>\n'
        f'{_label(Text("Gender", ""), "en")}<td>\n<p class="en">{v["gender"].en}</p>\n</td>\n</tr>\n'
    )


# --- per-trial XML ------------------------------------------------------------------------------------------------


def trial_xml(records: Iterable[Record], *, root: str = "trials", child: str = "Triall") -> bytes:
    """The download of one trial, English only; the site spells the elements around `main` in several ways."""
    (record,) = records
    v = fields(record)
    sizes = "".join(f"{arm.group.en}:{size};" for arm, size in zip(record.arms, arm_sizes(record), strict=True))
    main = {
        "UTRN": record.utn,
        "trial_id": record.registration_id,
        "utrn": record.utn,
        "reg_name": "ChiCTR",
        "date_registration": v["registered"].en[:10],
        # The registry puts the person who registered here; the institution stands in the contacts only.
        "primary_sponsor": PERSON,
        "public_title": v["title"].en,
        "acronym": v["acronym"].en,
        "scientific_title": v["scientific_title"].en,
        "Scientific_acronym": "",
        "date_enrolment": record.start,
        "type_enrolment": "",
        "target_size": record.raw.get("target_size", sizes if record.enrollment else ""),
        "recruitment_status": v["status"].en,
        "url": f"http://www.chictr.org.cn/showproj.aspx?proj={900_000 + record.number}",
        "study_type": v["study_type"].en,
        "study_design": v["design"].en,
        "phase": v["phase"].en,
        "hc_freetext": v["condition"].en,
        "i_freetext": "".join(f"{arm.group.en}:{arm.intervention.en};" for arm in record.arms),
        **dict.fromkeys(_RESULTS, ""),
    }
    contact = (
        f"      <firstname>{PERSON}</firstname>\n      <middlename/>\n      <lastname/>\n      <address>1 Contactperson Road</address>\n"
        "      <city/>\n      <country1/>\n      <zip/>\n      <telephone>+86 000 00000000</telephone>\n"
        f"      <email>contactperson@example.org</email>\n      {_tag('affiliation', record.lead.name.en)}\n"
    )
    contacts = "".join(
        f"    <contact>\n      <type>{kind}</type>\n{contact}    </contact>\n" for kind in ("Scientific", "Public")
    )
    secondary_ids = "".join(
        f"    <secondary_id>\n      {_tag('sec_id', item.id)}\n      {_tag('issuing_authority', item.domain)}\n    </secondary_id>\n"
        for item in (record.secondary_ids or (SecondaryId(""),))
    )
    sponsors = (
        "".join(f"    {_tag('sponsor_name', o.name.en)}\n" for o in record.collaborators) or "    <sponsor_name/>\n"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} subjects="1">\n  <{child}>\n    <main>\n'
        + "".join(f"      {_tag(name, value)}\n" for name, value in main.items())
        + f"    </main>\n  <contacts>\n{contacts}  </contacts>\n"
        + "  <countries>\n"
        + "".join(f"    {_tag('country2', name)}\n" for name in dict.fromkeys(site.country.en for site in record.sites))
        + "  </countries>\n  <criteria>\n"
        + f"    {_tag('inclusion_criteria', v['inclusion'].en)}\n    {_tag('agemin', v['age_min'].en)}\n"
        + f"    {_tag('agemax', v['age_max'].en)}\n    {_tag('gender', v['gender'].en)}\n"
        + f"    {_tag('exclusion_criteria', v['exclusion'].en)}\n  </criteria>\n"
        "  <health_condition_code>\n    <hc_code/>\n  </health_condition_code>\n"
        "  <health_condition_keyword>\n    <hc_keyword/>\n  </health_condition_keyword>\n"
        "  <intervention_code>\n    <i_code>;;</i_code>\n  </intervention_code>\n"
        "  <intervention_keyword>\n    <i_keyword/>\n  </intervention_keyword>\n"
        f"  <primary_outcome>\n    {_tag('prim_outcome', ''.join(f'{o.en};' for o in record.outcomes))}\n  </primary_outcome>\n"
        "  <secondary_outcome>\n    <sec_outcome/>\n  </secondary_outcome>\n"
        f"  <secondary_sponsor>\n{sponsors}  </secondary_sponsor>\n"
        f"  <secondary_ids>\n{secondary_ids}  </secondary_ids>\n"
        f"  <source_support>\n    {_tag('source_name', v['funding'].en)}\n  </source_support>\n"
        "  <ethics_reviews>\n    <ethics_review>\n      <status>Approved</status>\n"
        f"      <approval_date>{record.start}</approval_date>\n      <contact_name>{PERSON}</contact_name>\n"
        "      <contact_address/>\n      <contact_phone/>\n      <contact_email/>\n    </ethics_review>\n  </ethics_reviews>\n"
        f"  </{child}>\n</{root}>\n"
    ).encode()


_RESULTS = (
    *("results_actual_enrolment", "results_date_completed", "results_url_link", "results_summary"),
    *("results_date_posted", "results_date_first_publication", "results_baseline_char", "results_participant_flow"),
    *("results_adverse_events", "results_outcome_measures", "results_url_protocol", "results_IPD_plan"),
    "results_IPD_description",
)


def _tag(name: str, value: str) -> str:
    return f"<{name}>{escape(value, quote=False)}</{name}>" if value else f"<{name}/>"


# --- pages without a registration -----------------------------------------------------------------------------------


def search_results(records: Iterable[Record]) -> bytes:
    """A page of search results: number, title, institution, type and date of each hit."""
    rows = "".join(
        f'<tr>\n<td>\n<a href="historyversionpub.html?regno={record.registration_id}">\n历史版本\n</a>\n</td>\n'
        f'<td>{record.registration_id}</td>\n<td>\n<a\nhref="showproj.html?proj={900_000 + record.number}"\n'
        f'class="tit1 wto"\ntitle="{escape(record.title.zh)}"\n>\n{escape(record.title.zh)}\n</a>\n<p>{record.lead.name.zh}</p>\n</td>\n'
        f"<td>{STUDY_TYPES[record.study_type].zh}</td>\n<td>{record.registered.replace('-', '/')}</td>\n</tr>\n"
        for record in records
    )
    head = "".join(f"<th>{name}</th>\n" for name in ("历史版本", "注册号", "注册题目", "研究类型", "注册时间"))
    return (
        f'{_head("html")}<div class="retrieve-box p10">\n<div class="tit-left">检索试验</div>\n'
        f'<table class="table1" cellspacing="1" cellpadding="0" border="0">\n<t-head>\n<tr>\n{head}</tr>\n</t-head>\n{rows}</table>\n'
        f'<div id="pagination" class="pagination"></div>\n</div>\n{_FOOT}'
    ).encode()


def slider_page() -> bytes:
    """The firewall's page with a slider in it, served with status 200."""
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>滑动验证页面</title>\n</head>\n<body>\n'
        '<div id="nocaptcha"></div>\n<p>TraceID: 00000000000000000000sample</p>\n<script src="/antidom.js"></script>\n'
        "</body>\n</html>\n"
    ).encode()


def day_cap_page() -> bytes:
    """What the site says once a reader has opened too many trials on a day, served with status 200."""
    return (
        f"{_head('html')}<script>alert('非常抱歉!您查看的项目的不存在或已超过当天最大查看次数');</script>\n"
        f'<div class="retrieve-box">非常抱歉!您查看的项目的不存在或已超过当天最大查看次数</div>\n{_FOOT}'
    ).encode()


def empty_shell() -> bytes:
    """A page with the site's frame and nothing in it."""
    return f'{_head("html")}<div class="retrieve-box">\n</div>\n{_FOOT}'.encode()
