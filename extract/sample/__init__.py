"""The bundled sample: made-up registrations in the registries' genuine formats.

`FILES` is the folder to import (registry files only); `PLANTED_CASES` lists what must come out of them.
"""

from pathlib import Path

FILES = Path(__file__).parent / "registries"
PLANTED_CASES = Path(__file__).parent / "planted_cases.csv"
