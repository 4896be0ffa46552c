"""ChinaDrugTrials detail pages: input values, bare text nodes, nested tables, contacts left out."""

from datetime import date
from typing import Any

import pytest

from extract.chinadrugtrials import read
from extract.records import Registration, Unreadable
from tests.unit.extract.pages import cde_page


def page(text: str) -> dict[str, Any]:
    reading = read.read_html(text.encode())
    assert isinstance(reading, Registration), reading
    return reading.document


def test_fields_of_a_page() -> None:
    document = page(cde_page())
    expected = {
        "registration_id": "CTR20299901",
        "status": "进行中",
        "status_detail": "进行中 （尚未招募）",
        "first_public_date": "2019-08-31",
        "sponsor_names": ["虚构药业有限公司", "虚构生物有限公司"],
        "related_ids": ["CTR20299902", "CTR20299903"],
        "drug_name": "虚构细胞注射液",
        "former_drug_name": "旧名",
        "acceptance_number": "CXSL2900001",
        "version_date": "2019-07-17",
        "combination": "否",
        "purpose": "评价虚构细胞的安全性； 以及有效性。",
        "phase": "其它 其他说明:Ib/Ⅱ期",
        "age": "18岁(最小年龄)至 无上限(最大年龄)",
        "inclusion_criteria": "1. 成人\n2. 复发",
        "dmc": "无",
        "insurance": "有",
        "target_size": "国内: 9 人；",
        "institutions": [{"name": "虚构医院", "country": "中国", "province": "北京市", "city": "北京市"}],
        "primary_endpoints": [{"name": "DLT", "time": "28天", "kind": "安全性指标"}],
        "control_drugs": [],
        "updates": [],
        "termination_date": None,
    }
    assert {key: document[key] for key in expected} == expected


def test_drugs_are_taken_apart() -> None:
    (drug,) = page(cde_page())["test_drugs"]
    assert drug["name"] == "虚构细胞注射液"
    assert drug["english_name"] == "Made-up Cells"
    assert drug["brand_name"] == "NA"
    assert "剂型:注射剂" in drug["text"]


def test_drugs_run_together_in_one_text_are_taken_apart() -> None:
    run_together = (
        "<td>1中文通用名:甲细胞英文通用名:Cells A商品:NA剂型:注射剂规格:1袋用药时程:1次"
        "2中文通用名:乙细胞英文通用名:Cells B商品名称:乙剂型:注射剂</td>"
    )
    text = cde_page()
    start = text.index('<td><table class="subSearch"><tbody>\n<tr><th>序号</th><th>名称</th>')
    end = text.index("</table></td>", start) + len("</table></td>")
    drugs = page(text[:start] + run_together + text[end:])["test_drugs"]
    assert [(drug["position"], drug["name"], drug["english_name"]) for drug in drugs] == [
        ("1", "甲细胞", "Cells A"),
        ("2", "乙细胞", "Cells B"),
    ]


@pytest.mark.parametrize(
    ("drug", "name", "former"),
    [("细胞 曾用名:", "细胞", None), ("细胞", "细胞", None), ("细胞曾用名：旧细胞", "细胞", "旧细胞")],
)
def test_the_former_name_is_taken_off(drug: str, name: str, former: str | None) -> None:
    document = page(cde_page(drug=drug))
    assert (document["drug_name"], document["former_drug_name"]) == (name, former)


def test_the_sponsor_in_the_text_counts_where_there_is_no_input() -> None:
    text = (
        cde_page()
        .replace('<input type="text" value="虚构药业有限公司"/>', "")
        .replace('<input type="text" value="虚构生物有限公司"/>', "")
    )
    assert page(text)["sponsor_names"] == ["虚构药业有限公司", "虚构生物有限公司"]


def test_the_last_update_dates_the_version() -> None:
    updates = "<tr><td>2019-10-02</td><td>更新招募状态</td></tr><tr><td>2019-09-01</td><td>更新方案</td></tr>"
    reading = read.read_html(cde_page(extra=updates).encode())
    assert isinstance(reading, Registration)
    assert reading.record_date == date(2019, 10, 2)
    assert reading.document["updates"][0] == {"date": "2019-10-02", "text": "更新招募状态"}


def test_people_are_not_kept() -> None:
    text = str(page(cde_page()))
    for personal in ("张三", "李四", "zhangsan", "13800138000", "12345678", "虚构路"):
        assert personal not in text


@pytest.mark.parametrize(("number", "reason"), [("CTR1899015304", "is not a CTR number"), ("", "no value beside")])
def test_a_page_without_a_number_goes_to_quarantine(number: str, reason: str) -> None:
    reading = read.read_html(cde_page(number).encode())
    assert isinstance(reading, Unreadable)
    assert reason in reading.reason
