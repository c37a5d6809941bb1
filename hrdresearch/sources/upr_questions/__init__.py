"""Papers of advance questions in Word: the name of a State on a line of its own, and its questions below.

The title names the State under review ("ADVANCE QUESTIONS TO FIJI - ADD.1"). Files named ``.doc`` that are
``.docx`` inside are read as such.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from hrdresearch.sources.errors import UnknownLayoutError, UnreadableFileError
from hrdresearch.sources.ledger import accepted_rows
from hrdresearch.sources.reading import Rows
from hrdresearch.sources.recommendations_sheet import reviewed_state_codes, state_code
from hrdresearch.sources.sheet import Sheet
from hrdresearch.sources.word import read_word
from hrdresearch.tables.upr_questions import UprQuestions

COLUMNS = ["state", "asking", "text"]
_TITLE = re.compile(
    r"\s*advance[d]? questions? to (?:the )?(.+?)(?:\s*[–—-]+\s*add\.?\s*\d+)?\s*", re.I
)
_ON_BEHALF = re.compile(r"\s*[,(]?\s*\b(?:on behalf of|and)\b.*", re.I)
LONGEST_NAME = 80  # characters of a line that may be the name of a State
MADE_BY_THE_BUILD = ("question_id", "concern_code")


def read(path: Path) -> Rows:
    """Read a paper: one row for each question; the row number is that of the paragraph.

    Raises UnknownLayoutError for a Word file without the title of such a paper, UnreadableFileError for a
    paper without a question.
    """
    if path.suffix.lower() not in (".docx", ".doc"):
        raise UnknownLayoutError(f"{path.name}: expected a Word file.")
    word = read_word(path)
    titles = (m[1] for p in word.paragraphs[:20] if (m := _TITLE.fullmatch(p.text)))
    state = next(titles, "")
    if not state_code(state):
        raise UnknownLayoutError(f"{path.name}: no title says to which State the questions are.")
    rows, asking = [], ""
    for at, paragraph in enumerate(word.paragraphs, start=2):
        text = " ".join(paragraph.text.split())
        if name := _asking_state(text):
            asking = name
        elif asking and text and not _TITLE.fullmatch(text):
            rows.append((at, [state, asking, text]))
    if not rows:
        raise UnreadableFileError(f"{path.name}: no question stands below the name of a State.")
    return Rows(path, path.suffix.lower().strip("."), word.sha256, [(1, COLUMNS), *rows])


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``upr_questions`` with their texts, which the build reads and removes."""
    return accepted_rows(
        sheet,
        UprQuestions,
        MADE_BY_THE_BUILD,
        source_file=sheet.table.path.name,
        state_iso3=reviewed_state_codes(sheet.text("state")),
        review_year=pd.array([pd.NA] * len(sheet.cells), dtype="Int64"),
        asking_iso3=reviewed_state_codes(sheet.text("asking")),
        text=sheet.text("text"),
    )


def _asking_state(text: str) -> str:
    """Name of the State that a line names alone; "" for any other line."""
    if not text or len(text) > LONGEST_NAME:
        return ""
    name = _ON_BEHALF.sub("", text).strip(" :*")
    return next((n for n in (text.strip(" :*"), name) if n and state_code(n)), "")
