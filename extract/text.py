"""Text as registries really send it: undeclared encodings, double encoding, spreadsheet and HTML debris, dates of
every shape.
"""

import codecs
import html
import re
import unicodedata
from datetime import date, datetime

_XLSX_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TAG = re.compile(r"</?(?:br|p|div|span|b|i|u|em|strong|ul|ol|li|sub|sup|font|a)\b[^<>]*>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<\s*(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\s*\n\s*")
_NON_ASCII = re.compile(r"[^\x00-\x7f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u200e\u200f]")
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""")


def _replace_byte(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows-1252 and, where that has no character, as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_single_byte(byte) for byte in wrong), error.end


def _single_byte(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


# A name of our own: the handler stays registered for the life of the process.
UTF8_OR_WESTERN = "landscape_utf8_or_western"
codecs.register_error(UTF8_OR_WESTERN, _replace_byte)


def encoding_of(head: bytes) -> tuple[str, str]:
    """Return the encoding and the error handler to read a file with, from its first bytes.

    A byte order mark decides, then the NUL pattern of UTF-16 without one, then a declared GBK. Everything else is
    read as UTF-8 with byte-wise fallback to Windows-1252, which also reads plain Latin-1 and files that mix the two.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", "replace"
    if head[1:64:2].count(0) > 20 and head[0:64:2].count(0) < 4:
        return "utf-16-le", "replace"
    if head[0:64:2].count(0) > 20 and head[1:64:2].count(0) < 4:
        return "utf-16-be", "replace"
    declared = _DECLARED.search(head[:4096])
    if declared and declared[1].lower().replace(b"-", b"") in {b"gbk", b"gb2312", b"gb18030"} and not _is_utf8(head):
        return "gb18030", "replace"
    return "utf-8-sig", UTF8_OR_WESTERN


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return any(byte > 0x7F for byte in head)


def decode(data: bytes) -> str:
    """Decode a whole file; never fails, whatever the bytes are."""
    encoding, errors = encoding_of(data[:65536])
    if encoding == "utf-8-sig" and _is_gb18030(data):
        encoding, errors = "gb18030", "replace"
    return data.decode(encoding, errors)


def _is_gb18030(data: bytes) -> bool:
    """Tell whether bytes that are no UTF-8 make Chinese when read as GB18030 (a page saved without its declaration)."""
    if _is_utf8(data[:65536]) or data[:65536].isascii():
        return False
    try:
        text = codecs.getincrementaldecoder("gb18030")().decode(data[:65536])
    except UnicodeDecodeError:
        return False
    return sum("\u4e00" <= character <= "\u9fff" for character in text) > 20


def repair_double_encoding(text: str) -> str:
    """Undo UTF-8 that a spreadsheet read as Mac Roman or Windows-1252 (``H√¥pitaux`` → ``Hôpitaux``, ``â€“`` → ``–``).

    Only runs whose bytes are exactly valid UTF-8 are touched, so that genuine text cannot be changed into something
    else.
    """
    return text if text.isascii() else _NON_ASCII.sub(lambda run: _repaired(run[0]), text)


def _repaired(run: str) -> str:
    if len(run) < 2:
        return run
    for wrong_encoding in ("mac_roman", "cp1252"):
        try:
            right = run.encode(wrong_encoding).decode("utf-8")
        except UnicodeError:
            continue
        # Twice encoded text occurs too: √Ç¬∞ → Â° → °.
        return _repaired(right) if right != run else run
    return run


def clean(text: str | None) -> str | None:
    """Return a value without debris (``_x000D_``, ``&#x0D;``, ``<br>``, no-break spaces, padding), or None when
    nothing is left.

    Line breaks stay as one ``\\n`` each; ``<`` of a comparison stays.
    """
    if not text:
        return None
    if "_x" in text:
        text = _XLSX_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub(" ", _BREAK_TAG.sub("\n", text))
    text = repair_double_encoding(text)
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    text = _BLANK_LINES.sub("\n", _SPACES.sub(" ", text)).strip()
    return text or None


def one_line(text: str | None) -> str | None:
    """Return a cleaned value on one line."""
    cleaned = clean(text)
    return " ".join(cleaned.split()) if cleaned else None


def label(text: str) -> str:
    """Return a field label in one form: NFKC, no white space, no colon at the end, lower case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).rstrip(":").lower()


_DATE_SHAPES = (
    (re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})"), "ymd"),
    (re.compile(r"^(\d{4})(\d{2})(\d{2})$"), "ymd"),
    (re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})"), "dmy"),
    (re.compile(r"^(\d{4})[-/](\d{1,2})$"), "ym"),
    (re.compile(r"^(\d{4})$"), "y"),
)
_WORD_DATES = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%B %Y", "%b %Y", "%d-%b-%Y", "%d-%B-%Y")


def parse_date(text: str | None) -> date | None:
    """Return the date that a registry wrote, or None when there is none to read.

    Day-first for ``dd/mm/yyyy`` (ICTRP's list), month-first when only that is a date; a year or a month stands for
    its first day.
    """
    value = one_line(text)
    if not value:
        return None
    for shape, order in _DATE_SHAPES:
        found = shape.match(value)
        if found:
            return _date_of([int(part) for part in found.groups()], order)
    for word_shape in _WORD_DATES:
        try:
            return datetime.strptime(value, word_shape).date()
        except ValueError:
            continue
    return None


def _date_of(parts: list[int], order: str) -> date | None:
    if order == "dmy":
        day, month, year = parts
        candidates = [(year, month, day), (year, day, month)]
    else:
        candidates = [(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)]
    for year, month, day in candidates:
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


_TIME_SHAPES = (
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%Y/%m/%d %H:%M:%S",
)


def parse_time(text: str | None) -> datetime | None:
    """Return the moment that a registry wrote (no time zone: registries state none), or None; a date is its
    midnight.
    """
    value = one_line(text)
    if not value:
        return None
    value = value.split(".")[0] if "T" in value else value
    for shape in _TIME_SHAPES:
        try:
            return datetime.strptime(value.removesuffix("Z"), shape)
        except ValueError:
            continue
    day = parse_date(value)
    return datetime(day.year, day.month, day.day) if day else None
