"""Words in the rows of a list that is not public, beside names, which no page may print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from hrdresearch.sources.beside_the_table import rows_of_nobody
from hrdresearch.sources.layout import column_names
from hrdresearch.sources.reading import Rows
from hrdresearch.sources.reads_declared import columns_of
from hrdresearch.sources.sheet import Sheet
from hrdresearch.vocab import vocabulary

ALIAS, CONTRIBUTOR, PLACE = "alias", "contributor", "place"
# Field of vocabulary list_fields by kind, and whether every column with such a heading counts, read or not.
_FIELDS = {ALIAS: ("other_name", True), CONTRIBUTOR: (CONTRIBUTOR, False), PLACE: (PLACE, True)}
_SEVERAL = re.compile(r"[;,/|\n\"“”«»()]")
_MOST_WORDS = 12  # a longer cell is a sentence


def other_words(rows: Rows, sheet: Sheet) -> dict[str, frozenset[str]]:
    """Aliases, contributors and places in all rows of a file, by kind, rows set aside included, except notes.

    Empty for a list that is public by name. Contributors are left out where the policy names them, and so
    is the owner of a user's own list: its page prints that name.
    """
    facts, policy = sheet.spec.facts, sheet.spec.facts.policy
    if policy.public_by_name:
        return {}
    header = sheet.layout.named(column_names(rows, sheet.layout))
    first = max(sheet.layout.header, default=rows.rows[0][0])
    nobody = rows_of_nobody(rows, sheet.book)
    body = [cells for number, cells in rows.rows if number > first and number not in nobody]
    kinds = [k for k in _FIELDS if not (k == CONTRIBUTOR and policy.names_contributors)]
    found = {kind: frozenset(_words(kind, header, body, sheet.layout.reads)) for kind in kinds}
    if facts.owner and CONTRIBUTOR in found:
        printed = {_folded(facts.owner), _folded(facts.publisher)}
        others = (word for word in found[CONTRIBUTOR] if _folded(word) not in printed)
        found[CONTRIBUTOR] = frozenset(others)
    return found


def _words(
    kind: str,
    header: list[str],
    body: Iterable[list[str]],
    reads: Mapping[str, Mapping[str, object]],
) -> Iterator[str]:
    field, by_heading = _FIELDS[kind]
    columns = columns_of(reads[field]) if field in reads else [field]
    at = [
        i
        for i, name in enumerate(header)
        if name in columns or (by_heading and _folded(name) in _headings(field))
    ]
    for cells in body:
        for cell in (cells[i] for i in at if i < len(cells)):
            parts = _SEVERAL.split(cell) if kind != CONTRIBUTOR else cell.split(";")
            yield from (p.strip() for p in parts if 0 < len(p.split()) <= _MOST_WORDS)


@cache
def _headings(field: str) -> frozenset[str]:
    return frozenset(map(_folded, vocabulary("list_fields")["fields"][field]["headings"]))


def _folded(heading: object) -> str:
    plain = unicodedata.normalize("NFKD", str(heading).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain))
