"""Names for the rules and the code that a landscape was built with, so that a number can be traced to both."""

import hashlib
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "cell-therapy-landscape"


def rule_set_version(seeds: Path = ROOT / "seeds") -> str:
    """Return the SHA-256 (hex) over all seed files, by path and content: any changed rule gives another version.

    What was measured of the rules (seeds/quality) is left out: a new measurement does not change them.
    """
    digest = hashlib.sha256()
    rules = [file for file in seeds.rglob("*.csv") if file.parent != seeds / "quality"]
    for path in sorted(rules, key=lambda file: file.relative_to(seeds).as_posix()):
        # Git may check a file out with other line ends; the rules in it are the same.
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(path.relative_to(seeds).as_posix().encode())
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def code_version(root: Path = ROOT) -> str:
    """Return the package version, with the git commit behind a `+` where there is one (`.dirty` when files differ)."""
    try:
        package = version(PACKAGE)
    except PackageNotFoundError:
        package = "0.0.0"
    commit = _git(root, "rev-parse", "--short=12", "HEAD")
    if not commit:
        return package
    dirty = ".dirty" if _git(root, "status", "--porcelain", "--untracked-files=no") else ""
    return f"{package}+{commit}{dirty}"


def build_versions() -> dict[str, str]:
    """Return rule_set_version, code_version, dbt_version and engine_version."""
    return {
        "rule_set_version": rule_set_version(),
        "code_version": code_version(),
        "dbt_version": f"dbt-core {version('dbt-core')}, dbt-duckdb {version('dbt-duckdb')}",
        "engine_version": f"duckdb {duckdb.__version__}",
    }


def _git(root: Path, *arguments: str) -> str:
    """Return what git answers in `root`, or an empty text where there is no git or the folder is no clone."""
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        return ""
    answer = subprocess.run([git, "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else ""
