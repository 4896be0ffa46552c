"""What a command that loads raw did, for whoever called it."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from dbt_project.gates.checks import CheckResult, failed
from extract.spool import FileCount

REFUSED_FILES = "(refused files)"
_EXAMPLES_SHOWN = 3


@dataclass(slots=True)
class ImportReport:
    """What a command did. In every count read = loaded + unchanged + quarantined + refused."""

    run_id: str
    files: list[FileCount] = field(default_factory=list)
    checks: list[CheckResult] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    quarantine_file: Path | None = None

    @property
    def n_read(self) -> int:
        """Records read, a refused file counted as one."""
        return sum(count.read for count in self.files)

    @property
    def n_loaded(self) -> int:
        """Records that raw did not hold yet."""
        return sum(count.loaded for count in self.files)

    @property
    def n_unchanged(self) -> int:
        """Records that raw held already."""
        return sum(count.unchanged for count in self.files)

    @property
    def n_quarantined(self) -> int:
        """Records that could not be read."""
        return sum(count.quarantined for count in self.files)

    @property
    def n_refused(self) -> int:
        """Files that hold no registrations, and records that a failed gate kept out."""
        return sum(count.refused for count in self.files)

    @property
    def refusals(self) -> list[str]:
        """A sentence for each file that was refused."""
        return [f"{count.source_file}: {count.reason}" for count in self.files if count.registry is None]

    @property
    def failed_checks(self) -> list[CheckResult]:
        """The checks that stopped the load."""
        return failed(self.checks)

    @property
    def failures(self) -> list[str]:
        """A sentence for each check that stopped the load, with example rows."""
        return [_sentence(check) for check in self.failed_checks]

    def by_registry(self) -> dict[str, FileCount]:
        """Return the counts summed by registry, files of none under their own heading."""
        sums: dict[str, FileCount] = {}
        for count in self.files:
            name = count.registry or REFUSED_FILES
            total = sums.setdefault(name, FileCount(0, count.registry, name, None, count.started_at))
            for key in ("read", "loaded", "unchanged", "quarantined", "refused"):
                setattr(total, key, getattr(total, key) + getattr(count, key))
        return sums


def _sentence(check: CheckResult) -> str:
    rows = json.loads(check.failing_rows) if check.failing_rows else []
    examples = "".join(f"\n    {json.dumps(row, ensure_ascii=False)}" for row in rows[:_EXAMPLES_SHOWN])
    return f"  {check.subject}: {check.check_name} ({check.observed}){examples}"
