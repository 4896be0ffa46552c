"""Read ChiCTR detail pages and per-trial XML to one document shape, both languages kept. Pure: text or bytes in,
readings out.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from lxml import etree, html

from extract import contacts, elements, identifiers
from extract.chictr.settings import BILINGUAL, LABELS, LIST_LABELS, MULTI_LINE, PLAIN_ITEM_KEYS, PROJECT_URL
from extract.page import page_of, text_of
from extract.records import Reading, Registration, unreadable
from extract.text import clean, decode, label, one_line, parse_date

_HAN = re.compile(r"[\u3400-\u9fff]")
_DATE = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:\s+\d{1,2}:\d{2}:\d{2})?")
_MIN_AGE = re.compile(r"Min\s*age\s*(\d+(?:\.\d+)?)", re.IGNORECASE)
_MAX_AGE = re.compile(r"Max\s*age\s*(\d+(?:\.\d+)?)", re.IGNORECASE)
_ZH_MIN_AGE = re.compile(r"最小\D{0,12}?(\d+(?:\.\d+)?)")
_ZH_MAX_AGE = re.compile(r"最大\D{0,12}?(\d+(?:\.\d+)?)")
_VERSION = re.compile(
    r"(ChiCTR[-A-Za-z0-9]+)\s*版本\s*(V[\d.]+)\s*版本创建时间\s*([\d/\-]+(?:\s+[\d:]+)?)", re.IGNORECASE
)
_WEB_ID = re.compile(r"(?:proj|id)=(\d+)")
_RECORD_TAG = re.compile(rb"<([A-Za-z_][\w.\-]*)(?:\s[^<>]*)?>\s*<main[\s>]")
_ARM_SIZE = re.compile(r"\s*([^;；]*?)\s*[:：]\s*(\d+)\s*(?:[;；]|$)")

# Keys of the document and the tags of the ICTRP hand-over schema that the XML download uses.
_XML_BILINGUAL = {
    "public_title": "public_title",
    "acronym": "acronym",
    "scientific_title": "scientific_title",
    "condition": "hc_freetext",
    "study_type": "study_type",
    "phase": "phase",
    "design": "study_design",
    "recruiting_status": "recruitment_status",
}


# --- detail pages -----------------------------------------------------------------------------------------------------


def read_html(data: bytes, position: int = 1) -> Reading:
    """Read a detail page: the pages of 2020 and of 2025, and a frozen history version, which opens with its own
    heading.
    """
    text = decode(data)
    root = page_of(text)
    values = _field_values(root)
    version = _VERSION.search(" ".join(root.text_content().split()))
    stated = _plain(values, "registration_id") or (version[1] if version else None)
    registration_id = identifiers.chictr(stated)
    if not registration_id:
        reason = f"{stated!r} is not a ChiCTR number" if stated else "no value beside the label 注册号"
        return unreadable(position, reason, one_line(text) or "")
    document = _html_document(registration_id, values, root)
    if version:
        document["version"] = version[2]
        document["version_created_at"] = version[3]
    return _registration(document, position, record_date=document.get("version_created_at"))


def _html_document(registration_id: str, values: dict[tuple[str, str], Any], root: html.HtmlElement) -> dict[str, Any]:
    document: dict[str, Any] = {"registration_id": registration_id}
    web_id = _web_id(root)
    document["web_id"] = web_id
    document["url"] = PROJECT_URL.format(web_id=web_id) if web_id else None
    single = ("last_refreshed_on", "date_registration", "subject_id", "partner_ids", "utn", "ethics_approved")
    for key in (*single, "ethics_approval_date", "condition_code"):
        document[key] = _plain(values, key)
    for key in sorted(BILINGUAL):
        document[key] = _bilingual(values, key)
    for key in LIST_LABELS:
        cell = values.get((key, "zh"))
        cell = cell if cell is not None else values.get((key, "en"))
        document[key] = _items(cell, LIST_LABELS[key]) if cell is not None else []
    document["study_from"], document["study_to"] = _range(values, "study_time")
    document["recruiting_from"], document["recruiting_to"] = _range(values, "recruiting_time")
    age = _cell_text(values.get(("age", "zh"), values.get(("age", "en")))) or ""
    document["age_min"] = _first_group(age, _MIN_AGE, _ZH_MIN_AGE)
    document["age_max"] = _first_group(age, _MAX_AGE, _ZH_MAX_AGE)
    return document


def _field_values(root: html.HtmlElement) -> dict[tuple[str, str], html.HtmlElement]:
    """Return the cell that stands beside each label in a row of a table, by (key, language); the first filled one wins.

    Only rows of tables count: the page's menu repeats words such as 研究类型 without being a field.
    """
    values: dict[tuple[str, str], html.HtmlElement] = {}
    for keys, cell in _pairs(root, LABELS):
        for key in keys:
            if key not in values or not _cell_text(values[key]):
                values[key] = cell
    return values


def _pairs(
    root: html.HtmlElement, labels: dict[str, tuple[str, str]]
) -> Iterator[tuple[list[tuple[str, str]], html.HtmlElement]]:
    """Yield the (key, language) pairs that a cell names, with the cell to its right, in the order of the page."""
    for row in root.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        for cell, right in pairwise(cells):
            keys = _keys_of(cell, labels)
            if keys and not _keys_of(right, labels):
                yield keys, right


def _keys_of(cell: html.HtmlElement, labels: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the fields that a cell names: one for each language of its label, none when it is no label."""
    if cell.find(".//table") is not None:
        return []
    parts = [element.text_content() for element in cell.iter("p", "span")] or []
    candidates = [label(part) for part in [*parts, cell.text_content()]]
    found = [labels[part] for part in candidates if part in labels]
    if not found:
        # Both languages run together in one text: 注册号：Registration number：
        whole = label(cell.text_content())
        han = _HAN.search(whole)
        if han and len(whole) < 120:
            split = re.split(r":", whole, maxsplit=1)
            found = [labels[part.rstrip(":")] for part in split if part.rstrip(":") in labels]
    return list(dict.fromkeys(found))


