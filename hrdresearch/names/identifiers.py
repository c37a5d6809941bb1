"""Finds identifiers of persons: telephone numbers, e-mail addresses, handles, numbers of documents and
plates, exact coordinates.

Each is brought to one form (``phone 31234567``), which an index can hash. A telephone number is known
by its last eight digits, so that the code of the country does not matter. ``identifiers_in_cell`` reads
a list. The other three read a text, from the surest finds to all that might be one:
``certain_identifiers``, ``likely_identifiers``, ``possible_identifiers``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

# First words of forms; "at" is a handle behind an @, "code" a number of a document or plate.
KINDS = ("mail", "handle", "at", "phone", "code", "place")
PHONE_DIGITS = range(7, 16)
_TAIL = 8  # digits by which a telephone number is known
_AT = r"\s*(?:@|[(\[{<]\s*at\s*[)\]}>]|\s(?:at|AT)\s)\s*"
_DOT = r"\s*(?:\.|[(\[{<]\s*dot\s*[)\]}>]|\s(?:dot|DOT)\s)\s*"
_MAIL = re.compile(
    rf"(?<![\w.+-])[\w+-]+(?:{_DOT}[\w+-]+){{0,4}}{_AT}(?:[\w-]+{_DOT}){{1,4}}[A-Za-z]{{2,12}}(?!\w)"
)
_HANDLE = re.compile(r"(?<![\w.@])@([A-Za-z_]\w[\w.]{1,40})")
_NAME = re.compile(r"(@?)\b([\w.-]{3,40})")
_PROFILE = re.compile(
    r"(?:twitter|x|facebook|instagram|telegram|tiktok|threads|t|youtube|vk|linkedin)\.(?:com|me)/"
    r"(?:in/|@)?([\w.-]{3,40})",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_JOIN = re.compile(r"[\s().\-/\u2010-\u2015\u00a0]{1,3}")
_PHONE = re.compile(r"(?:\+|\b00|\(0|\b0)[\d(](?:[\s().\-/\u2010-\u2015]{0,3}\d){5,14}(?!\d)")
_ABROAD = re.compile(r"(?<![\w+])\+\s?\(?[1-9](?:[\s().\-/\u2010-\u2015]{0,3}\d){6,14}(?!\d)")
_CODE = re.compile(r"(?<![\w])[A-Za-z0-9]+(?:[-./ _][A-Za-z0-9]+){0,5}(?![\w])")
_PART = re.compile(r"[A-Za-z0-9]+")
_DATE = re.compile(
    r"(?:1[89]|20)\d\d(?:[01]\d[0-3]\d)?(?:[-./]\d{1,2}){0,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d\d){1,2}"
    r"|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d|\d+[.,]\d+"
)
_SYMBOL = re.compile(r"\b(?:A|E|S|ST|CCPR|CAT|CED|CERD|CEDAW|CMW|CRC|CRPD|HRI)/[\w./-]+")
_LOWER = re.compile(r"(?<![A-Za-z\d])[A-Z]?[a-z]+(?![A-Za-z\d])")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NUMBER = r"[-−+]?\d{1,3}(?:\.\d{3,}|,\d{4,})"  # a comma with three digits parts thousands
_PLACE = re.compile(
    rf"(?<![\w.,])({_NUMBER})\s*°?\s*(?:[NSns]\b)?\s*[,;/ ]\s*"
    rf"(?:(?:lon|lng|long|longitude|[ENSWO])\b[:=]?\s*)?({_NUMBER})(?![\d.])"
)
_DEGREES = re.compile(
    r"\d{1,3}\s?°\s?\d{1,2}\s?['’′](?:\s?\d{1,2}(?:[.,]\d+)?\s?(?:[\"”″]|''))?\s?[NSEWO]\b"
)
_GEOMETRY = re.compile(r"[\d\s.,\-+eMmLlHhVvCcSsQqTtAaZz]*")


class Identifier(NamedTuple):
    """An identifier in a text.

    start, end: its position. form: as an index holds it, with one of ``KINDS`` as first word; "" for
    coordinates in degrees. kind: what it is in words ("telephone number").
    """

    start: int
    end: int
    form: str
    kind: str


def identifiers_in_cell(cell: str) -> set[str]:
    """Forms of the identifiers in a cell of a list, whether the cell is an identifier or free text.

    A long number gives two forms, of a telephone number and of a document, if the cell does not say which.

    >>> sorted(identifiers_in_cell("0803 123 4567, zunela@example.org"))[-2:]
    ['mail zunela@example.org', 'phone 31234567']
    >>> "code 08031234567" in identifiers_in_cell("0803 123 4567, zunela@example.org")
    True
    >>> identifiers_in_cell("On 2021-05-31, of 2019/2020, aged 45")
    set()
    """
    text = _SYMBOL.sub(" ", _plain(cell)).strip()
    found = {f"mail {_mail(m[0])}" for m in _MAIL.finditer(text) if "@" in m[0]}
    found |= {f"handle {h.casefold().rstrip('.')}" for h in _handles(text)}
    found |= {f for m in _PHONE.finditer(text) if (f := _phone(m[0]))}
    whole = _code(text)
    if whole and len(text) < 25 and not _DATE.fullmatch(text) and not _LOWER.search(text):
        found |= {f"code {whole}"} | ({_phone(text)} if text.lstrip("+").isdigit() else set())
    for start, end in _windows(text):
        part, code = text[start:end], _code(text[start:end])
        is_long = len(code) >= 7 if code.isdigit() else _looks_like_a_number(part)
        if code and is_long and not _DATE.fullmatch(part):
            found.add(f"code {code}")
    found |= {i.form for i in _places(text)}
    return found - {""}


def possible_identifiers(text: str, kinds: Collection[str] = KINDS) -> Iterator[Identifier]:
    """Find everything in a text of a page that might be an identifier, in each form that it might have.

    Most finds are none: they are compared with the forms of a list. kinds: those of ``KINDS`` that are
    looked for.
    """
    text = _plain(text)
    if len(text) > 40 and _GEOMETRY.fullmatch(text):
        return
    for kind in KINDS:
        if kind in kinds:
            yield from _FINDERS[kind](text)


def certain_identifiers(text: str) -> Iterator[Identifier]:
    """Find what is an identifier in any text: e-mail addresses, international telephone numbers, coordinates.

    Coordinates are found from three decimals on.

    >>> [found.kind for found in certain_identifiers("zunela (at) example (dot) org, +234 803 123 4567")]
    ['e-mail address', 'telephone number']
    """
    text = _plain(text)
    if len(text) > 40 and _GEOMETRY.fullmatch(text):
        return
    for found in _mails(text):
        if re.search(r"(?i)@|\bdot\b", text[found.start : found.end]):
            yield found
    for match in _ABROAD.finditer(text):
        yield Identifier(*match.span(), _phone(match[0]), "telephone number")
    yield from _places(text)
    for match in _DEGREES.finditer(text):
        yield Identifier(*match.span(), "", "coordinates")


def likely_identifiers(text: str) -> Iterator[Identifier]:
    """Find what is most likely an identifier: national telephone numbers and handles beside the certain ones.

    >>> [found.kind for found in likely_identifiers("0803 123 4567 or @zunela_t, of 2021-05-31")]
    ['telephone number', 'handle']
    """
    plain = _plain(text)
    yield from certain_identifiers(plain)
    for match in _PHONE.finditer(plain):
        if form := _phone(match[0]):
            yield Identifier(*match.span(), form, "telephone number")
    for pattern in (_HANDLE, _PROFILE):
        for match in pattern.finditer(plain):
            yield Identifier(*match.span(), f"handle {match[1].casefold()}", "handle")


def _plain(text: str) -> str:
    """Digits of all scripts as 0 to 9."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text
    )


