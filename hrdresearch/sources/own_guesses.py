"""Guesses in the source.yml of a user's own list that nobody has confirmed.

``source new`` marks a guess with the word GUESS in a comment: beside a value, or above a column. A person
who has checked it deletes the word. Until then the check, the build and the page say how many there are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from hrdresearch.sources.notes import Note
from hrdresearch.sources.own_folder import BY_WORDS, own_files
from hrdresearch.sources.reads_declared import columns_of
from hrdresearch.vocab import vocabulary

MARK = "# GUESS"
_VOCABULARY = re.compile(r"  ([a-z][a-z0-9_]*):(?: \{\})?\s*")
ENDS = {"detention_exit": "status"}  # in a list without a column for the end, the status tells it


@dataclass(frozen=True)
class Guess:
    """A marked line of source.yml.

    columns: columns of the file. value: the value that is guessed, "" if the meaning of the columns is.
    line: the YAML without its comment. why: words of the comment. at: place of the mark among the lines.
    """

    columns: tuple[str, ...]
    value: str
    line: str
    why: str
    at: int


def guesses_of_own(slug: str) -> list[Guess]:
    """Guesses about a user's own list that nobody has confirmed, in the order of its source.yml."""
    path = own_files().get(slug)
    text = path.read_text(encoding="utf-8") if path else ""
    if MARK not in text:
        return []
    reads = _reads(yaml.safe_load(text))
    lines = text.splitlines()
    found, of = [], ""
    for at, line in enumerate(lines):
        code, mark, why = line.partition(MARK)
        if vocabulary_of := _VOCABULARY.fullmatch(line):
            of = vocabulary_of[1]
        if not mark or not line.startswith(" "):
            continue  # a comment without indent explains the file
        why = why.strip(": ")
        if code.strip() and line.startswith("    case:"):
            found.append(Guess((_key(code.partition(":")[2] + ":"),), "", code.strip(), why, at))
        elif code.strip().endswith(f": {BY_WORDS}"):
            found.append(
                Guess(
                    _columns_coded(reads, code.strip().split(":")[0]),
                    BY_WORDS,
                    code.strip(),
                    why,
                    at,
                )
            )
        elif code.strip():
            found.append(Guess(_columns_coded(reads, of), _key(code), code.strip(), why, at))
        elif below := next((x for x in lines[at + 1 :] if not x.strip().startswith("#")), ""):
            field = _key(below)
            columns = tuple(columns_of(reads.get(field, {}))) or (field,)
            found.append(Guess(columns, "", below.strip(), why, at))
    return found


def guess_notes(slug: str) -> list[Note]:
    """Notes for the check, the build and the page: number of guessed columns, and of values by column."""
    found = guesses_of_own(slug)
    named = list(dict.fromkeys(c for g in found if not g.value for c in g.columns))
    notes = []
    if named:
        one = "{columns} column is" if len(named) == 1 else "{columns} columns are"
        words = f"{one} read by a guess that nobody has confirmed: {{named}}."
        notes.append(Note.of(words, columns=len(named), named=", ".join(named).rstrip(".")))
    by_words = [g for g in found if g.value == BY_WORDS]
    for columns, n in Counter(g.columns for g in found if g.value and g not in by_words).items():
        one = "{values} value of" if n == 1 else "{values} values of"
        were = "was" if n == 1 else "were"
        words = f"{one} column {{column}} {were} matched by a guess that nobody has confirmed."
        notes.append(Note.of(words, values=n, column=", ".join(columns)))
    words = "Other values of column {column} were matched by their words, a guess that nobody has confirmed."
    notes += [Note.of(words, column=", ".join(g.columns)) for g in by_words]
    return notes


def _key(line: str) -> str:
    """The key of a line of YAML; the whole line if it is no YAML by itself."""
    try:
        [key] = yaml.safe_load(line.strip())
    except (yaml.YAMLError, TypeError, ValueError):
        return line.strip()
    return str(key)


def _reads(values: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    layouts = (values.get("layouts") or {}).values()
    return {field: how for one in layouts for field, how in (one.get("reads") or {}).items()}


def _columns_coded(reads: Mapping[str, Mapping[str, Any]], name: str) -> tuple[str, ...]:
    """Columns whose values lead to the codes of a vocabulary."""
    known = vocabulary("list_fields")["fields"]
    fields = [f for f in reads if name in (known[f].get("codes"), f)]
    fields = fields or [f for f in reads if f == ENDS.get(name)]
    return tuple(dict.fromkeys(c for f in fields for c in columns_of(reads[f]))) or (name,)
