"""A researcher's own labels: kinds of attack or plain words, of one person or of several."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
ANNOTATORS = ("annotator", "coder")
NAMED = 5  # rows that an error names


def read_own_labels(file: Path, facts: Mapping[str, Any]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Messages with their labels, and sentences on them; facts: part ``own`` of label_formats.yml.

    Columns: text, is_attack; is_threat and kinds where every label says its kinds; language and split
    where the file has them. Of several persons a label stands that at least half of them gave. Raises
    RunError, which names rows and what is expected there.
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
    long = frame.melt([c for c in frame if c not in columns], columns, value_name="cell")
    long = long.assign(row=[*frame.index] * len(columns), cell=long["cell"].str.strip())
    votes = long[(long["cell"] != "") & (long["text"].str.strip() != "")].sort_values(
        "row", kind="stable"
    )
    left = len(frame) - votes["row"].nunique()
    said = [f"{left} rows have no text or no label and were left out."] if left else []
    if votes.empty:
        raise RunError(f"{file.name}: no row has a text and a label")
    votes["codes"] = pd.Series(_codes(file, votes, facts["plain"]), index=votes.index)
    messages = votes.groupby(by, sort=False)
    if (several := messages.size() > 1).any():
        said.append(_agreement(votes[votes[by].isin(several[several].index)].groupby(by)))
    kept = [c for c in ("text", "language", "split") if c in votes and c != by]
    merged = messages[kept].first().reset_index() if kept else messages.size().reset_index()
    says = votes["codes"].map(lambda codes: bool(codes - set(NOT_ATTACKS)))
    merged["is_attack"] = (says.groupby(votes[by], sort=False).mean() >= 0.5).to_numpy()
    if votes["codes"].map(lambda codes: "attack" in codes).any():
        return merged, (*said, "The labels do not say which messages are threats.")
    says = votes["codes"].map(lambda codes: bool(codes & set(THREATS)))
    merged["is_threat"] = (says.groupby(votes[by], sort=False).mean() >= 0.5).to_numpy()
    merged["kinds"] = messages["codes"].agg(_common).to_numpy()
    return merged, tuple(said)


def part_of_own(file: Path, column: pd.Series, parts: Mapping[str, str]) -> pd.Series:
    """Part of each message, train or test, from the words in column ``split``."""
    words = column.str.strip().str.casefold()
    found = pd.Series("", index=column.index)
    for part, begins in parts.items():
        found = found.mask(words.str.match(begins), part)
    if (found == "").any():
        raise RunError(f"{file.name}: column split says train or test of each message")
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


def _codes(file: Path, votes: pd.DataFrame, plain: Mapping[str, list[str]]) -> list[frozenset[str]]:
    """Codes of each label, from codes of the vocabulary and from plain words."""
    words = {word: code for code, words in plain.items() for word in words}
    known = {*KINDS, "attack"}
    codes, wrong = [], {}
    for row, cell in zip(votes["row"], votes["cell"], strict=True):
        parts = [part.strip().casefold() for part in cell.removesuffix(".0").split("|")]
        found = frozenset(words.get(part, part) for part in parts)
        if found - known or ("none" in found and len(found) > 1):
            wrong[row] = sorted(found - known) or ["none beside another label"]
        codes.append(found)
    if wrong:
        told = "; ".join(f"row {row}: {', '.join(w)}" for row, w in list(wrong.items())[:NAMED])
        raise RunError(
            f"{file.name}: {len(wrong)} labels are no kind of vocabulary attack_kind, and not attack or none "
            f"({told}). Kinds are {', '.join(KINDS)}"
        )
    return codes


def _common(codes: pd.Series) -> frozenset[str]:
    """Kinds that at least half of the persons gave."""
    given = codes.explode().value_counts()
    return frozenset(given.index[given * 2 >= len(codes)])


def _agreement(votes: Any) -> str:
    """How far the first two persons agree on each message: attack or none."""
    says = votes["codes"].agg(lambda c: ["attack" if x - set(NOT_ATTACKS) else "none" for x in c])
    both = compare_coders([s[0] for s in says], [s[1] for s in says], OWN_CLASSES)
    kappa = "" if both.kappa is None else f", kappa {both.kappa:.2f}"
    return (
        f"{both.units} messages have labels of several persons; on attack or none the first two agree on "
        f"{both.alike} of them{kappa}. A label stands that at least half of the persons gave."
    )
