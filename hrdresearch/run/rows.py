"""The rows behind a number: shown on the restricted machine only, never in a report."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hrdresearch.run.editions import find_report
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json
from hrdresearch.studies.build import NoBuildError, named_build
from hrdresearch.tables import select


def rows(report: Path, claim: str, work: Path) -> pd.DataFrame:
    """Rows of the build that a claim of the report counts, by source and row of the file.

    Raises RunError when the claim or the build is not there, or the number counts no rows.
    """
    folder = find_report(report)
    manifest = read_json(folder / "manifest.json")
    claims = read_json(folder / "claims.json")["claims"]
    if claim not in claims:
        raise RunError(f"The report has no number called {claim!r}; see its claims.json")
    record = claims[claim]
    if not record["filter"]:
        raise RunError(
            f"{claim} counts no rows of a table: {record['definition']} ({record['measure']})"
        )
    try:
        build = named_build(manifest["study"], manifest["build_id"], work)
    except NoBuildError as missing:
        raise RunError(f"{missing}. Rows are shown only where the build is") from missing
    frame = build.table(record["table"])
    return frame[select(frame, record["filter"])]
