"""Rows that may be of living persons are said on the screen; every person is invented."""

from __future__ import annotations

from pathlib import Path

from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.release_desk import show_releases
from hrdresearch.run.stated_basis import state_basis

HEADER = (
    "case_id,date,state,name,sex,age,identity,cause,perpetrator,defender,motive,threats,"
    "accountability,notes"
)
ROWS = [
    '1,2021-05-03,COL,Fulana Demo,,,,,,,,,,"Survived, now living in exile"',
    "2,2021-05-03,COL,Mengana Demo,,,,,,,,,,had been threatened",
    "3,2021-06-03,COL,Zutana Demo,,,,,,,,,,",
]


def test_build_and_release_say_how_many_rows_may_be_of_living_persons(tmp_path: Path) -> None:
    path, work = tmp_path / "list.csv", tmp_path / "work"
    path.write_text("\n".join([HEADER, *ROWS]), encoding="utf-8")
    state_basis(
        "killings", work, "restricted-list", "agreement", "2024-01-31", "An invented letter."
    )
    files = [SourceFile("restricted-list", path)]

    made = build("killings", files, work, open_on_this_machine=True)

    line = next(line for line in made.releases if line.startswith("Look: restricted-list"))
    assert "2 row(s) may be about living persons: 1 set aside, 1 counted" in line
    assert line in build("killings", files, work, open_on_this_machine=True).releases
    assert next(iter(show_releases("killings", work))) == line
