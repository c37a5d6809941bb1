"""Make ``docs/data-dictionary.md`` from the table models and the vocabularies.

``python scripts/make_dictionary.py [FILE]``; a test holds the page to the models.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from hrdresearch.tables import TABLES
from hrdresearch.tables.cases import RESTRICTED_COLUMNS
from hrdresearch.vocab import codes, label, vocabulary

PAGE = Path(__file__).resolve().parents[1] / "docs" / "data-dictionary.md"
TYPES = {"str": "text", "int": "whole number", "float": "number", "bool": "yes/no", "date": "date"}
INTRODUCTION = """\
# Data dictionary

Made by `scripts/make_dictionary.py` from the table models and the vocabularies: change those, then
`make docs`. Columns that end in `_codes` hold several codes joined by `|`; `not_recorded` stands
alone and never means "no".
"""
RESTRICTED = """\
### Restricted columns

A source fills these while names are still there. The build uses them for pseudonyms, for the index
of names and for finding duplicates, and drops them: no table of a build holds them.
"""
NOT_TABULAR = {"defined_terms", "nouns"}  # how prose is written, no codes of a column


def main() -> None:
    """Write the page."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    target.write_text("\n".join(page()).rstrip() + "\n", encoding="utf-8")


def page() -> Iterator[str]:
    """Lines of the page: tables first, then the vocabularies that their columns use."""
    yield INTRODUCTION
    for name, table in TABLES.items():
        model = table.model
        schema = model.to_schema()
        yield from (f"## Table `{name}`", "", str(model.__doc__).splitlines()[0], "")
        yield from ("| column | type | may be empty | what it is |", "| --- | --- | --- | --- |")
        for column in schema.columns.values():
            empty = "yes" if column.nullable else ""
            yield f"| `{column.name}` | {kind(column)} | {empty} | {text(column.description)} |"
        yield ""
    yield from (RESTRICTED, "| column | what it is |", "| --- | --- |")
    yield from (f"| `{name}` | {text(what)} |" for name, what in RESTRICTED_COLUMNS.items())
    yield from ("", "## Vocabularies", "")
    for name in vocabularies():
        facts = vocabulary(name)
        yield from (f"### {facts['title']} (`{name}`)", "", text(facts["definition"]))
        yield from (f"Source: {text(facts['source'])}.", "", "| code | label |", "| --- | --- |")
        yield from (f"| `{code}` | {text(label(name, code))} |" for code in codes(name))
        yield ""


def vocabularies() -> list[str]:
    """Names of the vocabularies that hold codes with labels."""
    names = sorted(entry.name[:-4] for entry in files("hrdresearch.vocab").iterdir()
                   if entry.name.endswith(".yml"))  # fmt: skip
    return [name for name in names if name not in NOT_TABULAR and is_tabular(vocabulary(name))]


def is_tabular(facts: dict[str, Any]) -> bool:
    """Whether each code of a vocabulary has one label."""
    listed = facts.get("codes")
    return (
        isinstance(listed, dict)
        and bool(listed)
        and all(isinstance(one, str) for one in listed.values())
    )


def kind(column: Any) -> str:
    """Type of a column in a reader's words."""
    published = str(column.dtype).lower()
    return next((words for start, words in TYPES.items() if published.startswith(start)), published)


def text(words: object) -> str:
    """One line, safe inside a table."""
    return " ".join(str(words).split()).replace("|", "\\|")


if __name__ == "__main__":
    main()
