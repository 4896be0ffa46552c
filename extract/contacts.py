"""Personal data that does not enter the archive: e-mails and telephones in running text, names of people as
sponsors.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

EMAIL_REMOVED = "[e-mail removed]"
PHONE_REMOVED = "[telephone removed]"

_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+\s?@\s?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
# A number is a telephone only behind a word or a plus sign that says so: trial numbers, doses and dates are digits too.
_PHONE_WORDS = (
    r"\b(?:tel(?:ephone)?|phone|mobile|cell(?:ular)?\s?phone|fax|call|contact)\b\.?"
    r"(?:\s*(?:no|number|at|us at))?\s*[:：.]?\s*"
    r"|(?:电话|手机|传真|联系方式)\s*[:：]?\s*"
)
_PHONE = re.compile(
    rf"(?P<cue>{_PHONE_WORDS})(?P<number>\+?\(?\d[\d\s().\-–/]{{6,18}}\d)"
    r"|(?<![\w+])\+\d{1,3}[\s\-(]\(?\d[\d\s().\-–]{5,16}\d",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d[\d\s().\-–/]{5,}\d")
# Words that make a name an organisation's; a personal name has none of them.
_ORGANISATION = re.compile(
    r"hosp|univer|instit|cent(?:er|re)|clinic|colleg|academ|school|facult|department|laborator|"
    r"compan|co\.|corp|inc\b|ltd|limited|llc|group|foundation|council|ministry|bureau|committee|commission|association|society|network|consorti|"
    r"pharm|bio|medic|therap|scien|tech|health|gene|cell|immun|onco|vaccin|device|research|"
    r"医院|大学|学院|公司|研究|中心|集团|基金|委员会|药|生物|科技|医学|卫生",
    re.IGNORECASE,
)
_PLACEHOLDERS = {"", "redacted", "na", "n/a", "none", "nil", "-"}


def mask(text: str) -> str:
    """Return running text with e-mail addresses and telephone numbers replaced by a note."""
    if "@" in text:
        text = _EMAIL.sub(EMAIL_REMOVED, text)
    # Most texts hold no long number: that is told faster than what a telephone looks like.
    if _LONG_NUMBER.search(text):
        text = _PHONE.sub(lambda found: (found["cue"] or "") + PHONE_REMOVED, text)
    return text


def mask_all(value: Any) -> Any:
    """Mask every string in a document of dicts and lists; keys and other values stay."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: mask_all(item) for key, item in value.items()}
    if isinstance(value, list):
        return [mask_all(item) for item in value]
    return value


def is_one_of(name: str | None, people: Iterable[str | None]) -> bool:
    """Tell whether a name is that of one of the people, whatever the case, the punctuation and the degrees."""
    key = _key(name)
    return bool(key) and any(key == _key(person) for person in people)


def looks_personal(name: str | None) -> bool:
    """Tell whether a sponsor's name can only be a person's: two to four words of letters, none of an organisation's."""
    words = (name or "").replace(".", " ").split()
    return 2 <= len(words) <= 4 and all(word.isalpha() for word in words) and not _ORGANISATION.search(name or "")


def is_placeholder(name: str | None) -> bool:
    """Tell whether a name says nothing: blank, ``REDACTED``, ``N/A``."""
    return (name or "").strip().lower() in _PLACEHOLDERS


def _key(name: str | None) -> str:
    plain = unicodedata.normalize("NFKC", name or "")
    first = plain.split(",")[0]
    words = re.sub(r"\b(?:dr|prof|professor|mr|ms|md|phd)\b\.?", " ", first, flags=re.IGNORECASE)
    key = re.sub(r"[^\w]+", "", words).lower()
    return "" if key in _PLACEHOLDERS else key
