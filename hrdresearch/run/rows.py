"""Finds the rows that a number of a report counts; only for the restricted machine."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from hrdresearch.run.editions import find_report
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.lineage import build_behind
from hrdresearch.studies.ground.build import NoBuildError
from hrdresearch.studies.ground.linked import CLUSTERS, PAIRS
from hrdresearch.tables import match_rows

MOST_SUGGESTED = 5  # names that are suggested


def rows_of_claim(report: Path, claim: str, work: Path) -> pd.DataFrame:
    """Rows of the build that a claim of the report counts.

    RunError if there is no such claim, the build is not here, or the number is not a count of rows.
    """
    folder = find_report(report)
    document = read_json(folder / "claims.json")
    claims = document["claims"]
    if claim not in claims:
        near = similar_claim_names(claim, list(claims))
        hint = f"did you mean {' or '.join(near)}?" if near else "see its claims.json"
        raise RunError(f"The report has no number called {claim!r}; {hint}")
    record = claims[claim]
    if record["measure"] == "linked":
        raise RunError(
            f"{claim} counts persons by links between rows: {record['definition']}. The links are in "
            f"restricted/{PAIRS}.csv and restricted/{CLUSTERS}.csv of the build"
        )
    if not record["filter"]:
        raise RunError(
            f"{claim} counts no rows of a table: {record['definition']} ({record['measure']})"
        )
    try:
        edition = str(read_json(folder / "manifest.json").get("edition", ""))
        study = record["study"]
        build = build_behind(study, document["builds"][study], edition, work)
    except NoBuildError as missing:
        raise RunError(f"{missing}. Rows can be shown only where the build is") from missing
    frame = build.table(record["table"])
    return frame[match_rows(frame, record["filter"])]


def similar_claim_names(claim: str, names: Sequence[str]) -> list[str]:
    """Names of claims that are similar to a misspelled one, the most likely first, at most five.

    First come names with the same parts in the same order, then names of similar spelling.

    >>> similar_claim_names("extent.victms", ["extent.victims", "by_year.2019"])
    ['extent.victims']
    """
    parts = claim.casefold().strip(". ").split(".")
    within = [name for name in names if _stand_in_order(parts, name.split("."))]
    whole = sorted(within, key=lambda name: (name.split(".")[-1] != parts[-1], len(name)))
    alike = get_close_matches(claim, names, MOST_SUGGESTED, 0.75)
    ends = {name.split(".", cut)[-1]: name for name in names for cut in (2, 1)}
    alike += [ends[end] for end in get_close_matches(claim, list(ends), MOST_SUGGESTED, 0.75)]
    return list(dict.fromkeys([*whole, *alike]))[:MOST_SUGGESTED]


def _stand_in_order(parts: Sequence[str], name: Sequence[str]) -> bool:
    """Whether a name holds all parts in their order; the last part may be only the beginning of one."""
    left = iter(name)
    return all(any(part_of_name == part for part_of_name in left) for part in parts[:-1]) and any(
        part_of_name.startswith(parts[-1]) for part_of_name in left
    )