def _mail(found: str) -> str:
    return re.sub(r"\s", "", re.sub(_DOT, ".", re.sub(_AT, "@", found.casefold(), count=1)))


def _handles(text: str) -> list[str]:
    return [*_HANDLE.findall(_MAIL.sub(" ", text)), *_PROFILE.findall(text)]


def _phone(found: str) -> str:
    digits = re.sub(r"\D", "", found).lstrip("0")
    if _DATE.fullmatch(found.strip()) or len(digits) not in PHONE_DIGITS:
        return ""
    return f"phone {digits[-_TAIL:]}"


def _mails(text: str) -> Iterator[Identifier]:
    for match in _MAIL.finditer(text):
        yield Identifier(*match.span(), f"mail {_mail(match[0])}", "e-mail address")


def _accounts(text: str) -> Iterator[Identifier]:
    for match in _NAME.finditer(text):
        yield Identifier(*match.span(), f"handle {match[2].casefold().rstrip('.')}", "handle")


def _accounts_behind_at(text: str) -> Iterator[Identifier]:
    for match in _NAME.finditer(text):
        if match[1]:
            yield Identifier(*match.span(), f"at {match[2].casefold().rstrip('.')}", "handle")


def _codes(text: str) -> Iterator[Identifier]:
    for start, end in _windows(text):
        if code := _code(text[start:end]):
            yield Identifier(start, end, f"code {code}", "number of a document or plate")


