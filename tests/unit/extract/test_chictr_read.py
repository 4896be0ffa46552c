# ruff: noqa: E501 - pages are laid out as the registry lays them out
"""ChiCTR: detail pages of both layouts, history versions, per-trial XML of every root."""

from datetime import date
from typing import Any

import pytest

from extract.chictr import read
from extract.records import Registration, Unreadable
from tests.unit.extract.pages import chictr_page, chictr_row


def page(text: str) -> dict[str, Any]:
    reading = read.read_html(text.encode())
    assert isinstance(reading, Registration), reading
    return reading.document


def test_fields_keep_both_languages() -> None:
    document = page(chictr_page())
    assert document["registration_id"] == "ChiCTR9900000001"
    assert document["web_id"] == "900001"
    assert document["public_title"] == {"zh": "虚构的CAR-T研究", "en": "A made-up CAR-T study"}
    assert document["acronym"] == {"zh": None, "en": "MADEUP"}
    assert document["study_type"] == {"zh": "干预性研究", "en": "Interventional study"}
    assert document["recruiting_status"] == {"zh": "尚未开始", "en": "Not yet recruiting"}
    assert document["inclusion_criteria"] == {"zh": "1 成人\n2 复发", "en": "1. adult\n2. relapsed"}
    assert document["partner_ids"] == "NCT99900001"
    assert document["date_registration"] == "1990-01-01 00:00:00"
    assert (document["study_from"], document["study_to"]) == ("2024-06-01 00:00:00", "2029-10-01 00:00:00")
    assert (document["age_min"], document["age_max"]) == ("18", None)


def test_arms_become_a_list() -> None:
    arms = page(chictr_page())["interventions"]
    assert arms == [
        {
            "group": {"zh": "试验组", "en": "Experimental"},
            "sample_size": "20",
            "intervention": {"zh": "CAR-T", "en": "CAR-T infusion"},
            "code": None,
        },
        {
            "group": {"zh": "对照组", "en": "Control"},
            "sample_size": "10",
            "intervention": {"zh": "placebo", "en": "placebo infusion"},
            "code": None,
        },
    ]


def test_sites_are_split_where_a_label_comes_again() -> None:
    """Both sites in one table, as older pages have them."""
    rows = "".join(
        f'<tr class="cn"><td><p class="cn">国家：</p></td><td>中国</td><td><p class="cn">省(直辖市)：</p></td><td>{province}</td></tr>'
        f'<tr class="cn"><td><p class="cn">单位(医院)：</p></td><td>{hospital}&nbsp;</td>'
        '<td><p class="cn">单位级别：</p></td><td>三级甲等</td></tr>'
        f'<tr class="en"><td><p class="en">Institution<br/>hospital：</p></td><td><p>{hospital} EN</p></td></tr>'
        for province, hospital in (("北京", "甲医院"), ("上海", "乙医院"))
    )
    cell = (
        '<tr><td class="left_title"><p class="cn">研究实施地点：</p><p class="en">Countries of recruitment and research settings：</p></td>'
        f"<td><table>{rows}</table></td></tr>"
    )
    sites = page(chictr_page(extra=cell))["sites"]
    assert [site["province"]["zh"] for site in sites] == ["北京", "上海"]
    assert [site["institution"] for site in sites] == [
        {"zh": "甲医院", "en": "甲医院 EN"},
        {"zh": "乙医院", "en": "乙医院 EN"},
    ]


def test_the_older_layout_is_read_too() -> None:
    """div.ProjetInfo_ms, labels of both languages run together, values of both languages in one cell."""
    extra = (
        "<tr><td>研究疾病：Target disease：</td><td>淋巴瘤 Lymphoma</td></tr>"
        "<tr><td>性别：<br/>Gender：</td><td>男女均可 Both</td></tr>"
    )
    document = page(chictr_page(extra=extra, css="ProjetInfo_ms"))
    assert document["condition"] == {"zh": "淋巴瘤", "en": "Lymphoma"}
    assert document["gender"] == {"zh": "男女均可", "en": "Both"}


def test_a_history_version_carries_its_own_date() -> None:
    heading = "<div class='h'>ChiCTR9900000001 版本V1.4 版本创建时间2021/11/19 16:27:54</div>"
    reading = read.read_html(chictr_page(heading=heading).encode())
    assert isinstance(reading, Registration)
    assert reading.document["version"] == "V1.4"
    assert reading.record_date == date(2021, 11, 19)
    current = read.read_html(chictr_page().encode())
    assert isinstance(current, Registration)
    assert current.record_date == date(2024, 5, 28)


def test_people_are_not_kept() -> None:
    text = str(
        page(
            chictr_page(
                extra=chictr_row("研究目的", "Objectives of Study", "联系 li@example.com", "write to li@example.com")
            )
        )
    )
    for personal in ("张三", "李四", "zhangsan", "12345678", "example.com"):
        assert personal not in text
    assert "Made-up Bio Ltd." in text


