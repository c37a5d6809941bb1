"""Leak scan: looks for names of the build in all files of a report.

A hit says in which file, what kind of carrier and where; it never repeats the name or the text
around it. Full names fail anywhere. A single-word name fails in free text, attributes, metadata
and logs, and passes where the renderer printed a vocabulary's label.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote

from hrdresearch.names.spelling import plain_text
from hrdresearch.privacy.clean_texts import CleanTexts
from hrdresearch.privacy.name_search import Span
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.privacy.pictures import NOT_DRAWN
from hrdresearch.privacy.quick_search import QuickSearch
from hrdresearch.privacy.text_carriers import CarriedText
from hrdresearch.privacy.text_readings import has_letters
from hrdresearch.privacy.texts_in_images import texts_of_image
from hrdresearch.privacy.texts_in_pages import (
    texts_of_bytes,
    texts_of_html,
    texts_of_json,
    texts_of_notebook,
    texts_of_svg,
)
from hrdresearch.privacy.texts_in_pdf import texts_of_pdf
from hrdresearch.privacy.texts_in_word import texts_of_docx
from hrdresearch.privacy.texts_in_workbook import texts_of_workbook

NOT_CHECKED = "names not checked"
CANNOT_BE_READ = "cannot be checked"
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_ENCODED = re.compile(r"[\x1b\\%&]")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\x([0-9a-fA-F]{2})")
_FIRST_WORDS = re.compile(r"\s*\S+(?:\s+\S+){0,2}")
# What a drawing is made of: a letter, and its numbers.
_PATH = re.compile(r"(?:[MmLlHhVvCcSsQqTtAa]\s*[-.\d][-\d\s.,]*|[Zz]\s*)+")
_DRAWN = re.compile(r"\s*(?:translate|matrix|scale|rotate)\(|\s*[Mm]\s?[-\d]")
_SEGMENT, _WORDS = re.compile(r"[.#/:\s]+"), re.compile(r"[.#/:]+")
# Hexadecimal digits of a hash or a pseudonym: letters between its digits read like a short name by chance.
# Twelve or more, with digits and letters, so that neither a word nor a telephone number is taken for one.
_HASH = re.compile(
    r"(?<![0-9A-Za-z])(?=(?:[a-f]*[0-9]){3})(?=(?:[0-9]*[a-f]){2})[0-9a-f]{12,128}(?![0-9A-Za-z])"
)
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xltx", ".xls", ".ods")
_HTML, _IMAGES = (".html", ".htm", ".xhtml"), (".png", ".jpg", ".jpeg")


_Found: TypeAlias = tuple[tuple[tuple[str, str], ...], ...]  # by index: kind, mark of a word


@dataclass(frozen=True)
class ScanHit:
    """A place where a name was found; it holds neither the name nor the text around it.

    file: name of the file. carrier: kind of file part. place: where in the file. kind: what was found.
    word: keyed mark of the name, where the name is also a word that the page prints by itself.
    """

    file: str
    carrier: str
    place: str
    kind: str
    word: str = ""


def scan_report(
    folder: Path,
    index: NamesIndex | None,
    extra_texts: Mapping[str, str] | None = None,
    labels: frozenset[str] = frozenset(),
    pictures: frozenset[str] | None = None,
) -> list[ScanHit]:
    """Look for names in every file of a report's folder, in the file names, and in further texts.

    extra_texts: further texts (logs) by their names. labels: texts that the renderer printed as
    labels in drawings (SVG text without ``data-vocab``). pictures: digests of the pictures that the
    renderer drew; any other is a hit (None: not checked). Without an index there is one hit, which
    says that names were not checked.
    """
    if index is None:
        return [ScanHit(folder.name, "index", "report", NOT_CHECKED)]
    return scan_for_each([index], folder, extra_texts, labels, pictures)[0]


def scan_for_each(
    indexes: Sequence[NamesIndex],
    folder: Path,
    extra_texts: Mapping[str, str] | None = None,
    labels: frozenset[str] = frozenset(),
    pictures: frozenset[str] | None = None,
    clean: CleanTexts | None = None,
    empty_word: Callable[[], bytes] = bytes,
) -> list[list[ScanHit]]:
    """Hits of ``scan_report`` for each index; the files are taken apart once for all.

    clean: texts in which these indexes found nothing before; those of this report are added. empty_word:
    makes a Word file of the same template without any row. What a Word file of the report has in common with
    it is not searched, because it comes from the template.
    """
    scanner = _Scanner(indexes, pictures, clean or CleanTexts())
    hits: list[list[ScanHit]] = [[] for _ in indexes]
    for number, path in enumerate(sorted(p for p in folder.rglob("*") if p.is_file()), start=1):
        relative = path.relative_to(folder).as_posix()
        name = CarriedText("file name", "", relative.replace("/", " / "), "text")
        in_name = scanner.found(name)
        shown = f"file {number}{path.suffix[:6]}" if any(in_name) else relative
        for held, kinds in zip(hits, in_name, strict=True):
            held += [ScanHit(shown, "file name", "name of the file", kind) for kind, _ in kinds]
        scanner.add_hits(hits, shown, _texts_of_file(path, labels, empty_word))
    for title, text in (extra_texts or {}).items():
        scanner.add_hits(hits, title, [CarriedText("text", title, text)])
    return [list(dict.fromkeys(held)) for held in hits]


class _Scanner:
    """Scans texts with several indexes, and remembers those that it has seen."""

    def __init__(
        self, indexes: Sequence[NamesIndex], pictures: frozenset[str] | None, clean: CleanTexts
    ) -> None:
        self._indexes, self._pictures, self._clean = indexes, pictures, clean
        self._quick, self._may_hold = QuickSearch(indexes), dict[str, bool]()
        self._nothing: _Found = ((),) * len(indexes)
        self._are_idle = [index.finds_nothing for index in indexes]
        self._seen: dict[tuple[str | None, ...], _Found] = {}

    def add_hits(self, hits: list[list[ScanHit]], file: str, texts: Iterable[CarriedText]) -> None:
        """Add the hits of each index in the texts of one file."""
        before = CarriedText("", "", "")
        for carried in texts:
            here, over = self.found(carried), self._nothing
            if carried.role == "text" and carried.text.strip():
                if carried.carrier == before.carrier:
                    over = self._found_over(before.text, carried.text)
                before = carried
            if any(here) or any(over):
                for held, *kinds in zip(hits, here, over, strict=True):
                    held += [
                        ScanHit(file, carried.carrier, carried.place, kind, word)
                        for kind, word in (*kinds[0], *kinds[1])
                    ]

    def found(self, carried: CarriedText) -> _Found:
        """Kinds of names that a text holds and may not hold, by index, each with the mark of a word."""
        if carried.role == "unreadable":
            return (((CANNOT_BE_READ, ""),),) * len(self._indexes)
        if carried.role == "picture":
            is_drawn = self._pictures is None or carried.text in self._pictures
            return self._nothing if is_drawn else (((NOT_DRAWN, ""),),) * len(self._indexes)
        if len(carried.text) < 2 and not carried.within:
            return self._nothing

        if (key := (carried.text, carried.role, carried.within)) in self._seen:
            return self._seen[key]

        def look(index: NamesIndex) -> tuple[tuple[str, str], ...]:
            spans = self._forbidden(index, carried)
            return tuple(dict.fromkeys((span.kind, span.word) for span in spans))

        return self._look_once(key, look)

    def _found_over(self, before: str, after: str) -> _Found:
        """Kinds of names that begin in one text and end in the next, by index."""
        end, start = _last_words(before[-80:]), _FIRST_WORDS.match(after[:80])
        if not (start and has_letters(end) and has_letters(start[0])):
            return self._nothing
        if before.split() == after.split():
            return self._nothing
        if (key := (end, start[0])) in self._seen:
            return self._seen[key]
        over, border = f"{end}\n{start[0]}", len(plain_text(end))

        def look(index: NamesIndex) -> tuple[tuple[str, str], ...]:
            spans = self._find(index, over)
            return tuple((s.kind, "") for s in spans if s.start < border < s.end)

        return self._look_once(key, look)

    def _look_once(
        self,
        text: tuple[str | None, ...],
        look: Callable[[NamesIndex], tuple[tuple[str, str], ...]],
    ) -> _Found:
        found = self._nothing
        if text not in self._clean:
            found = tuple(
                () if is_idle else look(index)
                for index, is_idle in zip(self._indexes, self._are_idle, strict=True)
            )
            if not any(found):
                self._clean.add(text)
        self._seen[text] = found
        return found

    def _forbidden(self, index: NamesIndex, carried: CarriedText) -> Iterator[Span]:
        """Places of names in a text that may not stand there; hashes in it are not read."""
        if _HASH.search(carried.text):
            carried = carried._replace(text=_HASH.sub("#", carried.text))
        if carried.role == "number":
            yield from index.find_identifiers(carried.text)
            return
        if carried.role == "text" and not _DRAWN.match(carried.text):
            for reading in decoded_texts(carried.within or carried.text):
                yield from index.find_patterns(reading)
        if carried.role in ("identifier", "font"):
            yield from (s for s in self._spans(index, carried.text) if not s.passes_as_label)
            # A list of ids is in small letters; what has capitals may be a permitted name.
            parted = _SEGMENT if carried.text == carried.text.lower() else _WORDS
            segments = parted.split(carried.text) if carried.role == "identifier" else []
            for segment in segments:
                if not index.is_label(segment):
                    yield from self._spans(index, segment)
            return
        is_label = carried.role == "label" and index.is_label(carried.text)
        for span in self._spans(index, carried.text):
            if not (is_label and span.passes_as_label):
                yield span
        if carried.within:
            yield from (s for s in self._spans(index, carried.within) if not s.passes_as_label)

    def _spans(self, index: NamesIndex, text: str) -> Iterator[Span]:
        for reading in decoded_texts(text):
            yield from self._find(index, reading)

    def _find(self, index: NamesIndex, text: str) -> list[Span]:
        if text not in self._may_hold:
            is_path = _PATH.fullmatch(text) is not None
            self._may_hold[text] = not is_path and self._quick.may_hold_name(text)
        return index.find(text) if self._may_hold[text] else index.find_beside_names(text)


def _last_words(text: str) -> str:
    """The last three words of a text, with the spaces between and behind them."""
    before, *words = text.rsplit(None, 3) or [""]
    return text[len(before) :].lstrip() if len(words) == 3 else text.lstrip()


def decoded_texts(text: str) -> list[str]:
    """The text, and its readings after terminal codes, escapes, entities and %-codes are decoded.

    >>> decoded_texts("Mar%C3%ADa")
    ['Mar%C3%ADa', 'María']
    """
    if not _ENCODED.search(text):
        return [text]
    readings = {text: None}
    for _ in range(2):
        for reading in list(readings):
            if "\x1b" in reading:
                readings[_ANSI.sub("", reading)] = None
            if "\\" in reading:
                readings[_ESCAPE.sub(_character, reading).replace("\\n", "\n")] = None
            if "%" in reading:
                readings[unquote(reading)] = None
            if "&" in reading:
                readings[html.unescape(reading)] = None
    return list(readings)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2] or match[3], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _texts_of_file(
    path: Path, labels: frozenset[str], empty_word: Callable[[], bytes]
) -> Iterator[CarriedText]:
    data, suffix = path.read_bytes(), path.suffix.lower()
    if suffix in _HTML:
        yield from texts_of_html(data, labels)
    elif suffix == ".svg":
        yield from texts_of_svg(data, labels)
    elif suffix in _IMAGES:
        yield from texts_of_image(data, "picture")
    elif suffix in _WORKBOOKS:
        yield from texts_of_workbook(data)
    elif suffix == ".docx":
        yield from texts_of_docx(data, empty_word())
    elif suffix == ".pdf" or data.startswith(b"%PDF-"):
        yield from texts_of_pdf(data)
    elif suffix in (".json", ".ipynb", ".geojson"):
        try:
            value = json.loads(data)
        except ValueError:
            yield from texts_of_bytes(data, "JSON", "file")
            return
        if suffix == ".ipynb":
            yield from texts_of_notebook(value)
        else:
            yield from texts_of_json(value, path.stem if path.stem.isalpha() else "JSON")
    else:
        yield from texts_of_bytes(data, "log" if suffix == ".log" else "text", "file")
