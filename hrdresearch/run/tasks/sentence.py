"""Task ``sentence``: how well parsed prison sentences agree with labelled ones.

A labelled file has the columns language, text, kind, minimum, maximum. The last two are years; they are
empty if there is no length (life, death, pending) or no limit. Agreement is exact: kind, minimum and
maximum, to a thousandth of a year. A set written by the authors of the rules is a regression test.

It also reads a file of cases as described in ``tests/cases/README.md``, or a folder of such files, and
counts by split and language. Decision 62 gives the result of the first run over the split ``unseen``; every
later run is a regression test.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.coding.sentence import KINDS, Sentence, parse_sentence, parse_sentences
from hrdresearch.run.cases import lines_by_language, share_in_words
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import read_filled_sheet
from hrdresearch.stats.review_budgets import wilson_share

FORMATS = ("csv",)
COLUMNS = ("language", "text", "kind", "minimum", "maximum")
CASES = ("id", "split", "text", "kind", "years_low", "years_high")
HALVES = {
    "seen": "regression: the rules were written on it",
    "unseen": "blind at the first look only (decision 62), a regression since",
}
CLOSE, CLOSE_IN_CASES = 0.001, 0.011  # years; cases give years with two decimals
MARKS = frozenset(
    ("cumulation_unknown", "years_assumed", "unsure")
)  # flags of a reading that says itself that its length is unsure


def evaluate(file: Path, format_: str | None, model: Path | None) -> dict[str, Any]:  # noqa: ARG001
    """Exact agreement in all, by language and by kind; ``report`` is the text for readers."""
    if file.is_dir() or "split" in read_filled_sheet(file, ("text",), "a labelled file").columns:
        return _evaluate_cases(sorted(file.glob("*.csv")) if file.is_dir() else [file])
    labelled = _read_labelled_sentences(file)
    read = list(parse_sentences(labelled["text"]))
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
    return {**result, "report": _report(result, lines_by_language(exact, labelled["language"]))}


def judge_case(found: Sentence, kind: str, low: str, high: str) -> str:
    """Judge a reading of a case: ``right``, ``marked`` (wrong, but flagged as unsure) or ``wrong``.

    kind, low, high: the right answer, see ``tests/cases/README.md``. A partly suspended sentence is right
    with its whole length as maximum; several terms are right with the longest as minimum.
    """
    is_term, flags = found.kind == "term", set(found.flags)
    is_low = low != "" and _is_near(found.minimum, low)
    is_high = high != "" and _is_near(found.maximum, high)
    is_right = {
        "none": found.kind not in ("term", "life", "death", "suspended"),
        "suspended": found.kind == "suspended" and is_low and is_high,
        "term": is_term and is_high and (is_low or "partly_suspended" in flags),
        "range": is_term and is_low and is_high,
        "several": is_term and is_low and (is_high or "cumulation_unknown" in flags),
        "at_least": found.kind in ("term", "life") and is_low and found.maximum is None,
        "at_most": is_term and found.minimum == 0 and is_high,
    }.get(kind, found.kind == kind)
    is_marked = found.kind == "unparsed" or flags & MARKS
    return "right" if is_right else "marked" if is_marked else "wrong"


def _is_near(found: float | None, years: str) -> bool:
    return found is not None and abs(found - float(years)) <= CLOSE_IN_CASES


def _evaluate_cases(files: list[Path]) -> dict[str, Any]:
    """Counts of right, marked and wrong readings by split and language, and ids of those not right."""
    cases = pd.concat([read_filled_sheet(f, CASES, "a file of cases") for f in files])
    columns = ("text", "kind", "years_low", "years_high")
    cases["language"] = cases["id"].str.partition("-")[0]
    cases["judged"] = [
        judge_case(parse_sentence(text, language), kind, low, high)
        for language, text, kind, low, high in zip(
            cases["language"], *(cases[c] for c in columns), strict=True
        )
    ]
    counts = {
        str(half): {
            str(language): {"n": len(group), **group["judged"].value_counts().to_dict()}
            for language, group in rows.groupby("language")
        }
        for half, rows in cases.groupby("split")
    }
    off = cases.loc[cases["judged"] != "right", "id"].tolist()
    lines = []
    for half, by_language in counts.items():
        lines.append(f"{half} ({HALVES.get(half, 'not a known split')})")
        shares = {name: wilson_share(c.get("right", 0), c["n"]) for name, c in by_language.items()}
        lines += [
            f"  {name}: {share_in_words(shares[name])} right, {c.get('wrong', 0)} wrong and not flagged"
            for name, c in by_language.items()
        ]
    report = "\n".join([*lines, *([f"Not right: {', '.join(off)}"] if off else [])])
    return {"task": "sentence", "by_half": counts, "disagreements": off, "report": report}


def _read_labelled_sentences(file: Path) -> pd.DataFrame:
    frame = read_filled_sheet(file, COLUMNS, "a labelled file")
    if frame.empty:
        raise RunError(f"{file.name} has no rows: label some sentences first")
    unknown = sorted(set(frame["kind"]) - set(KINDS))
    if unknown:
        raise RunError(
            f"{file.name}: kind must be one of {', '.join(KINDS)}, not {', '.join(unknown)}"
        )
    for column in ("minimum", "maximum"):
        numbers = pd.to_numeric(frame[column].replace("", None), errors="coerce")
        odd = frame.index[(frame[column] != "") & numbers.isna()]
        if len(odd):
            raise RunError(f"{file.name}, row {odd[0] + 2}: {column} must be a number of years")
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


def _report(result: dict[str, Any], by_language: list[str]) -> str:
    lines = [
        f"{result['n']} labelled sentences; exact agreement {result['exact']:.3f} "
        f"(kind {result['kind']:.3f}); {result['unparsed']} read by no rule",
        *by_language,
    ]
    if result["disagreements"]:
        rows = ", ".join(str(d["row"]) for d in result["disagreements"])
        lines.append(f"Rows that disagree: {rows}")
    return "\n".join(lines)
