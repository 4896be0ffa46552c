"""The data dictionary page says what the YAML says, and every column of a mart is described."""

from dbt_project.data_dictionary import PAGE, read_marts, render


def test_page_is_written_from_the_yaml_as_it_is() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(read_marts()), "run python -m dbt_project.data_dictionary"


def test_every_column_says_something() -> None:
    silent = [
        f"{mart['name']}.{column['name']}"
        for mart in read_marts()
        for column in mart["columns"]
        if not column["description"]
    ]
    assert silent == []
