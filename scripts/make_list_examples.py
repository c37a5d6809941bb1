"""Writes the examples of headings and values from lines of their makers: make_list_examples.py FOLDER.

FOLDER holds a_LANGUAGE.jsonl. A line is a heading with three cells, its table and its field or "none"; or a
cell with its vocabulary and code. Of cells under headings only their kinds are kept, and values that look
like names are dropped: no invented name comes into the package.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from hrdresearch.clean.text import tidy
from hrdresearch.clean.value_words import code_of
from hrdresearch.clean.word_forms import fold, is_name_in_capitals
from hrdresearch.run.own_lists.contents import Column
from hrdresearch.run.own_lists.learned_headings import NONE, kinds_of
from hrdresearch.vocab import codes, vocabulary
from hrdresearch.vocab.list_examples import LANGUAGES

INTO = Path(__file__).resolve().parents[1] / "hrdresearch" / "vocab" / "list_examples"


def main(folder: Path) -> None:
    """Write headings and values of each language."""
    for language in LANGUAGES:
        text = (folder / f"a_{language}.jsonl").read_text("utf-8")
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        headings = _headings(line for line in lines if line["kind"] == "heading")
        values = _values(line for line in lines if line["kind"] == "value")
        _write(f"headings_{language}", ["field", "tables", "heading", "kinds"], headings)
        _write(f"values_{language}", ["codes", "code", "value"], values)


def _headings(lines: Iterable[dict[str, object]]) -> list[list[str]]:
    known = {*vocabulary("list_fields")["fields"], NONE}
    tables, kinds = defaultdict(set), {}
    for line in lines:
        heading, field = tidy(str(line["heading"])), str(line["field"])
        if field in known and fold(heading):
            tables[field, heading].add(str(line["table"]))
            column = Column(heading, [str(cell) for cell in line["cells"]])
            kinds.setdefault((field, heading), " ".join(kinds_of(column)))
    return sorted([f, " ".join(sorted(of)), h, kinds[f, h]] for (f, h), of in tables.items())


def _values(lines: Iterable[dict[str, object]]) -> list[list[str]]:
    found = set()
    for line in lines:
        name, code, value = str(line["codes"]), str(line["code"]), tidy(str(line["cell"]))
        is_named = is_name_in_capitals(value) and not code_of(value, name)[0]
        if code in codes(name) and fold(value) and not is_named:
            found.add((name, code, value))
    return sorted(map(list, found))


def _write(name: str, head: list[str], rows: list[list[str]]) -> None:
    with (INTO / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([head, *rows])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
