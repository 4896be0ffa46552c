# ruff: noqa: E501 - pages are laid out as the registries lay them out
"""Made-up detail pages on the registries' genuine structure, as small as shows a case."""

CHICTR_MENU = """
<div class="pc-nav"><a href="./studytypeproj.html"><span>按研究类型统计</span></a>
<a href="./recruitmentstatusproj.html"><span>按征募研究对象情况统计</span></a></div>
"""


def chictr_row(zh: str, en: str, zh_value: str, en_value: str | None = None) -> str:
    """A field of a ChiCTR page: one row a language, or one row with both labels when there is one value."""
    if en_value is None:
        return (
            f'<tr><td class="left_title"><p class="cn">{zh}：</p><p class="en">{en}：</p></td>'
            f'<td class="splaceTen">{zh_value}&nbsp;</td></tr>'
        )
    return (
        f'<tr class="cn"><td class="left_title"><p class="cn">{zh}：</p></td><td><p class="cn">\n {zh_value}\n </p></td></tr>'
        f'<tr class="en"><td class="left_title"><p class="en">{en}：</p></td><td><p class="en">\n {en_value}\n </p></td></tr>'
    )


def chictr_arm(zh: str, en: str, size: str, what: str) -> str:
    """An arm of a ChiCTR page: a table of its own, the size in a cell over two rows."""
    return (
        '<table class="noComma"><tbody>'
        f'<tr><td><p class="cn">组别：</p></td><td><p class="cn">{zh}</p></td>'
        f'<td><p class="cn">样本量：</p></td><td rowspan="2">{size}</td></tr>'
        f'<tr><td><p class="en">Group：</p></td><td><p class="en">{en}</p></td><td><p class="en">Sample size：</p></td></tr>'
        f'<tr><td><p class="cn">干预措施：</p></td><td><p class="cn">{what}</p></td>'
        '<td><p class="cn">干预措施代码：</p></td><td class="sub" rowspan="2"></td></tr>'
        f'<tr><td><p class="en">Intervention：</p></td><td><p>{what} infusion</p></td><td><p class="en">Intervention code：</p></td></tr>'
        "</tbody></table>"
    )


