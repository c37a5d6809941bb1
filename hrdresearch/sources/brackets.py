"""Recommending States in the brackets at the end of a recommendation.

"(Chile) (France); (Japan)", "(Chile, France and Japan)", "(Venezuela (Bolivarian Republic of))": a
bracket counts when it contains names of States only and the sentence does not go on after it. A
paragraph may contain several requests, each with its own brackets. Marks of footnotes after a
bracket, a bracket that is not closed, and one that is closed twice are common in drafts and are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hrdresearch.sources.recommendations_sheet import split_state_names, state_code

_MARK = r"(?:\d{1,3}|\[\d{1,3}\]|[*†‡§]{1,3}|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3})"
_AFTER = re.compile(
    rf"\)?\s*(?P<mark>{_MARK}\s*(?=[;.,:(\[]|$))?\s*(?:[;.,:/&\u2026–-]*\s*(?:and\s*|et\s*|y\s*)?"
    rf"(?P<more>[(\[]|$)|[;.,:])",
)
_MARK_AT_END = re.compile(rf"[\s;.,]*(?:(?<=[);.,\]\s]){_MARK})?[\s;.,]*$")
_LEFT_OPEN = re.compile(r"(?:^|\s)(?P<name>\S+(?:\s+\S+){0,8})\)[\s;.,]*$")
_ON_BEHALF = re.compile(r"\s*,?\s*\b(?:also )?(?:on behalf of|speaking for)\b.*", re.IGNORECASE)
_SERIES = r"(?P<number>\(?(?P<series>\d{1,3})\.(?P<own>\d{1,3})(?!\d|\.\d)[.)]{0,2}"
_FIRST = re.compile(rf"\s*{_SERIES})")
_NEXT = re.compile(rf"(?P<gap>\n\s*|[)\].;]\s+){_SERIES}\s+(?=\S))")
_JOINED = re.compile(r"[\s;,.:/&\u2026–-]*(?:\b(?:and|et|y))?[\s;,.:/&\u2026–-]*")


@dataclass(frozen=True)
class RecommendationParts:
    """A recommendation in its parts.

    text: the text without the brackets of States. states: names of the States. unknown: names in
    the last bracket that are not States, joined by "; ". requests: number of parts of the text with
    States of their own; more than one where two recommendations share a paragraph.
    """

    text: str
    states: tuple[str, ...]
    unknown: str = ""
    requests: int = 1

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the States, and after them the names that are not States."""
        return (*self.states, self.unknown) if self.states and self.unknown else self.states


def split_off_states(text: str) -> RecommendationParts:
    """Split a recommendation into its text and the States that made it.

    >>> split_off_states("Protect human rights defenders (Chile) (France);").states
    ('Chile', 'France')
    """
    text = re.sub(r"\s+", " ", text.replace("\u200b", "")).strip()
    kept: list[str] = []
    states: list[str] = []
    at, unknown = 0, ""
    for start, end in _groups(text):
        known, others = _names(text[start + 1 : end - 1].strip())
        after = _AFTER.match(text, end)
        is_last = bool(_MARK_AT_END.fullmatch(text[end:].lstrip(")")))
        if known and (is_last or (after and not others)):
            kept.append(text[at:start])
            states += known
            at = end + (len(text[end:]) - len(text[end:].lstrip(")")))
            if after and after["mark"]:
                at = after.end("mark")
        if is_last:
            unknown = "; ".join(n for n in others if not n.isdigit())
    rest = text[at:]
    if not states:
        rest, states = _left_open(rest)
        unknown = "" if states else unknown
    elif _MARK_AT_END.fullmatch(rest):
        rest = ""
    kept.append(rest)
    parts = [p for p in kept if _JOINED.sub("", p, count=1).strip()]
    return RecommendationParts(
        _whole(parts), tuple(dict.fromkeys(states)), unknown, max(1, len(parts))
    )


def split_at_numbers(text: str) -> Iterator[str]:
    """Split a cell or paragraph into its recommendations; each begins with its number.

    A number at the beginning of a line begins a recommendation. A number inside a line does so only
    after brackets with States, and if it belongs to the series of the first number and is greater.

    >>> list(split_at_numbers("6.1 Free them (Chile); 6.2 Protect them (France)"))
    ['6.1 Free them (Chile);', '6.2 Protect them (France)']
    """
    first = _FIRST.match(text)
    starts, last = [0], int(first["own"]) if first else -1
    for hit in _NEXT.finditer(text):
        at_line = "\n" in hit["gap"]
        follows = first and hit["series"] == first["series"] and int(hit["own"]) > last
        if at_line or (follows and split_off_states(text[starts[-1] : hit.start("number")]).states):
            starts.append(hit.start("number"))
            last = int(hit["own"])
    ends = [*starts[1:], len(text)]
    yield from (
        part.strip() for a, b in zip(starts, ends, strict=True) if (part := text[a:b]).strip()
    )


def _names(inner: str) -> tuple[list[str], list[str]]:
    """Names of States in a bracket, and names in it that are not States."""
    names = split_state_names(_ON_BEHALF.sub("", inner))
    known = [n for n in names if state_code(n)]
    if len(known) < len(names):
        # a bracket left open between two names: "Chile (Peru"
        parted = split_state_names(re.sub(r"[()\[\]]+", ";", inner))
        if parted and all(state_code(n) for n in parted):
            return parted, []
    return known, [n for n in names if not state_code(n)]


def _left_open(text: str) -> tuple[str, list[str]]:
    """Text and States where a closing bracket was never opened: "... of prisoners Chile)"."""
    hit = _LEFT_OPEN.search(text)
    if hit is None or text.count("(") >= text.count(")"):
        return text, []
    words = hit["name"].split(" ")
    for size in range(len(words), 0, -1):
        name = " ".join(words[-size:])
        if state_code(name):
            return text[: hit.end("name") - len(name)], [name]
    return text, []


def _whole(parts: list[str]) -> str:
    """Join parts of the text, without the punctuation that stood between brackets."""
    cleaned = [
        _JOINED.sub("", p, count=1).rstrip(" ;,") if i else p.rstrip(" ;,")
        for i, p in enumerate(parts)
    ]
    whole = "; ".join(p.strip() for p in cleaned if p.strip())
    return re.sub(r"\s+([;,.])", r"\1", whole).strip(" ;,")


def _groups(text: str) -> list[tuple[int, int]]:
    """Outermost brackets: start, and end after the closing one; one left open runs to the end."""
    out, depth, start = [], 0, 0
    for i, sign in enumerate(text):
        if sign in "([":
            if not depth:
                start = i
            depth += 1
        elif sign in ")]" and depth:
            depth -= 1
            if not depth:
                out.append((start, i + 1))
    if depth:
        tail = text[start:].rstrip(" ;.,*0123456789")
        is_closed = tail.endswith(")") and tail.count("(") > tail.count(")")
        out.append(
            (start, start + len(tail))
            if is_closed and _closes(tail)
            else (start, start + len(tail) + 1)
        )
    return out


def _closes(tail: str) -> bool:
    """Whether the last bracket of the text closes the first: "(Chile (OP-CAT)" does not."""
    return not state_code(tail[1:])
