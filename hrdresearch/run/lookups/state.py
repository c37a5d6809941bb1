"""Describes what each current build holds on a State, by list, with the latest report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.vault import VaultProblem
from hrdresearch.run.editions import list_editions
from hrdresearch.run.errors import RunError
from hrdresearch.run.lookups.lists import BuiltList, current_builds, lists_of_build
from hrdresearch.studies.ground.build import DamagedBuildError
from hrdresearch.vocab.states import short_name

REPORT = "report.html"


def describe_state(iso3: str, work: Path, out: Path) -> Iterator[str]:
    """Describe a State in lines: number of rows by study, list, table and years, and the latest reports.

    iso3: code of the State. out: folder of reports. Lists that are not public are counted only while the
    vault is open. RunError for an unknown code, or if there is no build.
    """
    state = iso3.strip().upper()
    try:
        yield f"{short_name(state)} ({state})"
    except KeyError:
        raise RunError(f"{iso3!r} is not the ISO3 code of a State (such as COL)") from None
    builds = current_builds(work)
    if not builds:
        raise RunError(f"There is no build in {work}: nothing to search")
    for build in builds:
        try:
            lists = list(lists_of_build(build, work))
        except (VaultProblem, DamagedBuildError) as problem:
            yield f"{build.study}: {problem}"
            continue
        yield f"{build.study} (build {build.build_id})"
        for one in lists:
            yield f"  {one.slug}{' (invented)' if one.is_demo else ''}: {_rows(one, state)}"
        yield from (f"  report: {path}" for path in _reports(out / build.study, state))


def _rows(one: BuiltList, state: str) -> str:
    if one.why_closed:
        return one.why_closed
    own = one.facts[one.facts["state_iso3"] == state] if len(one.facts) else one.facts
    if own.empty:
        return "no row of this State"
    counted = own.groupby("table")["year"].agg(["size", "min", "max"])
    return "; ".join(
        f"{table} {r['size']}" + (f" ({_span(r['min'], r['max'])})" if pd.notna(r["min"]) else "")
        for table, r in counted.iterrows()
    )


def _span(first: float, last: float) -> str:
    return f"{int(first)}" if first == last else f"{int(first)}-{int(last)}"


def _reports(home: Path, state: str) -> Iterator[Path]:
    """The latest report on this State, and the latest on all States, if there are any."""
    for folder in sorted(home.iterdir()) if home.is_dir() else []:
        if folder.name == "all" or f"state-{state.lower()}" in folder.name:
            yield from ((edition / REPORT) for edition in list_editions(folder)[-1:])
