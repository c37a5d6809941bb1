"""Automatic numbers of Word paragraphs, computed as Word does (ISO/IEC 29500, 17.9).

A paragraph names its list (``numId``) and level; else its style does, or the style on which that
style is based. Lists that share a definition share one counter, unless one of them restarts it or
defines levels of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LETTERS = ("lowerLetter", "upperLetter")
ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(frozen=True)
class _Level:
    start: int
    kind: str
    text: str


class Numbering:
    """Counters of the lists of one file; call ``number`` for every paragraph, in order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._abstract: dict[str, str] = {}
        self._restart: dict[tuple[str, int], int] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._own: dict[tuple[str, int], _Level] = {}
        self._style_level: dict[tuple[str, str], int] = {}
        self._links: dict[str, str] = {}
        self._styles: dict[str, tuple[str, int | None]] = {}
        self._based_on: dict[str, str] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._seen: set[str] = set()
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def number(self, paragraph: Any, style: str) -> str:
        """Number of a paragraph as Word prints it ("6.12"), or ""; the counter goes on by one."""
        num, level = self._list_of(paragraph, style)
        abstract = self._abstract_of(num)
        definition = self._level(num, abstract, level)
        if definition is None:
            return ""
        counters = self._counters.setdefault(abstract, {})
        if num not in self._seen:
            self._seen.add(num)
            for (n, at), start in self._restart.items():
                if n == num:
                    counters[at] = start - 1
        counters[level] = counters.get(level, definition.start - 1) + 1
        for deeper in [at for at in counters if at > level]:
            del counters[deeper]
        return re.sub(
            r"%(\d)", lambda hit: self._printed(num, abstract, int(hit[1]) - 1), definition.text
        )

    def _list_of(self, paragraph: Any, style: str) -> tuple[str, int]:
        """List and level: of the paragraph, else of its style or of one that it is based on."""
        own_num, own_level = _num(paragraph.find(f"{W}pPr/{W}numPr"))
        if own_num is not None:
            return own_num, own_level or 0
        seen: set[str] = set()
        at = style
        while at and at not in seen:
            seen.add(at)
            if at in self._styles:
                num, level = self._styles[at]
                if level is None:
                    level = self._style_level.get((self._abstract_of(num), at), 0)
                return num, own_level if own_level is not None else level
            at = self._based_on.get(at, "")
        return "0", 0

    def _abstract_of(self, num: str) -> str:
        """Definition of a list; one that only names a style takes the definition of that style."""
        abstract = self._abstract.get(num, "")
        style = self._links.get(abstract)
        if style in self._styles:
            linked = self._abstract.get(self._styles[style][0], "")
            return linked if linked and linked not in self._links else abstract
        return abstract

    def _level(self, num: str, abstract: str, level: int) -> _Level | None:
        return self._own.get((num, level)) or self._levels.get((abstract, level))

    def _printed(self, num: str, abstract: str, level: int) -> str:
        definition = self._level(num, abstract, level) or _Level(1, "decimal", "")
        value = self._counters[abstract].get(level, definition.start)
        if definition.kind in LETTERS:
            letter = chr(ord("a") + (value - 1) % 26)
            return letter if definition.kind == "lowerLetter" else letter.upper()
        if definition.kind in ("lowerRoman", "upperRoman"):
            roman = _roman(value)
            return roman if definition.kind == "lowerRoman" else roman.upper()
        return str(value) if definition.kind != "bullet" else ""

    def _read_lists(self, root: Any) -> None:
        for definition in root.iter(f"{W}abstractNum"):
            identifier = str(definition.get(f"{W}abstractNumId"))
            if link := _value(definition, "numStyleLink", ""):
                self._links[identifier] = link
            for level in definition.iter(f"{W}lvl"):
                at = int(level.get(f"{W}ilvl"))
                self._levels[identifier, at] = _read_level(level)
                if style := _value(level, "pStyle", ""):
                    self._style_level[identifier, style] = at
        for num in root.iter(f"{W}num"):
            identifier = str(num.get(f"{W}numId"))
            self._abstract[identifier] = _value(num, "abstractNumId", "")
            for override in num.iter(f"{W}lvlOverride"):
                at = int(override.get(f"{W}ilvl"))
                start, level = override.find(f"{W}startOverride"), override.find(f"{W}lvl")
                if level is not None:
                    self._own[identifier, at] = _read_level(level)
                if start is not None:
                    self._restart[identifier, at] = int(start.get(f"{W}val"))

    def _read_styles(self, root: Any) -> None:
        for style in root.iter(f"{W}style"):
            name = str(style.get(f"{W}styleId"))
            num, level = _num(style.find(f"{W}pPr/{W}numPr"))
            if num is not None:
                self._styles[name] = num, level
            based = _value(style, "basedOn", "")
            if based:
                self._based_on[name] = based


def _num(num_pr: Any) -> tuple[str | None, int | None]:
    if num_pr is None:
        return None, None
    number, level = num_pr.find(f"{W}numId"), num_pr.find(f"{W}ilvl")
    return (
        None if number is None else str(number.get(f"{W}val")),
        None if level is None else int(level.get(f"{W}val")),
    )


def _read_level(level: Any) -> _Level:
    return _Level(
        int(_value(level, "start", "1")),
        _value(level, "numFmt", "decimal"),
        _value(level, "lvlText", ""),
    )


def _value(element: Any, name: str, default: str) -> str:
    found = element.find(f"{W}{name}")
    return default if found is None else str(found.get(f"{W}val"))


def _roman(value: int) -> str:
    out = ""
    for size, sign in ROMAN:
        while value >= size:
            out, value = out + sign, value - size
    return out
