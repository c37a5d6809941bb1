"""No name of a list passes the scan, whatever became of its row or its person. All invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_run_build import HEADER, ROW, published, work  # noqa: F401
from test_run_withdraw import restricted, say

from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.privacy.scan import scan_report
from hrdresearch.privacy.vault import make_identity, read_stored, seal_file
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.build_files import read_names_index
from hrdresearch.studies.ground.build import current_build

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


@pytest.mark.parametrize("by", ["name", "pseudonym"])
def test_the_name_of_a_withdrawn_person_does_not_pass_the_scan_of_a_later_build(
    work: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    by: str,
) -> None:
    monkeypatch.setenv("HRD_IDENTITY", str(tmp_path / "away" / "identity.txt"))
    recipient = make_identity(tmp_path / "away" / "identity.txt")
    (tmp_path / "raw").mkdir()
    given = SourceFile(
        "restricted-list", seal_file(restricted(tmp_path / "raw", FIVE).path, recipient)
    )
    build("killings", [given], work)
    cases = current_build("killings", work).table("cases")
    person = cases.loc[cases["source_row"] == 6, "victim_id"].iloc[0]
    chosen = {"name": FIVE[-1]} if by == "name" else {"name": None, "pseudonym": person}
    told = say(work, tmp_path, raw=[given.path], **chosen)
    assert "so that later reports are searched for it too" in told
    made = build("killings", [given], work)
    texts = [FIVE[-1], "Urbisch, Vendela", FIVE[0]]
    assert [passes(made.folder, tmp_path, f"They met {text}.") for text in texts] == [False] * 3
    assert passes(made.folder, tmp_path, "Nobody is named here.")
    kept = [p.name for p in (work / "killings").glob("withdrawn*")]
    assert sorted(kept) == ["withdrawn.json.age", "withdrawn_names.index.age"]
    assert b"Vendela" not in read_stored(work / "killings" / "withdrawn_names.index")


def test_where_no_file_holds_the_name_a_withdrawal_by_pseudonym_promises_no_scan_for_it(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    given = restricted(tmp_path, FIVE)
    build("killings", [given], work, open_on_this_machine=True)
    person = current_build("killings", work).table("cases")["victim_id"].iloc[0]
    given.path.unlink()
    told = say(work, tmp_path, name=None, pseudonym=person)
    assert "later reports are searched for it too" not in told and "NOT SEARCHED FOR" in told
    assert "later reports are searched for it too" in say(work, tmp_path, name=FIVE[0])
    made = build("killings", [restricted(tmp_path, FIVE[1:])], work, open_on_this_machine=True)
    assert not passes(made.folder, tmp_path, f"They met {FIVE[0]}.")


def test_a_name_that_a_person_of_today_may_print_is_permitted_although_another_withdrew() -> None:
    key, name = Key("killings", b"k" * 32), FIVE[0]
    gone = build_index([NameEntry(name)], key)
    allowed = build_index([NameEntry(name, permitted=name), NameEntry(FIVE[1])], key)
    joined = NamesIndex.from_bytes(allowed.with_names_of(gone).to_bytes(), key)
    assert [bool(joined.find(text)) for text in FIVE[:3]] == [
        bool(allowed.find(t)) for t in FIVE[:3]
    ]
    other = build_index([NameEntry(FIVE[1])], key)
    assert [bool(other.with_names_of(gone).find(text)) for text in FIVE[:3]] == [True, True, False]
