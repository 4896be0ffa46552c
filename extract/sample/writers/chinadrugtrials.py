"""Detail pages of ChinaDrugTrials (NMPA CDE), and the pages of that site that hold no registration."""

# Markup stays as the page has it.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from extract.sample.records import Record

PHASES = {
    "phase_1": "I期",
    "phase_1_2": "其它其他说明:I/II期",
    "phase_2": "II期",
    "phase_2_3": "其它其他说明:II/III期",
    "phase_3": "III期",
    "phase_4": "IV期",
    "not_applicable": "其它其他说明:生物等效性试验",
}
STATUSES = {
    "not_yet_recruiting": ("进行中", "尚未招募"),
    "recruiting": ("进行中", "招募中"),
    "active_not_recruiting": ("进行中", "招募完成"),
    "completed": ("已完成", ""),
    "terminated": ("主动终止", ""),
}
NOT_FILLED = "登记人暂未填写该信息"


def fields(record: Record) -> dict[str, str]:
    """The values of a detail page by their label; `raw` replaces single ones."""
    overall, detail = STATUSES[record.status]
    multicentre = any(site.country.en != "China" for site in record.sites)
    values = {
        "登记号": record.registration_id,
        "试验状态": overall,
        "首次公示信息日期": record.registered,
        "申请人名称": "/ ".join(o.name.zh for o in (record.lead, *record.collaborators)),
        "相关登记号": record.related_ids,
        "药物名称": f"{record.drug_name or record.arms[0].intervention.zh}\n曾用名:{record.former_drug_name}",
        "药物类型": "生物制品",
        "临床申请受理号": record.acceptance_number,
        "适应症": "；".join(condition.zh for condition in record.conditions),
        "试验专业题目": (record.scientific_title.zh or record.title.zh),
        "试验通俗题目": record.title.zh,
        "试验方案编号": record.org_study_id or f"YL-{record.number}",
        "方案最新版本号": "1.0",
        "版本日期": record.start,
        "方案是否为联合用药": "否 ",
        "试验目的": record.summary.zh,
        "试验分类": "安全性和有效性",
        "试验分期": PHASES[record.phase],
        "设计类型": "单臂试验" if len(record.arms) == 1 else "平行分组",
        "随机化": "非随机化" if record.allocation != "RANDOMIZED" else "随机化",
        "盲法": "开放",
        "试验范围": "国际多中心试验" if multicentre else "国内试验",
        "年龄": "18岁(最小年龄)至75岁(最大年龄)",
        "性别": "男+女",
        "健康受试者": "无",
        "状态": f"{overall}\n（{detail}）" if detail else overall,
        "目标入组人数": f"国内: {record.enrollment} 人；" if record.enrollment else f"国内: {NOT_FILLED}；",
        "已入组人数": f"国内: {NOT_FILLED}；",
        "实际入组总人数": f"国内: {NOT_FILLED}；",
        "第一例受试者签署知情同意书日期": f"国内：{NOT_FILLED}；",
        "第一例受试者入组日期": f"国内：{record.start}；",
        "试验完成日期": f"国内：{NOT_FILLED}；",
        "更新": f"{record.updated}\t更新试验信息" if record.updated != record.registered else "",
    }
    return values | dict(record.raw)


def _pairs(*cells: tuple[str, str]) -> str:
    inner = "".join(f"<th>\n\t{name}\n</th>\n<td>\n\t{escape(value)}\n</td>\n" for name, value in cells)
    return f"<tr>\n{inner}</tr>\n"


def _table(rows: str, css: str = "searchDetailTable") -> str:
    return f'<table class="{css}">\n<tbody>{rows}</tbody></table>\n'


def _numbered(text: str) -> str:
    """Criteria: a table of ordinals and sentences."""
    rows = "".join(
        f'<tr>\n<td width="10%">\n{position}\n</td>\n<td style="text-align: left;">\n{escape(line.lstrip("0123456789. "))}\n'
        "</td>\n</tr>\n"
        for position, line in enumerate(text.splitlines(), start=1)
    )
    return _table(rows, "subSearch")


