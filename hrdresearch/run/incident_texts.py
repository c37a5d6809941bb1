"""Reads texts on attacks from files: text, Word, PDF, HTML, or a column of a CSV file.

A file is one text; in a CSV file, each row is one text. A sealed file (``.age``) of text, PDF or CSV is
opened with the vault.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hrdresearch.privacy.vault import read_stored, unsealed_name
from hrdresearch.run.errors import RunError
from hrdresearch.sources.errors import unreadable_if_damaged
from hrdresearch.sources.reading import read_rows
from hrdresearch.sources.word import read_word

KINDS = (".txt", ".md", ".docx", ".pdf", ".html", ".htm", ".csv")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class IncidentText:
    """A text, its file, its row ("" if the file is one text) and its day of publication ("" if unknown)."""

    file: str
    row: str
    text: str
    published: str


def read_incident_texts(
    files: Iterable[Path], column: str = "text", published: str = ""
) -> Iterator[IncidentText]:
    """Read the texts of files, one after the other; empty texts are left out.

    column: column of a CSV file that holds the texts; its column ``published`` may hold the day of
    publication (2021-03-08). published: that day for other files. RunError or UnreadableFileError name
    the file and never its content.
    """
    for file in files:
        kind = Path(unsealed_name(file)).suffix.lower()
        if kind not in KINDS:
            raise RunError(f"{file.name}: expected a file of type {', '.join(KINDS)}.")
        if kind == ".csv":
            yield from _of_table(file, column)
            continue
        damaged = f"{file.name} cannot be read as {kind}: it is damaged or of another type."
        with unreadable_if_damaged(damaged):
            text = _text_of(file, kind)
        if text.strip():
            yield IncidentText(file.name, "", text, published)


def _text_of(file: Path, kind: str) -> str:
    if kind == ".docx":
        return "\n".join(p.text for p in read_word(file).paragraphs)
    data = read_stored(file)
    if kind == ".pdf":
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if kind in (".html", ".htm"):
        from lxml import html  # type: ignore[import-untyped]

        page = html.fromstring(data)
        for hidden in page.xpath("//script|//style|//head"):
            hidden.drop_tree()
        return "\n".join(t.strip() for t in page.itertext() if t.strip())
    return data.decode("utf-8-sig")


def _of_table(file: Path, column: str) -> Iterator[IncidentText]:
    (_, header), *rows = read_rows(file, opener=read_stored).rows
    names = [name.strip() for name in header]
    if column not in names:
        raise RunError(
            f"{file.name} has no column {column!r}; name the column of the texts with --column"
        )
    for number, cells in rows:
        row = dict(zip(names, cells, strict=False))
        day = _DAY.match(row.get("published", ""))
        if row.get(column, "").strip():
            yield IncidentText(file.name, str(number), row[column], day[0] if day else "")
