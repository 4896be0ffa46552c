"""Tell from a file's content which registry it comes from and in which shape, or why it is not read. Names decide nothing."""

import mmap
import re
from dataclasses import dataclass

from extract import chictr, chinadrugtrials, clinicaltrials_gov, ictrp
from extract.chictr import read as chictr_read
from extract.ictrp import read as ictrp_read
from extract.text import decode, encoding_of

HEAD_BYTES = 256 * 1024
# A saved page is decoded whole; nothing that a registry serves as one page comes near this size.
PAGE_BYTES = 32 * 1024 * 1024

_SPACE = re.compile(r"\s+")
_CDE_DETAIL = re.compile(r"登记号\s*</t[hd]>\s*<td[^>]*>\s*(?:<[^>]+>\s*)*CTR\s*20", re.IGNORECASE)
_CHICTR_LABEL = re.compile(r"(?:注册号|Registration\s+number)\s*[:：]", re.IGNORECASE)
_CHICTR_NUMBER = re.compile(r"ChiCTR[-A-Za-z]*\d{8,10}", re.IGNORECASE)
_CDE_NUMBER = re.compile(r"CTR20\d{6}")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file whose records can be read."""

    registry: str
    shape: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that holds no registrations; ``kind`` is ``unknown`` where not even its origin was recognised."""

    kind: str
    reason: str


def recognise(data: bytes | mmap.mmap) -> Recognised | Refused:
    """Recognise a file by its content."""
    if not len(data) or not bytes(data[:HEAD_BYTES]).strip():
        return Refused("empty", "The file is empty.")
    head = bytes(data[:HEAD_BYTES])
    if head.startswith(b"PK\x03\x04"):
        return _office_file(head)
    if b"\x00" in head and not encoding_of(head)[0].startswith("utf-16"):
        return Refused("unknown", "This is a binary file, not one that a registry writes for registrations.")
    encoding, errors = encoding_of(head)
    text = head.decode(encoding, errors).lstrip("\ufeff \t\r\n")
    if text[:1] in "{[":
        return _json(data, text)
    lowered = text[:4096].lower()
    if "<!doctype html" in lowered or "<html" in lowered or "<script" in lowered[:200]:
        return _page(decode(bytes(data[:PAGE_BYTES])))
    if text.startswith("<"):
        return _xml(data, text) or _page(decode(bytes(data[:PAGE_BYTES])))
    table = ictrp_read.header_of(_first_record(text))
    if table is not None:
        return Recognised(ictrp.settings.REGISTRY, "portal_csv" if table[0] else "full_export_csv")
    return _notice(text) or Refused(
        "unknown",
        "This is none of the files that are read: API v2 studies as JSON, ICTRP exports as XML or CSV, ChiCTR XML or detail pages, "
        "ChinaDrugTrials detail pages.",
    )


def _first_record(text: str) -> str:
    """Return the first record of a table: up to the first line end outside quotes."""
    quoted = False
    for index, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif character in "\r\n" and not quoted:
            return text[:index]
    return text


def _office_file(head: bytes) -> Refused:
    if b"xl/" in head or b"[Content_Types].xml" in head:
        return Refused("unknown", "This is a spreadsheet (XLSX). Save it as CSV (UTF-8) and import that.")
    return Refused("unknown", "This zip archive cannot be opened: it is damaged or protected by a password.")


def _json(data: bytes | mmap.mmap, text: str) -> Recognised | Refused:
    registry = clinicaltrials_gov.settings.REGISTRY
    compact = _SPACE.sub("", text[:65536])
    if '"nctId"' not in text and '"protocolSection"' not in text:
        if compact.startswith('{"studies":[]') or compact.startswith('{"totalCount":0,"studies":[]'):
            return Recognised(registry, "api_page")
        if '"apiVersion"' in compact:
            return Refused("version", "This is the API's version answer; it holds no studies.")
        return Refused("unknown", "This JSON holds no ClinicalTrials.gov studies (no protocolSection with an nctId).")
    if compact.startswith("["):
        return Recognised(registry, "study_array")
    if re.search(r'^\{("[A-Za-z]+":("[^"]*"|\d+),)*"studies":\[', compact):
        return Recognised(registry, "api_page")
    return Recognised(registry, "ndjson" if _has_second_object(data) else "study_json")


def _has_second_object(data: bytes | mmap.mmap) -> bool:
    """Tell whether another line of the file begins an object: NDJSON; in a study printed on many lines all others are indented."""
    return re.compile(rb"\}\s*\r?\n\{").search(data) is not None


