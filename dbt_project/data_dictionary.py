"""Writes the data dictionary of the marts from their YAML: `python -m dbt_project.data_dictionary`."""

import re
import sys
from pathlib import Path
from typing import Any, Final

import yaml

from dbt_project import settings

PAGE: Final = settings.PROJECT / "dbt_project" / "docs" / "data_dictionary.md"
_DOC_REFERENCE: Final = re.compile(r"""\{\{\s*doc\(['"](?P<name>\w+)['"]\)\s*\}\}""")
_DOC_BLOCK: Final = re.compile(r"\{%\s*docs\s+(?P<name>\w+)\s*%\}(?P<text>.*?)\{%\s*enddocs\s*%\}", re.DOTALL)


def read_marts(models: Path = settings.PROJECT / "models" / "marts") -> list[dict[str, Any]]:
    """Return the marts as their YAML describes them, sorted by name; blocks of dbt docs are filled in.

    Returns:
        One mapping per mart with `name`, `description` and `columns` (`name`, `data_type`, `description`).
    """
    blocks = {
        match["name"]: " ".join(match["text"].split())
        for file in sorted((settings.PROJECT / "dbt_project" / "docs").glob("*.md"))
        for match in _DOC_BLOCK.finditer(file.read_text(encoding="utf-8"))
    }

    def text(description: str | None) -> str:
        filled = _DOC_REFERENCE.sub(lambda match: blocks[match["name"]], description or "")
        return " ".join(filled.split())

    marts = []
    for file in sorted(models.rglob("*.yml")):
        for model in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("models", []):
            columns = [
                {
                    "name": column["name"],
                    "data_type": column["data_type"],
                    "description": text(column.get("description")),
                }
                for column in model.get("columns", [])
                if "data_type" in column
            ]
            if columns:
                marts.append({"name": model["name"], "description": text(model.get("description")), "columns": columns})
    return sorted(marts, key=lambda mart: str(mart["name"]))


def render(marts: list[dict[str, Any]]) -> str:
    """Return the page as Markdown: a table of contents, then a table of columns per mart."""
    lines = [
        "# Data dictionary",
        "",
        "Every table of `marts`, written from the YAML beside the models (`python -m dbt_project.data_dictionary`).",
        "The same texts are comments in the published file:",
        "`select * from duckdb_columns() where schema_name = 'marts'`.",
        "",
        *(f"- [{mart['name']}](#{mart['name']})" for mart in marts),
    ]
    for mart in marts:
        lines += [
            "",
            f"## {mart['name']}",
            "",
            mart["description"],
            "",
            "| column | type | what it says |",
            "|---|---|---|",
        ]
        lines += [
            f"| `{column['name']}` | {column['data_type']} | {column['description'].replace('|', chr(92) + '|')} |"
            for column in mart["columns"]
        ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page; say what it holds."""
    marts = read_marts()
    PAGE.write_text(render(marts), encoding="utf-8")
    print(f"{PAGE.relative_to(settings.PROJECT)}: {len(marts)} marts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
