"""Personal data: what is masked in running text, and what is left alone."""

import pytest

from extract.contacts import EMAIL_REMOVED, PHONE_REMOVED, is_one_of, looks_personal, mask, mask_all


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Write to jane.doe@example.org today", f"Write to {EMAIL_REMOVED} today"),
        ("jane @ example.com.cn", EMAIL_REMOVED),
        ("Tel: +86 10 1234 5678.", f"Tel: {PHONE_REMOVED}."),
        ("phone number 010-12345678", f"phone number {PHONE_REMOVED}"),
        ("电话：13800138000", f"电话：{PHONE_REMOVED}"),
        ("reach us under +1 (555) 123-4567", f"reach us under {PHONE_REMOVED}"),
    ],
)
def test_emails_and_telephones_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "CAR-T at 1×10^6 cells/kg on 2020-01-15, NCT99900001 and ChiCTR9900000001",
        "IL-2 200000 IU; CD4+ 1200000; 12345678 cells",
        "CD3+ 4500000 cells per litre",
        "telephone follow-up after 30 days",
    ],
)
def test_doses_dates_and_numbers_are_left_alone(text: str) -> None:
    assert mask(text) == text


def test_masking_reaches_every_string_of_a_document() -> None:
    document = {"a": ["x@example.org", {"b": "y@example.org"}], "n": 1, "none": None}
    assert mask_all(document) == {"a": [EMAIL_REMOVED, {"b": EMAIL_REMOVED}], "n": 1, "none": None}


def test_names_are_compared_without_degrees_and_case() -> None:
    assert is_one_of("Jane Q. Doe, MD, PhD", ["jane q doe"])
    assert is_one_of("Prof. Jane Doe", ["Jane Doe"])
    assert not is_one_of("First Hospital", ["Jane Doe", None])
    assert not is_one_of("REDACTED", ["REDACTED"])
    assert not is_one_of(None, [None])


@pytest.mark.parametrize(
    ("name", "personal"),
    [
        ("Given Family", True),
        ("Zhang San", True),
        ("First Affiliated Hospital", False),
        ("Example Biotech", False),
        ("Gracious", False),
        ("Example & Sons", False),
    ],
)
def test_what_looks_like_a_person(name: str, personal: bool) -> None:
    assert looks_personal(name) is personal