def _cell_text(cell: html.HtmlElement | None) -> str | None:
    return None if cell is None else clean(text_of(cell))


def _plain(values: dict[tuple[str, str], html.HtmlElement], key: str) -> str | None:
    for language in ("zh", "en"):
        text = one_line(_cell_text(values.get((key, language))))
        if text:
            return text
    return None


def _bilingual(values: dict[tuple[str, str], html.HtmlElement], key: str) -> dict[str, str | None]:
    zh, en = values.get((key, "zh")), values.get((key, "en"))
    if zh is not None and zh is en:
        texts = _both_languages(zh)
    else:
        texts = {"zh": _in_language(zh, "cn"), "en": _in_language(en, "en")}
    # A line break is the value's own only in long texts; elsewhere it is how the page's source is wrapped.
    return texts if key in MULTI_LINE else {language: one_line(text) for language, text in texts.items()}


def _both_languages(cell: html.HtmlElement) -> dict[str, str | None]:
    """Split a cell that holds both languages: by its ``cn`` and ``en`` parts, else where the Chinese ends."""
    parts = {"zh": _in_language(cell, "cn", strict=True), "en": _in_language(cell, "en", strict=True)}
    if parts["zh"] or parts["en"]:
        return parts
    text = one_line(_cell_text(cell))
    if not text or not _HAN.search(text):
        return {"zh": None, "en": text}
    split = re.match(r"^(.*[\u3400-\u9fff）。，；]\s*)[/\s]*([A-Za-z][^\u3400-\u9fff]*)$", text)
    return {"zh": split[1].strip(), "en": split[2].strip()} if split else {"zh": text, "en": None}


def _in_language(cell: html.HtmlElement | None, language: str, *, strict: bool = False) -> str | None:
    """Return the text of a cell's parts of one language (class ``cn`` or ``en``), or all its text where no part is
    marked.
    """
    if cell is None:
        return None
    marked = [part for part in cell.iter("p", "span", "div") if language in (part.get("class") or "").split()]
    if marked:
        return clean("\n".join(_cell_text(part) or "" for part in marked))
    return None if strict else _cell_text(cell)


