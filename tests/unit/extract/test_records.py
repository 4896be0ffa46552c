"""What becomes of a record that cannot be read."""

import pytest

from extract.records import EXCERPT_LENGTH, unreadable


@pytest.mark.parametrize(
    ("record", "excerpt"),
    [
        (
            b"<Triall><main><trial_id>X</trial_id><primary_sponsor>Jane Doe</primary_sponsor>",
            "<Triall><main><trial_id>X</trial_id>",
        ),
        ('{"briefTitle":"T","overallOfficials":[{"name":"Jane Doe"}]}', '{"briefTitle":"T",'),
        ("<TrialID>X</TrialID><Contact_Firstname>Jane Doe</Contact_Firstname>", "<TrialID>X</TrialID>"),
        ("登记号 X 申请人联系人 张三", "登记号 X 申请人"),
        ("a title, jane@example.org", "a title, [e-mail removed]"),
    ],
)
def test_the_excerpt_ends_before_people(record: str | bytes, excerpt: str) -> None:
    assert unreadable(1, "reason", record).excerpt == excerpt


def test_the_excerpt_is_short() -> None:
    assert len(unreadable(1, "reason", "x" * 10_000).excerpt) == EXCERPT_LENGTH
