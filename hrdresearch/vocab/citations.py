"""Citations: statements on paragraphs of documents, each checked by two readers.

They are in ``data/reference/citations.yml``. Its ``statements`` are printed word for word, with the
symbol and the paragraphs; its ``tables`` are files whose rows repeat paragraphs of a document.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hrdresearch.vocab.reference import parse_yaml, reference_path

LEDGER = "citations.yml"
TEXTS = ("document", "paragraphs")
READINGS = ("first_reader", "first_read", "second_reader", "second_read")


class CitationError(ValueError):
    """citations.yml has no entry with this key, or an entry is not complete."""


@dataclass(frozen=True)
class Citation:
    """An entry of citations.yml: a statement (``says``) or a table (``file``, ``sha256``).

    document: symbol. year: year of the document, or "". paragraphs: as printed, "7 (g) and 38".
    readings: name and day of the first and the second reader; None where nobody has read it yet.
    """

    key: str
    document: str
    year: str
    paragraphs: str
    says: str
    file: str
    sha256: str
    readings: tuple[tuple[str, date] | None, tuple[str, date] | None]

    @property
    def symbol(self) -> str:
        """Symbol and paragraphs: "A/75/165, paras. 7 (g) and 38"."""
        return symbol_and_paragraphs(self.document, self.paragraphs)

    @property
    def sentence(self) -> str:
        """The statement as printed, with symbol, year and paragraphs before the full stop.

        The year shows that an intention in the document is of that time, not of today.
        """
        document = f"{self.document} of {self.year}" if self.year else self.document
        return (
            f"{self.says.removesuffix('.')} ({symbol_and_paragraphs(document, self.paragraphs)})."
        )


def symbol_and_paragraphs(document: str, paragraphs: str) -> str:
    """Document and paragraphs as printed; also for a part without a number ("summary").

    >>> symbol_and_paragraphs("A/75/165", "7 (g) and 38")
    'A/75/165, paras. 7 (g) and 38'
    """
    if not paragraphs[0].isdigit():
        return f"{document}, {paragraphs}"
    several = any(mark in paragraphs for mark in (" and ", " to ", ",", "-", "–"))
    return f"{document}, para{'s' if several else ''}. {paragraphs}"


def citations() -> dict[str, Citation]:
    """All entries of citations.yml by key; raises CitationError for an incomplete entry."""
    return _read(reference_path(LEDGER))


def find_statement(key: str) -> Citation:
    """The statement with this key; raises CitationError, which suggests similar keys."""
    return _find(key, {k: c for k, c in citations().items() if c.says})


def cited_sentence(key: str) -> str:
    """A statement with its symbol, as printed in a note or a definition.

    Raises CitationError for an unknown key, and for a statement with numbers to be filled in.
    """
    entry = find_statement(key)
    if "{{" in entry.says:
        raise CitationError(f"{key!r} in {LEDGER} holds numbers: cite it in the notebook only")
    return entry.sentence


def symbol_of(key: str) -> str:
    """Symbol and paragraphs of an entry, to name the origin of the rows of a table."""
    return _find(key, citations()).symbol


def _find(key: str, known: dict[str, Citation]) -> Citation:
    if key not in known:
        close = difflib.get_close_matches(key, known, n=3)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise CitationError(f"{LEDGER} has no statement {key!r}{hint}")
    return known[key]


@cache
def _read(path: Path) -> dict[str, Citation]:
    sections = parse_yaml(path.read_text(encoding="utf-8"))
    found: dict[str, Citation] = {}
    for section, own in (("statements", ("says",)), ("tables", ("file", "sha256"))):
        for key, entry in (sections.get(section) or {}).items():
            if key in found:
                raise CitationError(f"{LEDGER}: {key!r} stands there twice")
            found[key] = _citation(key, entry, (*TEXTS, *own), sections.get("documents") or {})
    return found


def _citation(
    key: str, entry: dict[str, Any], texts: tuple[str, ...], years: dict[str, int]
) -> Citation:
    unknown = set(entry) - {*texts, *READINGS}
    empty = [name for name in texts if not isinstance(entry.get(name), str) or not entry[name]]
    if unknown or empty:
        wrong = ", ".join(sorted(unknown) or empty)
        raise CitationError(
            f"{LEDGER}, {key!r}: {wrong} is {'not known' if unknown else 'empty or no text'}; an "
            f"entry has {', '.join((*texts, *READINGS))}, and numbers of paragraphs stand in quotes"
        )
    words = {
        name: " ".join(entry.get(name, "").split()) for name in (*TEXTS, "says", "file", "sha256")
    }
    first, second = (_reading(key, entry, which) for which in ("first", "second"))
    return Citation(
        key, year=str(years.get(words["document"], "")), readings=(first, second), **words
    )


def _reading(key: str, entry: dict[str, Any], which: str) -> tuple[str, date] | None:
    reader, day = entry.get(f"{which}_reader"), entry.get(f"{which}_read")
    if not reader and not day:
        return None
    if not isinstance(reader, str) or not isinstance(day, date):
        raise CitationError(
            f"{LEDGER}, {key!r}: the {which} reading needs a reader and a day (2026-11-29)"
        )
    return reader, day
