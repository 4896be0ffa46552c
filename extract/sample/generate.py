"""Write the bundled sample, or check that the files are what this would write.

python -m extract.sample.generate           # writes registries/ and planted_cases.csv
python -m extract.sample.generate --check   # exit 1 and a list when a file differs, is missing or is left over
"""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from extract.sample import FILES, PLANTED_CASES, ordinary
from extract.sample.cases import (
    CHICTR,
    ICTRP_EXPORT,
    ICTRP_LIST,
    ICTRP_XML,
    NDJSON,
    PAGES,
    cell_types,
    formats,
    labels,
    linkage,
    screening,
)
from extract.sample.records import Case, Record, make
from extract.sample.vocabulary import HOSPITALS
from extract.sample.writers import chictr, chinadrugtrials, clinicaltrials_gov, ictrp

PAGE_SIZE = 100
# The files that hold no registration, and what a reader must do with them.
REFUSED_FILES = {
    "chictr/search-results.html": "a page of search results is no registration",
    "chictr/slider.html": "the firewall's slider page, served with status 200",
    "chictr/day-cap.html": "the page that says that the day's views are used up, served with status 200",
    "chictr/empty-shell.html": "the frame of the site with nothing in it",
    "chinadrugtrials/search-results.html": "a page of search results is no registration",
    "chinadrugtrials/block.html": "the firewall's script shell instead of a page",
    "chinadrugtrials/no-number.html": "a detail page without a 登记号 is an empty shell",
}
# Roots that the ChiCTR download has had; every other file has the usual one.
ODD_ROOTS = {"ChiCTR1900993402": ("trials", "trial"), "ChiCTR1600993403": ("Triallist", "trial")}
BROKEN_LINES = (
    '{"protocolSection":{"identificationModule":{"nctId":"NCT99009001","briefTitle":"A line that was cut o',
    '{"protocolSection":{"identificationModule":{"briefTitle":"A study without a number"}},"hasResults":false}',
)
BROKEN_LIST_ROW = ["", "2020-05-04 00:00:00", "A row without a registration number", *[""] * 37]
BROKEN_EXPORT_ROW = ["NCT99009002", "2021-01-04", "A row that ends too early"]
BROKEN_XML = "chictr/no-number.xml"


def all_cases() -> list[Case]:
    """Everything planted, in the order of planted_cases.csv."""
    modules = (cell_types, labels, screening, formats, linkage, ordinary)
    cases = [case for module in modules for case in module.cases()]
    return [*cases, *_unreadable()]


def _unreadable() -> list[Case]:
    """Files and records that never become registrations; `registration_ids` then names the file."""
    refused = [
        Case(
            case_id=f"refused-{Path(name).stem}-{name.partition('/')[0]}",
            facet="refused",
            plants=name,
            expected="refused",
            why=why,
            ids=(name,),
        )
        for name, why in REFUSED_FILES.items()
    ]
    rows = (
        ("cut-line", f"{NDJSON}#line", "a line of NDJSON that is no JSON"),
        ("study-without-number", f"{NDJSON}#study", "a study without nctId"),
        ("row-without-number", ICTRP_LIST, "a row of the portal's list without TrialID"),
        ("short-row", ICTRP_EXPORT, "a row of the full export with 3 columns instead of 63"),
        ("xml-without-number", BROKEN_XML, "a download whose trial_id is empty"),
    )
    quarantined = [
        Case(case_id=f"quarantined-{name}", facet="quarantined", plants=why, expected="quarantined",
             why="the rest of its file loads", ids=(file.partition("#")[0],))
        for name, file, why in rows
    ]  # fmt: skip
    return [*refused, *quarantined]


def all_records(cases: Iterable[Case]) -> list[Record]:
    """Every record once, in the order of the cases; two cases may speak of one record."""
    return list({(record.file, record.registration_id): record for case in cases for record in case.records}.values())


def files() -> dict[str, bytes]:
    """The content of every registry file by its name under `registries/`.

    Raises:
        ValueError: two records of one file have the same id.
    """
    records = all_records(all_cases())
    by_file: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_file[record.file].append(record)
    twice = [key for key, n in Counter((record.file, record.registration_id) for record in records).items() if n > 1]
    if twice:
        raise ValueError(f"planted twice in one file: {twice}; give one of them another number")
    contents: dict[str, bytes] = {}
    for name, rows in by_file.items():
        contents |= _write(name, rows)
    return contents | _without_registration(records)


