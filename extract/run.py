"""The two ways into raw: import files, and extract live. Both read, gate, load and keep the ledger in the same way."""

import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rich.progress import Progress

from extract import chictr, chinadrugtrials, clinicaltrials_gov, gate, ictrp, inbox, ledger, load, lock, quarantine
from extract.chictr import source as chictr_source
from extract.chinadrugtrials import source as chinadrugtrials_source
from extract.clinicaltrials_gov import source as clinicaltrials_gov_source
from extract.clinicaltrials_gov.read import read as read_ctgov_page
from extract.clinicaltrials_gov.settings import DEFAULT_BASE_URL, OVERLAP_DAYS
from extract.clinicaltrials_gov.source import Api, InconsistentSearch, Search
from extract.clinicaltrials_gov.source import searches as ctgov_searches
from extract.errors import GateFailed, NothingRecognised, SourceUnreachable, UsageError
from extract.ictrp import source as ictrp_source
from extract.inbox import Buffer
from extract.recognise import Refused, recognise
from extract.records import Reading
from extract.report import ImportReport
from extract.spool import FileCount, Spool

# Directories of commands, which a killed one leaves behind.
CTGOV = clinicaltrials_gov.settings.REGISTRY

_READERS: dict[str, Callable[[Buffer, str], Iterator[Reading]]] = {
    CTGOV: clinicaltrials_gov_source.read_file,
    ictrp.settings.REGISTRY: ictrp_source.read_file,
    chictr.settings.REGISTRY: chictr_source.read_file,
    chinadrugtrials.settings.REGISTRY: chinadrugtrials_source.read_file,
}

# What to do for the registries that have no API which programs may use.
_HOW_TO_GET = {
    ictrp.settings.REGISTRY: ictrp_source.HOW_TO_GET,
    chictr.settings.REGISTRY: chictr_source.HOW_TO_GET,
    chinadrugtrials.settings.REGISTRY: chinadrugtrials_source.HOW_TO_GET,
}


def database_of(home: Path) -> Path:
    """Return the build database of a LANDSCAPE_HOME."""
    return home / "build" / "landscape.duckdb"


