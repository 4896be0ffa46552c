"""What can end an import or an extraction, each with what to do about it in its message. Light to import."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.report import ImportReport


class UsageError(ValueError):
    """What was asked for cannot be done: a registry without a live source, the sample beside real registrations."""


class DatabaseBusy(RuntimeError):  # noqa: N818 - says what is the matter, as the others here do
    """Another process holds the build database."""


class SourceUnreachable(RuntimeError):  # noqa: N818
    """A registry did not answer, or not with what was asked for."""


class NothingRecognised(RuntimeError):  # noqa: N818
    """No file among the paths holds registrations."""

    def __init__(self, report: "ImportReport") -> None:
        """Say why each file was refused."""
        self.report = report
        sentences = report.refusals or ["there is no file in the paths given"]
        super().__init__("nothing to load was recognised:\n" + "\n".join(sentences))


class GateFailed(RuntimeError):  # noqa: N818
    """A batch did not pass its suite; raw is as it was."""

    def __init__(self, report: "ImportReport") -> None:
        """Say which checks failed on what, with example rows; the report carries the rest."""
        self.report = report
        failures = "\n".join(report.failures)
        super().__init__(f"the gate stopped this load, raw is as it was:\n{failures}")
