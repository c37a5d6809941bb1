"""Recommending States in the brackets at the end of a recommendation.

"(Chile) (France); (Japan)", "(Chile, France and Japan)", "(Venezuela (Bolivarian Republic of))": a
bracket counts when all that it holds are names of States and nothing of the sentence follows it. A
paragraph may hold several requests, each with its own brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hrdresearch.sources.recommendations_sheet import names_in, state_code

_AFTER = re.compile(r"\s*(?:[;.,:]|\(|\[|$|and\s*\(|\u2026|\*|\d*\s*$|-\s*\()")
_LOOSE_END = re.compile(r"[\s;.,]+$")


@dataclass(frozen=True)
class Recommended:
    """Text without the brackets of States, their names, and a last bracket that is no State."""

    text: str
    states: tuple[str, ...]
    unknown: str = ""


def split_states(text: str) -> Recommended:
    """Part a recommendation from the States that made it."""
    text = re.sub(r"\s+", " ", text.replace("\u200b", "")).strip()
    kept, states, at = [], [], 0
    last = ""
    for start, end in _groups(text):
        inner = text[start + 1 : end - 1].strip()
        names = names_in(inner)
        known = [n for n in names if state_code(n)]
        is_last = not _LOOSE_END.sub("", text[end:])
        if known and len(known) == len(names) and _AFTER.match(text[end:]):
            kept.append(text[at:start])
            states += known
            at = end
        elif known and is_last:
            kept.append(text[at:start])
            states += known
            last = "; ".join(n for n in names if not state_code(n))
            at = end
        elif is_last:
            last = inner
    kept.append(text[at:])
    whole = re.sub(r"\s*[;,.]?\s*(?:and\s*)?[;,.]\s*(?=[;,.]|$)", "", " ".join(kept))
    whole = re.sub(r"\s+([;,.])", r"\1", re.sub(r"(?:\s*[;,])+\s*$", "", " ".join(whole.split())))
    return Recommended(whole.strip(" ;,"), tuple(dict.fromkeys(states)), last)


def _groups(text: str) -> list[tuple[int, int]]:
    """Outermost brackets: start, and end after the closing one; one left open runs to the end."""
    out, depth, start = [], 0, 0
    for i, sign in enumerate(text):
        if sign == "(":
            if not depth:
                start = i
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
            if not depth:
                out.append((start, i + 1))
    if depth:
        tail = text[start:].rstrip(" ;.")
        out.append((start, start + len(tail) + 1) if tail.endswith(")") else (start, len(text) + 1))
    return out