def chictr_page(number: str = "ChiCTR9900000001", extra: str = "", heading: str = "", css: str = "project-ms") -> str:
    """A ChiCTR detail page, contacts included."""
    fields = "".join(
        [
            chictr_row("注册号", "Registration number", number),
            chictr_row("最近更新日期", "Date of Last Refreshed on", "2024-05-28 08:56:14"),
            chictr_row("注册时间", "Date of Registration", "1990-01-01 00:00:00"),
            chictr_row("注册号状态", "Registration Status", "预注册", "Prospective registration"),
            chictr_row("注册题目", "Public title", "虚构的CAR-T研究", "A made-up CAR-T study"),
            chictr_row("注册题目简写", "English Acronym", "", "MADEUP"),
            chictr_row("研究课题代号(代码)", "Study subject ID", "MU-001"),
            chictr_row(
                "在二级注册机构或其它机构的注册号",
                "The registration number of the Partner Registry or other register",
                "NCT99900001",
            ),
            '<tr class="cn"><td class="left_title"><p class="cn">申请注册联系人：</p></td><td><p class="cn">张三</p></td>'
            '<td class="left_title"><p class="cn">研究负责人：</p></td><td><p class="cn">李四</p></td></tr>',
            chictr_row("申请注册联系人电子邮件", "Applicant E-mail", "zhangsan@example.com"),
            chictr_row("申请注册联系人电话", "Applicant telephone", "+86 10 12345678"),
            chictr_row("申请人所在单位", "Applicant's institution", "虚构生物公司", "Made-up Bio Ltd."),
            chictr_row("研究实施负责（组长）单位", "Primary sponsor", "虚构医院", "Made-up Hospital"),
            chictr_row("研究类型", "Study type", "干预性研究", "Interventional study"),
            chictr_row("研究所处阶段", "Study phase", "I期临床试验", "1"),
            chictr_row("纳入标准", "Inclusion criteria", "1 成人<br>\n2 复发", "1. adult<br>\n2. relapsed"),
        ]
    )
    times = (
        '<tr><td class="left_title"><p class="cn">研究实施时间：</p><p class="en">Study execute time：</p></td>'
        '<td><span class="cn">从</span><span class="en">From</span><span>2024-06-01 00:00:00</span><span class="cn">至</span>'
        '<span class="en">To</span><span>2029-10-01 00:00:00</span></td></tr>'
    )
    arms = (
        '<tr><td class="left_title"><p class="cn">干预措施：</p><p class="en">Interventions：</p></td><td>'
        + chictr_arm("试验组", "Experimental", "20", "CAR-T")
        + chictr_arm("对照组", "Control", "10", "placebo")
        + "</td></tr>"
    )
    status = (
        '<tr><td class="left_title"><p class="cn">征募研究对象情况：</p><p class="en">Recruiting status：</p></td>'
        '<td><p class="cn">尚未开始</p><p class="en">Not yet\n recruiting</p></td>'
        '<td class="left_title"><p class="cn">年龄范围：</p><p class="en">Participant age：</p></td><td><table><tbody>'
        '<tr><td><span class="cn">最小</span><span class="en">Min age</span></td><td>18</td><td>岁</td></tr>'
        '<tr><td><span class="cn">最大</span><span class="en">Max age</span></td><td></td><td>岁</td></tr></tbody></table></td></tr>'
    )
    return (
        "<!DOCTYPE html><html><head><meta charset='UTF-8'><title>中国临床试验注册中心</title></head><body>"
        f'{CHICTR_MENU}{heading}<input type="hidden" name="pid" value="900001"/>'
        f'<div class="{css}"><table><tbody>{fields}{times}{arms}{status}{extra}</tbody></table></div></body></html>'
    )


CHICTR_SEARCH = (
    "<html><head><title>中国临床试验注册中心</title></head><body><div id='handle-search'>搜索</div><div class='it-text'>注册号</div>"
    '<table class="table1"><t-head><tr><td>注册号</td></tr></t-head><tr><td>ChiCTR9900000001</td><td>'
    '<a class="tit1 wto" title="x">x</a></td></tr></table></body></html>'
)


