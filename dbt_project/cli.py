"""The `landscape` command line: registry files in, a gated and published landscape out."""

import dataclasses
import enum
import json
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
import yaml
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from dbt_project import settings

app = typer.Typer(
    name="landscape",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Which cell therapies are being tried in China, against what, in which phase and by whom. "
    "Load registry files, build the landscape, publish it and draw its report.",
    epilog="Data lives in LANDSCAPE_HOME (default data/). Exit codes: 0 done, 1 other failure, 2 usage or nothing "
    "recognised, 3 a gate failed, 4 a registry could not be reached.",
)
evaluate_app = typer.Typer(no_args_is_help=True, help="Measure labels and links against records labelled by reading.")
override_app = typer.Typer(
    no_args_is_help=True, help="Turn an accepted correction into a reviewed row of the overrides."
)
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(override_app, name="override")

# Into a file or a pipe tables are as wide as they need to be.
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 160)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class ExitCode(enum.IntEnum):
    """What the exit status of a command means (the contract)."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    GATE_FAILED = 3
    UNREACHABLE = 4


def fail(code: ExitCode, message: str) -> NoReturn:
    """Say what went wrong and leave with the exit code that the contract gives it."""
    err.print(f"[red]landscape:[/red] {escape(message)}")
    raise typer.Exit(code)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show progress on standard error; nothing at all without a terminal."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    ) as progress:
        yield progress


class Registry(enum.StrEnum):
    """The registries that an extraction can be asked for."""

    CLINICALTRIALS_GOV = "clinicaltrials_gov"
    CHICTR = "chictr"
    CHINADRUGTRIALS = "chinadrugtrials"
    ICTRP = "ictrp"


class Split(enum.StrEnum):
    """Parts of the records labelled by reading; nothing is tuned on test and holdout."""

    TUNE = "tune"
    TEST = "test"
    HOLDOUT = "holdout"
    ALL = "all"


@app.command()
def extract(
    registries: Annotated[
        list[Registry] | None, typer.Argument(help="Which registries; by default those with an open API.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Only records updated on or after this day, YYYY-MM-DD.")] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Every study of the registry, not only cell therapy in China.")
    ] = False,
) -> None:
    """Load registries live into raw. Only ClinicalTrials.gov has an open API; the others come as files: `import`."""
    from extract.errors import DatabaseBusy, GateFailed, SourceUnreachable, UsageError  # noqa: PLC0415  # dlt takes seconds to import
    from extract.run import extract_live  # noqa: PLC0415

    try:
        day = settings.parse_day(since) if since else None
        interval = settings.request_interval()
    except ValueError as error:
        fail(ExitCode.USAGE, str(error))
    try:
        with progress_bar() as progress:
            report = extract_live(
                [registry.value for registry in registries or [Registry.CLINICALTRIALS_GOV]],
                home=settings.home(),
                since=day,
                full=full,
                base_url=settings.ctgov_url(),
                request_interval=interval,
                progress=progress,
            )
    except UsageError as error:
        fail(ExitCode.USAGE, str(error))
    except GateFailed as error:
        fail(ExitCode.GATE_FAILED, str(error))
    except DatabaseBusy as error:
        fail(ExitCode.FAILED, str(error))
    except SourceUnreachable as error:
        fail(ExitCode.UNREACHABLE, str(error))
    _print_import(report)


@app.command("import")
def import_(
    paths: Annotated[list[Path] | None, typer.Argument(help="Registry files, folders of them, or zips.")] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Load the bundled made-up sample instead of files.")] = False,
) -> None:
    """Load registry files into raw; registry and shape are recognised from their content."""
    from extract.errors import DatabaseBusy, GateFailed, NothingRecognised, UsageError  # noqa: PLC0415  # dlt takes seconds to import
    from extract.run import import_paths  # noqa: PLC0415

    if sample and paths:
        fail(ExitCode.USAGE, "give paths or --sample, not both: the sample and real registrations never mix")
    inbox = settings.home() / "inbox"
    chosen = [settings.SAMPLE] if sample else paths or ([inbox] if inbox.is_dir() else [])
    if not chosen:
        fail(ExitCode.USAGE, f"nothing to import: name files or folders, or put files into {inbox}")
    missing = [path for path in chosen if not path.exists()]
    if missing:
        fail(ExitCode.USAGE, f"{missing[0]} does not exist")
    try:
        with progress_bar() as progress:
            report = import_paths(chosen, home=settings.home(), is_sample=sample, progress=progress)
    except (NothingRecognised, UsageError) as error:
        fail(ExitCode.USAGE, str(error))
    except GateFailed as error:
        fail(ExitCode.GATE_FAILED, str(error))
    except DatabaseBusy as error:
        fail(ExitCode.FAILED, str(error))
    _print_import(report)


def _print_import(report: Any) -> None:
    for note in report.notes:
        out.print(escape(note))
    for refusal in report.refusals:
        out.print(f"[yellow]refused[/yellow] {escape(refusal)}")
    table = Table(title=None)
    table.add_column("registry")
    for name in ("read", "loaded", "unchanged", "quarantined", "refused"):
        table.add_column(name, justify="right")
    for registry, counts in report.by_registry().items():
        table.add_row(
            registry,
            *(f"{n:,}" for n in (counts.read, counts.loaded, counts.unchanged, counts.quarantined, counts.refused)),
        )
    out.print(table)
    if any(counts.quarantined for counts in report.by_registry().values()):
        folder = settings.home() / "quarantine"
        out.print(f"What could not be read is in {escape(str(folder))}, with file, position and reason.")


def _read_variables(text: str | None) -> dict[str, Any]:
    """Read --vars, a YAML mapping, and check its names against dbt_project.yml."""
    try:
        given = yaml.safe_load(text) if text else {}
    except yaml.YAMLError as error:
        fail(ExitCode.USAGE, f"--vars is not YAML: {error}")
    if not isinstance(given or {}, dict):
        fail(ExitCode.USAGE, f"--vars must be a mapping such as '{{include_hsct: true}}', not {text!r}")
    known = yaml.safe_load((settings.PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    unknown = sorted(set(given or {}) - set(known))
    if unknown:
        fail(ExitCode.USAGE, f"--vars names {', '.join(unknown)}; the variables are {', '.join(known)}")
    return dict(given or {})


@app.command()
def build(
    as_of: Annotated[str | None, typer.Option(help="Build the landscape as it stood on this day, YYYY-MM-DD.")] = None,
    variables: Annotated[
        str | None, typer.Option("--vars", help="dbt variables as YAML, e.g. '{include_hsct: true}'.")
    ] = None,
) -> None:
    """Build all models, pass all gates and publish; when anything fails the last good publication stays."""
    from dbt_project.dbt_runner import run_dbt  # noqa: PLC0415
    from dbt_project.publish import BuildInfo, PublicationError, RefusedPublicationError, publish  # noqa: PLC0415
    from extract.errors import DatabaseBusy  # noqa: PLC0415
    from extract.load import count_registrations, ensure_raw  # noqa: PLC0415

    chosen = _read_variables(variables)
    if as_of:
        try:
            chosen["as_of"] = settings.parse_day(as_of).isoformat()
        except ValueError as error:
            fail(ExitCode.USAGE, str(error))
    started = datetime.now(UTC)
    clock = time.monotonic()
    database = settings.build_database()
    try:
        ensure_raw(database)
        if count_registrations(database) == 0:
            from dbt_project.bundled_sample import load_sample  # noqa: PLC0415  # it imports dbt, which takes a second

            load_sample(settings.home())
    except DatabaseBusy as error:
        fail(ExitCode.FAILED, str(error))
    with progress_bar() as progress:
        task = progress.add_task("dbt build", total=None)
        run = run_dbt(
            ["build"],
            chosen,
            lambda name, done, total: progress.update(
                task, completed=done, total=total, description=f"dbt build: {name}"
            ),
        )
    if run.exit_code != 0:
        _explain_failure(run)
    try:
        manifest = publish(
            settings.home(), BuildInfo(started_at=started, finished_at=datetime.now(UTC), variables=chosen)
        )
    except RefusedPublicationError as error:
        fail(ExitCode.GATE_FAILED, f"{error} The last good publication is untouched.")
    except PublicationError as error:
        fail(ExitCode.FAILED, f"{error} The last good publication stays; build again once that is put right.")
    _print_publication(manifest, time.monotonic() - clock)


def _explain_failure(run: Any) -> NoReturn:
    from dbt_project.gates.results import failed_checks  # noqa: PLC0415

    for node in run.broken_nodes:
        err.print(f"[red]{escape(node.kind)} {escape(node.name)}[/red]: {escape(node.message)}")
    sentences = failed_checks(settings.build_database()) if run.failed_checks else []
    for sentence in sentences:
        err.print(f"[red]failed[/red] {escape(sentence)}")
    if not run.results:
        err.print(escape(run.output))
    kept = "The last good publication is untouched."
    if run.failed_checks and not [node for node in run.broken_nodes if node.kind in {"model", "seed", "snapshot"}]:
        fail(
            ExitCode.GATE_FAILED,
            f"{len(sentences)} checks failed; their rows are in quality.check_results of "
            f"{settings.build_database()}. {kept}",
        )
    fail(ExitCode.FAILED, f"dbt build did not finish. {kept}")


def _print_publication(manifest: Any, seconds: float) -> None:
    if manifest.is_sample:
        out.print(f"[bold yellow]SAMPLE[/bold yellow]: {SAMPLE_WARNING}")
    out.print(f"Published build {manifest.build_id} in {seconds:.0f} s: {escape(str(settings.published_database()))}")
    out.print(
        f"{len(manifest.row_counts)} marts, {manifest.row_counts.get('dim_trial', 0):,} trials; see `landscape status`."
    )


SAMPLE_WARNING = "built on the bundled made-up records. This is not the landscape."

#: What the README shows too; a test runs them.
EXAMPLE_QUERIES = (
    (
        "CAR-T trials against CD19 in China per year, by phase and sponsor type",
        """select registration_year, phase, sponsor_type, count(*) as n_trials
