"""Registration numbers: spellings, traps, canonical forms."""

import pytest

from extract import identifiers


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("NCT99900001", "NCT99900001"),
        (" nct 99900001", "NCT99900001"),
        ("NCT-99900001", "NCT99900001"),
        ("ＮＣＴ99900001", "NCT99900001"),
        ("NCT9990001", None),
        ("NCT999000012", None),
        ("", None),
        (None, None),
    ],
)
def test_nct(text: str | None, canonical: str | None) -> None:
    assert identifiers.nct(text) == canonical


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("ChiCTR9900000001", "ChiCTR9900000001"),
        ("CHICTR9900000001", "ChiCTR9900000001"),
        ("ChiCTR-9900000001", "ChiCTR9900000001"),
        ("chictr-ooc-99007779", "ChiCTR-OOC-99007779"),
        ("ChiCTR—TNRC—99001115", "ChiCTR-TNRC-99001115"),
        ("CTR9900000001", None),
        ("ChiMCTR9900002866", None),
        ("ITMCTR9900000012", None),
        ("ChiCTR99000001", None),
    ],
)
def test_chictr(text: str, canonical: str | None) -> None:
    assert identifiers.chictr(text) == canonical


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("CTR20299901", "CTR20299901"),
        ("ctr 20299901", "CTR20299901"),
        # A ChiCTR number that lost its first letters has ten digits.
        ("CTR1899015304", None),
        ("CTR2029990", None),
    ],
)
def test_cde(text: str, canonical: str | None) -> None:
    assert identifiers.cde(text) == canonical


@pytest.mark.parametrize(
    ("text", "canonical", "register"),
    [
        ("nct99900001", "NCT99900001", "ClinicalTrials.gov"),
        ("CHICTR-IPR-99006123", "ChiCTR-IPR-99006123", "ChiCTR"),
        ("EUCTR2099-001448-24-FR", "EUCTR2099-001448-24-FR", "EU Clinical Trials Register"),
        ("CTRI/2099/05/025209", "CTRI/2099/05/025209", "CTRI"),
        ("JPRN-jRCTs031990227", "JPRN-jRCTs031990227", "JPRN"),
        ("RBR-9d8z6m", "RBR-9d8z6m", "REBEC"),
        ("NL9608", "NL9608", "Netherlands Trial Register"),
        ("ITMCTR9900000012", "ITMCTR9900000012", "ITMCTR"),
    ],
)
def test_any_register(text: str, canonical: str, register: str) -> None:
    assert identifiers.any_register(text) == canonical
    assert identifiers.source_register(canonical) == register


@pytest.mark.parametrize("text", ["NCT1234", "a title, not a number", "TrialID", "12345", "ChiCTR20", "", None])
def test_what_is_no_number_of_any_register(text: str | None) -> None:
    assert identifiers.any_register(text) is None