def cde_page(number: str = "CTR20299901", drug: str = "虚构细胞注射液\n 曾用名:旧名", extra: str = "") -> str:
    """A ChinaDrugTrials detail page: sponsor in the input, bare text nodes, nested tables, contacts."""
    return f"""<!DOCTYPE html><html><head><meta charset="UTF-8"/><meta name="SiteName" content="国家药审"/></head><body>
<table class="searchDetailTable"><tbody>
<tr><th>登记号</th><td>{number}</td><th>试验状态</th><td>进行中</td></tr>
<tr><th>申请人联系人</th><td>张三</td><th>首次公示信息日期</th><td>\n2019-08-31\n</td></tr>
<tr><th>申请人名称</th><td colspan="3">虚构药业有限公司/ 虚构生物有限公司/ </td></tr></tbody></table>
<div class="searchDetailPartTit">一、题目和背景信息</div>
<table class="searchDetailTable"><tbody>
<tr><th>登记号</th><td colspan="3">{number}</td></tr>
<tr><th>相关登记号</th><td colspan="3">CTR20299902,CTR20299903</td></tr>
<tr><th>药物名称</th><td colspan="3">{drug}</td></tr>
<tr><th>\n 临床申请受理号\n </th><td colspan="3">CXSL2900001</td></tr>
<tr><th>适应症</th><td colspan="3">淋巴瘤</td></tr>
<tr><th>试验通俗题目</th><td colspan="3">虚构细胞治疗淋巴瘤</td></tr>
<tr><th>版本日期:</th><td>2019-07-17</td><th>方案是否为联合用药</th><td>否 </td></tr></tbody></table>
<div class="searchDetailPartTit">二、申请人信息</div>
<table class="searchDetailTable"><tbody>
<tr><th>申请人名称</th><td colspan="5"><div class="input-group"><span class="input-group-addon">1</span>
<input type="text" value="虚构药业有限公司"/></div><div class="input-group"><span>2</span><input type="text" value="虚构生物有限公司"/></div></td></tr>
<tr><th>联系人姓名</th><td>张三</td><th>联系人座机</th><td>010-12345678</td><th>联系人手机号</th><td>13800138000</td></tr>
<tr><th>联系人Email</th><td>zhangsan@example.com</td><th>联系人邮政地址</th><td>北京市虚构路1号</td></tr></tbody></table>
<div class="sDPTit2">1、试验目的</div>
评价虚构细胞的安全性；
<p>以及有效性。</p>
<div class="sDPTit2">2、试验设计</div>
<table class="searchDetailTable"><tbody><tr><th>试验分类</th><td>安全性和有效性</td><th>试验分期</th><td>\n其它\n其他说明:Ib/Ⅱ期</td>
<th>设计类型</th><td>单臂试验</td></tr></tbody></table>
<table class="searchDetailTable"><tbody><tr><th>年龄</th><td>\n18岁(最小年龄)至\n无上限(最大年龄)</td></tr>
<tr><th>入选标准</th><td><table class="subSearch"><tbody><tr><td>1</td><td>成人</td></tr><tr><td>2</td><td>复发</td></tr></tbody></table></td></tr></tbody></table>
<table class="searchDetailTable"><tbody><tr><th>试验药</th><td><table class="subSearch"><tbody>
<tr><th>序号</th><th>名称</th><th>用法</th></tr>
<tr><td>1</td><td>中文通用名:虚构细胞注射液<br />英文通用名:Made-up Cells<br />商品名称:NA</td><td>剂型:注射剂<br />规格:1袋</td></tr></tbody></table></td></tr>
<tr><th>对照药</th><td>暂未填写此信息</td></tr></tbody></table>
<table class="searchDetailTable"><tbody><tr><th>主要终点指标及评价时间</th><td><table class="subSearch"><tbody>
<tr><th>序号</th><th>指标</th><th>评价时间</th><th>终点指标选择</th></tr><tr><td>1</td><td>DLT</td><td>28天</td><td>安全性指标</td></tr></tbody></table></td></tr></tbody></table>
<div class="sDPTit2">6、数据安全监查委员会（DMC）</div>无
<div class="sDPTit2">7、为受试者购买试验伤害保险</div>有
<div class="sDPTit2">2、各参加机构信息</div>
<table class="searchDetailTable"><tbody><tr><th>序号</th><th>机构名称</th><th>主要研究者</th><th>国家</th><th>省（州）</th><th>城市</th></tr>
<tr><td>1</td><td>虚构医院</td><td>李四</td><td>中国</td><td>北京市</td><td>北京市</td></tr></tbody></table>
<div class="sDPTit2">1、试验状态</div>
进行中
（尚未招募）
<div class="sDPTit2">2、试验人数</div>
<table class="searchDetailTable"><tbody><tr><th>目标入组人数</th><td>国内: 9 人；</td></tr></tbody></table>
<table class="searchDetailTable"><tbody><tr><th>时间</th><th>更新记录</th></tr>{extra or '<tr><td colspan="2">暂无更新记录</td></tr>'}</tbody></table>
</body></html>"""


CDE_SEARCH = (
    '<html><head><meta name="SiteName" content="国家药审"/><title>试验公示和查询</title></head><body>查询结果'
    '<form id="searchfrm" action="/clinicaltrials.searchlist.dhtml"></form><table class="searchTable"><tr><th>登记号</th></tr>'
    '<tr><td><a onclick="getDetail(this.id)" id="0123">CTR20299901</a></td></tr></table></body></html>'
)