from marts.dim_trial
where is_china and trial_id in (
    select trial_id from marts.bridge_trial_target where target = 'CD19'
    intersect
    select trial_id from marts.bridge_trial_cell_type where cell_type = 'CAR-T'
)
group by all order by all;""",
    ),
    (
        "and which words say so",
        """select trial_id, registration_id, field, matched_text, rule_id
from marts.bridge_trial_target
where target = 'CD19' order by trial_id limit 20;""",
    ),
    (
        "Trials that more than one registry holds, and why they are one",
        """select t.trial_id, l.registration_id_a, l.registration_id_b, l.rule, l.score, l.matched_text
from marts.bridge_trial_registration as t
inner join marts.fct_registration_link as l on t.registration_id = l.registration_id_a
where l.decision = 'same' order by t.trial_id limit 20;""",
    ),
)


@app.command()
def report() -> None:
    """Draw the figures and write the HTML report from what is published."""
    from analyses.report import build_report  # noqa: PLC0415  # matplotlib takes a second to import

    if not settings.published_database().exists():
        fail(ExitCode.USAGE, "nothing is published yet: run `landscape build` first")
    with progress_bar() as progress:
        page = build_report(settings.home(), progress)
    out.print(f"Report: {escape(str(page))}")


@app.command()
def status() -> None:
    """Show what is loaded, built and published, how old it is, what is in quarantine, and queries to try."""
    from dbt_project.publish import status as read_status  # noqa: PLC0415

    for heading, lines in read_status(settings.home()).items():
        out.print(f"[bold]{escape(heading)}[/bold]")
        for name, value in lines.items():
            out.print(f"  {escape(str(name))}: {escape(str(value))}")
    if settings.published_database().exists():
        out.print(f"\nThree queries to try: duckdb -readonly '{escape(str(settings.published_database()))}'")
        for question, query in EXAMPLE_QUERIES:
            out.print(f"\n-- {question}\n{escape(query)}")


@app.command()
def explain(
    identifier: Annotated[
        str, typer.Argument(help="A trial id or any registration's number, however it is spelt (quote spaces).")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="All of it as JSON, for scripts.")] = False,
) -> None:
    """Show a trial's registrations side by side, why they are one trial or not, and each label with its words."""
    from dbt_project.linkage.explain import UnknownIdError  # noqa: PLC0415
    from dbt_project.linkage.explain import explain as explain_trial  # noqa: PLC0415
    from dbt_project.linkage.explain_layout import layout  # noqa: PLC0415

    if not settings.published_database().exists():
        fail(ExitCode.USAGE, "nothing is published yet: run `landscape build` first")
    try:
        explanation = explain_trial(settings.published_database(), identifier)
    except UnknownIdError as error:
        fail(ExitCode.USAGE, str(error.args[0]))
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(explanation), ensure_ascii=False, indent=2))
        return
    for part in layout(explanation, out.width):
        out.print(part)