def _drugs(record: Record) -> str:
    head = "<tr><th>序号</th><th>名称</th><th>用法</th></tr>\n"
    rows = "".join(
        f"<tr><td>\n{position}\n</td><td>\n中文通用名:{escape(arm.intervention.zh)}<br />\n英文通用名:"
        f"{escape(arm.intervention.en)}<br />\n商品名称:NA\n</td><td>\n剂型:注射剂<br />\n规格:1袋<br />\n"
        "用法用量:静脉输注<br />\n用药时程:单次给药\n</td></tr>\n"
        for position, arm in enumerate(record.arms[:1], start=1)
    )
    return _table(head + rows, "subSearch")


def _controls(record: Record) -> str:
    if len(record.arms) == 1:
        return "暂未填写此信息"
    head = "<tr><th>序号</th><th>名称</th><th>用法</th></tr>\n"
    rows = "".join(
        f"<tr><td>{position}</td><td>中文通用名:{escape(arm.intervention.zh)}<br />\n英文通用名:"
        f"{escape(arm.intervention.en)}<br />\n商品名称:NA</td><td>剂型:注射剂</td></tr>\n"
        for position, arm in enumerate(record.arms[1:], start=1)
    )
    return _table(head + rows, "subSearch")


def _endpoints(record: Record) -> str:
    head = "<tr><th>序号</th><th>指标</th><th>评价时间</th><th>终点指标选择</th></tr>\n"
    rows = "".join(
        f"<tr><td>{position}</td><td>{escape(outcome.zh)}</td><td>24个月</td><td>\n安全性指标\n</td></tr>\n"
        for position, outcome in enumerate(record.outcomes, start=1)
    )
    return _table(head + rows, "subSearch")


def _institutions(record: Record) -> str:
    head = "".join(f"<th>{name}</th>" for name in ("序号", "机构名称", "主要研究者", "国家", "省（州）", "城市"))
    rows = "".join(
        f"<tr><td>{position}</td><td>{escape(site.name.zh)}</td><td>样例联系人</td><td>{site.country.zh}</td>"
        f"<td>{escape(_province(site.province.zh))}</td><td>{escape(site.city.zh)}</td></tr>\n"
        for position, site in enumerate(record.sites, start=1)
    )
    return _table(f"<tr>{head}</tr>\n{rows}")


def _province(name: str) -> str:
    """The platform writes the full name of the unit: 浙江省, but 上海市."""
    if name in {"北京", "上海", "天津", "重庆"}:
        return f"{name}市"
    return f"{name}省" if name and not name.isascii() else name


