"""Citations: what a page may say that a paragraph of a document says, each read by two readers.

The ledger is ``data/reference/citations.yml``. Its ``statements`` are printed word for word, with
the symbol and the paragraphs; its ``tables`` are files whose rows repeat what paragraphs say.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hrdresearch.vocab.reference import reference_path

LEDGER = "citations.yml"
TEXTS = ("document", "paragraphs")
READINGS = ("first_reader", "first_read", "second_reader", "second_read")


class CitationError(ValueError):
    """The ledger lacks what was cited, or an entry is not complete; the message says which."""


@dataclass(frozen=True)
class Citation:
    """A statement on a document (``says``), or a table that repeats one (``file``, ``sha256``).

    readings: first and second reader with the day; None where nobody has read it yet.
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
        return pointer(self.document, self.paragraphs)

    @property
    def sentence(self) -> str:
        """The statement as printed: year, symbol and paragraphs stand before the full stop.

        Without the year an intention of that time would read as one of today.
        """
        document = f"{self.document} of {self.year}" if self.year else self.document
        return f"{self.says.removesuffix('.')} ({pointer(document, self.paragraphs)})."


def pointer(document: str, paragraphs: str) -> str:
    """Document and paragraphs, or the part that has no number ("summary")."""
    if not paragraphs[0].isdigit():
        return f"{document}, {paragraphs}"
    several = any(mark in paragraphs for mark in (" and ", " to ", ",", "-", "–"))
    return f"{document}, para{'s' if several else ''}. {paragraphs}"


def citations() -> dict[str, Citation]:
    """The ledger by key; CitationError names the entry that is not complete."""
    return _read(reference_path(LEDGER))


def statement(key: str) -> Citation:
    """A statement of the ledger; CitationError suggests keys that are near."""
    return _find(key, {k: c for k, c in citations().items() if c.says})


def cited(key: str) -> str:
    """A statement with its symbol, for a note or a definition."""
    entry = statement(key)
    if "{{" in entry.says:
        raise CitationError(f"{key!r} in {LEDGER} holds numbers: cite it in the notebook only")
    return entry.sentence


def symbol_of(key: str) -> str:
    """Symbol and paragraphs of an entry, to say where the rows of a table come from."""
    return _find(key, citations()).symbol


def _find(key: str, known: dict[str, Citation]) -> Citation:
    if key not in known:
        close = difflib.get_close_matches(key, known, n=3)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise CitationError(f"{LEDGER} has no statement {key!r}{hint}")
    return known[key]


@cache
def _read(path: Path) -> dict[str, Citation]:
    sections = yaml.safe_load(path.read_text(encoding="utf-8"))
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