@evaluate_app.command("labels")
def evaluate_labels_command(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders of real registry files to classify and measure on; by default the last build."),
    ] = None,
    split: Annotated[
        Split, typer.Option(help="Which part of the gold labels; of test and holdout only counts are shown.")
    ] = Split.TUNE,
    gold: Annotated[Path, typer.Option(help="Labels made by reading.")] = settings.GOLD / "labels.csv",
    home: Annotated[
        Path | None, typer.Option(help="Where to keep the scratch warehouse; the same files are then imported once.")
    ] = None,
    record: Annotated[
        bool,
        typer.Option(
            "--record",
            help="Write the quality to seeds/quality, for the publication; of the holdout only if asked for.",
        ),
    ] = False,
) -> None:
    """Measure labels per facet against registrations labelled by reading, on real files or on the last build."""
    missing = [folder for folder in folders or [] if not folder.exists()]
    if missing:
        fail(ExitCode.USAGE, f"{missing[0]} does not exist: name folders of registry files")
    if record and not folders:
        fail(ExitCode.USAGE, "--record measures on real files: name their folders")
    if not folders:
        _need_build()

    from dbt_project.evaluate_labels import (  # noqa: PLC0415  # dbt takes a second to import
        evaluate_labels,
        print_errors,
        print_report,
        read_gold,
        read_predictions,
    )
    from dbt_project.quality_record import provenance_of, record_labels  # noqa: PLC0415

    provenance = provenance_of(gold, datetime.now(UTC).date())
    rows = read_gold(gold)
    if folders:
        with _scratch_home(home) as scratch:
            judged = read_predictions(_classified(folders, scratch))
    else:
        judged = read_predictions(settings.build_database())
    for source in ("real", "all"):
        print_report(evaluate_labels(rows, judged, split.value, source), out)
    if split is Split.TUNE:
        print_errors(evaluate_labels(rows, judged, split.value), out)
    if record:
        splits = ["tune", "test", "holdout"] if split in (Split.HOLDOUT, Split.ALL) else ["tune", "test"]
        for path in record_labels(rows, judged, splits, provenance):
            out.print(f"wrote {escape(str(path))}")