def _write(name: str, rows: Sequence[Record]) -> dict[str, bytes]:
    """One file of the sample; the pages of ClinicalTrials.gov are cut at PAGE_SIZE studies."""
    if name == PAGES:
        return _pages(rows)
    if name == NDJSON:
        return {name: clinicaltrials_gov.ndjson(rows, BROKEN_LINES)}
    if name == ICTRP_LIST:
        return {name: ictrp.list_csv(rows, [BROKEN_LIST_ROW])}
    if name == ICTRP_EXPORT:
        return {name: ictrp.export_csv(rows, [BROKEN_EXPORT_ROW])}
    if name == ICTRP_XML:
        return {name: ictrp.portal_xml(rows)}
    root, child = ODD_ROOTS.get(rows[0].registration_id, ("trials", "Triall"))
    writers: dict[tuple[str, str], Callable[[Iterable[Record]], bytes]] = {
        ("clinicaltrials_gov", ".json"): clinicaltrials_gov.single,
        ("chinadrugtrials", ".html"): chinadrugtrials.detail,
        ("chictr", ".xml"): partial(chictr.trial_xml, root=root, child=child),
        ("chictr", ".html"): partial(chictr.detail, layout="older" if "/older-" in name else "2025"),
    }
    return {name: writers[name.partition("/")[0], Path(name).suffix](rows)}


def _pages(rows: Sequence[Record]) -> dict[str, bytes]:
    pages = {}
    for start in range(0, len(rows), PAGE_SIZE):
        number = start // PAGE_SIZE + 1
        token = f"sample-token-{number}" if start + PAGE_SIZE < len(rows) else ""
        content = clinicaltrials_gov.page(rows[start : start + PAGE_SIZE], len(rows), token)
        pages[PAGES.replace(".json", f"-{number:04d}.json")] = content
    return pages


def _without_registration(records: Iterable[Record]) -> dict[str, bytes]:
    """The pages to refuse, and the files whose one record has no number."""
    chictr_hits = [record for record in records if record.file == CHICTR.format(id=record.registration_id)][:3]
    cde_hits = [record for record in records if record.file.startswith("chinadrugtrials/")][:3]
    numberless = make(
        *(CHICTR, "", "2020-01-01", "A study without a number | 没有登记号的研究", "None | 无", "None | 无"),
        HOSPITALS["first"],
    )
    return {
        "chictr/search-results.html": chictr.search_results(chictr_hits),
        "chictr/slider.html": chictr.slider_page(),
        "chictr/day-cap.html": chictr.day_cap_page(),
        "chictr/empty-shell.html": chictr.empty_shell(),
        "chinadrugtrials/search-results.html": chinadrugtrials.search_results(cde_hits),
        "chinadrugtrials/block.html": chinadrugtrials.block_page(),
        BROKEN_XML: chictr.trial_xml([numberless]),
        "chinadrugtrials/no-number.html": chinadrugtrials.detail([numberless]),
    }


def planted_cases() -> bytes:
    """The table of cases as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["case_id", "registration_ids", "plants", "facet", "expected", "why"])
    for case in all_cases():
        writer.writerow(
            [case.case_id, ";".join(case.registration_ids), case.plants, case.facet, case.expected, case.why]
        )
    return out.getvalue().encode()


def write() -> None:
    """Write every file, and remove those that are no longer made."""
    contents = files()
    for name in _present() - contents.keys():
        (FILES / name).unlink()
    for name, content in contents.items():
        path = FILES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    PLANTED_CASES.write_bytes(planted_cases())


def differences() -> list[str]:
    """What the files on disk have that this would not write: one sentence each, empty when all is well."""
    contents = files()
    present = _present()
    found = [f"registries/{name}: missing" for name in sorted(contents.keys() - present)]
    found += [f"registries/{name}: not made by the generator" for name in sorted(present - contents.keys())]
    found += [
        f"registries/{name}: differs"
        for name in sorted(contents.keys() & present)
        if (FILES / name).read_bytes() != contents[name]
    ]
    if not PLANTED_CASES.exists() or PLANTED_CASES.read_bytes() != planted_cases():
        found.append(f"{PLANTED_CASES.name}: differs")
    return found


def _present() -> set[str]:
    return {path.relative_to(FILES).as_posix() for path in FILES.rglob("*") if path.is_file()}


def main(arguments: Sequence[str]) -> int:
    """Write the sample, or with `--check` compare; returns the exit code."""
    if list(arguments) == ["--check"]:
        found = differences()
        for line in found:
            print(line)
        if found:
            print("Run `python -m extract.sample.generate` and commit what it writes.")
        return 1 if found else 0
    if arguments:
        print(__doc__)
        return 2
    write()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
