"""The two ways into raw: import files, and extract live. Both read, gate, load and keep the ledger in the same way."""

import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.progress import Progress

from extract import gate, inbox, ledger, load, quarantine
from extract.chictr.source import read_file as read_chictr
from extract.chinadrugtrials.source import read_file as read_chinadrugtrials
from extract.clinicaltrials_gov.source import read_file as read_clinicaltrials_gov
from extract.errors import GateFailed, NothingRecognised, UsageError
from extract.ictrp.source import read_file as read_ictrp
from extract.inbox import Buffer
from extract.recognise import Recognised, Refused, recognise
from extract.records import Reading
from extract.report import ImportReport
from extract.spool import FileCount, Spool

_READERS: dict[str, Callable[[Buffer, str], Iterator[Reading]]] = {
    "clinicaltrials_gov": read_clinicaltrials_gov,
    "ictrp": read_ictrp,
    "chictr": read_chictr,
    "chinadrugtrials": read_chinadrugtrials,
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
    run = Run(home, is_sample=is_sample, progress=progress)
    files = list(inbox.find(list(paths)))
    with run.spooling() as spool:
        for done, file in enumerate(files):
            run.step(f"reading {file.name}", done, len(files))
            run.read_file(spool, file)
        if not any(count.registry for count in run.report.files):
            run.keep_ledger()
            raise NothingRecognised(run.report)
        run.gate_and_load(spool)
    return run.report


class Run:
    """One command: its id, its report, and the steps that importing and extracting share."""

    def __init__(self, home: Path, *, is_sample: bool, progress: Progress | None) -> None:
        """Prepare the database, and check that sample and real registrations do not meet."""
        self.home = home
        self.database = database_of(home)
        self.is_sample = is_sample
        self._progress = progress
        self._task = progress.add_task("starting", total=None) if progress else None
        self.started_at = datetime.now(UTC)
        prefix = "sample-" if is_sample else ""
        self.report = ImportReport(f"{prefix}{self.started_at:%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:6]}")
        load.ensure_raw(self.database)
        if is_sample and load.state_of(self.database).real:
            raise UsageError(
                f"{self.database} holds real registrations; the sample is not loaded beside them. "
                "Set LANDSCAPE_HOME to another folder to try the sample."
            )

    def step(self, what: str, done: int, total: int | None) -> None:
        """Show how far the work is; without a total how much there is to do is not known."""
        if self._progress and self._task is not None:
            self._progress.update(self._task, description=what, completed=done, total=total)

    def spooling(self) -> "_Spooling":
        """Return a spool in a directory that goes with it."""
        return _Spooling(self)

    def new_count(self, registry: str | None, source_file: str, source_shape: str | None) -> FileCount:
        """Open the count of a file."""
        count = FileCount(len(self.report.files) + 1, registry, source_file, source_shape, datetime.now(UTC))
        self.report.files.append(count)
        return count

    def read_file(self, spool: Spool, file: inbox.InboxFile) -> None:
        """Recognise a file and spool its records, or note why it is refused."""
        with file.open() as data:
            recognised = recognise(data)
            if isinstance(recognised, Refused):
                self._refuse(file.name, recognised)
                return
            count = self.new_count(recognised.registry, file.name, recognised.shape)
            self._read_records(spool, count, data, recognised)
        count.finished_at = datetime.now(UTC)

    def _read_records(self, spool: Spool, count: FileCount, data: Buffer, recognised: Recognised) -> None:
        for reading in _READERS[recognised.registry](data, recognised.shape):
            spool.add(count, reading)

    def _refuse(self, name: str, refused: Refused) -> None:
        count = self.new_count(None, name, None)
        count.read = count.refused = 1
        count.reason = refused.reason
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
            self.report.notes.append(
                f"The bundled sample ({sample:,} made-up registrations) was emptied from raw: these are the first real ones."
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


class _Spooling:
    """A spool whose directory is beside the database (room for large inputs) and is removed when the command ends."""

    def __init__(self, run: Run) -> None:
        self._directory = tempfile.TemporaryDirectory(prefix="spool-", dir=run.database.parent)
        self._spool = Spool(Path(self._directory.name), run.started_at, is_sample=run.is_sample)

    def __enter__(self) -> Spool:
        return self._spool

    def __exit__(self, *_: object) -> None:
        self._spool.close()
        self._directory.cleanup()
