"""Registry and shape come from the content; what holds no registration is refused with a sentence."""

import json

import pytest

from extract.recognise import Recognised, Refused, recognise
from tests.unit.extract.pages import CDE_SEARCH, CHICTR_SEARCH, cde_page, chictr_page

STUDY = {"protocolSection": {"identificationModule": {"nctId": "NCT99900001"}}}


@pytest.mark.parametrize(
    ("content", "registry", "shape"),
    [
        (json.dumps({"studies": [STUDY]}), "clinicaltrials_gov", "api_page"),
        (
            json.dumps({"totalCount": 1, "nextPageToken": "x", "studies": [STUDY]}, indent=2),
            "clinicaltrials_gov",
            "api_page",
        ),
        ('{"studies":[]}', "clinicaltrials_gov", "api_page"),
        ('{"totalCount":0,"studies":[]}', "clinicaltrials_gov", "api_page"),
        (json.dumps([STUDY]), "clinicaltrials_gov", "study_array"),
        (json.dumps(STUDY), "clinicaltrials_gov", "study_json"),
        (json.dumps(STUDY, indent=2), "clinicaltrials_gov", "study_json"),
        (json.dumps({"studies": [STUDY]}) + "\n" + json.dumps({"studies": [STUDY]}), "clinicaltrials_gov", "ndjson"),
        ("\ufeff" + json.dumps(STUDY) + "\n" + json.dumps(STUDY), "clinicaltrials_gov", "ndjson"),
        (
            "<Trials_downloaded_from_ICTRP><Trial><TrialID>x</TrialID></Trial></Trials_downloaded_from_ICTRP>",
            "ictrp",
            "portal_xml",
        ),
        ("TrialID,Last Refreshed on,Public title\n", "ictrp", "portal_csv"),
        ('"TrialID";"Public title"\n', "ictrp", "portal_csv"),
        ("NCT99900001" + "," * 62, "ictrp", "full_export_csv"),
        ("<trials><Triall><main><trial_id>x</trial_id></main></Triall></trials>", "chictr", "trial_xml"),
        (chictr_page(), "chictr", "detail_html"),
        (cde_page(), "chinadrugtrials", "detail_html"),
    ],
)
def test_what_is_read(content: str, registry: str, shape: str) -> None:
    assert recognise(content.encode()) == Recognised(registry, shape)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        (CHICTR_SEARCH, "chictr search"),
        (CDE_SEARCH, "cde search"),
        ("<html><title>滑动验证页面</title><body>TraceID: 0a1b</body></html>", "slider"),
        ("<html><script src='/antidom.js'></script></html>", "slider"),
        ("<html><body><img id='imgVerify'/><input class='txtVerifyCode'/></body></html>", "captcha"),
        ("非常抱歉!您查看的项目的不存在或已超过当天最大查看次数", "chictr cap"),
        ("<html><body>非常抱歉!您查看的项目的不存在或已超过当天最大查看次数</body></html>", "chictr cap"),
        (
            "<html><script>$_ts=1;</script><script src='/FxJzG50Fabc/x.1.js'></script><body></body></html>",
            "script shell",
        ),
        ("<html><title>中国临床试验注册中心</title><body><p>网站首页</p></body></html>", "chictr shell"),
        ('<html><table class="searchDetailTable"><tr><th>登记号</th><td></td></tr></table></html>', "cde shell"),
        ('<html><meta name="SiteName" content="国家药审"/><body>首页</body></html>', "cde other"),
        ("<html><body><a href='/NoAccess.aspx'>Object moved</a></body></html>", "ictrp access"),
        ("<html><body><a href='https://trialsearch.who.int/'>ICTRP</a></body></html>", "ictrp search"),
        ("<html><body>A study on ClinicalTrials.gov</body></html>", "ctgov page"),
        ('{"apiVersion":"2.0.5","dataTimestamp":"2026-09-04T09:00:06"}', "version"),
        ('{"some": "json"}', "json"),
        ("<trials></trials>", "no trial"),
        ("# A readme\n\nwith text", "text"),
        ("a,b,c\n1,2,3\n", "text"),
        ("<html><body>A page about cats, long enough to be one. " + "x " * 300 + "</body></html>", "page"),
        ("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("PK\x03\x04 xl/workbook.xml", "spreadsheet"),
        ("PK\x03\x04 cut off", "archive"),
    ],
)
def test_what_is_refused(content: str, kind: str) -> None:
    refused = recognise(content.encode())
    assert isinstance(refused, Refused)
    assert refused.kind == kind
    assert refused.reason.endswith(".")


def test_a_detail_page_with_a_search_box_is_still_a_detail_page() -> None:
    page = chictr_page().replace(
        "<body>", "<body><img id='imgVerify' style='display:none'/><a href='./searchproj.html'>检索</a>"
    )
    assert recognise(page.encode()) == Recognised("chictr", "detail_html")


def test_a_stray_nul_byte_does_not_make_a_text_binary() -> None:
    assert recognise(chictr_page().replace("<body>", "<body>\x00").encode()) == Recognised("chictr", "detail_html")
    assert recognise((json.dumps([STUDY] * 3) + "\x00").encode()) == Recognised("clinicaltrials_gov", "study_array")


def test_names_decide_nothing() -> None:
    assert recognise(json.dumps({"studies": [STUDY]}).encode("utf-16")) == Recognised("clinicaltrials_gov", "api_page")
