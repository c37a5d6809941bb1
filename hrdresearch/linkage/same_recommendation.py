"""Finds the same recommendation in two sources: by symbol and paragraph, else by its text.

Symbols are compared without addendum or correction ("A/HRC/25/5/Add.1" is about "A/HRC/25/5"). Texts are
compared without case, punctuation and a "To" at the beginning. Of the recommendations of a review that are
then not matched, two are the same where nine words of ten agree. A text that stands word for word within a
text of the other source is a part of it, because one source may list apart what another joins in one
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pandas as pd
from anyascii import anyascii
from rapidfuzz.distance import Indel

MOST_ALIKE = 0.9  # words that two texts have in common, in the same order, of the words of both
FEWEST_WORDS = 3  # a text of fewer words is no part of another
_REVIEW = ["state_iso3", "session"]
_SYMBOL = re.compile(r"A/HRC/(?:WG\.6/)?\d+/(?:L\.)?\d+")


def comparable_text(text: str) -> str:
    """Text of a recommendation without case, accents and punctuation, to compare it with another.

    >>> comparable_text("Protect defenders!") == comparable_text("protect  defenders")
    True
    """
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(text).casefold()))


def match_recommendations(recommendations: pd.DataFrame) -> tuple[pd.Series, list[dict[str, Any]]]:
    """Match the recommendations of several sources, and count the differences between sources.

    recommendations: rows of all sources. Returns two things. First, on the same index, the identifier of
    the same recommendation in an earlier source (None where there is none). Second, a record for each pair
    of sources a and b, which counts: the reviews in both; the recommendations of these reviews in each
    (in_a, in_b), and how many of them are supported; those in both (same); those that are a part of a text
    of the other source, or hold one (part_a, part_b); all others (only_a, only_b); and how many of ``same``
    differ in position, recommending States and wording.
    """
    frame = recommendations.assign(
        _text=recommendations["text"].map(comparable_text).str.removeprefix("to "),
        _symbol=recommendations["document_symbol"].map(_root),
    )
    same = pd.Series([None] * len(frame), index=frame.index, dtype="object")
    differences = []
    for a, b in combinations(list(dict.fromkeys(frame["source"])), 2):
        first, second = frame[frame["source"] == a], frame[frame["source"] == b]
        match = _matches(first, second)
        match |= _alike(first.drop(index=list(match.values())), second.drop(index=list(match)))
        same.update(
            pd.Series(
                {j: first.at[i, "recommendation_id"] for j, i in match.items()}, dtype="object"
            )
        )
        differences.append({"a": a, "b": b, **_differences(first, second, match)})
    return same, differences


def _matches(first: pd.DataFrame, second: pd.DataFrame) -> dict[Any, Any]:
    """Index of each matched row of the second source -> index of the row of the first."""
    by_symbol: dict[tuple[str, str, str], Any] = {}
    by_text: dict[tuple[str, int, str], Any] = {}
    for i, (state, symbol, paragraph, session, text) in zip(first.index, _keys(first), strict=True):
        if symbol and paragraph:
            by_symbol[state, symbol, paragraph] = i
        by_text[state, session, text] = i
    found = {}
    for j, (state, symbol, paragraph, session, text) in zip(
        second.index, _keys(second), strict=True
    ):
        hit = by_symbol.get((state, symbol, paragraph)) if symbol and paragraph else None
        hit = by_text.get((state, session, text)) if hit is None else hit
        if hit is not None:
            found[j] = hit
    return found


def _alike(first: pd.DataFrame, second: pd.DataFrame) -> dict[Any, Any]:
    """As ``_matches``: each row at most once, the pairs most alike first."""
    pairs = sorted(
        (-Indel.normalized_similarity(x.split(), y.split()), j, i)
        for (i, x), (j, y) in _of_one_review(first, second)
    )
    found: dict[Any, Any] = {}
    taken: set[Any] = set()
    for unlike, j, i in pairs:
        if -unlike >= MOST_ALIKE and j not in found and i not in taken:
            found[j] = i
            taken.add(i)
    return found


def _parts(first: pd.DataFrame, second: pd.DataFrame) -> tuple[set[Any], set[Any]]:
    """Rows of each source whose text is part of a text of the other, or holds one."""
    held = [
        (i, j)
        for (i, x), (j, y) in _of_one_review(first, second)
        for short, long in (sorted((x, y), key=len),)
        if len(short.split()) >= FEWEST_WORDS and f" {short} " in f" {long} "
    ]
    return {i for i, _ in held}, {j for _, j in held}


def _of_one_review(
    first: pd.DataFrame, second: pd.DataFrame
) -> Iterator[tuple[tuple[Any, str], tuple[Any, str]]]:
    """Index and text of each row of the first beside each of the second on the same review."""
    by_review = {review: rows["_text"] for review, rows in first.groupby(_REVIEW, dropna=False)}
    for review, rows in second.groupby(_REVIEW, dropna=False):
        others = by_review.get(review, pd.Series(dtype="object"))
        yield from product(others.items(), rows["_text"].items())


def _keys(frame: pd.DataFrame) -> Iterator[tuple[str, str, str, int, str]]:
    columns = ("state_iso3", "_symbol", "paragraph", "session", "_text")
    for state, symbol, paragraph, session, text in zip(*(frame[c] for c in columns), strict=True):
        yield str(state), str(symbol), str(paragraph), _number(session), str(text)


def _differences(
    first: pd.DataFrame, second: pd.DataFrame, match: dict[Any, Any]
) -> dict[str, int]:
    reviews = set(zip(first["state_iso3"], first["session"].map(_number), strict=True)) & set(
        zip(second["state_iso3"], second["session"].map(_number), strict=True)
    )
    shared = [
        [key in reviews for key in zip(f["state_iso3"], f["session"].map(_number), strict=True)]
        for f in (first, second)
    ]
    left = (
        first[shared[0]].drop(index=list(match.values()), errors="ignore"),
        second[shared[1]].drop(index=list(match), errors="ignore"),
    )
    part_a, part_b = _parts(left[0], second)[0], _parts(first, left[1])[1]
    out = {
        "reviews": len(reviews),
        **{
            f"{key}_{side}": int(count)
            for side, frame, own in (("a", first, shared[0]), ("b", second, shared[1]))
            for key, count in (
                ("in", sum(own)),
                ("supported", (frame.loc[own, "response_code"] == "supported").sum()),
            )
        },
        "same": len(match),
        "part_a": len(part_a),
        "part_b": len(part_b),
        "only_a": len(left[0]) - len(part_a),
        "only_b": len(left[1]) - len(part_b),
    }
    for fact, key in (
        ("response_code", "position"),
        ("recommending_codes", "states"),
        ("_text", "wording"),
    ):
        out[f"other_{key}"] = sum(
            _as_set(first.at[i, fact]) != _as_set(second.at[j, fact]) for j, i in match.items()
        )
    return out


def _as_set(value: Any) -> frozenset[str]:
    return frozenset(str(value).split("|"))


def _root(symbol: str) -> str:
    hit = _SYMBOL.search(symbol)
    return hit[0] if hit else ""


def _number(session: Any) -> int:
    return -1 if pd.isna(session) else int(session)
