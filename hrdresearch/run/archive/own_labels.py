"""Reads a researcher's own labels: kinds of attack or plain words, by one annotator or several."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.coding.attacks.rules import KINDS, NOT_ATTACKS, THREATS
from hrdresearch.privacy.vault import read_stored, sealed_name
from hrdresearch.run.errors import RunError
from hrdresearch.sources.errors import SourceError
from hrdresearch.sources.reading import read_rows
from hrdresearch.stats.kappa import compare_coders

OWN_CLASSES = ("none", "attack")
ATTACKS = {"attack", *KINDS} - set(NOT_ATTACKS)
NAMED = 5  # rows that an error names


def read_own_labels(file: Path, facts: Mapping[str, Any]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Read messages with their labels, and return them with sentences about the labels.

    Columns: text and is_attack; is_threat and kinds if every label says the kind; language and split if
    the file has them. With several annotators, a label counts when at least half of them gave it.
    facts: part ``own`` of label_formats.yml. RunError names wrong rows and what is expected there.
    """
    frame = _rows(file)
    columns = [str(c) for c in frame if re.fullmatch(rf"(?:{facts['label']})(?:_.+)?", str(c))]
    if "text" not in frame or not columns:
        raise RunError(
            f"{file.name} lacks {'text' if 'text' not in frame else 'kinds or label'}; format posts has "
            "the columns text and kinds (codes of vocabulary attack_kind joined by |) or label (attack, "
            "none); for several persons kinds_a, kinds_b, or a row for each with the column annotator"
        )
    by = next(c for c in facts["message"] if c in frame)
    plain = {word: code for code, words in facts["plain"].items() for word in words}
    first: dict[str, Mapping[Any, Any]] = {}
    votes: dict[str, list[frozenset[str]]] = defaultdict(list)
    persons: dict[str, dict[tuple[str, str], frozenset[str]]] = defaultdict(dict)
    wrong: dict[Any, list[str]] = {}
    left = 0
    for row, cells in frame.to_dict("index").items():
        given = [c for c in columns if cells[c].strip() and cells["text"].strip()]
        left += not given
        for column in given:
            parts = cells[column].strip().removesuffix(".0").casefold().split("|")
            codes = frozenset(plain.get(part.strip(), part.strip()) for part in parts)
            if codes - {"attack", *KINDS} or ("none" in codes and len(codes) > 1):
                wrong[row] = sorted(codes - {"attack", *KINDS}) or ["none beside another label"]
            first.setdefault(cells[by], cells)
            votes[cells[by]].append(codes)
            persons[cells[by]].setdefault((cells.get("annotator", ""), column), codes)
    _refuse_wrong(file, wrong)
    if not votes:
        raise RunError(f"{file.name}: no row has a text and a label")
    said = [f"{left} rows have no text or no label and were left out."] if left else []
    said += _agreement([[*p.values()] for p in persons.values() if len(p) > 1])
    kept = [c for c in ("text", "language", "split") if c in frame]
    merged = pd.DataFrame(list(first.values()))[kept]
    merged["is_attack"] = [_say_half(v, ATTACKS) for v in votes.values()]
    if any("attack" in codes for given in votes.values() for codes in given):
        return merged, (*said, "The labels do not say which messages are threats.")
    merged["is_threat"] = [_say_half(v, THREATS) for v in votes.values()]
    kinds = [frozenset(k for k in KINDS if _say_half(v, [k])) for v in votes.values()]
    merged["kinds"] = pd.Series(kinds, dtype="object")
    return merged, tuple(said)


def part_of_own(file: Path, column: pd.Series, parts: Mapping[str, str]) -> pd.Series:
    """Part of each message, train or test, from the words in column ``split``."""
    words = column.str.strip().str.casefold()
    found = pd.Series("", index=column.index)
    for part, begins in parts.items():
        found = found.mask(words.str.match(begins), part)
    if (found == "").any():
        raise RunError(f"{file.name}: write train or test into column split, for each message")
    return found


def _rows(file: Path) -> pd.DataFrame:
    """Cells of a table as text; index: row of the file."""
    stored = file if file.is_file() else sealed_name(file)
    try:
        first, *rest = read_rows(stored, opener=lambda _: read_stored(file)).rows
    except SourceError as error:
        raise RunError(str(error)) from None
    header = [name.strip() for name in first[1]]
    rows = [[*cells, *[""] * len(header)][: len(header)] for _, cells in rest]
    frame = pd.DataFrame(rows, columns=header, index=[n for n, _ in rest], dtype="object")
    return frame.loc[:, ~frame.columns.duplicated()]


def _refuse_wrong(file: Path, wrong: Mapping[Any, list[str]]) -> None:
    if wrong:
        told = "; ".join(f"row {row}: {', '.join(w)}" for row, w in list(wrong.items())[:NAMED])
        raise RunError(
            f"{file.name}: {len(wrong)} rows have a label that is not attack, none or a kind of attack "
            f"({told}). The kinds are {', '.join(KINDS)}"
        )


def _say_half(given: Iterable[frozenset[str]], codes: Collection[str]) -> bool:
    """Whether at least half of the persons gave one of these codes."""
    says = [not codes_given.isdisjoint(codes) for codes_given in given]
    return 2 * sum(says) >= len(says)


def _agreement(several: list[list[frozenset[str]]]) -> list[str]:
    """How far the first two persons agree on each message: attack or none."""
    if not several:
        return []
    first, second = ([OWN_CLASSES[_say_half([v[i]], ATTACKS)] for v in several] for i in (0, 1))
    both = compare_coders(first, second, OWN_CLASSES)
    kappa = "" if both.kappa is None else f", kappa {both.kappa:.2f}"
    return [
        f"{both.units} messages have labels of several persons; the first two agree whether it is an attack "
        f"on {both.alike} of them{kappa}. A label counts when at least half of the persons gave it."
    ]