@contextmanager
def _scratch_home(home: Path | None) -> Iterator[Path]:
    """Give the folder of a scratch warehouse: the one that was named, or one that goes in the end."""
    if home:
        yield home.resolve()
        return
    with tempfile.TemporaryDirectory() as temporary:
        yield Path(temporary)


def _classified(folders: list[Path], home: Path) -> Path:
    """Import and classify registry files in a scratch warehouse; return its database."""
    from dbt_project.evaluate_labels import prepare  # noqa: PLC0415  # dlt takes seconds to import
    from extract.errors import DatabaseBusy, GateFailed, NothingRecognised  # noqa: PLC0415

    try:
        with progress_bar() as progress:
            task = progress.add_task("classifying", total=None)
            laboratory = prepare(
                folders,
                home,
                progress=progress,
                on_node=lambda name, done, total: progress.update(
                    task, completed=done, total=total, description=f"classifying: {name}"
                ),
            )
    except NothingRecognised as error:
        fail(ExitCode.USAGE, str(error))
    except GateFailed as error:
        fail(ExitCode.GATE_FAILED, str(error))
    except (DatabaseBusy, RuntimeError) as error:
        fail(ExitCode.FAILED, str(error))
    return laboratory.database


@evaluate_app.command("links")
def evaluate_links_command(
    registries: Annotated[Path, typer.Argument(help="Folder of real registry files to make twins and decoys of.")],
    record: Annotated[
        bool, typer.Option("--record", help="Write the quality to seeds/quality, for the publication.")
    ] = False,
) -> None:
    """Measure the links on pairs labelled by reading, on rewritten twins and decoys, and with identifiers hidden."""
    from dbt_project.linkage.evaluate import evaluate, report_lines  # noqa: PLC0415
    from dbt_project.linkage.train import GOLD_PAIRS  # noqa: PLC0415
    from dbt_project.quality_record import provenance_of, record_links  # noqa: PLC0415

    if not registries.exists():
        fail(ExitCode.USAGE, f"{registries} does not exist: name a folder of registry files")
    provenance = provenance_of(GOLD_PAIRS, datetime.now(UTC).date())
    with progress_bar() as progress:
        progress.add_task("linking twins and decoys", total=None)
        evaluation = evaluate(registries)
    for line in report_lines(evaluation):
        out.print(escape(line))
    if record:
        for path in record_links(evaluation, provenance):
            out.print(f"wrote {escape(str(path))}")


