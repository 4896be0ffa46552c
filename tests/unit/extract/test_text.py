"""Text of registries: encodings, double encoding, debris, dates."""

from datetime import date, datetime

import pytest

from extract.text import clean, decode, label, one_line, parse_date, parse_time, repair_double_encoding


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Hôpital 干细胞".encode(), "Hôpital 干细胞"),
        ("\ufeffTrialID".encode(), "TrialID"),
        ("Hôpital".encode("latin-1"), "Hôpital"),
        (b"Caf\xe9 \xe2\x80\x93 \x93quoted\x94", "Café – “quoted”"),
        ("药物名称".encode("utf-16"), "药物名称"),
        (
            "TrialID,Last Refreshed on,Public title,干细胞".encode("utf-16-le"),
            "TrialID,Last Refreshed on,Public title,干细胞",
        ),
        (b'<meta charset="gbk">' + "临床试验".encode("gbk"), '<meta charset="gbk">临床试验'),
        (("药物临床试验登记与信息公示平台" * 2).encode("gb18030"), "药物临床试验登记与信息公示平台" * 2),
        (bytes(range(256)), None),
    ],
)
def test_every_encoding_is_read_and_none_fails(data: bytes, text: str | None) -> None:
    decoded = decode(data)
    assert text is None or decoded == text


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("Assistance Publique - H√¥pitaux", "Assistance Publique - Hôpitaux"),
        ("37 √Ç¬∞C", "37 °C"),
        ("phase â€“ two", "phase – two"),
        ("‚Ä¢ first", "• first"),
        ("Hôpital 干细胞 ≥18", "Hôpital 干细胞 ≥18"),
        ("é", "é"),
    ],
)
def test_double_encoding_is_undone_and_genuine_text_kept(broken: str, right: str) -> None:
    assert repair_double_encoding(broken) == right


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("_x000D_<br>        Inclusion Criteria:_x000D_<br>_x000D_<br> -  adult", "Inclusion Criteria:\n- adult"),
        ("a&#x0D;b &amp; c&nbsp;d", "a\nb & c d"),
        ("age <= 18 and >12<br/>next", "age <= 18 and >12\nnext"),
        ("<br>Female: yes<br>Male: yes<br>", "Female: yes\nMale: yes"),
        ("parent    ", "parent"),
        ("zero\u200bwidth\x00", "zerowidth"),
        ("  \xa0 ", None),
        ("", None),
        (None, None),
    ],
)
def test_debris_goes_and_comparisons_stay(raw: str | None, cleaned: str | None) -> None:
    assert clean(raw) == cleaned


def test_one_line_and_label_have_one_form() -> None:
    assert one_line("Not yet\n   recruiting") == "Not yet recruiting"
    assert label(" 研究实施负责（组长）单位：\n") == "研究实施负责(组长)单位"
    assert label("版本日期:") == "版本日期"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-02-17 00:00:00", date(2020, 2, 17)),
        ("2024/5/8", date(2024, 5, 8)),
        ("2023年2月14日", date(2023, 2, 14)),
        ("20200216", date(2020, 2, 16)),
        ("15/03/2020", date(2020, 3, 15)),
        ("3/18/2020 6:53:35 PM", date(2020, 3, 18)),
        ("17 February 2020", date(2020, 2, 17)),
        ("January 25, 2020", date(2020, 1, 25)),
        ("June 2020", date(2020, 6, 1)),
        ("1999-07", date(1999, 7, 1)),
        ("2020", date(2020, 1, 1)),
        ("1990-01-01 00:00:00", date(1990, 1, 1)),
        ("2020-13-45", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_of_every_shape(text: str, day: date | None) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-09-04T09:00:06", datetime(2026, 9, 4, 9, 0, 6)),
        ("2026-09-04T09:00:06.123Z", datetime(2026, 9, 4, 9, 0, 6)),
        ("3/18/2020 6:53:35 PM", datetime(2020, 3, 18, 18, 53, 35)),
        ("2020-06-07 17:53:51", datetime(2020, 6, 7, 17, 53, 51)),
        ("04 March 2024", datetime(2024, 3, 4)),
        ("never", None),
    ],
)
def test_moments_of_every_shape(text: str, moment: datetime | None) -> None:
    assert parse_time(text) == moment