def detail(records: Iterable[Record]) -> bytes:
    """One detail page: sponsors in `<input>`, purpose and status as bare text between two headings."""
    (record,) = records
    v = fields(record)
    contact = "样例联系人"
    updates = "".join(
        f"<tr><td>{when}</td><td>{escape(what)}</td></tr>\n"
        for when, _, what in (line.partition("\t") for line in v["更新"].splitlines())
    )
    sponsors = "".join(
        f'<div class="input-group">\n<span class="input-group-addon">{position}</span>\n<input type="text" '
        f'class="form-control" readonly="" placeholder="" value="{escape(name.strip())}" />\n</div>\n'
        for position, name in enumerate(v["申请人名称"].split("/ "), start=1)
    )
    acceptance = "备案号" if v["临床申请受理号"].startswith("B") else "临床申请受理号"
    ending = "试验终止日期" if v["试验状态"] == "主动终止" else "试验完成日期"
    parts = [
        '<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head>\n'
        '<meta http-equiv="content-type" content="text/html; charset=UTF-8" />\n'
        f"<title>{escape(v['登记号'])}详细信息</title>\n"
        '<meta name="SiteName" content="国家药审" />\n'
        '</head>\n<body>\n<main><div class="_main_content null skin_01">\n'
        '<div class="row">目前是第 <span class="f00">1</span> 个试验/共 <span class="f00">99</span> 个试验</div>\n'
        '<h4 class="panel-title"><a role="button">\n基本信息\n</a></h4>\n<div class="panel-body">\n',
        _table(
            _pairs(("登记号", v["登记号"]), ("试验状态", v["试验状态"]))
            + _pairs(("申请人联系人", contact), ("首次公示信息日期", v["首次公示信息日期"]))
            + _pairs(("申请人名称", v["申请人名称"]))
        ),
        '</div>\n<h4 class="panel-title"><a role="button">\n公示的试验信息\n</a></h4>\n<div class="panel-body">\n'
        '<div class="searchDetailPartTit">一、题目和背景信息</div>\n',
        _table(
            "".join(_pairs((name, v[name])) for name in ("登记号", "相关登记号", "药物名称", "药物类型"))
            + _pairs((acceptance, v["临床申请受理号"]))
            + "".join(_pairs((name, v[name])) for name in ("适应症", "试验专业题目", "试验通俗题目"))
            + _pairs(("试验方案编号", v["试验方案编号"]), ("方案最新版本号", v["方案最新版本号"]))
            + _pairs(("版本日期:", v["版本日期"]), ("方案是否为联合用药", v["方案是否为联合用药"]))
        ),
        '<div class="searchDetailPartTit">二、申请人信息</div>\n',
        _table(
            f'<tr><th>申请人名称</th>\n<td colspan="5">\n{sponsors}</td></tr>\n'
            + _pairs(("联系人姓名", contact), ("联系人座机", "000-00000000"), ("联系人手机号", "00000000000"))
            + _pairs(("联系人Email", "contactperson@example.org"), ("联系人邮政地址", "样例路1号"), ("联系人邮编", ""))
        ),
        '<div class="searchDetailPartTit">三、临床试验信息</div>\n<div class="sDPTit2">1、试验目的</div>\n'
        f"\t\t{escape(v['试验目的'])}\n"
        '<div class="sDPTit2">2、试验设计</div>\n',
        _table(
            _pairs(*((name, v[name]) for name in ("试验分类", "试验分期", "设计类型")))
            + _pairs(*((name, v[name]) for name in ("随机化", "盲法", "试验范围")))
        ),
        '<div class="sDPTit2">3、受试者信息</div>\n',
        _table(
            "".join(_pairs((name, v[name])) for name in ("年龄", "性别", "健康受试者"))
            + f"<tr><th>入选标准</th>\n<td>\n{_numbered(record.inclusion.zh)}</td></tr>\n"
            f"<tr><th>排除标准</th>\n<td>\n{_numbered(record.exclusion.zh)}</td></tr>\n"
        ),
        '<div class="sDPTit2">4、试验分组</div>\n',
        _table(
            f"<tr><th>试验药</th>\n<td>\n{_drugs(record)}</td></tr>\n"
            f"<tr><th>对照药</th>\n<td>\n{_controls(record)}</td></tr>\n"
        ),
        '<div class="sDPTit2">5、终点指标</div>\n',
        _table(
            f"<tr><th>主要终点指标及评价时间</th>\n<td>\n{_endpoints(record)}</td></tr>\n"
            "<tr><th>次要终点指标及评价时间</th>\n<td>暂未填写此信息</td></tr>\n"
        ),
        '<div class="sDPTit2">\n6、数据安全监查委员会（DMC）\n</div>\n\t有\n'
        '<div class="sDPTit2">\n7、为受试者购买试验伤害保险\n</div>\n\t有\n'
        '<div class="searchDetailPartTit">四、研究者信息</div>\n<div class="sDPTit2">1、主要研究者信息</div>\n',
        _table(
            _pairs(("姓名", contact), ("学位", "医学博士"), ("职称", "主任医师"))
            + _pairs(("电话", "000-00000000"), ("Email", "contactperson@example.org"), ("邮政地址", "样例路1号"))
            + _pairs(("邮编", ""), ("单位名称", record.sites[0].name.zh)),
            "searchDetailTable marginBtm10",
        ),
        '<div class="sDPTit2">2、各参加机构信息</div>\n',
        _institutions(record),
        '<div class="searchDetailPartTit">五、伦理委员会信息</div>\n',
        _table(
            "<tr><th>序号</th><th>名称</th><th>审查结论</th><th>批准日期/备案日期</th></tr>\n"
            f"<tr><td>1</td><td>{escape(record.sites[0].name.zh)}伦理委员会</td><td>\n同意\n</td><td>{record.start}</td></tr>\n"
        ),
        '<div class="searchDetailPartTit">六、试验状态信息</div>\n<div class="sDPTit2">1、试验状态</div>\n'
        f"\t\t{v['状态']}\n"
        '<div class="sDPTit2">2、试验人数</div>\n',
        _table("".join(_pairs((name, v[name])) for name in ("目标入组人数", "已入组人数", "实际入组总人数"))),
        '<div class="sDPTit2">3、受试者招募及试验完成日期</div>\n',
        _table(
            "".join(_pairs((name, v[name])) for name in ("第一例受试者签署知情同意书日期", "第一例受试者入组日期"))
            + _pairs((ending, v["试验完成日期"]))
        ),
        '<div class="searchDetailPartTit">七、临床试验结果摘要</div>\n',
        _table(
            "<tr><th>序号</th><th>版本号</th><th>版本日期</th></tr>\n"
            '<tr><td colspan="3" style="text-align: center">暂未填写此信息</td></tr>\n'
        ),
        '</div>\n<h4 class="panel-title"><a role="button">\n信息更新记录\n</a></h4>\n<div class="panel-body">\n',
        _table(
            "<tr><th>时间</th><th>更新记录</th></tr>\n"
            + (updates or '<tr>\n<td colspan="2" style="text-align: center;">暂无更新记录</td>\n</tr>\n')
        ),
        "</div>\n</div></main>\n</body></html>\n",
    ]
    return "".join(parts).encode()


