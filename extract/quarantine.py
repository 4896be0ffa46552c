"""Records that could not be read, as JSON lines beside the database, for whoever repairs the files."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from extract.ledger import SAMPLE_PREFIX
from extract.spool import FileCount


def write(directory: Path, run_id: str, counts: Iterable[FileCount]) -> Path | None:
    """Write the unreadable records of a run to ``<run_id>.jsonl``; return the file, or None when all could be read."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    lines = [
        json.dumps(
            {
                "registry": count.registry,
                "source_file": count.source_file,
                "source_position": record.position,
                "reason": record.reason,
                "record_excerpt": record.excerpt,
                "quarantined_at": now,
            },
            ensure_ascii=False,
        )
        for count in counts
        for record in count.quarantine
    ]
    if not lines:
        return None
    directory.mkdir(parents=True, exist_ok=True)
    file = directory / f"{run_id}.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def forget_sample(directory: Path) -> None:
    """Remove what sample loads wrote: it says nothing about real files."""
    for file in directory.glob(f"{SAMPLE_PREFIX}*.jsonl"):
        file.unlink()
