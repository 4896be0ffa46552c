"""Write `published/report/` from what is published: the page, its figures and data, and the methods."""

import os
import platform
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import cache, partial
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import jinja2
import pandas as pd
from markdown_it import MarkdownIt
from markupsafe import Markup
from rich.progress import Progress

from analyses.figures import style
from analyses.figures.labels import written
from analyses.published import NotPublishedError, Published, rows_of
from analyses.report import finder, pictures, quality
from analyses.report.exhibits import Exhibit, ExhibitPlan, make_exhibit, plans, provenance, write_csv

_FOLDER: Final = Path(__file__).parent
#: Rows of a table shown on the page; the CSV has all.
_MOST_ROWS: Final = 130
#: Ids of a bar listed on the page; beyond it the CSV of registrations has them.
_MOST_IDS: Final = 5000
#: More would each hold the drawing library and the publication in memory.
_MOST_PROCESSES: Final = 4
_SOFTWARE: Final = ("matplotlib", "scipy", "statsmodels", "pandas", "splink", "dlt")
#: Analyses of the recorded quality, which are tables without a picture.
_QUALITY: Final = {
    "quality_gold_labels": "Labels against registrations labelled by reading",
    "quality_gold_links": "Links against known pairs",
}
#: The paper's words for the agencies.
_JURISDICTIONS: Final = {"US": "FDA", "EU": "EMA", "Japan": "PMDA"}


