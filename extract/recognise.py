"""Tell from a file's content, never its name, which registry and shape it has, or why it is not read."""

import mmap
import re
from dataclasses import dataclass

from extract import chictr, chinadrugtrials, clinicaltrials_gov, ictrp
from extract.chictr import read as chictr_read
from extract.ictrp import read as ictrp_read
from extract.text import decode, encoding_of

HEAD_BYTES = 256 * 1024
# A stray NUL byte happens in text; one in a hundred bytes does not.
MOST_NULS = 100
# A saved page is decoded whole; nothing that a registry serves as one page comes near this size.
PAGE_BYTES = 32 * 1024 * 1024

# What each kind of refused file is, and what to do instead.
_SENTENCES = {
    "empty": "The file is empty.",
    "no trial": "This XML holds no trial.",
    "binary": "This is a binary file, not one that a registry writes for registrations.",
    "spreadsheet": "This is a spreadsheet (XLSX). Save it as CSV (UTF-8) and import that.",
    "archive": "This zip archive cannot be opened: it is damaged or protected by a password.",
    "text": (
        "This is none of the files that are read: API v2 studies as JSON, ICTRP exports as XML or CSV, ChiCTR XML or "
        "detail pages, ChinaDrugTrials detail pages."
    ),
    "json": "This JSON holds no ClinicalTrials.gov studies (no protocolSection with an nctId).",
    "version": "This is the API's version answer; it holds no studies.",
    "page": "This web page is none of the registries' detail pages.",
    "cde search": (
        "This is a ChinaDrugTrials page of search results, which holds only titles. Open each trial and save its "
        "detail page."
    ),
    "cde shell": (
        "This ChinaDrugTrials detail page is an empty shell: no 登记号 is filled in. Open the trial again and save it."
    ),
    "cde other": "This ChinaDrugTrials page holds no trial. Open the trial's detail page and save that.",
    "chictr search": (
        "This is a ChiCTR page of search results, which holds only titles. Open each trial and save its page or XML."
    ),
    "chictr shell": (
        "This ChiCTR page is an empty shell: no trial is filled in. Open the trial again, wait until it shows, and "
        "save it."
    ),
    "chictr cap": (
        "ChiCTR answered that the trial does not exist or that today's number of views is used up. Save it another day."
    ),
    "ictrp search": "This is a page of the ICTRP search portal. Export the results as XML or CSV and import that.",
    "ictrp access": "ICTRP refused access. Export the results in the browser and import the file.",
    "ctgov page": (
        "This is a ClinicalTrials.gov web page. Use `landscape extract clinicaltrials_gov`, or save the study as JSON."
    ),
    "slider": (
        "This is the slider page of the registry's firewall, not a trial. Solve it in the browser, then save the "
        "trial's page."
    ),
    "captcha": "This is a captcha page, not a trial. Solve it in the browser, then save the trial's page.",
    "script shell": (
        "This is a script shell that the registry serves to programs instead of a trial. Save the page from a browser."
    ),
}

_SPACE = re.compile(r"\s+")
_CDE_DETAIL = re.compile(r"登记号\s*</t[hd]>\s*<td[^>]*>\s*(?:<[^>]+>\s*)*CTR\s*20", re.IGNORECASE)
_CDE_NUMBER = re.compile(r"CTR20\d{6}")
_CHICTR_LABEL = re.compile(r"(?:注册号|Registration\s+number)\s*[:：]", re.IGNORECASE)
_CHICTR_NUMBER = re.compile(r"ChiCTR[-A-Za-z]*\d{8,10}", re.IGNORECASE)
_CHICTR_TABLE = re.compile(r"""class=["'][^"']*\btable(?:_list|1)\b""")
_TRIAL_WITH_ID = re.compile(r"<Trial>\s*(?:<Internal_Number>[^<]*</Internal_Number>\s*)?<TrialID>")
_XML_ROOT = re.compile(r"<trial(?:s|list|s_downloaded)?\b", re.IGNORECASE)
_PAGE_OF_STUDIES = re.compile(r'^\{("[A-Za-z]+":("[^"]*"|\d+|null),)*"studies":\[')
_NEXT_OBJECT = re.compile(rb"\}\s*\r?\n\{")
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
# A page with scripts and less visible text than this shows nothing.
_SHELL_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file whose records can be read."""

    registry: str
    shape: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that holds no registrations: which kind it is, and a sentence that says so."""

    kind: str

    @property
    def reason(self) -> str:
        """Return what the file is and what to do instead."""
        return _SENTENCES[self.kind]


