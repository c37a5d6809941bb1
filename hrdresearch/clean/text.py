"""Cleans the text of a cell: white space, HTML markup, and letters read in a wrong encoding."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import cache

from anyascii import anyascii

from hrdresearch.clean.word_roots import without_endings
from hrdresearch.vocab import vocabulary

_SPACES = re.compile(r"\s+")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_MARKUP = re.compile(
    r"<\s*[/!]?\s*[a-zA-Z]|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});|javascript:", re.I
)
_LONGEST_DENIAL = 40  # letters
_HELD = "\ue000"  # stands for a separator that separates nothing
_INERT = str.maketrans({"<": "‹", ">": "›"})


def put_on_one_line(text: str) -> str:
    """Text on one line: Unicode NFC, single spaces, no control or direction marks.

    >>> put_on_one_line("  two\\n words ")
    'two words'
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _CONTROL.sub("", text))).strip()


def unaccented(text: str) -> str:
    """A text without accents and marks.

    >>> unaccented("policía")
    'policia'
    """
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c))


def plain_words(text: str) -> str:
    """Words and numbers of a text in small Latin letters, with single spaces and nothing else.

    >>> plain_words("São Félix (do Xingu)")
    'sao felix do xingu'
    """
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(text).casefold()))


def says_nothing(cell: str) -> bool:
    """Whether a cell says, in any of six languages, that a fact is not known or not written down.

    >>> says_nothing("S/D"), says_nothing("no se sabe."), says_nothing("sedition")
    (True, True, False)
    """
    word = cell.casefold().strip(" .()[]")
    return word in _nothing() or unaccented(word) in _nothing() or says_not_known(cell)


def says_not_known(cell: str) -> bool:
    """Whether a cell only says that somebody does not know: "no sabemos quién", "не знаем", "لا نعلم".

    >>> says_not_known("No se sabe aún"), says_not_known("no sabemos leer")
    (True, False)
    """
    return _only_denies(cell, "knowing")


def says_not_asked(cell: str) -> bool:
    """Whether a cell only says that nobody asked: "no preguntamos", "لم نسأل", "pas demandé".

    >>> says_not_asked("pas demandé"), says_not_asked("no")
    (True, False)
    """
    return _only_denies(cell, "asking")


def _only_denies(cell: str, what: str) -> bool:
    if len(cell) > _LONGEST_DENIAL:
        return False
    words = set(without_endings(cell).split())
    denied, known, beside = (
        _words_without_endings(name) for name in ("denials", what, "beside_knowing")
    )
    return bool(words & denied and words & known) and words <= denied | known | beside


@cache
def _words_without_endings(name: str) -> frozenset[str]:
    return frozenset(without_endings(str(word)) for word in vocabulary("list_values")[name])


def split_values(cell: str, split: str) -> list[str]:
    """Split a cell into its values, each on one line.

    split: separator; "" if a cell holds one value only. A word for "not known" that holds the separator
    itself is not split.

    >>> split_values("Policía / s/d", "/"), split_values("one, two", "")
    (['Policía', 's/d'], ['one, two'])
    """
    if not split:
        return [text] if (text := put_on_one_line(cell)) else []
    whole = _nothing_with(split)
    kept = whole.sub(lambda found: found[0].replace(split, _HELD), cell) if whole else cell
    return [
        text for part in kept.split(split) if (text := put_on_one_line(part.replace(_HELD, split)))
    ]


def split_known_values(cell: str, is_known: Callable[[str], bool]) -> list[str]:
    """Split a cell into several known values, whatever separates them; an empty list unless each is known.

    is_known: whether a text is a known value. The separators stand in vocabulary ``list_values``. A cell
    that is known as a whole is not split.

    >>> split_known_values("police + army", {"police", "army"}.__contains__)
    ['police', 'army']
    >>> split_known_values("Ann and Bea", str.isdigit)
    []
    """
    signs = [str(sign) for sign in vocabulary("list_values")["between_values"]]
    if is_known(cell):
        return []
    for sign in [*map(re.escape, signs), "|".join(map(re.escape, signs))]:
        parts = [text for part in re.split(sign, cell) if (text := put_on_one_line(part))]
        if len(parts) > 1 and all(map(is_known, parts)):
            return parts
    return []


@cache
def _nothing_with(split: str) -> re.Pattern[str] | None:
    words = [re.escape(word) for word in _nothing() if split.strip() and split in word]
    if not words:
        return None
    return re.compile(
        rf"(?<![^\W_])(?:{'|'.join(sorted(words, key=len, reverse=True))})(?![^\W_])", re.I
    )


@cache
def _nothing() -> frozenset[str]:
    return frozenset(str(word).casefold() for word in vocabulary("list_values")["nothing"])


def clean_name(cell: str) -> str:
    """Name on one line, without commas or semicolons around it; the spelling is kept."""
    return put_on_one_line(cell).strip(" ,;")


def has_markup(text: str) -> bool:
    """Whether a text contains an HTML tag, an HTML entity or ``javascript:``."""
    return bool(_MARKUP.search(text))


def make_markup_harmless(text: str) -> str:
    """Make HTML markup plain text: entities become characters, "<" and ">" become "‹" and "›"."""
    return html.unescape(html.unescape(text)).translate(_INERT)


def undo_mac_roman(text: str) -> str:
    """Repair UTF-8 text that was read as Mac Roman.

    A text whose Mac Roman bytes are not valid UTF-8 is returned unchanged.

    >>> undo_mac_roman("R√©ponse")
    'Réponse'
    """
    if text.isascii():
        return text
    try:
        return text.encode("mac_roman").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def undo_mac_roman_as_cp1252(text: str) -> str:
    """Repair Mac Roman text that was read as Windows-1252.

    Only the characters of bytes 80 to 9F change: there Mac Roman has accented letters, and
    Windows-1252 has signs that are rare in names.

    >>> undo_mac_roman_as_cp1252("JosŽ")
    'José'
    """
    return text.translate(_CP1252_TO_MAC)


def _cp1252_to_mac() -> dict[int, str]:
    table = {}
    for byte in range(0x80, 0xA0):
        try:
            table[ord(bytes([byte]).decode("cp1252"))] = bytes([byte]).decode("mac_roman")
        except UnicodeDecodeError:
            continue
    return table


_CP1252_TO_MAC = _cp1252_to_mac()
