"""No name of a list passes the scan, whatever became of its row or its person. All invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_run_build import HEADER, ROW, published, work  # noqa: F401
from test_run_withdraw import restricted

from hrdresearch.privacy.scan import scan_report
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.build_files import read_names_index

FIVE = ("Zunela Testal", "Yorbina Okurro", "Xandrel Mipunto", "Wilmara Zestov", "Vendela Urbisch")


def passes(build_folder: Path, tmp_path: Path, text: str) -> bool:
    page = tmp_path / "page"
    page.mkdir(exist_ok=True)
    (page / "report.html").write_text(f"<p>{text}</p>", encoding="utf-8")
    return not scan_report(page, read_names_index(build_folder))


def five_rows(folder: Path, status: str) -> SourceFile:
    given = restricted(folder, FIVE)
    head, *rows = given.path.read_text("utf-8").splitlines()
    lines = [head + ",status", *(row + ",killed" for row in rows[:-1]), f"{rows[-1]},{status}"]
    given.path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return given


def test_the_name_of_a_living_person_whose_row_is_set_aside_does_not_pass_the_scan(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    made = build("killings", [five_rows(tmp_path, "living")], work, open_on_this_machine=True)
    assert (made.quality[0]["accepted"], made.quality[0]["set_aside"]) == (4, 1)
    assert [passes(made.folder, tmp_path, f"They met {name}.") for name in FIVE] == [False] * 5
    assert passes(made.folder, tmp_path, "Nobody is named here.")


@pytest.mark.parametrize("damage", ["Atlantis,999", "=1+1,170", "Colombia"])
def test_the_name_in_a_row_that_does_not_fit_does_not_pass_the_scan(
    work: Path,  # noqa: F811
    tmp_path: Path,
    damage: str,
) -> None:
    rows = [ROW.format(id=f"r{i}", date="2020-01-02", name=n) for i, n in enumerate(FIVE)]
    rows[-1] = rows[-1].replace("Colombia,170", damage)
    (tmp_path / "list.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    made = build("killings", [SourceFile("global-witness", tmp_path / "list.csv")], work)
    assert made.quality[0]["set_aside"] == 1
    assert not passes(made.folder, tmp_path, f"They met {FIVE[-1]}.")
