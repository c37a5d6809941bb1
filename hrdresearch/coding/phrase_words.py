"""Phrases of a vocabulary, which are regular expressions, as words that a reader understands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

READING = (
    "A stroke stands between words of which one is enough; what stands in square brackets may be "
    "missing; an ellipsis stands for any word, or for some words of the same sentence."
)
SET = r"\[\^?[^\]]*\]"
TOKENS = re.compile(rf"\\.|\(\?[:!]|{SET}|\{{\d+,\d*\}}|.")
QUANTIFIER = re.compile(r"[?*+]|\{(\d+),\d*\}")
ANY = " … "


def phrase_in_words(pattern: str) -> str:
    """A regular expression of ``vocab`` in words.

    >>> phrase_in_words(r"\\b(?:human[- ]rights?|land) (?:\\w+ )?(?:defenders?|activists?)\\b")
    '(human right[s]/land) [… ](defender[s]/activist[s])'
    """
    tokens = [token[0] for token in TOKENS.finditer(pattern)]
    words = _alternatives(iter(_with_quantifiers(tokens)))
    return re.sub(r" +", " ", words.replace("……", "…")).strip()


@dataclass(frozen=True)
class _Part:
    """A token of a pattern, and whether it may be missing."""

    token: str
    may_miss: bool = False


def _with_quantifiers(tokens: list[str]) -> list[_Part]:
    """Tokens joined with their quantifiers; a bracket that closes a group carries that of the group."""
    parts: list[_Part] = []
    for token in tokens:
        hit = QUANTIFIER.fullmatch(token)
        if hit and parts:
            may_miss = token in "?*" or hit[1] == "0"
            parts[-1] = _Part(parts[-1].token, may_miss)
        else:
            parts.append(_Part(token))
    return parts


def _alternatives(parts: Iterator[_Part]) -> str:
    """Words of a group up to its closing bracket, with strokes between its alternatives."""
    several = [""]
    for part in parts:
        if part.token == ")":
            inside = "/".join(several)
            if part.may_miss:
                return f"[{inside}]"
            return f"({inside})" if len(several) > 1 else inside
        if part.token == "|":
            several.append("")
        elif part.token == "(?:":
            several[-1] += _alternatives(parts)
        elif part.token == "(?!":
            several[-1] += f" (not before {_alternatives(parts).strip()})"
        else:
            several[-1] += _word(part)
    return "/".join(several)


def _word(part: _Part) -> str:
    token = part.token
    if token == r"\b":
        return ""
    if token == r"\w":
        return "…"
    if token.startswith("[^"):
        return ANY
    if token.startswith("["):
        token = _of_set(token[1:-1])
    elif token.startswith("\\"):
        token = token[1:]
    elif token == ".":
        token = "…"
    return f"[{token}]" if part.may_miss and token not in ("…", " ") else token


def _of_set(signs: str) -> str:
    """One sign of a set: a space or an apostrophe where it has one, else all of its letters."""
    if " " in signs:
        return " "
    if "'" in signs or "’" in signs:
        return "’"
    return "…" if "-" in signs[1:-1] else f"({'/'.join(signs)})"