def import_paths(
    paths: Sequence[Path], *, home: Path, is_sample: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Load registry files (files, folders, zips) into raw.

    Raises:
        FileNotFoundError: a path does not exist.
        NothingRecognised: no file holds registrations.
        GateFailed: a batch did not pass; raw is as it was.
        UsageError: the sample, where real registrations are loaded.
        DatabaseBusy: another process holds the database.

    """
    total = inbox.count(paths)
    with _command(home, is_sample=is_sample, progress=progress) as (run, spool):
        for done, file in enumerate(inbox.find(paths)):
            run.step(f"reading {file.name}", done, total)
            run.read_file(spool, file)
        if not any(count.registry for count in run.report.files):
            run.keep_ledger()
            raise NothingRecognised(run.report)
        run.gate_and_load(spool)
    return run.report


def extract_live(
    registries: Sequence[str],
    *,
    home: Path,
    since: date | None = None,
    full: bool = False,
    base_url: str = DEFAULT_BASE_URL,
    request_interval: float = 1.0,
    progress: Progress | None = None,
) -> ImportReport:
    """Load what a registry's API serves into raw; without a date, what changed since the last run of the same search.

    Raises:
        UsageError: a registry has no API that programs may use; the message says how to get its files.
        SourceUnreachable: the API does not answer, rejects the search, or keeps changing while it is read.
        GateFailed: a batch did not pass; raw is as it was.
        DatabaseBusy: another process holds the database.

    """
    by_files = [registry for registry in registries if registry in _HOW_TO_GET]
    if by_files:
        raise UsageError("\n".join(_HOW_TO_GET[registry] for registry in by_files))
    unknown = [registry for registry in registries if registry != CTGOV]
    if unknown:
        raise UsageError(f"{unknown[0]} is none of the registries: {', '.join(_READERS)}")
    api = Api(base_url, request_interval)
    with _command(home, is_sample=False, progress=progress) as (run, spool):
        searches = [run.dated(search, since) for search in ctgov_searches(full=full)]
        data_cut, pages = run.fetch(api, searches, spool.directory)
        for page in pages:
            run.read_page(spool, page, data_cut)
        run.gate_and_load(spool)
    return run.report


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page of a live search, on disk until its state of the registry is known to be whole."""

    search: Search
    source_name: str
    file: Path


class Run:
    """One command: its id, its report, and the steps that importing and extracting share."""

    def __init__(self, home: Path, *, is_sample: bool, progress: Progress | None) -> None:
        """Check that sample and real registrations do not meet; the database is prepared, and the lock held."""
        self.home = home
        self.database = database_of(home)
        self.is_sample = is_sample
        self._progress = progress
        self._task = progress.add_task("starting", total=None) if progress else None
        self.started_at = datetime.now(UTC)
        prefix = ledger.SAMPLE_PREFIX if is_sample else ""
        self.report = ImportReport(f"{prefix}{self.started_at:%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:6]}")
        if is_sample and load.state_of(self.database).real:
            raise UsageError(
                f"{self.database} holds real registrations; the sample is not loaded beside them. "
                "Set LANDSCAPE_HOME to another folder to try the sample."
            )

    def step(self, what: str, done: int, total: int | None) -> None:
        """Show how far the work is; without a total how much there is to do is not known."""
        if self._progress and self._task is not None:
            self._progress.update(self._task, description=what, completed=done, total=total)

    def new_count(self, registry: str | None, source_file: str, source_shape: str | None) -> FileCount:
        """Open the count of a file."""
        count = FileCount(len(self.report.files) + 1, registry, source_file, source_shape, datetime.now(UTC))
        self.report.files.append(count)
        return count

    def read_file(self, spool: Spool, file: inbox.InboxFile) -> None:
        """Recognise a file and spool its records, or note why it is refused."""
        with ExitStack() as opened:
            try:
                data = opened.enter_context(file.open())
            except inbox.UNREADABLE as error:
                self._refuse(file.name, f"The file cannot be opened: {error}.")
                return
            recognised = recognise(data)
            if isinstance(recognised, Refused):
                self._refuse(file.name, recognised.reason)
                return
            count = self.new_count(recognised.registry, file.name, recognised.shape)
            for reading in _READERS[recognised.registry](data, recognised.shape):
                spool.add(count, reading)
        count.finished_at = datetime.now(UTC)

    def dated(self, search: Search, since: date | None) -> Search:
        """Return the search with the date from which it has to look: the one asked for, else where its last run
        ended.
        """
        if since:
            return replace(search, since=since, note=f"{ledger.ASKED_SINCE}{since}]")
        until = ledger.searched_until(self.database, CTGOV, search.scope)
        if until is None:
            return search
        start = until.date() - timedelta(days=OVERLAP_DAYS)
        return replace(search, since=start, note=f"{ledger.CONTINUED}{start}]")

    def fetch(self, api: Api, searches: Sequence[Search], directory: Path) -> tuple[datetime, list[SavedPage]]:
        """Fetch all pages of one state of the registry to disk; start over once when it changes meanwhile."""
        for attempt in (1, 2):
            before = api.data_timestamp()
            try:
                pages = [page for search in searches for page in self._fetch_search(api, search, directory)]
                problem = "" if api.data_timestamp() == before else "the registry refreshed its data"
            except InconsistentSearch as error:
                problem = str(error)
            if not problem:
                return before, pages
            self.report.notes.append(f"Attempt {attempt}: {problem} while it was read.")
        raise SourceUnreachable(f"{api.base_url}: {problem} while it was read, twice. Run again later.")

    def _fetch_search(self, api: Api, search: Search, directory: Path) -> Iterator[SavedPage]:
        for page in api.pages(search):
            file = directory / f"{search.name}-{page.number}.json"
            file.write_bytes(page.body)
            self.step(f"fetching {search.name}", page.n_fetched, page.n_total)
            yield SavedPage(search, f"{api.base_url}/studies ({search.name}, page {page.number})", file)

    def read_page(self, spool: Spool, page: SavedPage, data_cut: datetime) -> None:
        """Spool the studies of a fetched page."""
        count = self.new_count(CTGOV, page.source_name, "api_page")
        count.search = page.search.scope + page.search.note
        count.data_cut = data_cut
        for reading in read_ctgov_page(page.file.read_bytes(), "api_page", data_cut):
            spool.add(count, reading)
        count.finished_at = datetime.now(UTC)

    def _refuse(self, name: str, reason: str) -> None:
        count = self.new_count(None, name, None)
        count.read = count.refused = 1
        count.reason = reason
        count.finished_at = datetime.now(UTC)

    def gate_and_load(self, spool: Spool) -> None:
        """Judge all batches, then load all of them or none; the ledger is kept either way."""
        spool.close()
        self.step("checking", 0, None)
        self.report.checks = gate.judge(spool, self.report.files)
        gate.record(self.database, self.report.run_id, self.report.checks)
        if self.report.failed_checks:
            self._keep_out()
            self.keep_ledger()
            raise GateFailed(self.report)
        planned = load.plan(self.database, spool, self.report.files)
        if planned.n_new:
            self._empty_sample()
            self.step("loading", 0, planned.n_new)
            load.load(self.database, planned)
            self.step("loading", planned.n_new, planned.n_new)
        self.keep_ledger()

    def _empty_sample(self) -> None:
        sample = 0 if self.is_sample else load.state_of(self.database).sample
        if sample:
            load.delete_sample(self.database)
            quarantine.forget_sample(self.home / "quarantine")
            self.report.notes.append(
                f"The bundled sample ({sample:,} made-up records) was emptied from raw: these are the first real ones."
            )

    def _keep_out(self) -> None:
        """Count every record of a failed command as refused: nothing of it is loaded."""
        failed = {check.subject for check in self.report.failed_checks}
        for count in self.report.files:
            if count.registry is not None:
                count.refused = count.read - count.quarantined
                count.reason = f"the gate failed on this {'file' if count.source_file in failed else 'import'}"

    def keep_ledger(self) -> None:
        """Write what each file came to, and what is in quarantine."""
        ledger.write_counts(self.database, self.report.run_id, self.report.files)
        self.report.quarantine_file = quarantine.write(self.home / "quarantine", self.report.run_id, self.report.files)


@contextmanager
def _command(home: Path, *, is_sample: bool, progress: Progress | None) -> Iterator[tuple[Run, Spool]]:
    """Hold the lock, prepare the database, and give a spool beside it (room for large inputs) that goes in the end."""
    database = database_of(home)
    with lock.held(database.parent):
        load.prepare(database)
        for left in database.parent.glob(f"{load.WORK}*"):
            shutil.rmtree(left)
        run = Run(home, is_sample=is_sample, progress=progress)
        with tempfile.TemporaryDirectory(prefix=load.WORK, dir=database.parent) as directory:
            spool = Spool(Path(directory), run.started_at, is_sample=is_sample)
            try:
                yield run, spool
            finally:
                spool.close()