def _xml(data: bytes | mmap.mmap, text: str) -> Recognised | Refused | None:
    if f"<{ictrp.settings.ROOT}" in text or re.search(
        r"<Trial>\s*(<Internal_Number>[^<]*</Internal_Number>\s*)?<TrialID>", text
    ):
        return Recognised(ictrp.settings.REGISTRY, "portal_xml")
    if chictr_read.record_tag(data):
        return Recognised(chictr.settings.REGISTRY, "trial_xml")
    if re.search(r"<(trials?\b|trials_downloaded)", text, re.IGNORECASE) and len(data) < 4096:
        return Refused("empty", "This XML holds no trial.")
    return None


def _page(text: str) -> Recognised | Refused:
    """Recognise a saved web page."""
    blocked = _notice(text)
    if "searchDetailTable" in text or _CDE_DETAIL.search(text):
        if not _CDE_NUMBER.search(_without_scripts(text)):
            return Refused(
                "shell",
                "This ChinaDrugTrials detail page is an empty shell: no 登记号 is filled in. Open the trial again and save it.",
            )
        return Recognised(chinadrugtrials.settings.REGISTRY, "detail_html")
    if "searchTable" in text or ("clinicaltrials.searchlist.dhtml" in text and "查询结果" in text):
        return Refused(
            "search_results",
            "This is a ChinaDrugTrials page of search results, which holds only titles. Open each trial and save its detail page.",
        )
    if _is_chictr_detail(text):
        return Recognised(chictr.settings.REGISTRY, "detail_html")
    if (
        re.search(r'class="[^"]*\btable(_list|1)\b', text) and (_CHICTR_NUMBER.search(text) or "注册号" in text)
    ) or "handle-search" in text:
        return Refused(
            "search_results",
            "This is a ChiCTR page of search results, which holds only titles. Open each trial and save its page or its XML.",
        )
    if blocked:
        return blocked
    if "Trials_downloaded" in text or ("trialsearch.who.int" in text and "chictr" not in text.lower()):
        return Refused(
            "search_results",
            "This is a page of the ICTRP search portal. Export the results as XML or CSV and import that.",
        )
    if "chictr.org.cn" in text.lower() or "中国临床试验注册中心" in text:
        return Refused(
            "shell",
            "This ChiCTR page is an empty shell: no trial is filled in. Open the trial again, wait until it shows, and save it.",
        )
    if "clinicaltrials.gov" in text.lower():
        return Refused(
            "shell",
            "This is a ClinicalTrials.gov web page. Use `landscape extract clinicaltrials_gov`, or save the study as JSON.",
        )
    if "chinadrugtrials" in text.lower() or "国家药审" in text:
        return Refused("shell", "This ChinaDrugTrials page holds no trial. Open the trial's detail page and save that.")
    return Refused("unknown", "This web page is none of the registries' detail pages.")


def _is_chictr_detail(text: str) -> bool:
    """Tell a detail page by a ChiCTR number in the cell beside its label; the menu and the search form have the words, too."""
    label = _CHICTR_LABEL.search(text)
    while label:
        following = text[label.end() : label.end() + 1500]
        if _CHICTR_NUMBER.search(following) and "</td>" in following:
            return True
        label = _CHICTR_LABEL.search(text, label.end())
    return False


def _without_scripts(text: str) -> str:
    return re.sub(r"<script\b.*?</script>", "", text, flags=re.DOTALL | re.IGNORECASE)


def _notice(text: str) -> Refused | None:
    """Recognise what registries serve instead of a trial: captchas, slider pages, daily caps, script shells."""
    if "超过当天最大查看次数" in text or "您查看的项目的不存在" in text:
        return Refused(
            "daily_cap",
            "ChiCTR answered that the trial does not exist or that today's number of views is used up. Save it another day.",
        )
    if any(word in text for word in ("滑动验证页面", "antidom.js", "acw_sc__v2", "aliyun_waf", "TraceID")):
        return Refused(
            "block_page",
            "This is the slider page of the registry's firewall, not a trial. Solve it in the browser, then save the trial's page.",
        )
    if "imgVerify" in text or "txtVerifyCode" in text:
        return Refused(
            "captcha", "This is a captcha page, not a trial. Solve it in the browser, then save the trial's page."
        )
    if "NoAccess.aspx" in text:
        return Refused("block_page", "ICTRP refused access. Export the results in the browser and import the file.")
    plain = re.sub(r"<[^>]+>", "", _without_scripts(text)).strip()
    if (
        "<script" in text.lower()
        and len(plain) < 400
        and (
            "$_ts" in text
            or re.search(r"/[A-Za-z0-9]{10,}/[A-Za-z0-9]{6,}\.[0-9a-z]+\.js|FxJzG50F", text)
            or len(text) < 50_000
        )
    ):
        return Refused(
            "block_page",
            "This is a script shell that the registry serves to programs instead of a trial. Save the page from a browser.",
        )
    return None
