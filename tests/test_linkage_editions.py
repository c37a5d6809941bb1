"""Two editions of one list: what came, what went, what was classed or dated anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hrdresearch.linkage.editions import EditionChanges, compare_editions
from hrdresearch.run import edition_changes
from hrdresearch.run.errors import RunError
from hrdresearch.sources import load

NAMES = {
    "a": "Arulin Kelvaridemo",
    "b": "Belovia Vaselkademo",
    "c": "Casímbel Toruspedemo",
    "d": "Dorvazor Bravuspedemo",
    "n": "Unidentified",
}


def edition(*cases: tuple[str, str, str]) -> pd.DataFrame:
    """Invented cases: who, date (a day or a year), type of death; row keys from 10."""
    rows: list[dict[str, Any]] = [
        {
            "name_as_published": NAMES[who],
            "event_date": pd.Timestamp(date),
            "event_date_precision": "day" if len(date) > 4 else "year",
            "event_year": int(date[:4]),
            "state_iso3": "COL",
            "place_as_published": "Zunera",
            "death_type_code": death,
            "threats_before": "not_asked",
        }
        for who, date, death in cases
    ]
    return pd.DataFrame(rows, index=range(10, 10 + len(rows)))


def changes() -> EditionChanges:
    older = edition(
        ("a", "2015-03-04", "murder"),
        ("b", "2015-05-06", "not_recorded"),
        ("c", "2016-01-02", "murder"),
        ("n", "2016-02-03", "murder"),
    )
    newer = edition(
        ("a", "2016-03-04", "murder"),
        ("b", "2015", "murder"),
        ("d", "2016-06-07", "murder"),
        ("n", "2017-02-03", "murder"),
    )
    return compare_editions(older, newer)


def test_cases_of_both_editions_are_found_and_the_others_came_or_went() -> None:
    found = changes()
    assert found.same[["older", "newer"]].to_numpy().tolist() == [["10", "10"], ["11", "11"]]
    assert found.added.to_numpy().tolist() == [["12", 2016], ["13", 2017]]
    assert found.removed.to_numpy().tolist() == [["12", 2016], ["13", 2016]]


def test_a_year_alone_is_no_other_day_and_another_year_is() -> None:
    assert changes().redated.to_numpy().tolist() == [["10", "10", "2015-03-04", "2016-03-04"]]


def test_a_class_is_compared_where_both_editions_hold_it() -> None:
    expected = [["death_type_code", "not_recorded", "murder", 1]]
    assert changes().reclassified.to_numpy().tolist() == expected


def test_the_total_of_a_year_is_the_older_one_with_all_that_moved_it() -> None:
    totals = changes().totals
    assert totals["year"].tolist() == [2015, 2016]
    made = totals["older"] + totals["added"] - totals["removed"]
    made += totals["moved_in"] - totals["moved_out"]
    assert made.tolist() == totals["newer"].tolist() == [1, 2]


def test_no_name_stands_in_what_is_found() -> None:
    found = changes()
    frames = (found.same, found.added, found.removed, found.redated, found.totals)
    assert "demo" not in "".join(frame.to_csv() for frame in frames)


HEADER = (
    "id,nombre,fuentes,genero,fecha,municipio,departamento,tipo_de_lider,cargo,fuentes_prensa\n"
)
ROW = "{},{},Prensa,Masculino,{},San Demo,Cauca,Líder comunitario,,\n"


def written(folder: Path, name: str, *cases: tuple[str, str]) -> Path:
    """A file of invented cases in the format of a public list: who, day."""
    rows = [ROW.format(n, NAMES[who], day) for n, (who, day) in enumerate(cases)]
    file = folder / name
    file.write_text(HEADER + "".join(rows), encoding="utf-8")
    return file


def test_changes_of_a_public_list_are_told_by_rows_and_without_names(tmp_path: Path) -> None:
    older = written(
        tmp_path, "a.csv", ("a", "2016-03-04"), ("b", "2016-05-06"), ("c", "2017-01-02")
    )
    newer = written(
        tmp_path, "b.csv", ("d", "2016-09-09"), ("a", "2016-03-05"), ("c", "2017-01-02")
    )

    told = edition_changes.edition_lines("lideres-colombia", older, newer)

    assert told == [
        "3 cases in the older edition, 3 in the newer one; 2 are in both",
        "added: 1, of these 1 in years that the older edition holds",
        "removed: 1 (rows of the older file: 3)",
        "another date: 1",
        "  row 3 of the newer file: 2016-03-04 before, 2016-03-05 now",
        "2016: 2 before, 2 now (added 1, removed 1, moved in 0, moved out 0)",
        "Rows without a name cannot be followed: they count as removed and added.",
    ]


def test_editions_of_a_restricted_list_are_not_compared_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, "a.csv", ("a", "2016-03-04"))
    own = load("lideres-colombia", file)
    policy = replace(own.facts.policy, public_by_name=False)
    shared = replace(own, facts=replace(own.facts, policy=policy))
    monkeypatch.setattr(edition_changes, "load", lambda *_: shared)

    with pytest.raises(RunError, match="restricted list"):
        edition_changes.edition_lines("lideres-colombia", file, file)
