"""A learned guess of what a column is, for headings that no vocabulary has.

Learned from invented headings of six languages and from the kinds of their cells
(``hrdresearch/vocab/list_examples``); no cell of them is kept. A line of examples may be a column that is
no field of any list, so that a column may be told to be none. It is always a guess of a person to confirm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hrdresearch.clean.word_forms import fold
from hrdresearch.run.own_lists.contents import Column
from hrdresearch.run.own_lists.words import tells_of_birth
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.list_examples import heading_examples

NONE = "none"  # the class of columns that no list reads
SURE_ENOUGH = 0.25  # with headings left out, 95 per cent of its proposals are right from here on
NEAR = 0.65  # a heading of the vocabulary with words more, or below another heading
AGAINST_NEAR = 0.55  # for another field in place of a near one
NONE_AGAINST_NEAR = 0.85  # for no field in place of a near one
LOOKED_AT = 20  # distinct values of a column
MOSTLY = 0.6  # share of the values that are of a kind
HALF, FEW = 0.5, 0.3
KNOWN = 0.9  # a heading of the vocabulary or of the examples is not guessed
LEARNED, OTHERS = 0.8, 0.5  # what a heading says by a learned guess; at most, of other fields then
OF_NAMES = ("person", "name_part")
OTHER_PART = {"family_name": "given_name", "given_name": "family_name"}
SHARP, OF_CELLS, OF_WORDS = 3.0, 0.7, 0.7  # weights, the same in every list
KINDS = (
    "state",
    "sex",
    "url",
    "coordinate",
    "number",
    "age",
    "year",
    "month",
    "day",
    "identifier",
    "person",
    "name_part",
    "place",
)
_SCRIPTS = {"arabic": re.compile(r"[\u0600-\u06ff]"), "cyrillic": re.compile(r"[\u0400-\u04ff]")}


@dataclass(frozen=True)
class Learned:
    """The field that a column is guessed to be, "none" for a column that is none, and how surely (0 to 1)."""

    field: str
    share: float


def with_learned(
    columns: Sequence[Column], scores: Sequence[Mapping[str, float]], table: str
) -> list[dict[str, float]]:
    """What headings say of each column, with the learned guess where no heading is known.

    Beside a known column of surnames (given names), what looks like a whole name is the given name (surname).
    """
    beside = [OTHER_PART[f] for s in scores for f in OTHER_PART if s.get(f, 0.0) >= KNOWN]
    of_name = {0: "name", 1: beside[0] if beside else ""}.get(len(set(beside)), "")
    return [_with_guess(c, s, table, of_name) for c, s in zip(columns, scores, strict=True)]


def _with_guess(
    column: Column, score: Mapping[str, float], table: str, of_name: str
) -> dict[str, float]:
    known = vocabulary("list_fields")["fields"]
    marks = {f: m for f, m in score.items() if table in known[f].get("of", (table,))}
    best = max(marks.values(), default=0.0)
    first = [f for f, m in marks.items() if m == best and best >= KNOWN]
    if (
        len(first) == 1
        or tells_of_birth(column.heading)
        or any(known[f]["kind"] in OF_NAMES for f in first)
    ):
        return dict(score)
    guess = learned_field(column, table)
    if guess.field == "name" and not of_name:  # the list has both parts of it
        return dict(score)
    guess = replace(guess, field=of_name) if guess.field == "name" else guess
    near = {f for f, m in marks.items() if m >= NEAR and "of" in known[f]}
    against = NONE_AGAINST_NEAR if guess.field == NONE else AGAINST_NEAR
    least = SURE_ENOUGH if guess.field in near or not near else against
    is_repeated = guess.field == "case_id" and not column.is_unique  # rather of an event
    if guess.share < least or is_repeated or (first and guess.field not in first):
        return dict(score)
    if first:  # a heading of several fields: the one that columns of other lists are
        return {f: m if f == guess.field else min(m, OTHERS) for f, m in score.items()}
    return {guess.field: LEARNED}


def learned_field(column: Column, table: str) -> Learned:
    """What a column of a table looks like, by its heading and the kinds of its cells."""
    if not fold(column.heading) or not column.values:
        return Learned(NONE, 0.0)
    return _learned(column.heading, " ".join(kinds_of(column)), table)


def kinds_of(column: Column) -> tuple[str, ...]:
    """Kinds of the cells of a column, as words: what they hold, which codes they name, how long they are."""
    column = replace(column, cells=column.values[:LOOKED_AT])
    values = column.values
    shares = {kind: column.share(kind) or 0.0 for kind in KINDS}
    shares |= {"date": column.dates.share, "yes_no": column.yes_or_no}
    found = [kind for kind, share in shares.items() if share >= MOSTLY]
    found += ["division"] * (column.divisions >= FEW) + ["long"] * column.is_long_text
    found += [f"codes_{name}" for name in _coded() if column.coded(name) >= HALF]
    found += ["digit"] * any(c.isdigit() for value in values for c in value)
    words = sum(len(value.split()) for value in values) / len(values) if values else 0
    return (*sorted(found), "words1" if words < 1.5 else "words3" if words < 4 else "words9")


@cache
def _coded() -> tuple[str, ...]:
    """Vocabularies that cells may lead to."""
    fields = vocabulary("list_fields")["fields"].values()
    return tuple(sorted({entry["codes"] for entry in fields if "codes" in entry} - {"asked_fact"}))


@cache
def _learned(heading: str, kinds: str, table: str) -> Learned:
    import numpy as np

    heads, cells, model = _model(script_of(heading))
    marks = np.exp(SHARP * model.decision_function(_marked(heads, cells, [fold(heading)], [kinds])))
    known = vocabulary("list_fields")["fields"]
    shares = {
        str(field): float(mark)
        for field, mark in zip(model.classes_, (marks / marks.sum())[0], strict=True)
        if field == NONE or table in known[field].get("of", (table,))
    }
    best = max(shares, key=lambda field: shares[field])
    return Learned(best, shares[best])


def script_of(text: str) -> str:
    """Script of a heading: examples of other scripts tell nothing of it.

    >>> [script_of(t) for t in ("Fecha", "Дата", "تاريخ")]
    ['latin', 'cyrillic', 'arabic']
    """
    return next((name for name, letters in _SCRIPTS.items() if letters.search(text)), "latin")


@cache
def _model(script: str) -> tuple[Any, Any, Any]:
    """Pieces of words of headings, kinds of cells, and the classes learned from the examples of a script."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    examples = [e for e in heading_examples() if script_of(e.heading) == script]
    heads = [
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), sublinear_tf=True),
        TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True),
    ]
    cells = TfidfVectorizer(token_pattern=r"\S+")
    texts, kinds = [fold(e.heading) for e in examples], [e.kinds for e in examples]
    for pieces in heads:
        pieces.fit(texts)
    cells.fit(kinds)
    model = LinearSVC(tol=1e-2, random_state=0)
    return heads, cells, model.fit(_marked(heads, cells, texts, kinds), [e.field for e in examples])


def _marked(heads: Sequence[Any], cells: Any, texts: Sequence[str], kinds: Sequence[str]) -> Any:
    from scipy.sparse import hstack

    pieces, words = (vectors.transform(texts) for vectors in heads)
    return hstack([pieces, OF_WORDS * words, OF_CELLS * cells.transform(kinds)]).tocsr()