def build_report(home: Path, progress: Progress | None = None) -> Path:
    """Write the report of what is published under `home` and return the path of its page.

    The folder `published/report` is replaced as a whole when everything in it is written; until then the last report
    stays.

    Raises:
        NotPublishedError: nothing is published under `home`.
    """
    with Published.open(home) as published:
        target = published.folder / "report"
        draft = Path(tempfile.mkdtemp(prefix=".report-", dir=published.folder))
        try:
            _write_report(published, home, draft, progress)
            # The folder of mkdtemp is for its maker only; a published page is for every reader of the machine.
            draft.chmod(0o755)
            _replace_folder(draft, target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return target / "index.html"


def _replace_folder(draft: Path, target: Path) -> None:
    """Put a finished folder in the place of another."""
    old = target.with_name(f".{target.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    draft.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _write_report(published: Published, home: Path, folder: Path, progress: Progress | None) -> None:
    figures, data = folder / "figures", folder / "data"
    figures.mkdir()
    data.mkdir()
    data_cut = "; ".join(f"{written(name)} {day}" for name, day in published.data_cuts.items())
    published_products = _published_products(published)
    planned = plans()
    task = progress.add_task("Drawing exhibits", total=len(planned) + 1) if progress else None
    exhibits = []
    make = partial(
        _make_exhibit,
        home=home,
        build_id=published.build_id,
        data_cut=data_cut,
        published_products=published_products,
        figures=figures,
    )
    # matplotlib draws on one core. Processes are started afresh, since DuckDB does not survive a fork.
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        try:
            for exhibit in pool.map(make, planned):
                _write_data(published, exhibit, data)
                exhibits.append(exhibit)
                if progress and task is not None:
                    progress.advance(task)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    for name, title in _QUALITY.items():
        rows = published.result(name)
        plan = ExhibitPlan(name, "about", "Quality", title, "", name, "", "")
        text = write_csv(rows, provenance(published, plan, "data", len(rows)))
        (data / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "methods.md").write_text(_methods(published), encoding="utf-8")
    (folder / "index.html").write_text(_page(published, exhibits, folder, data_cut), encoding="utf-8")
    if progress and task is not None:
        progress.advance(task)


@cache
def _opened(home: Path) -> Published:
    """Return the publication, opened once in a process that draws."""
    style.apply()
    return Published.open(home)


def _make_exhibit(plan: ExhibitPlan, home: Path, build_id: str, **facts: Any) -> Exhibit:
    """Make an exhibit in a process of its own.

    Raises:
        NotPublishedError: another build was published since the report was begun.
    """
    published = _opened(home)
    if published.build_id != build_id:
        raise NotPublishedError("another build was published while the report was drawn: draw it again")
    return make_exhibit(plan, published, **facts)


def _published_products(published: Published) -> dict[str, float]:
    """Return how many approved products the paper counts, by agency; empty where nothing is compared (the sample)."""
    rows = published.query(
        "select subset, published from marts.mart_paper_comparison where measure = 'approved_products' and is_default"
    )
    return {_JURISDICTIONS[row.subset]: float(row.published) for row in rows_of(rows)}


def _write_data(published: Published, exhibit: Exhibit, folder: Path) -> None:
    """Write the CSV files of an exhibit and keep their text for the page."""
    plan = exhibit.plan
    tables = [("data", exhibit.rows), ("registrations", exhibit.members), ("tests", exhibit.statistics)]
    for what, rows in tables:
        if rows is None:
            continue
        name = f"{plan.exhibit_id}.csv" if what == "data" else f"{plan.exhibit_id}_{what}.csv"
        text = write_csv(rows, provenance(published, plan, what, len(rows)))
        (folder / name).write_text(text, encoding="utf-8")
        exhibit.files[what] = text


def _environment(is_html: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=is_html,
        undefined=jinja2.StrictUndefined,
        trim_blocks=False,
        lstrip_blocks=False,
    )
    environment.filters |= {
        "written": written,
        "day": _day,
        "cell": _markdown_cell,
        "shown": _shown,
        "heading": _heading,
    }
    return environment


def _day(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if pd.notna(value) else "not stated"


def _markdown_cell(value: Any) -> str:
    """Return a text that cannot break out of a cell of a Markdown table."""
    text = "" if pd.isna(value) else str(value)
    return text.replace("|", "\\|").replace("\n", " ") or "–"


def _heading(column: str) -> str:
    """Return the name of a column as the head of a table."""
    return f"number of {column[2:].replace('_', ' ')}" if column.startswith("n_") else column.replace("_", " ")


def _shown(value: Any, column: str = "") -> str:
    """Return a value of a table as a reader sees it: shares as percentages, dates as days, missing as a dash."""
    if pd.isna(value):
        return "–"
    if isinstance(value, (bool,)) or type(value).__name__ == "bool":
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, (int, float)) or hasattr(value, "dtype"):
        number = float(value)
        if "share" in column:
            return f"{100 * number:.1f}%"
        if "year" in column and number.is_integer():
            return f"{number:.0f}"
        if column.startswith("p_value"):
            return "<0.001" if number < 0.001 else f"{number:.3f}"
        return f"{number:,.0f}" if number.is_integer() else f"{number:,.3g}" if abs(number) < 100 else f"{number:,.1f}"
    if column in _LABEL_COLUMNS:
        return written(value)
    return str(value)


_LABEL_COLUMNS: Final = frozenset(
    {
        "cell_class",
        "cell_type",
        "phase",
        "indication_group",
        "registry",
        "scope",
        "decision",
        "reason",
        "status",
        "timeliness",
        "label",
        "dimension",
        "state",
        "change",
        "measure",
        "subset",
        "label_kind",
        "target",
        "field",
        "rule",
    }
)


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def _flow(published: Published) -> dict[str, Any]:
    """Return the counts of the flow of inclusion."""
    rows = published.result("efig_1_inclusion_flow")
    counts = rows.groupby("decision")["n_registrations"].sum()
    excluded = (
        rows[rows["decision"] == "excluded"].groupby("reason")["n_registrations"].sum().sort_values(ascending=False)
    )
    scopes = rows[rows["decision"] == "included"].groupby("scope")["n_registrations"].sum()
    return {
        "held": int(rows["n_registrations"].sum()),
        "excluded": [{"reason": reason, "n": int(n)} for reason, n in excluded.items()],
        "n_excluded": int(counts.get("excluded", 0)),
        "duplicates": int(counts.get("duplicate", 0)),
        "included": int(counts.get("included", 0)),
        "in_china": int(scopes.get("in_landscape", 0) + scopes.get("outside_study_window", 0)),
        "in_landscape": int(scopes.get("in_landscape", 0)),
    }


def _facts(published: Published) -> dict[str, Any]:
    first = published.versions.iloc[0]
    return {
        "build_id": published.build_id,
        "built_at": f"{first['built_at']:%Y-%m-%d %H:%M} UTC",
        "is_sample": published.is_sample,
        "rule_set_version": first["rule_set_version"],
        "code_version": first["code_version"],
        "dbt_version": first["dbt_version"],
        "engine_version": first["engine_version"],
    }


def _gold(published: Published) -> dict[str, quality.Quality | None]:
    """Return the recorded quality of labels and links."""
    return {
        "labels": quality.label_quality(published.result("quality_gold_labels")),
        "links": quality.link_quality(published.result("quality_gold_links")),
    }


def _methods(published: Published) -> str:
    """Return the methods, every number read from the publication."""
    template = _environment(is_html=False).get_template("methods.md.j2")
    software = ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in _SOFTWARE)])
    return template.render(
        facts=_facts(published),
        versions=_records(published.versions),
        sources=_records(published.result("source_files")),
        switches=published.variables,
        flow=_flow(published),
        links=_records(published.result("quality_links")),
        labels=_records(published.result("quality_labels")),
        gold=_gold(published),
        checks=published.manifest.get("checks", {}),
        software=software,
    )


