"""Recompute every number of the text of reports with plain pandas, by none of our code.

Usage: recompute_numbers.py OUT WORK. Reads claims.json and the tables of the build. Counts, distinct
values, smallest, largest and shares are counted again by the filter that each claim carries; all else
by the line of ``recompute_measures.py`` for its name, the ends of intervals in tables too. Prints how
many numbers

- agree; for each of these, a number changed by two steps of its last digit has to be found,
- agree but for the rounding of a list: numbers of persons are rounded by chance (docs/decisions/0011).
  One agrees within 10 of the count where all of a table are multiples of 5, one that is added up of
  others (a region, all answers but some) within 10 for each, a share when it is the nearest ten per
  cent of its printed counts (five from a whole of 100 on, one from 500 on),
- agree within chance: the report drew by chance, and so does this, with draws of its own,
- stand within bounds only: nothing here recomputes them; they are named, with the reason,
- differ, or were not recomputed: exits 1.

Of a restricted list only names are printed here.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from recompute_intervals import Bounds, Chance
from recompute_measures import again
from recompute_report import Report, kept_rows, of_brief

ROUNDED, FARTHEST = 5, 10  # of a restricted list
SHARES = ((500, 1), (100, 5), (0, 10))  # step of a share in per cent, by printed whole
ENDS = (".low", ".high")  # intervals are recomputed in tables too
SILENT = ("unknown", "not_recorded", "not_asked")
NEAR = 1e-4  # two ways to one number, before it is rounded
PERSONS_IN_LETTERS = "addressed_persons"  # rounded as a restricted list is
OVER_STUDIES = (
    "state-brief",
    "accountability",
    "gender",
)  # reports over the builds of several studies
WITHOUT_ANSWER = 2  # kinds of no answer that are taken from a total to count the known answers


def main(out: Path, work: Path) -> int:
    """Recompute the newest report of each scope; the exit status."""
    failed, bounded = 0, {}
    for file in sorted(out.glob("*/*/latest/claims.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        folders = {study: work / study / build for study, build in data["builds"].items()}
        of_study = {study: _report(folder, file.parent, data) for study, folder in folders.items()}
        counts: Counter[str] = Counter()
        for name in sorted({n for n, _, is_text in data["printed"] if is_text or n.endswith(ENDS)}):
            claim = data["claims"][name]
            short = {n.removeprefix(_prefix(claim)): c for n, c in data["claims"].items()}
            # What a page over several studies computes itself names the study of its numbers next.
            own = claim["study"]
            if own not in of_study:
                own = name.removeprefix(_prefix(claim)).partition(".")[0].replace("_", "-")
            report = of_study[own](short | data["claims"], name)
            outcome = told(report)
            if outcome == "agree" and told(changed(report)).startswith("agree"):
                outcome = "differs: a changed number is not noticed"
            what, _, why = outcome.partition(": ")
            counts[what] += 1
            if what == "within bounds":
                bounded[name] = why
            if what in ("differs", "not recomputed"):
                print(f"  {name}: {what if _is_restricted(claim) else outcome}")
        failed += counts["differs"] + counts["not recomputed"] > 0
        summary = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()))
        print(f"{file.parent.parent.relative_to(out)}: {summary}")
    for why in sorted(set(bounded.values())):
        print(f"only within bounds, {why}: {', '.join(n for n in bounded if bounded[n] == why)}")
    return int(failed > 0)


def _report(build: Path, folder: Path, data: Any) -> Any:
    """What makes a ``Report`` of a claim: the tables of its build; of a brief, those of its State too."""
    whole = {p.stem: pd.read_parquet(p) for p in build.glob("*.parquet")}
    made = partial(Report, tables=whole, build=build, folder=folder, held={})
    if folder.parents[1].name not in OVER_STUDIES:
        return made
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if {manifest["parameters"].get(key, "all") for key in ("state", "region")} == {"all"}:
        return made
    tables = of_brief(whole, manifest["parameters"], data["claims"])
    return partial(made, tables=tables, whole=whole)


def told(report: Report) -> str:
    """What becomes of the number of a claim: "agree", "differs", "within bounds" and so on."""
    claim = report.claim
    outcome = _outcome(claim, report.claims, report.whole or report.tables)
    if outcome.startswith("not recomputed"):
        outcome = _measured(report)
    if " is not " in outcome and _is_near(outcome, claim, report.claims):
        outcome = "agree but for the rounding of a list"
    if _is_restricted(claim) and claim["measure"] == "rows" and (claim["value"] or 0) % ROUNDED:
        outcome = "differs: a number of a restricted list is no multiple of five"
    return outcome


def changed(report: Report) -> Report:
    """The same report with another number in its claim, two steps of its last digit away."""
    claim = dict(report.claim)
    if isinstance(claim["value"], str):
        claim["text"] = "under 1"
    else:
        decimals = len(claim["text"].partition(".")[2])
        claim["value"] += 2 * 10**-decimals
        claim["text"] = f"{claim['value']:,.{decimals}f}"
    return replace(report, claims=report.claims | {report.name: claim})


def _outcome(claim: Any, claims: Any, tables: dict[str, pd.DataFrame]) -> str:
    kind, _, what = claim["measure"].partition(":")
    if claim["status"] != "shown":
        return "not shown"
    if kind == "share" and ":" in what:
        part, whole = (claims[name]["value"] for name in what.split(":"))
        return _compare(round(100 * part / whole, 6), round(claim["value"], 6))
    frame = tables.get(claim["table"])
    if kind == "archive" and set(claim["filter"]) == {"source"}:
        return "not recomputed: archive"
    if kind not in ("rows", "archive", "distinct", "smallest", "largest") or frame is None:
        return f"not recomputed: {kind}"
    if not set(claim["filter"]) <= set(frame):
        return "not recomputed: a column that is made while counting"
    frame = _without_answered(frame, claim, what)
    frame = kept_rows(frame, claim["filter"])
    if kind in ("rows", "archive"):
        return _compare(len(frame), claim["value"])
    column = frame[what].dropna()
    found = {"distinct": column.nunique, "smallest": column.min, "largest": column.max}[kind]()
    return _compare(found, claim["value"])


def _without_answered(frame: pd.DataFrame, claim: Any, person: str) -> pd.DataFrame:
    """Rows that may count under a code without an answer: what leaves of a list counts a person there who
    has no answer in any row, and under one such code only.
    """
    own = frame[frame["source"].eq(claim["filter"].get("source"))] if "source" in frame else frame
    silent = [(c, v) for c, v in claim["filter"].items() if isinstance(v, str) and v in SILENT]
    if not _is_restricted(claim) or claim["measure"] != f"distinct:{person}" or not silent:
        return frame
    [(column, code)] = silent
    before = (*SILENT[: SILENT.index(code)],)
    told = own[column].str.split("|").explode()
    is_told = ~told.isin(SILENT) | told.isin(before)
    return frame[~frame[person].isin(own.loc[told.index[is_told], person])]


def _measured(report: Report) -> str:
    """Outcome for a number that no filter counts: compared as exactly as its claim is given."""
    claim = report.claim
    found = again(report.name.removeprefix(_prefix(claim)), report)
    if found is None:
        return "not recomputed: no line says how"
    value, text = claim["value"], claim["text"]
    if isinstance(found, Chance | Bounds):
        half = 0.5 * 10 ** -len(text.partition(".")[2])  # as the number is rounded
        if not found.low - half <= value <= found.high + half:
            return f"differs: {found.low} to {found.high} does not hold {value}"
        return "agree within chance" if isinstance(found, Chance) else f"within bounds: {found.why}"
    if isinstance(found, str):
        return _compare(found, text)
    if isinstance(found, pd.Timestamp):
        return _compare(f"{found.day} {found:%B} {found.year}", text)
    if isinstance(value, str):  # "more than 707", "at least 304"
        return _compare(f"{found:,}", text.rpartition(" ")[2])
    decimals = len(text.partition(".")[2]) if isinstance(value, float) else 0
    exact = math.isclose(float(found), float(value), abs_tol=1e-6)
    rounded = decimals and abs(found - float(text)) <= 0.5 * 10**-decimals + NEAR
    return "agree" if exact or rounded else f"differs: {found} is not {value}"


def _prefix(claim: Any) -> str:
    """Beginning of the names of a study on a page over several studies."""
    return f"{claim['study'].replace('-', '_')}."


def _is_restricted(claim: Any) -> bool:
    return bool({"kept in the vault", "kept outside the vault"} & set(claim["sources"].values()))


def _is_near(outcome: str, claim: Any, claims: Any) -> bool:
    """Whether a number is as near to its count as the rounding of a list lets it be."""
    is_counted = claim["measure"].partition(":")[0] in ("rows", "distinct", "share")
    if not (_is_restricted(claim) and is_counted) and claim["table"] != PERSONS_IN_LETTERS:
        return False
    found, printed = map(float, outcome.removeprefix("differs: ").split(" is not "))
    if claim["unit"] == "per_cent":
        whole = claims[claim["measure"].rpartition(":")[2]]["value"]
        step = next(step for least, step in SHARES if whole >= least)
        return _is_restricted(claim) and printed % step == 0 and abs(found - printed) <= step / 2
    alike = [
        c
        for c in claims.values()
        if c["status"] == "shown"
        and all(c[k] == claim[k] for k in ("table", "unit", "measure", "sources"))
    ]
    parts = 1
    for column, wanted in claim["filter"].items():
        if isinstance(wanted, list):
            alone = {c["filter"].get("state_iso3") for c in alike if not _region(c)} & set(wanted)
            parts += len(alone) if column == "state_iso3" else WITHOUT_ANSWER
    is_rounded = all(c["value"] % ROUNDED == 0 for c in alike)
    return is_rounded and abs(found - printed) <= FARTHEST * parts


def _region(claim: Any) -> bool:
    return isinstance(claim["filter"].get("state_iso3"), list)


def _compare(found: object, printed: object) -> str:
    return "agree" if found == printed else f"differs: {found} is not {printed}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
