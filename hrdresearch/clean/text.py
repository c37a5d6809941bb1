"""Text of a cell made comparable: white space, markup made harmless, misread encodings undone."""

from __future__ import annotations

import html
import re
import unicodedata

_SPACES = re.compile(r"\s+")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_MARKUP = re.compile(
    r"<\s*[/!]?\s*[a-zA-Z]|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});|javascript:", re.I
)
_INERT = str.maketrans({"<": "‹", ">": "›"})


def tidy(text: str) -> str:
    """One line of text: NFC, plain spaces, no control or direction marks, no outer space."""
    composed = unicodedata.normalize("NFC", _CONTROL.sub("", text))
    return _SPACES.sub(" ", composed).strip()


def clean_name(cell: str) -> str:
    """Name without line breaks, doubled spaces and outer commas; spelling is kept."""
    return tidy(cell).strip(" ,;")


def has_markup(text: str) -> bool:
    """True when a cell holds HTML tags, HTML entities or a script address."""
    return bool(_MARKUP.search(text))


def neutralize(text: str) -> str:
    """Markup as harmless text: entities resolved, angle brackets replaced by quotation marks."""
    return html.unescape(html.unescape(text)).translate(_INERT)


def undo_mac_roman(text: str) -> str:
    """UTF-8 that was read as Mac Roman, put right ("R√©ponse" becomes "Réponse").

    Only a text whose Mac Roman bytes are valid UTF-8 changes; any other is returned as it is.
    """
    if text.isascii():
        return text
    try:
        return text.encode("mac_roman").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def undo_mac_roman_as_cp1252(text: str) -> str:
    """Mac Roman letters that were read as Windows-1252, put right ("JosŽ" becomes "José").

    Only characters that Windows-1252 keeps in its bytes 80 to 9F change: Mac Roman has its accented
    letters there and Windows-1252 has signs that hardly stand in names.
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