def _page(published: Published, exhibits: Iterable[Exhibit], folder: Path, data_cut: str) -> str:
    """Return the page."""
    trials, has_all = finder.read_trials(published)
    listed = {trial.trial_id for trial in trials}
    headline = published.query(
        """
        select
            count(*) as n_trials,
            count(*) filter (where cell_class = 'immune_cell') as n_immune,
            count(*) filter (where cell_class = 'stem_cell') as n_stem,
            count(*) filter (where cell_class = 'other_somatic_cell') as n_other,
            count(*) filter (where is_oncology) as n_oncology,
            count(*) filter (where sponsor_type = 'IST') as n_ist,
        from marts.dim_trial
        where is_china and in_study_window
        """
    ).iloc[0]
    parts = {
        part: [_exhibit_for_page(exhibit, folder, listed) for exhibit in exhibits if exhibit.plan.part == part]
        for part in ("paper", "beyond")
    }
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    facets = {
        name: sorted({value for trial in trials for value in trial.facets[name]}, reverse=name == "year")
        for name in ("target", "cell_type", "indication", "phase", "sponsor_type", "year", "place")
    }
    return (
        _environment(is_html=True)
        .get_template("page.html.j2")
        .render(
            facts=_facts(published),
            data_cut=data_cut,
            headline=headline,
            switches=published.variables,
            flow=_flow(published),
            parts=parts,
            font_faces=pictures.font_faces(exhibit["picture"] for part in parts.values() for exhibit in part),
            regulation=Markup(_tables_scroll(markdown.render((_FOLDER / "regulation.md").read_text(encoding="utf-8")))),
            links=_table(published.result("quality_links")),
            labels=_table(published.result("quality_labels")),
            gold=_gold(published),
            versions=published.versions,
            trials=trials,
            has_all=has_all,
            facets=facets,
            facet_names={
                "target": "Target",
                "cell_type": "Cell type",
                "indication": "Indication",
                "phase": "Phase",
                "sponsor_type": "Sponsor type",
                "year": "Year registered",
                "place": "Where",
            },
            style=Markup((_FOLDER / "page.css").read_text(encoding="utf-8")),
            script=Markup((_FOLDER / "finder.js").read_text(encoding="utf-8")),
        )
    )


def _tables_scroll(html: str) -> str:
    """Let the tables of rendered prose scroll sideways on a narrow screen."""
    opened = '<div class="scroll" tabindex="0" role="region" aria-label="Table, scrolls sideways"><table>'
    return html.replace("<table>", opened).replace("</table>", "</table></div>")


def _table(rows: pd.DataFrame) -> dict[str, Any]:
    """Return the head and the first rows of a table, and how many rows it has."""
    columns = [str(name) for name in rows.columns]
    return {
        "columns": columns,
        "rows": [
            [_shown(value, column) for column, value in zip(columns, row, strict=True)]
            for row in rows_of(rows.head(_MOST_ROWS), index=False)
        ],
        "n_rows": len(rows),
    }


_PLAIN_IN_CSV: Final = " !$()*+,-./:;=?@[]_{|}~^"


def _exhibit_for_page(exhibit: Exhibit, folder: Path, listed: set[str]) -> Mapping[str, Any]:
    svg = (folder / "figures" / f"{exhibit.plan.exhibit_id}.svg").read_text(encoding="utf-8")
    return {
        "plan": exhibit.plan,
        "picture": pictures.inline(svg, exhibit.plan.exhibit_id, exhibit.alternative_text),
        "counted": "products" if exhibit.members is not None and "product" in exhibit.members else "registrations",
        "table": _table(exhibit.rows),
        "statistics": None if exhibit.statistics is None or exhibit.statistics.empty else _table(exhibit.statistics),
        "bars": [
            {
                "name": bar.name,
                "n": len(bar.ids),
                "ids": [(name, name in listed) for name in bar.ids] if len(bar.ids) <= _MOST_IDS else None,
            }
            for bar in exhibit.bars
        ],
        "downloads": {
            what: f"data:text/csv;charset=utf-8,{quote(text, safe=_PLAIN_IN_CSV)}"
            for what, text in exhibit.files.items()
            if what != "registrations"
        },
        "has_registrations": "registrations" in exhibit.files,
        "sql": exhibit.sql,
    }