def search_results(records: Iterable[Record]) -> bytes:
    """A page of search results: a list of registrations, none of them whole."""
    rows = []
    for position, record in enumerate(records, start=1):
        v = fields(record)
        link = f'<a href="javascript:void(0)" onclick="getDetail(this.id)" id="{record.number:032x}" name="{position}">'
        status = v["试验状态"]
        cells = (v["登记号"], f"{status}&nbsp;招募中", record.drug_name or "NA", v["适应症"], v["试验通俗题目"])
        rows.append(
            f"<tr>\n<td>&nbsp;{position}</td>\n"
            + "".join(f"<td >\n{link}\n{cell}\n</a></td>\n" for cell in cells)
            + "</tr>\n"
        )
    head = "".join(f"<th>{name}</th>" for name in ("序号", "登记号", "试验状态", "药物名称", "适应症", "试验通俗题目"))
    return (
        "<!DOCTYPE html>\n<html>\n<head>\n"
        '<meta http-equiv="content-type" content="text/html; charset=UTF-8">\n<title>试验公示和查询</title>\n</head>\n<body>\n'
        '<form role="form" id="searchfrm" method="post" action="/clinicaltrials.searchlist.dhtml">\n'
        '<input type="hidden" id="secondLevel" name="secondLevel" value="1"/>\n</form>\n'
        f'<table border="0" cellspacing="0" cellpadding="0" class="searchTable">\n<tr class="Tab_title">{head}</tr>\n'
        f"{''.join(rows)}</table>\n"
        '<div class="pull-right pageInfo">当前第 <i>1</i> 页，共 <i>1</i> 页，共 <i>3</i> 条记录</div>\n</body>\n</html>\n'
    ).encode()


def block_page() -> bytes:
    """What the site's firewall answers instead of a page: a shell around a script that nobody can read."""
    return (
        b'<!DOCTYPE html><html><head><meta charset="UTF-8"><meta id="9Sample" content="00sample00sample00" r="m">'
        b'<script type="text/javascript" charset="utf-8" src="/FxJzG50F0000000/sample.0000000.js" r="m"></script>'
        b'<script type="text/javascript" r="m">(function(){var _$sample=0;while(1){_$sample++;break}})()</script>'
        b'</head><body><input type="hidden" id="__onload__" name="sample" value="00sample00" /></body></html>\n'
    )