def _items(cell: html.HtmlElement, labels: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Read the tables inside a cell to a list; a new item begins where a label of the current one comes again."""
    items: list[dict[str, Any]] = []
    seen: set[tuple[str, str]] = set()
    table: html.HtmlElement | None = None
    for keys, right in _pairs(cell, labels):
        own_table = next(right.iterancestors("table"), None)
        if not items or own_table is not table or seen.intersection(keys):
            items.append({})
            seen, table = set(), own_table
        for key, language in keys:
            seen.add((key, language))
            value = one_line(_cell_text(right))
            if key in PLAIN_ITEM_KEYS:
                items[-1][key] = items[-1].get(key) or value
            else:
                items[-1].setdefault(key, {"zh": None, "en": None})[language] = value
    return [item for item in items if any(_filled(value) for value in item.values())]


def _filled(value: Any) -> bool:
    return any(value.values()) if isinstance(value, dict) else bool(value)


def _range(values: dict[tuple[str, str], html.HtmlElement], key: str) -> tuple[str | None, str | None]:
    text = _plain(values, key) or ""
    after = re.split(r"至|\bTo\b", text, maxsplit=1)
    first = _DATE.search(after[0])
    last = _DATE.search(after[1]) if len(after) > 1 else None
    return first[0] if first else None, last[0] if last else None


def _web_id(root: html.HtmlElement) -> str | None:
    for field in root.iter("input"):
        if field.get("name") == "pid" and (field.get("value") or "").strip():
            return str(field.get("value")).strip()
    canonical = root.find(".//link[@rel='canonical']")
    found = _WEB_ID.search(canonical.get("href") or "") if canonical is not None else None
    return found[1] if found else None


def _first_group(text: str, *patterns: re.Pattern[str]) -> str | None:
    flat = " ".join(text.split())
    return next((found[1] for pattern in patterns if (found := pattern.search(flat))), None)


# --- XML --------------------------------------------------------------------------------------------------------------


def record_tag(data: elements.Buffer) -> str | None:
    """Return the name of the element that holds ``<main>`` (``Triall``, ``trial`` …), None when there is none."""
    found = _RECORD_TAG.search(data)
    return found[1].decode() if found else None


def read_xml(data: elements.Buffer) -> Iterator[Reading]:
    """Yield every trial of an XML download, whatever its root and element are called."""
    tag = record_tag(data)
    if tag is None:
        return
    for position, (element, whole) in enumerate(elements.split(data, tag), start=1):
        if not whole:
            yield unreadable(position, f"the file ends, or the next record begins, before </{tag}>", element)
            continue
        try:
            trial = elements.parse(decode(element))
        except etree.XMLSyntaxError as error:
            yield unreadable(position, f"not well-formed XML: {error.msg}", element)
            continue
        yield _read_trial(trial, position)


def _read_trial(trial: etree._Element, position: int) -> Reading:
    main = trial.find("main")
    main = main if main is not None else trial
    stated = one_line(elements.child_text(main, "trial_id"))
    registration_id = identifiers.chictr(stated)
    if not registration_id:
        reason = f"{stated!r} is not a ChiCTR number" if stated else "no <trial_id>"
        # Not the element itself: its fifth field, primary_sponsor, is the name of a person.
        title = one_line(elements.child_text(main, "public_title"))
        return unreadable(position, reason, f"public_title: {title or ''}")
    return _registration(_xml_document(registration_id, trial, main), position, record_date=None)


def _xml_document(registration_id: str, trial: etree._Element, main: etree._Element) -> dict[str, Any]:
    def of(name: str) -> str | None:
        return clean(elements.child_text(main, name))

    criteria = trial.find("criteria")
    url = one_line(elements.child_text(main, "url"))
    web_id = _WEB_ID.search(url or "")
    document: dict[str, Any] = {
        "registration_id": registration_id,
        "web_id": web_id[1] if web_id else None,
        "url": url,
        "last_refreshed_on": None,
        "date_registration": one_line(of("date_registration")),
        "utn": one_line(of("utrn")) or one_line(of("UTRN")),
    }
    for key, tag in _XML_BILINGUAL.items():
        document[key] = _english(of(tag))
    document["acronym"] = _english(of("acronym") or of("Scientific_acronym"))
    document["primary_sponsor"], document["leader_institution"], document["applicant_institution"] = _xml_sponsors(
        trial, of("primary_sponsor")
    )
    document["secondary_sponsors"] = [{"institution": _english(name)} for name in _all(trial, "sponsor_name")]
    document["funding"] = _english("; ".join(_all(trial, "source_name")) or None)
    document["condition_code"] = "; ".join(_all(trial, "hc_code")) or None
    document["inclusion_criteria"] = _english(
        clean(elements.child_text(criteria, "inclusion_criteria")) if criteria is not None else None
    )
    document["exclusion_criteria"] = _english(
        clean(elements.child_text(criteria, "exclusion_criteria")) if criteria is not None else None
    )
    document["age_min"] = one_line(elements.child_text(criteria, "agemin")) if criteria is not None else None
    document["age_max"] = one_line(elements.child_text(criteria, "agemax")) if criteria is not None else None
    document["gender"] = _english(one_line(elements.child_text(criteria, "gender")) if criteria is not None else None)
    document["study_from"] = one_line(of("date_enrolment"))
    document["target_size"] = one_line(of("target_size"))
    document["interventions"] = _xml_interventions(of("i_freetext"), document["target_size"])
    document["countries"] = "; ".join(_all(trial, "country2")) or None
    document["outcomes"] = [
        *_xml_outcomes(trial, "prim_outcome", "Primary indicator"),
        *_xml_outcomes(trial, "sec_outcome", "Secondary indicator"),
    ]
    document["secondary_ids"] = _xml_secondary_ids(trial)
    document["ethics_approved"] = next(iter(_all(trial, "ethics_review/status")), None)
    document["ethics_approval_date"] = next(iter(_all(trial, "ethics_review/approval_date")), None)
    return document


def _english(text: str | None) -> dict[str, str | None]:
    return {"zh": None, "en": text}


def _all(trial: etree._Element, path: str) -> list[str]:
    texts = (one_line(elements.element_text(element)) for element in trial.iterfind(f".//{path}"))
    return [text for text in texts if text]


def _xml_sponsors(
    trial: etree._Element, primary: str | None
) -> tuple[dict[str, str | None], dict[str, str | None], dict[str, str | None]]:
    """Return primary sponsor, leader's and applicant's institution; the last two are the contacts' affiliations.

    The XML often names a person as primary sponsor. A name that is a contact's, or that can only be a person's where
    the contacts' names are blank, gives way to the affiliation.
    """
    people: list[str | None] = []
    affiliations: dict[str, str] = {}
    for contact in trial.iterfind(".//contact"):
        parts = [one_line(elements.child_text(contact, part)) for part in ("firstname", "middlename", "lastname")]
        people += [
            " ".join(part for part in parts if part),
            parts[0],
            " ".join(part for part in reversed(parts) if part),
        ]
        kind = (one_line(elements.child_text(contact, "type")) or "").lower()
        affiliation = one_line(elements.child_text(contact, "affiliation"))
        if affiliation:
            affiliations.setdefault(kind, affiliation)
    leader = affiliations.get("scientific") or next(iter(affiliations.values()), None)
    applicant = affiliations.get("public") or leader
    named = [person for person in people if not contacts.is_placeholder(person)]
    is_person = contacts.is_one_of(primary, named) or (not named and contacts.looks_personal(primary))
    return _english(leader if is_person else one_line(primary)), _english(leader), _english(applicant)


def _xml_interventions(texts: str | None, sizes: str | None) -> list[dict[str, Any]]:
    """Pair ``arm:text;arm:text;`` with ``arm:size;arm:size;`` by the arm's name; a ``;`` inside a text does not
    split it.
    """
    arms = {found[1]: found[2] for found in _ARM_SIZE.finditer(sizes or "")}
    items: list[dict[str, Any]] = []
    for piece in re.split(r"[;；]", texts or ""):
        name, colon, text = piece.partition(":")
        name = name.strip()
        starts_arm = bool(colon) and (name in arms if arms else True)
        if starts_arm:
            item = {
                "group": _english(name),
                "intervention": _english(text.strip() or None),
                "sample_size": arms.get(name),
            }
            items.append({**item, "code": None})
        elif piece.strip() and items:
            before = items[-1]["intervention"]["en"] or ""
            items[-1]["intervention"]["en"] = f"{before};{piece}".strip("; ")
        elif piece.strip():
            items.append(
                {"group": _english(None), "intervention": _english(piece.strip()), "sample_size": None, "code": None}
            )
    listed = {item["group"]["en"] for item in items}
    items += [
        {"group": _english(arm), "intervention": _english(None), "sample_size": size, "code": None}
        for arm, size in arms.items()
        if arm not in listed
    ]
    return items


def _xml_outcomes(trial: etree._Element, tag: str, kind: str) -> list[dict[str, Any]]:
    names = [name.strip() for text in _all(trial, tag) for name in re.split(r"[;；]", text)]
    return [{"name": _english(name), "type": _english(kind)} for name in names if name]


def _xml_secondary_ids(trial: etree._Element) -> list[dict[str, str | None]]:
    ids = []
    for element in trial.iterfind(".//secondary_id"):
        number = one_line(elements.child_text(element, "sec_id"))
        if number:
            ids.append({"id": number, "issuer": one_line(elements.child_text(element, "issuing_authority"))})
    return ids


# --- both -------------------------------------------------------------------------------------------------------------


def _registration(document: dict[str, Any], position: int, record_date: str | None) -> Registration:
    masked: dict[str, Any] = contacts.mask_all(document)
    title = masked.get("public_title") or {}
    scientific = masked.get("scientific_title") or {}
    return Registration(
        registration_id=masked["registration_id"],
        document=masked,
        position=position,
        record_date=parse_date(record_date) or parse_date(masked.get("last_refreshed_on")),
        title=title.get("zh") or title.get("en") or scientific.get("zh") or scientific.get("en"),
        registered=masked.get("date_registration"),
        source_register="ChiCTR",
    )
