"""The page of the report: its numbers, its safety, its structure, and the files beside it."""

import io
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from made_up_landscape import EXTRA_TITLE, publish_mock

from analyses.published import Published
from analyses.report import build_report
from analyses.report.exhibits import plans, write_csv
from analyses.report.quality import label_quality


class Elements(HTMLParser):
    """Collects the elements of a page: name, attributes, and the text inside."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="module")
def html(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def elements(html: str) -> Elements:
    parser = Elements()
    parser.feed(html)
    return parser


def test_the_headline_numbers_are_those_of_the_marts(html: str, published: Published) -> None:
    marts = published.query(
        """
        select
            count(*) as "Trials in China",
            count(*) filter (where cell_class = 'immune_cell') as "Immune cells",
            count(*) filter (where cell_class = 'stem_cell') as "Stem cells",
            count(*) filter (where cell_class = 'other_somatic_cell') as "Other somatic cells",
            count(*) filter (where is_oncology) as "Oncology",
            count(*) filter (where sponsor_type = 'IST') as "Industry-sponsored"
        from marts.dim_trial
        where is_china and in_study_window
        """
    ).iloc[0]
    shown = dict(re.findall(r"<dt>([^<]+)</dt><dd>([\d,]+)</dd>", html))

    assert {name: int(text.replace(",", "")) for name, text in shown.items()} == marts.to_dict()


def test_the_targets_of_the_page_are_those_of_the_core_mart(page: Path, published: Published) -> None:
    rows = pd.read_csv(page.parent / "data" / "fig_2b.csv", comment="#").set_index("target")["n_trials"]
    marts = published.query(
        """
        select target, count(distinct trial_id) as n
        from marts.bridge_trial_target
        inner join marts.dim_trial using (trial_id)
        where is_china and in_study_window
        group by target
        """
    ).set_index("target")["n"]

    assert rows.to_dict() == marts.to_dict()


def test_every_exhibit_is_on_the_page_with_picture_guide_and_download(elements: Elements, html: str) -> None:
    pictures = [attributes for attributes in elements.named("svg") if attributes.get("role") == "img"]
    ids = {attributes.get("id") for _, attributes in elements.found}

    assert len(pictures) == len(plans())
    assert all(len(attributes["aria-label"] or "") > 20 for attributes in pictures)
    assert {plan.exhibit_id for plan in plans()} | {"etable_1", "finder", "limits"} <= ids
    for plan in plans():
        assert f'download="{plan.exhibit_id}.csv"' in html
        for extension in ("svg", "png"):
            assert f'href="figures/{plan.exhibit_id}.{extension}"' in html


def test_the_page_needs_nothing_from_elsewhere(elements: Elements) -> None:
    for tag, attributes in elements.found:
        for name in ("src", "srcset", "data", "poster", "action"):
            assert not re.match(r"(https?:)?//", attributes.get(name) or ""), (tag, attributes)
        assert tag not in {"iframe", "object", "embed", "base", "link"}
    assert not re.search(r"@import|url\(\s*['\"]?https?:", "".join(elements.text))


def test_text_of_a_registry_is_text(html: str, elements: Elements) -> None:
    assert EXTRA_TITLE not in html
    assert EXTRA_TITLE in "".join(elements.text)
    assert len(elements.named("script")) == 1


def test_an_address_that_is_not_one_of_the_web_is_no_link(elements: Elements) -> None:
    allowed = re.compile(r"#|https?://|data:text/csv|data/[\w.]+\.csv$|figures/\w+\.(svg|png)$")
    assert all(allowed.match(attributes.get("href") or "") for attributes in elements.named("a"))


def test_ids_are_unique_and_links_inside_the_page_lead_somewhere(elements: Elements) -> None:
    ids = Counter(attributes["id"] for _, attributes in elements.found if attributes.get("id"))
    inside = {
        (attributes.get("href") or "")[1:]
        for attributes in elements.named("a")
        if (attributes.get("href") or "").startswith("#")
    }

    assert [name for name, count in ids.items() if count > 1] == []
    assert inside <= set(ids)


def test_the_page_has_landmarks_one_title_and_headings_in_order(elements: Elements) -> None:
    tags = Counter(tag for tag, _ in elements.found)
    levels = [int(tag[1]) for tag, _ in elements.found if re.fullmatch(r"h[1-6]", tag)]

    assert tags["main"] == tags["nav"] == tags["h1"] == tags["title"] == 1
    assert tags["header"] == tags["footer"] == 1
    assert all(next_level - level <= 1 for level, next_level in pairwise(levels))


def test_every_trial_behind_a_bar_is_in_the_finder(page: Path, elements: Elements) -> None:
    listed = {attributes.get("id", "").removeprefix("t-") for attributes in elements.named("article")}
    members = pd.read_csv(page.parent / "data" / "fig_2a_registrations.csv", comment="#")

    assert set(members["trial_id"]) <= listed


@pytest.mark.parametrize("plan", plans(), ids=lambda plan: plan.exhibit_id)
def test_every_exhibit_says_what_each_bar_counts(html: str, page: Path, published: Published, plan) -> None:
    section = html[html.index(f'<section id="{plan.exhibit_id}"') :].split("</section>", maxsplit=1)[0]
    assert "<strong>How to read it.</strong>" in section
    assert f"{plan.label}: how it is counted" in section
    if plan.analysis == "etable_2_approved_products":
        # A bar is one product, a row of the table.
        return
    members = published.members(plan.analysis)
    assert members is not None, f"{plan.analysis} has no CTE `members`"
    if len(members):
        assert " make up each bar</summary>" in section
        assert (page.parent / "data" / f"{plan.exhibit_id}_registrations.csv").is_file()


def test_the_finder_shows_the_words_behind_a_label(html: str, published: Published) -> None:
    row = published.query("select * from marts.bridge_trial_target order by trial_id limit 1").iloc[0]
    article = html[html.index(f'<article id="t-{row.trial_id}"') :].split("</article>", maxsplit=1)[0]

    assert f"<b>Target {row.target}</b>" in article
    assert row.matched_text in article
    assert row.rule_id in article
    assert "https://example.org/" in article


@pytest.mark.parametrize("plan", plans(), ids=lambda plan: plan.exhibit_id)
def test_the_files_of_an_exhibit_are_there_and_say_where_they_come_from(page: Path, plan) -> None:
    text = (page.parent / "data" / f"{plan.exhibit_id}.csv").read_text(encoding="utf-8")

    assert text.startswith(f"# {plan.label}: ")
    assert "# data cut: " in text
    assert "# rule set: " in text
    assert f"analyses/{plan.analysis}.sql" in text
    assert len(pd.read_csv(io.StringIO(text), comment="#").columns) > 1
    for extension in ("svg", "png"):
        assert (page.parent / "figures" / f"{plan.exhibit_id}.{extension}").stat().st_size > 5000


def test_a_hash_in_a_text_is_no_comment_to_a_reader_of_the_file() -> None:
    rows = pd.DataFrame({"title": ['Study #1, "quoted"', "plain"], "n": [1, 2], "share": [0.5, None]})
    read = pd.read_csv(io.StringIO(write_csv(rows, ["where it comes from"])), comment="#")

    assert read["title"].to_list() == rows["title"].to_list()
    assert read["n"].to_list() == [1, 2]
    assert read["share"].isna().to_list() == [False, True]


def test_the_methods_are_written_from_the_build(page: Path, published: Published) -> None:
    methods = (page.parent / "methods.md").read_text(encoding="utf-8")
    held = published.query("select count(*) as n from marts.fct_registration_screening")["n"].iloc[0]

    assert f"{held:,} registrations were held" in methods
    assert published.build_id in methods
    assert "`include_hsct` = `false`" in methods


def test_the_recorded_quality_is_on_the_page_and_in_the_methods(html: str, page: Path, published: Published) -> None:
    methods = (page.parent / "methods.md").read_text(encoding="utf-8")
    recorded = published.query(
        """
        select value, numerator, denominator from marts.mart_label_quality
        where split = 'test' and source = 'real' and facet = 'targets' and measure = 'f1'
        union all
        select value, numerator, denominator from marts.mart_link_quality
        where split = 'test' and pair_set = 'twins and decoys' and measure = 'precision'
        """
    )

    assert len(recorded) == 2
    for row in recorded.itertuples():
        for text in (html, methods):
            assert f"{row.value:.3f}" in text
            assert f"{row.numerator:,.0f}/{row.denominator:,.0f}" in text


def test_a_quality_that_was_not_recorded_is_said() -> None:
    assert label_quality(pd.DataFrame()) is None


def test_a_sample_says_so_on_the_page_in_the_files_and_in_the_pictures(tmp_path: Path) -> None:
    page = build_report(publish_mock(tmp_path, n_trials=40, is_sample=True))
    html = page.read_text(encoding="utf-8")

    assert "<title>SAMPLE: " in html
    assert "made-up registrations" in html
    assert (page.parent / "data" / "fig_2a.csv").read_text(encoding="utf-8").startswith("# SAMPLE")
    assert "SAMPLE" in (page.parent / "figures" / "fig_2a.svg").read_text(encoding="utf-8")


def test_a_report_that_fails_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = publish_mock(tmp_path, n_trials=30)
    page = build_report(home)
    before = page.read_bytes()

    def fail(*_: object) -> str:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("analyses.report.build._page", fail)
    with pytest.raises(RuntimeError):
        build_report(home)

    assert page.read_bytes() == before
    assert [path.name for path in page.parent.parent.iterdir() if path.name.startswith(".report")] == []


def test_the_same_publication_gives_the_same_page(home: Path, page: Path) -> None:
    before = page.read_bytes()

    assert build_report(home).read_bytes() == before
