"""How long classifying takes at 10,000 to 100,000 registrations: `bench_classifying.py BUILT_DATABASE`.

The registrations of a built database are copied with other ids and sponsors and a share of other words, and the
classify models are run over each size. Every copy is as rich in cells and antigens as the original, so a database of
cell-therapy trials is the hardest input. Not part of the suite.
"""

import argparse
import tempfile
from pathlib import Path

from multiplied import OTHER_SPONSOR, multiply, run_models, slowest

# What the classify models read, beside their seeds.
INPUTS = ("int_registrations", "int_registration_texts", "int_registration_identifiers", "int_registration_sponsors")
CHANGES = {
    "int_registration_texts": {"text": "reword(text, {j}, 1)"},
    "int_registration_sponsors": {"name": OTHER_SPONSOR},
}
SEEDS = ("path:seeds/lexicon", "path:seeds/dictionaries", "path:seeds/overrides", "path:seeds/marts")


def main() -> None:
    """Print size, seconds on the clock, seconds of all processors, and the slowest models for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--models", type=int, default=4, help="how many of the slowest models to name")
    options = parser.parse_args()
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            (home / "build").mkdir()
            count = multiply(options.database, home / "build" / "landscape.duckdb", size, INPUTS, CHANGES)
            run_models(home, *SEEDS)
            took = run_models(home, "path:models/intermediate/classify")
            models = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in slowest(home, options.models))
            print(f"{count:>8,} registrations  {took.wall:6.1f} s  {took.cpu:6.1f} s CPU  {models}", flush=True)


if __name__ == "__main__":
    main()
