"""Invented headings and values of lists in six languages, with what they stand for; no cell of a person.

``headings_LANGUAGE.csv``: a field of vocabulary ``list_fields`` or "none", the tables, the heading, and the
kinds of the cells below it. ``values_LANGUAGE.csv``: a vocabulary, its code, and a value that leads to it.
Written by scripts/make_list_examples.py; unvalidated until a practitioner of the language has looked.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

LANGUAGES = ("ar", "en", "es", "fr", "pt", "ru")


class HeadingExample(NamedTuple):
    """A heading. tables, kinds: several, parted by a space."""

    field: str
    tables: str
    heading: str
    kinds: str


class ValueExample(NamedTuple):
    """A value of a cell. codes: the vocabulary."""

    codes: str
    code: str
    value: str


@cache
def heading_examples() -> tuple[HeadingExample, ...]:
    """Headings of all languages, in the order of the files."""
    return tuple(HeadingExample(*row) for row in _rows("headings"))


@cache
def value_examples() -> tuple[ValueExample, ...]:
    """Values of all languages, in the order of the files."""
    return tuple(ValueExample(*row) for row in _rows("values"))


def _rows(of: str) -> Iterator[list[str]]:
    for language in LANGUAGES:
        text = (files(__package__) / f"{of}_{language}.csv").read_text(encoding="utf-8")
        yield from list(csv.reader(text.splitlines()))[1:]
