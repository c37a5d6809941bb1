"""Task sentence: how well parsed sentences agree with labelled ones.

A labelled file has the columns language, text, kind, minimum, maximum. The last two are years, empty
where there is no length (life, death, pending) or where it is open. Agreement is exact: kind,
minimum and maximum, to a thousandth of a year. A set that its authors wrote is a regression test.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.coding.sentence import KINDS, parse_sentence
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import read_filled_sheet

FORMATS = ("csv",)
COLUMNS = ("language", "text", "kind", "minimum", "maximum")
CLOSE = 0.001


def evaluate(file: Path, format_: str | None, model: Path | None) -> dict[str, Any]:  # noqa: ARG001
    """Exact agreement over all, by language and by kind; ``report`` is the text for people."""
    labelled = _read_labelled_sentences(file)
    read = [parse_sentence(t) for t in labelled["text"]]
    exact = pd.Series(
        [
            s.kind == kind and _is_same_length(s.minimum, low) and _is_same_length(s.maximum, high)
            for s, kind, low, high in zip(
                read, labelled["kind"], labelled["minimum"], labelled["maximum"], strict=True
            )
        ]
    )
    kinds = pd.Series([s.kind for s in read]) == labelled["kind"]
    wrong = [
        {"row": int(row) + 2, "language": str(labelled.at[row, "language"])}
        for row in exact.index[~exact]
    ]
    result: dict[str, Any] = {
        "task": "sentence",
        "n": len(exact),
        "exact": float(exact.mean()),
        "kind": float(kinds.mean()),
        "by_language": _agreement_by(exact, labelled["language"]),
        "by_kind": _agreement_by(exact, labelled["kind"]),
        "unparsed": sum(s.kind == "unparsed" for s in read),
        "disagreements": wrong,
    }
    return {**result, "report": _report(result)}


def _read_labelled_sentences(file: Path) -> pd.DataFrame:
    frame = read_filled_sheet(file, COLUMNS, "a labelled file")
    if frame.empty:
        raise RunError(f"{file.name} lacks rows: no sentence in it is labelled")
    unknown = sorted(set(frame["kind"]) - set(KINDS))
    if unknown:
        raise RunError(f"{file.name}: kind is one of {', '.join(KINDS)}, not {', '.join(unknown)}")
    for column in ("minimum", "maximum"):
        numbers = pd.to_numeric(frame[column].replace("", None), errors="coerce")
        odd = frame.index[(frame[column] != "") & numbers.isna()]
        if len(odd):
            raise RunError(f"{file.name}, row {odd[0] + 2}: {column} is no number of years")
        frame[column] = numbers
    return frame


def _is_same_length(found: float | None, labelled: float) -> bool:
    if found is None or pd.isna(labelled):
        return found is None and bool(pd.isna(labelled))
    return abs(found - labelled) <= CLOSE


def _agreement_by(exact: pd.Series, groups: pd.Series) -> dict[str, dict[str, float]]:
    return {
        str(name): {"n": len(group), "exact": float(group.mean())}
        for name, group in exact.groupby(groups)
    }


def _report(result: dict[str, Any]) -> str:
    lines = [
        f"{result['n']} labelled sentences; exact agreement {result['exact']:.3f} "
        f"(kind {result['kind']:.3f}); {result['unparsed']} read by no rule",
        *(
            f"  {name}: {group['exact']:.3f} of {group['n']}"
            for name, group in result["by_language"].items()
        ),
    ]
    if result["disagreements"]:
        rows = ", ".join(str(d["row"]) for d in result["disagreements"])
        lines.append(f"Rows that disagree: {rows}")
    return "\n".join(lines)
