"""Finds the same recommendation in two sources: by symbol and paragraph, else by its text.

Symbols are compared without addendum or correction ("A/HRC/25/5/Add.1" is about "A/HRC/25/5");
texts without case, punctuation and the brackets with the names of States.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pandas as pd
from anyascii import anyascii

_SYMBOL = re.compile(r"A/HRC/(?:WG\.6/)?\d+/(?:L\.)?\d+")


def comparable_text(text: str) -> str:
    """Text of a recommendation without case, accents and punctuation, to compare it with another.

    >>> comparable_text("Protect defenders!") == comparable_text("protect  defenders")
    True
    """
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(text).casefold()))


def match_recommendations(recommendations: pd.DataFrame) -> tuple[pd.Series, list[dict[str, Any]]]:
    """Match the recommendations of several sources, and count the differences between sources.

    recommendations: rows of all sources. Returns the identifier of the same recommendation in an
    earlier source, on the same index (None where there is none), and one record for each pair of
    sources a and b: reviews in both; recommendations of these reviews in each (in_a, in_b) and the
    supported ones; same, only_a, only_b; and how many of the same ones differ in position,
    recommending States and wording.
    """
    frame = recommendations.assign(
        _text=recommendations["text"].map(comparable_text),
        _symbol=recommendations["document_symbol"].map(_root),
    )
    same = pd.Series([None] * len(frame), index=frame.index, dtype="object")
    differences = []
    for a, b in combinations(list(dict.fromkeys(frame["source"])), 2):
        first, second = frame[frame["source"] == a], frame[frame["source"] == b]
        match = _matches(first, second)
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
        "only_a": sum(shared[0]) - len(set(match.values())),
        "only_b": sum(shared[1]) - len(match),
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