def recognise(data: bytes | mmap.mmap) -> Recognised | Refused:
    """Recognise a file by its content."""
    head = bytes(data[:HEAD_BYTES])
    if not head.strip():
        return Refused("empty")
    if head.startswith(b"PK\x03\x04"):
        return Refused("spreadsheet" if b"xl/" in head or b"[Content_Types].xml" in head else "archive")
    encoding, errors = encoding_of(head)
    if head.count(0) * MOST_NULS > len(head) and not encoding.startswith("utf-16"):
        return Refused("binary")
    text = head.decode(encoding, errors).lstrip("\ufeff \t\r\n")
    if text[:1] in "{[":
        return _json(data, text)
    beginning = text[:4096].lower()
    if "<!doctype html" in beginning or "<html" in beginning or "<script" in beginning[:200]:
        return _page(decode(bytes(data[:PAGE_BYTES])))
    if text.startswith("<"):
        return _xml(data, text) or _page(decode(bytes(data[:PAGE_BYTES])))
    table = ictrp_read.header_of(_first_record(text))
    if table is not None:
        return Recognised(ictrp.settings.REGISTRY, "portal_csv" if table[0] else "full_export_csv")
    return _notice(text) or Refused("text")


def _first_record(text: str) -> str:
    """Return the first record of a table: up to the first line end outside quotes."""
    quoted = False
    for index, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif character in "\r\n" and not quoted:
            return text[:index]
    return text


def _json(data: bytes | mmap.mmap, text: str) -> Recognised | Refused:
    registry = clinicaltrials_gov.settings.REGISTRY
    compact = _SPACE.sub("", text[:65536])
    if '"nctId"' not in text and '"protocolSection"' not in text:
        if _PAGE_OF_STUDIES.match(compact) and '"studies":[]' in compact:
            return Recognised(registry, "api_page")
        return Refused("version" if '"apiVersion"' in compact else "json")
    if compact.startswith("["):
        return Recognised(registry, "study_array")
    # Another line of NDJSON begins an object without a comma before it, which happens in no single object.
    if _NEXT_OBJECT.search(data):
        return Recognised(registry, "ndjson")
    return Recognised(registry, "api_page" if _PAGE_OF_STUDIES.match(compact) else "study_json")


def _xml(data: bytes | mmap.mmap, text: str) -> Recognised | Refused | None:
    if f"<{ictrp.settings.ROOT}" in text or _TRIAL_WITH_ID.search(text):
        return Recognised(ictrp.settings.REGISTRY, "portal_xml")
    if chictr_read.record_tag(data):
        return Recognised(chictr.settings.REGISTRY, "trial_xml")
    return Refused("no trial") if _XML_ROOT.search(text[:4096]) else None


def _page(text: str) -> Recognised | Refused:
    """Recognise a saved web page: a detail page first, as it can hold a search box and a hidden captcha as well."""
    lowered = text.lower()
    if "searchDetailTable" in text or _CDE_DETAIL.search(text):
        if not _CDE_NUMBER.search(_SCRIPT.sub("", text)):
            return Refused("cde shell")
        return Recognised(chinadrugtrials.settings.REGISTRY, "detail_html")
    if _is_chictr_detail(text):
        return Recognised(chictr.settings.REGISTRY, "detail_html")
    if "searchTable" in text or ("clinicaltrials.searchlist.dhtml" in text and "查询结果" in text):
        return Refused("cde search")
    if "handle-search" in text or (_CHICTR_TABLE.search(text) and (_CHICTR_NUMBER.search(text) or "注册号" in text)):
        return Refused("chictr search")
    notice = _notice(text)
    if notice:
        return notice
    if "chictr.org.cn" in lowered or "中国临床试验注册中心" in text:
        return Refused("chictr shell")
    if "trialsearch.who.int" in lowered:
        return Refused("ictrp search")
    if "chinadrugtrials" in lowered or "国家药审" in text:
        return Refused("cde other")
    if "clinicaltrials.gov" in lowered:
        return Refused("ctgov page")
    return Refused("page")


def _is_chictr_detail(text: str) -> bool:
    """Tell a detail page by a ChiCTR number in the cell beside its label; menu and search form have the words, too."""
    label = _CHICTR_LABEL.search(text)
    while label:
        following = text[label.end() : label.end() + 1500]
        if _CHICTR_NUMBER.search(following) and "</td>" in following:
            return True
        label = _CHICTR_LABEL.search(text, label.end())
    return False


def _notice(text: str) -> Refused | None:
    """Recognise what registries serve instead of a trial: captchas, slider pages, daily caps, script shells."""
    if "超过当天最大查看次数" in text or "您查看的项目的不存在" in text:
        return Refused("chictr cap")
    if any(word in text for word in ("滑动验证页面", "antidom.js", "acw_sc__v2", "aliyun_waf", "TraceID")):
        return Refused("slider")
    if "imgVerify" in text or "txtVerifyCode" in text:
        return Refused("captcha")
    if "NoAccess.aspx" in text:
        return Refused("ictrp access")
    visible = _TAG.sub("", _SCRIPT.sub("", text)).strip()
    if "<script" in text.lower() and len(visible) < _SHELL_CHARACTERS:
        return Refused("script shell")
    return None