@override_app.command("label")
def override_label_command(
    registration_id: Annotated[str, typer.Argument(help="Id of the registration.")],
    facet: Annotated[str, typer.Option(help="is_cell_therapy, cell_type, target, indication_group, …")],
    label: Annotated[list[str], typer.Option(help="What it shall be; repeat for several, the primary one first.")],
    reason: Annotated[str, typer.Option(help="Why the rules cannot see it: the words that prove it.")],
    reviewer: Annotated[str, typer.Option(help="Who decided.")],
) -> None:
    """Write a reviewed decision about one facet of one registration; the next build applies it."""
    from dbt_project.overrides import OverrideError, override_labels  # noqa: PLC0415

    try:
        rows = override_labels(
            registration_id, facet, label, reason=reason, reviewer=reviewer, decided_on=datetime.now(UTC).date()
        )
    except OverrideError as error:
        fail(ExitCode.USAGE, str(error))
    out.print(f"wrote {', '.join(rows)} to seeds/overrides/label_overrides.csv; `landscape build` applies it")


@override_app.command("link")
def override_link_command(
    first: Annotated[str, typer.Argument(help="Id of one registration.")],
    second: Annotated[str, typer.Argument(help="Id of the other registration.")],
    decision: Annotated[str, typer.Option(help="same or different.")],
    reason: Annotated[str, typer.Option(help="What proves it.")],
    reviewer: Annotated[str, typer.Option(help="Who decided.")],
) -> None:
    """Write that two registrations are the same trial or are not; the next build applies it."""
    from dbt_project.overrides import OverrideError, override_link  # noqa: PLC0415

    try:
        row = override_link(
            first, second, decision, reason=reason, reviewer=reviewer, decided_on=datetime.now(UTC).date()
        )
    except OverrideError as error:
        fail(ExitCode.USAGE, str(error))
    out.print(f"wrote {row} to seeds/overrides/link_overrides.csv; `landscape build` applies it")


def _need_build() -> None:
    if not settings.build_database().exists():
        fail(ExitCode.USAGE, "nothing is built yet: run `landscape build` first")


def main() -> None:
    """Run the command line; a broken pipe or an interrupt is no stack trace, and a termination cleans up like one."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
    except KeyboardInterrupt:
        err.print("interrupted; raw and the last publication are as they were")
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
