"""The kinds of sheets of a casebook and their columns, read from the vocabulary ``casebook``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from hrdresearch.clean.value_words import code_of
from hrdresearch.clean.word_forms import fold
from hrdresearch.vocab import codes, vocabulary

LANGUAGES = ("en", "fr", "es")
PERSONS = "persons"


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    kind: id, link, name, date, state, codes, age, days or text. headings, notes: by language. codes:
    vocabulary of the values. to: sheet that the column links to. is_many: whether a cell may hold several
    values, separated by ";". words: code -> the value in each language.
    """

    name: str
    kind: str
    headings: Mapping[str, str]
    notes: Mapping[str, str]
    codes: str = ""
    to: str = ""
    is_many: bool = False
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def code(self, cell: str) -> str | None:
        """Code of a value in any of the languages; None if it has no code.

        >>> casebook_columns()["sex"].code("Mujer"), casebook_columns()["outcome"].code("libéré")
        ('female', 'released')
        """
        found = _codes_by_word(self.codes).get(fold(cell))
        is_letter = len(fold(cell)) < 2  # M is male in one language and female in another
        if found or is_letter or self.codes not in vocabulary("list_values")["values"]:
            return found
        listed, is_whole = code_of(cell, self.codes)
        return listed[0] if is_whole else None


@dataclass(frozen=True)
class SheetKind:
    """A kind of sheet of a casebook, such as persons or detentions.

    titles: by language. key: column of the identifier. needed: columns that may not be empty.
    """

    name: str
    titles: Mapping[str, str]
    key: str
    needed: tuple[str, ...]
    columns: tuple[Column, ...]

    def headings(self) -> dict[str, Column]:
        """Columns by each of their headings, folded (lower case, without accents)."""
        return {fold(h): c for c in self.columns for h in (*c.headings.values(), c.name)}


@cache
def casebook_columns() -> dict[str, Column]:
    """Every column of a casebook, by name."""
    known, lists = vocabulary("casebook"), vocabulary("list_templates")
    found = {}
    for name, entry in known["columns"].items():
        texts = entry if "en" in entry else lists["columns"][name]
        found[name] = Column(
            name,
            entry["kind"],
            {language: texts[language][0] for language in LANGUAGES},
            {language: texts[language][1] for language in LANGUAGES},
            entry.get("codes", ""),
            entry.get("to", ""),
            bool(entry.get("many")),
            _words(entry.get("codes", ""), name),
        )
    return found


@cache
def sheet_kinds() -> dict[str, SheetKind]:
    """Every sheet of a casebook, by name, in the order in which they are filled."""
    return {
        name: SheetKind(
            name,
            entry["title"],
            entry["key"],
            tuple(entry["needed"]),
            tuple(casebook_columns()[c] for c in entry["columns"]),
        )
        for name, entry in vocabulary("casebook")["sheets"].items()
    }


def _words(codes_of_column: str, name: str) -> dict[str, tuple[str, ...]]:
    if not codes_of_column:
        return {}
    own, lists = vocabulary("casebook")["values"], vocabulary("list_templates")["values"]
    listed = own.get(codes_of_column) or lists.get(name) or lists["threats"]  # yes, no, unknown
    return {str(code): tuple(map(str, words)) for code, words in listed.items()}


@cache
def _codes_by_word(vocabulary_name: str) -> dict[str, str]:
    own = {
        fold(word): code
        for c in casebook_columns().values()
        if c.codes == vocabulary_name
        for code, words in c.words.items()
        for word in (*words, code)
    }
    if vocabulary_name in vocabulary("casebook")["values"]:
        return own
    return {**{fold(code): code for code in codes(vocabulary_name)}, **own}