def _numbers(text: str) -> Iterator[Identifier]:
    """The last seven digits, and the last eight, of each run of digits: these may be a telephone number."""
    groups = list(_DIGITS.finditer(text))
    for at, last in enumerate(groups):
        digits, first = last[0], last
        for before in reversed(groups[max(0, at - 6) : at]):
            if len(digits) >= _TAIL or not _JOIN.fullmatch(text[before.end() : first.start()]):
                break
            digits, first = before[0] + digits, before
        for size in (_TAIL - 1, _TAIL):
            if len(digits) >= size:
                form = f"phone {digits[-size:]}"
                yield Identifier(first.start(), last.end(), form, "telephone number")


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Places of one to five neighbouring groups of letters and digits, of which one holds a digit."""
    if not _DIGITS.search(text):
        return
    for match in _CODE.finditer(text):
        parts = [
            (match.start() + m.start(), match.start() + m.end()) for m in _PART.finditer(match[0])
        ]
        for first in range(len(parts)):
            for last in range(first, min(first + 5, len(parts))):
                start, end = parts[first][0], parts[last][1]
                if end - start > 24:
                    break
                if _DIGITS.search(text, start, end):
                    yield start, end


def _code(text: str) -> str:
    """Letters and digits of a code of five to twenty with three digits at least; else nothing."""
    code = re.sub(r"[-./ _]", "", text).upper()
    if not 5 <= len(code) <= 20 or not code.isalnum() or not code.isascii():
        return ""
    return code if sum(c.isdigit() for c in code) >= 3 else ""


def _looks_like_a_number(part: str) -> bool:
    """Capitals and digits that are no year: ``KAA 123B``, ``AB-12345``; not ``Law 1448``."""
    groups = _PART.findall(part)
    words = [g for g in groups if g.isalpha()]
    if any(_YEAR.fullmatch(g) for g in groups) or any(not w.isupper() or len(w) > 4 for w in words):
        return False
    return part.upper() == part and any(c.isalpha() for c in part)


def _places(text: str) -> Iterator[Identifier]:
    for match in _PLACE.finditer(text):
        north, east = (float(match[n].replace(",", ".").replace("−", "-")) for n in (1, 2))
        if abs(north) <= 90 and abs(east) <= 180:
            form = f"place {int(abs(north) * 1000)} {int(abs(east) * 1000)}"
            yield Identifier(*match.span(), form, "coordinates")


_FINDERS = dict(
    zip(KINDS, (_mails, _accounts, _accounts_behind_at, _numbers, _codes, _places), strict=True)
)