def test_a_page_in_gbk_is_read() -> None:
    data = chictr_page().replace("charset='UTF-8'", "charset='gb2312'").encode("gbk")
    reading = read.read_html(data)
    assert isinstance(reading, Registration)
    assert reading.document["public_title"]["zh"] == "虚构的CAR-T研究"


@pytest.mark.parametrize(
    ("number", "reason"), [("ChiCTR12", "'ChiCTR12' is not a ChiCTR number"), ("", "no value beside")]
)
def test_a_page_without_a_number_goes_to_quarantine(number: str, reason: str) -> None:
    reading = read.read_html(chictr_page(number).encode())
    assert isinstance(reading, Unreadable)
    assert reason in reading.reason


def trial_xml(
    tag: str = "Triall", root: str = "trials", sponsor: str = "Jane Doe", firstname: str = "Jane Doe", **main: str
) -> str:
    fields = {
        "trial_id": "ChiCTR9900000002",
        "date_registration": "2020-07-02",
        "primary_sponsor": sponsor,
        "public_title": "A made-up survey",
        "target_size": "2019 Y:2418;2020 Y:821;",
        "i_freetext": "2019 Y:CAR-T; 1x10^6/kg;2020 Y:N/A;",
        "url": "http://www.chictr.org.cn/showproj.aspx?proj=900002",
        **main,
    }
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{root}><{tag}><main>{inner}</main>'
        f"<contacts><contact><type>Scientific</type><firstname>{firstname}</firstname><email>jane@example.org</email>"
        "<affiliation>Example Hospital</affiliation></contact></contacts><countries><country2>China</country2></countries>"
        "<criteria><inclusion_criteria>(1) adult\n(2) relapsed</inclusion_criteria><agemin>18</agemin><gender>Both</gender></criteria>"
        "<primary_outcome><prim_outcome>ORR;OS;</prim_outcome></primary_outcome>"
        "<secondary_ids><secondary_id><sec_id>NCT99900001</sec_id><issuing_authority>CT.gov</issuing_authority></secondary_id>"
        f"</secondary_ids></{tag}></{root}>"
    )


def xml_documents(text: str) -> list[dict[str, Any]]:
    readings = list(read.read_xml(text.encode()))
    assert all(isinstance(reading, Registration) for reading in readings), readings
    return [reading.document for reading in readings if isinstance(reading, Registration)]


@pytest.mark.parametrize(
    ("root", "tag"), [("trials", "Triall"), ("trials", "trial"), ("Triallist", "trial"), ("x", "Trial")]
)
def test_xml_of_every_root(root: str, tag: str) -> None:
    (document,) = xml_documents(trial_xml(tag, root))
    assert document["registration_id"] == "ChiCTR9900000002"
    assert document["public_title"] == {"zh": None, "en": "A made-up survey"}
    assert document["web_id"] == "900002"
    assert document["inclusion_criteria"]["en"] == "(1) adult\n(2) relapsed"
    assert document["countries"] == "China"
    assert document["secondary_ids"] == [{"id": "NCT99900001", "issuer": "CT.gov"}]
    assert [outcome["name"]["en"] for outcome in document["outcomes"]] == ["ORR", "OS"]


def test_xml_arms_are_paired_with_their_sizes() -> None:
    (document,) = xml_documents(trial_xml())
    arms = [(arm["group"]["en"], arm["intervention"]["en"], arm["sample_size"]) for arm in document["interventions"]]
    assert arms == [("2019 Y", "CAR-T; 1x10^6/kg", "2418"), ("2020 Y", "N/A", "821")]


@pytest.mark.parametrize(
    ("sponsor", "firstname", "kept"),
    [
        ("Jane Doe", "Jane Doe", "Example Hospital"),
        ("Jane Doe", "REDACTED", "Example Hospital"),
        ("Another Hospital", "Jane Doe", "Another Hospital"),
        ("Another Hospital", "", "Another Hospital"),
    ],
)
def test_a_person_as_sponsor_gives_way_to_the_affiliation(sponsor: str, firstname: str, kept: str) -> None:
    (document,) = xml_documents(trial_xml(sponsor=sponsor, firstname=firstname))
    assert document["primary_sponsor"] == {"zh": None, "en": kept}
    assert document["leader_institution"]["en"] == "Example Hospital"
    assert "Jane" not in str(document)
    assert "jane@" not in str(document)


def test_a_broken_trial_costs_only_itself() -> None:
    whole = trial_xml()
    one = whole[whole.index("<Triall>") : whole.index("</trials>")]
    text = f"<trials>{one}{one.replace('</main>', '')}{one.replace('ChiCTR9900000002', 'X1')}{one[:300]}"
    readings = list(read.read_xml(text.encode()))
    assert [type(reading) for reading in readings] == [Registration, Unreadable, Unreadable, Unreadable]
    reasons = [reading.reason for reading in readings if isinstance(reading, Unreadable)]
    assert "not well-formed" in reasons[0]
    assert "'X1' is not a ChiCTR number" in reasons[1]
    assert "ends" in reasons[2]
