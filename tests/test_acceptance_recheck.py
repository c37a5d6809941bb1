"""Three real editions of CPJ's list of killings: which numbers moved, why, and which sentences fell.

Counts and reasons are worked out here with own code, over the pairs of rows that were found to be one case;
the pairs are held against names that are letter by letter the same.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.recheck.causes import Recount
from hrdresearch.run.recheck.changes import Changes, Edition, compare
from hrdresearch.run.recheck.differs import what_differs
from hrdresearch.run.recheck.recheck import report_again
from hrdresearch.run.recheck.verdicts import judge
from hrdresearch.sources import load
from hrdresearch.studies.ground.build import Build

pytestmark = [pytest.mark.real, pytest.mark.slow]

FILES = {
    2017: "cpj_killed_2017_legacy/cpj-database.csv",
    2020: "cpj_killed_2020_wide/media_deaths.csv",
    2025: "cpj_killed_2025/jornalists_murdered.xlsx",
}
PAIRS = list(combinations(FILES, 2))
SILENT = {"not_asked", "not_recorded", "not_assessed", "unknown"}


def real_folder() -> Path:
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("HRD_DATA") or default)


@dataclass(frozen=True)
class Made:
    """An edition of the report on one file of the list, with its build and its rows with names."""

    edition: Edition
    build: Build
    named: pd.DataFrame


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Made]]:
    folder = real_folder()
    if missing := [name for name in FILES.values() if not (folder / name).is_file()]:
        pytest.skip(f"the real data set {missing[0]} is not on this machine (set HRD_DATA)")
    work = tmp_path_factory.mktemp("editions")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_KEYS", str(work / "keys"))
        found = {}
        for year, name in FILES.items():
            build("killings", [SourceFile("cpj", folder / name)], work / "work")
            asked = Edition("", {"study": "killings", "parameters": {}}, {}, ())
            edition, builds = report_again(asked, work / "work")
            named = load("cpj", folder / name).accepted.set_index("source_row")
            found[year] = Made(edition, builds["killings"], named)
        yield found


@pytest.fixture(scope="module")
def changes(made: dict[int, Made]) -> dict[tuple[int, int], Changes]:
    return {
        (a, b): compare(
            made[a].edition,
            made[b].edition,
            {"killings": made[a].build},
            {"killings": made[b].build},
        )
        for a, b in PAIRS
    }


@pytest.fixture(scope="module")
def joined(made: dict[int, Made]) -> dict[tuple[int, int], tuple[pd.DataFrame, pd.DataFrame]]:
    """Rows of the tables of two builds, indexed by the case, as rows were followed."""
    found = {}
    for a, b in PAIRS:
        differs = what_differs(made[a].edition.manifest, made[b].edition.manifest)
        step = Recount(made[a].build, made[b].build, differs).followed("cases")[0]
        found[(a, b)] = (step.older.frame, step.newer.frame)
    return found


def plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).casefold()
    return " ".join("".join(c for c in letters if c.isalpha() or c.isspace()).split())


@pytest.mark.parametrize("pair", PAIRS)
def test_cases_whose_names_are_the_same_letters_are_followed(
    pair: tuple[int, int], made: dict[int, Made], joined: dict[Any, Any]
) -> None:
    names = []
    for year, rows in zip(pair, joined[pair], strict=True):
        own = made[year].named.loc[rows["source_row"]]
        told = own["name_as_published"].map(plain) + "|" + own["state_iso3"].to_numpy()
        is_person = own["name_is_person"].to_numpy(bool)
        told = pd.Series(rows.index, index=told)[is_person]
        names.append(told[~told.index.duplicated(keep=False)])
    both = names[0].to_frame("was").join(names[1].rename("now"), how="inner")

    assert len(both) > 800
    assert (both["was"] == both["now"]).mean() > 0.99


def holds(rows: pd.DataFrame, column: str, wanted: Any) -> pd.Series:
    """Whether rows meet a condition of a filter; read here without the code of the project."""
    cells = rows[column]
    if isinstance(wanted, Mapping) and "all" in wanted:
        return pd.concat([holds(rows, column, w) for w in wanted["all"]], axis=1).all(axis=1)
    if isinstance(wanted, Mapping):
        first, last = wanted.get("from"), wanted.get("to")
        numbers = pd.to_numeric(cells, errors="coerce")
        found = numbers.notna()
        found &= True if first is None else numbers >= first
        return found & (True if last is None else numbers <= last)
    values = set(wanted) if isinstance(wanted, list) else {wanted}
    if column.endswith("_codes"):
        return cells.map(lambda cell: bool(values & set(str(cell).split("|"))))
    return cells.isin(values - {None}) | (cells.isna() if None in values else False)


def chosen(rows: pd.DataFrame, filter_: Mapping[str, Any]) -> set[str]:
    found = pd.Series(True, index=rows.index)
    for column, wanted in filter_.items():
        found &= holds(rows, column, wanted)
    return set(rows.index[found])


def is_simple(filter_: Mapping[str, Any]) -> bool:
    odd = {"holds", "joined", "recorded", "below"}
    return not any(isinstance(wanted, Mapping) and odd & set(wanted) for wanted in filter_.values())


@pytest.mark.parametrize("pair", PAIRS)
def test_every_count_that_moved_is_explained_by_rows_that_own_code_counts_too(
    pair: tuple[int, int], changes: dict[Any, Changes], joined: dict[Any, Any]
) -> None:
    was, now = joined[pair]
    found = changes[pair]
    checked = 0
    for change in found.claims:
        before = found.older.claims.get(change.name)
        after = found.newer.claims.get(change.name)
        told = after or before
        assert told is not None
        if told["measure"] != "rows" or not is_simple(told["filter"]):
            continue
        old, new = chosen(was, told["filter"]), chosen(now, told["filter"])
        parts = Counter({"came": 0, "left": 0, "rule": 0, "both": 0})
        for part in change.parts:
            kinds = {"added": "came", "removed": "left", "counts other rows": "rule"}
            parts[kinds.get(part.what, "both")] += part.count
        assert parts["came"] == len(new - set(was.index)), change.name
        assert parts["left"] == -len(old - set(now.index)), change.name
        expected = len(new & set(was.index) - old) - len(old & set(now.index) - new)
        assert parts["both"] == expected, change.name
        if before and after:
            rule = (
                len(old) - len(chosen(was, before["filter"])) if is_simple(before["filter"]) else 0
            )
            assert parts["rule"] == rule, change.name
            assert sum(parts.values()) == after["value"] - before["value"], change.name
        checked += 1
    assert checked > 350


@pytest.mark.parametrize("pair", PAIRS)
def test_rows_that_were_corrected_are_told_by_the_column_that_own_code_finds(
    pair: tuple[int, int], changes: dict[Any, Changes], joined: dict[Any, Any]
) -> None:
    was, now = joined[pair]
    both = was.index.intersection(now.index)
    moves = {(m.what, m.columns): m.count for m in changes[pair].lists[0].moves}

    assert moves.get(("added", ()), 0) == len(now) - len(both)
    assert -moves.get(("removed", ()), 0) == len(was) - len(both)
    for column in ("event_year", "state_iso3", "sex_code", "impunity_code", "death_type_code"):
        old, new = (rows.loc[both, column].astype(str) for rows in (was, now))
        differ = old.ne(new)
        no_field = [set(rows[column].astype(str)) <= SILENT for rows in (was, now)]
        came = differ & (old.eq("not_asked") | no_field[0])
        left = differ & ~came & (new.eq("not_asked") | no_field[1])
        kind = {"event_year": "dated anew", "state_iso3": "placed anew"}.get(column, "classed anew")
        for what, rows in (
            (kind, differ & ~came & ~left),
            ("field added", came),
            ("field gone", left),
        ):
            assert moves.get((what, (column,)), 0) == rows.sum(), (column, what)


def without_references(text: str) -> str:
    return re.sub(r" ?\(paras?\.[^)]*\)", "", text)


@pytest.mark.parametrize("pair", PAIRS)
def test_sentences_fall_where_the_later_report_does_not_print_them(
    pair: tuple[int, int], changes: dict[Any, Changes]
) -> None:
    found = changes[pair]
    verdicts = judge(found)
    texts = [
        Counter(without_references(s.text) for s in edition.sentences)
        for edition in (found.older, found.newer)
    ]
    true = Counter(without_references(v.said.text) for v in verdicts if v.verdict == "still true")
    for text, before in texts[0].items():
        if not re.search(r"\b(?:[Tt]ables?|[Ff]igures?|paras?\.) \d", text):  # numbered anew
            assert true[text] == min(before, texts[1][text]), text
    assert len(verdicts) == texts[0].total()


def test_the_known_totals_moved_for_the_reasons_that_are_told(
    changes: dict[tuple[int, int], Changes], made: dict[int, Made]
) -> None:
    totals = {year: made[year].edition.claims["extent.victims"]["value"] for year in FILES}
    assert totals == {2017: 1876, 2020: 2050, 2025: 1696}
    for (older, newer), found in changes.items():
        total = found.claim("extent.victims")
        assert total is not None
        parts = {(part.cause, part.what): part.count for part in total.parts}
        assert set(parts) == {("new rows", "added"), ("corrected rows", "removed")}
        assert sum(parts.values()) == totals[newer] - totals[older]
    # The file of 2025 has no answers on threats.
    gone = changes[(2020, 2025)].claim("threats.yes")
    assert gone is not None
    assert {part.what for part in gone.parts} == {"removed", "field gone"}
