"""A dbt-duckdb plugin: where raw is empty it loads the bundled sample before dbt opens the database, and says so.

That is why `dbt build` works in a fresh clone. The sample is made up; a build on it is marked so everywhere and real
registrations, once imported, replace it.
"""

import sys
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin

from dbt_project import settings
from extract.load import count_registrations, ensure_raw


class Plugin(BasePlugin):
    """Fills an empty `raw` with the sample. Named as dbt-duckdb expects."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Look at raw once, before dbt connects."""
        path = Path(self.creds.path).resolve() if self.creds is not None else settings.build_database()
        ensure_raw(path)
        if count_registrations(path) == 0:
            load_sample(path.parents[1])


def load_sample(home: Path) -> None:
    """Import the bundled sample with the same code that imports real files; the database must not be open here.

    Raises:
        RuntimeError: the sample could not be imported.
    """
    print(
        "raw is empty: loading the bundled SAMPLE. Its registrations are made up and are not the landscape; "
        "import real files with `landscape import PATH`.",
        file=sys.stderr,
    )
    from extract.run import import_paths  # noqa: PLC0415  # dlt is slow to import and seldom needed here

    report = import_paths([settings.SAMPLE], home=home, is_sample=True)
    if report.n_loaded == 0:
        raise RuntimeError(f"no registration of the bundled sample in {settings.SAMPLE} could be loaded")
