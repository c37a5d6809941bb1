"""Recompute every number of the text of public reports with plain pandas, by none of our code.

Usage: recompute_numbers.py OUT WORK. Reads claims.json and the tables of the build; counts rows,
distinct values, smallest, largest and shares again by the filter that each claim carries. Prints
how many agree, differ, and were not recomputed (published figures, estimates, measures of the
build); exits 1 where one differs or a report has none. Of a restricted list only the names are printed.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

ROUNDED = 5


def main(out: Path, work: Path) -> int:
    """Recompute the newest report of each scope; the exit status."""
    failed = 0
    for file in sorted(out.glob("*/*/latest/claims.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        manifest = json.loads((file.parent / "manifest.json").read_text(encoding="utf-8"))
        tables = {
            study: {p.stem: pd.read_parquet(p) for p in (work / study / build).glob("*.parquet")}
            for study, build in data["builds"].items()
        }
        in_text = {name for name, _, is_text in data["printed"] if is_text}
        counts: Counter[str] = Counter()
        for name in sorted(in_text):
            claim = data["claims"][name]
            outcome = _outcome(claim, data["claims"], tables[claim["study"]])
            if outcome.startswith("differs") and _is_rounded(outcome, claim, data):
                outcome = "agree but for the rounding of a list"
            counts[outcome.partition(":")[0]] += 1
            if outcome.startswith("differs"):
                is_public = manifest["policy"]["public_by_name"]
                print(f"  {name}: {outcome if is_public else 'differs'}")
        failed += counts["differs"] > 0
        told = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()))
        print(f"{file.parent.parent.relative_to(out)} ({manifest['study']}): {told}")
    return int(failed > 0)


def _outcome(claim: Any, claims: Any, tables: dict[str, pd.DataFrame]) -> str:
    kind, _, what = claim["measure"].partition(":")
    if claim["status"] != "shown":
        return "not shown"
    if kind == "share" and ":" in what:
        part, whole = (claims[name]["value"] for name in what.split(":"))
        return _compare(round(100 * part / whole, 6), round(claim["value"], 6))
    frame = tables.get(claim["table"])
    if kind not in ("rows", "distinct", "smallest", "largest") or frame is None:
        return f"not recomputed: {kind}"
    for column, wanted in claim["filter"].items():
        if column not in frame:
            return "not recomputed: a column that is made while counting"
        frame = frame[_kept(frame[column], wanted, column.endswith("_codes"))]
    if kind == "rows":
        return _compare(len(frame), claim["value"])
    column = frame[what].dropna()
    found = {"distinct": column.nunique, "smallest": column.min, "largest": column.max}[kind]()
    return _compare(found, claim["value"])


def _is_rounded(outcome: str, claim: Any, data: Any) -> bool:
    """Whether the number is rounded to five, as all numbers of its table on this page are."""
    of_table = [
        c["value"]
        for c in data["claims"].values()
        if c["table"] == claim["table"]
        and c["status"] == "shown"
        and c["unit"] == claim["unit"]
        and c["measure"] == claim["measure"]
    ]
    found, printed = outcome.removeprefix("differs: ").split(" is not ")
    return all(n % ROUNDED == 0 for n in of_table) and abs(int(found) - int(printed)) <= ROUNDED / 2


def _compare(found: object, printed: object) -> str:
    return "agree" if found == printed else f"differs: {found} is not {printed}"


def _kept(cells: pd.Series, wanted: object, several: bool) -> pd.Series:
    """Which rows a filter keeps, read from the words of the data dictionary."""
    if isinstance(wanted, dict):
        if "all" in wanted:
            kept = pd.Series(True, index=cells.index)
            for each in wanted["all"]:
                kept &= _kept(cells, each, several)
            return kept
        if "recorded" in wanted:
            return cells.notna() == wanted["recorded"]
        if "joined" in wanted:
            how_many = cells.str.count(r"\|").add(1).astype("Int64")
            return _kept(how_many, wanted["joined"], False)
        if "holds" in wanted:
            return cells.map(lambda c: wanted["holds"] in str(c).split("|")).astype(bool)
        if unknown := set(wanted) - {"from", "to", "below"}:
            raise ValueError(f"a filter says {', '.join(sorted(unknown))}: not known here")
        kept = cells.notna()
        for key, compare in (("from", "ge"), ("to", "le"), ("below", "lt")):
            if wanted.get(key) is not None:
                limit = pd.Timestamp(wanted[key]) if cells.dtype.kind == "M" else wanted[key]
                kept &= getattr(cells, compare)(limit).fillna(False).astype(bool)
        return kept
    values = wanted if isinstance(wanted, list) else [wanted]
    empty = cells.isna() if None in values else pd.Series(False, index=cells.index)
    chosen = {str(v) for v in values if v is not None}
    if several:
        return empty | cells.map(lambda c: bool(chosen & set(str(c).split("|")))).astype(bool)
    return empty | (cells.notna() & cells.astype(str).isin(chosen))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
