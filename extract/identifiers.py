"""Registration numbers: what a valid one looks like, and its one canonical spelling."""

import re
import unicodedata

_SEPARATOR = r"[\s\-–—－_:：#./]*"
_NCT = re.compile(rf"^NCT{_SEPARATOR}(\d{{8}})$", re.IGNORECASE)
_CHICTR = re.compile(rf"^ChiCTR{_SEPARATOR}(?:([A-Z]{{2,6}}){_SEPARATOR}(\d{{8}})|(\d{{10}}))$", re.IGNORECASE)
_CDE = re.compile(r"^CTR[\s\-_:：]*(20[12]\d{5})$", re.IGNORECASE)
# Any register of the ICTRP network: letters first, then at least two digits, no blanks (RBR-9d8z6m,
# CTRI/2020/05/025209).
_ANY_REGISTER = re.compile(r"^[A-Z]{2,10}[A-Z0-9/_.\-()]{3,50}$", re.IGNORECASE)
_UPPER_PREFIX = re.compile(
    r"^(ISRCTN|ACTRN|EUCTR|DRKS|IRCT|PACTR|TCTR|CTRI|KCT|RPCEC|SLCTR|LBCTR|JPRN|NTR|NL|PER|RBR)", re.I
)

# ICTRP's name of the register for the first letters of its numbers; the first match counts.
SOURCE_REGISTERS = (
    ("NCT", "ClinicalTrials.gov"),
    ("CHICTR", "ChiCTR"),
    ("ITMCTR", "ITMCTR"),
    ("CHIMCTR", "ChiMCTR"),
    ("EUCTR", "EU Clinical Trials Register"),
    ("CTIS", "CTIS"),
    ("ISRCTN", "ISRCTN"),
    ("ACTRN", "ANZCTR"),
    ("DRKS", "German Clinical Trials Register"),
    ("CTRI", "CTRI"),
    ("IRCT", "IRCT"),
    ("JPRN", "JPRN"),
    ("JRCT", "JPRN"),
    ("UMIN", "JPRN"),
    ("KCT", "CRIS"),
    ("PACTR", "PACTR"),
    ("TCTR", "TCTR"),
    ("RBR", "REBEC"),
    ("U1111", "REBEC"),
    ("RPCEC", "RPCEC"),
    ("SLCTR", "SLCTR"),
    ("LBCTR", "LBCTR"),
    ("PER", "REPEC"),
    ("NTR", "Netherlands Trial Register"),
    ("NL", "Netherlands Trial Register"),
)


def nct(text: str | None) -> str | None:
    """Return ``NCT`` and eight digits, or None when the text is no ClinicalTrials.gov number."""
    found = _NCT.match(_plain(text))
    return f"NCT{found[1]}" if found else None


def chictr(text: str | None) -> str | None:
    """Return ``ChiCTR`` and ten digits, or the older ``ChiCTR-OOC-16007779``; None when the text is neither."""
    found = _CHICTR.match(_plain(text))
    if not found:
        return None
    return f"ChiCTR{found[3]}" if found[3] else f"ChiCTR-{found[1].upper()}-{found[2]}"


def cde(text: str | None) -> str | None:
    """Return ``CTR`` and eight digits, or None; ten digits are a ChiCTR number that lost its first letters, not a
    CDE one.
    """
    found = _CDE.match(_plain(text))
    return f"CTR{found[1]}" if found else None


def any_register(text: str | None) -> str | None:
    """Return the number of any ICTRP register in its canonical spelling, or None when the text can be no number of
    one.
    """
    value = _plain(text)
    known = nct(value) or chictr(value)
    if known:
        return known
    if not _ANY_REGISTER.match(value) or sum(character.isdigit() for character in value) < 2:
        return None
    # A number that says NCT or ChiCTR and is none is a damaged one, not one of an unknown register.
    if value.upper().startswith(("NCT", "CHICTR")):
        return None
    return _UPPER_PREFIX.sub(lambda prefix: prefix[0].upper(), value)


def source_register(registration_id: str) -> str | None:
    """Return the name that ICTRP gives the register of a number, or None for a register that is not in the list."""
    upper = registration_id.upper()
    return next((name for prefix, name in SOURCE_REGISTERS if upper.startswith(prefix)), None)


def _plain(text: str | None) -> str:
    return unicodedata.normalize("NFKC", text or "").strip()
