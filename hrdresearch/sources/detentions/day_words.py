"""Words beside the day of arrest or release: that there was no arrest or release, or that the person died.

The words are those of vocabulary ``detention_day_words``; of death and custody, of ``list_values``.
"""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from hrdresearch.clean.word_roots import without_endings
from hrdresearch.sources.reads import AS_WRITTEN
from hrdresearch.sources.sheet import Sheet
from hrdresearch.vocab import vocabulary

NEVER_HELD = "says that the person was not arrested, or was only sought or summoned."
OF_RELEASE = "said_of_release"  # codes of vocabulary detention_exit that words of a release say
_DAGGER = re.compile(  # "+ 07/02/21", too
    r"\s*(?:[†✝]|\+\s*(?:\d{1,4}[-/.]\d|\d{1,2}\s+(?:de\s+)?[^\W\d]{3,}\.?\s+(?:de\s+)?\d{2,4}))"
)
_ONLY_NO = re.compile(r"\s*(?:no|non|não|нет|لا)\s*(?:[:;,.(–—-].*)?", re.IGNORECASE)
_WARRANT = "The day is of a warrant or a summons, and the row says that the person was held."


def was_never_held(cell: str) -> bool:
    """Whether words beside a day of arrest deny the arrest.

    >>> [was_never_held(c) for c in ("no fue detenida; OC de 2020", "detenido sin orden de captura")]
    [True, False]
    """
    text = f" {without_endings(cell)} "
    left = _denied("arrest").sub(" | ", text)
    rest = _sought().sub(" | ", _beside_paper().sub(" | ", left))
    return left != text and not _any("arrest", "surrendered").search(rest)


def is_only_sought(cell: str) -> bool:
    """Whether words beside a day of arrest speak only of a warrant or a summons.

    >>> [is_only_sought(c) for c in ("OC 12/03/2019", "citada", "capturado por orden de captura")]
    [True, True, False]
    """
    text = _beside_paper().sub(" | ", f" {without_endings(cell)} ")
    rest = _sought().sub(" | ", text)
    return rest != text and not _any("arrest", "surrendered").search(rest)


def read_exit_words(cell: str) -> str:
    """Read how the detention ended from words in the cell of a release; "" if they do not say it.

    >>> [read_exit_words(c) for c in ("sigue preso", "murió bajo custodia 02/08/2020", "† 02/08/2020")]
    ['held', 'died_in_custody', 'died_not_stated']
    """
    if _DAGGER.match(cell):
        return "died_not_stated"
    if not any(c.isalpha() for c in cell):
        return ""
    text = f" {without_endings(cell)} "
    left = _still().sub(" | ", _denied("released").sub(" | ", text))
    if _any("released").search(left):
        return ""
    groups = vocabulary("list_values")["together"]["groups"]
    died, custody = (_of(groups[name]).search(text) for name in ("died", "custody"))
    if died:
        return "died_in_custody" if custody else "died_not_stated"
    only = _any("held").fullmatch(text)
    return "held" if left != text or only or _ONLY_NO.fullmatch(cell) else ""


def set_never_held_aside(sheet: Sheet) -> None:
    """Set aside persons who were never held, by words beside the arrest; read words beside the release.

    The day of a warrant is emptied where status or release say that the person was held. If words deny the
    release its day is emptied; if they speak of a death its day becomes the day of death.
    """
    arrest, release = (_as_written(sheet, column) for column in ("arrest_date", "release_date"))
    said = release.map({cell: read_exit_words(cell) for cell in release.unique()}).astype("object")
    held = sheet.text("status").str.casefold().isin(("detained", "imprisoned", "held", "jailed"))
    held |= (sheet.text("release_date") != "") | (said != "")
    sought = arrest.map(is_only_sought).astype(bool)
    never = arrest.map(was_never_held).astype(bool) | (sought & ~held)
    for row in arrest.index[never]:
        sheet.book.set_aside(int(row), f"Column 'arrest_date' {NEVER_HELD}")
    sheet.book.issues_at(arrest.index[sought & held], "arrest_date", _WARRANT, "emptied")
    dead = said.isin(("died_in_custody", "died_not_stated")) & (sheet.text("death_date") == "")
    days = {
        "arrest_date": sheet.text("arrest_date").mask(sought, ""),
        "release_date": sheet.text("release_date").mask(said != "", ""),
        "death_date": sheet.text("death_date").mask(dead, sheet.text("release_date")),
    }
    days = {column: cells for column, cells in days.items() if column in sheet.cells or dead.any()}
    sheet.cells = sheet.cells.assign(**days, **{OF_RELEASE: said})


def _as_written(sheet: Sheet, column: str) -> pd.Series:
    written = f"{column}{AS_WRITTEN}"
    return sheet.text(written if written in sheet.cells else column)


@cache
def _words(name: str) -> str:
    return _either(vocabulary("detention_day_words")[name])


def _either(words: list[object]) -> str:
    """Pattern for any of the words, without their endings; the longest word first."""
    return "|".join(sorted({without_endings(str(w)) for w in words}, key=lambda w: (-len(w), w)))


@cache
def _denied(what: str) -> re.Pattern[str]:
    """A denial and what it denies."""
    return re.compile(
        rf"(?<= )(?:{_words('denials')})(?: (?:{_words('between')})){{0,3}} (?:{_words(what)})"
        rf"(?= )(?! (?:{_words('of_paper')}) )"
    )


@cache
def _still() -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{_words('still')})(?: \w+){{0,2}}? (?:{_words('held')})(?= )")


@cache
def _beside_paper() -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{_words('by_paper')}) (?:{_words('sought')})(?= )")


@cache
def _sought() -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{_words('sought')})(?= )")


@cache
def _any(*names: str) -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(map(_words, names))}) ")


def _of(words: list[object]) -> re.Pattern[str]:
    return re.compile(f" (?:{_either(words)}) ")
