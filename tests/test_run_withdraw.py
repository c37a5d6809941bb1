"""What a withdrawal removes, what it leaves, and what it says of both. All persons invented."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from test_run_build import INVENTED, RESTRICTED, published, work  # noqa: F401

from hrdresearch.privacy.release import next_edition_day
from hrdresearch.privacy.vault import make_identity, read_stored, seal_file
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.editions import REPORT_FILES
from hrdresearch.run.raw_file import empty_rows
from hrdresearch.run.releases import update_releases
from hrdresearch.run.withdraw import withdraw
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.ground.releases import read_releases, released

PERSON, HEADER = INVENTED[0], RESTRICTED.splitlines()[0] + "\n"
ROW = "{id},2020-03-01,Colombia,{name},female,40,lawyer,human_rights,unknown,mandate,confirmed,yes,complete\n"


def restricted(folder: Path, names: tuple[str, ...] = INVENTED) -> SourceFile:
    path = folder / "ours.csv"
    text = "".join(ROW.format(id=f"c{name[0]}", name=name) for name in names)
    path.write_text(HEADER + text, encoding="utf-8")
    return SourceFile("restricted-list", path)


def edition(
    out: Path, name: str, text: str, sources: tuple[str, ...], stories: object = ()
) -> Path:
    folder = out / "killings" / "all" / f"2026010{name}T000000Z-{name * 8}"
    folder.mkdir(parents=True)
    for file in REPORT_FILES:
        (folder / file).write_text("{}", encoding="utf-8")
    (folder / "report.docx").unlink()
    for pdf in folder.glob("*.[pd]*[fx]"):
        pdf.unlink()
    (folder / "report.html").write_text(f"<p>{text}</p>", encoding="utf-8")
    manifest = {
        "study": "killings",
        "builds": [{"study": "killings"}],
        "sources": [{"slug": slug} for slug in sources],
        "stories": stories,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def say(work: Path, tmp_path: Path, **more: object) -> str:  # noqa: F811
    given = {"pseudonym": None, "name": PERSON, "apply": True, **more}
    told = "\n".join(withdraw("killings", work, tmp_path / "out", **given))  # type: ignore[arg-type]
    assert not any(word in told for word in PERSON.split())
    return told


def test_editions_that_name_the_person_go_and_those_that_count_stay(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    build("killings", [published(tmp_path)], work)
    counts = edition(tmp_path / "out", "1", "3 persons", ("global-witness",))
    names = edition(tmp_path / "out", "2", "Ana Inventáda Demo", ("global-witness",))
    damaged = edition(tmp_path / "out", "3", "", ())
    (damaged / "manifest.json").write_text("{", encoding="utf-8")
    told = say(work, tmp_path)
    assert "Rows: 1, in builds: 1; editions to take down: 2" in told
    assert [p.exists() for p in (counts, names, damaged)] == [True, False, False]
    assert "name nobody: 1. They stay" in told
    assert f"STILL HOLDS THE PERSON: {tmp_path / 'list.csv'}, rows: 1" in told and "backups" in told
    assert "\n  killings/all/20260102T000000Z-22222222\n" in told


def test_who_is_in_danger_is_taken_down_with_the_editions_and_the_release_of_the_list(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    lists = [restricted(tmp_path), published(tmp_path)]
    build("killings", lists, work, open_on_this_machine=True)
    home = work / "killings"
    before = read_releases(home, "restricted-list")
    pseudonym = current_build("killings", work).table("cases")
    person = pseudonym.loc[pseudonym["source"] == "restricted-list", "victim_id"].iloc[0]
    ours = edition(tmp_path / "out", "1", "3 persons", ("restricted-list",))
    theirs = edition(tmp_path / "out", "2", "3 persons", ("global-witness",))
    dry = say(work, tmp_path, pseudonym=person, name=None, in_danger=True, apply=False)
    following = next_edition_day(dt.datetime.now(dt.UTC).date(), ["03-31", "09-30"])
    until = "its release is to be taken down; all reports on it are internal until two desks approve the "
    until += f"edition of {following}. That edition may have the same figures, which may"
    assert (
        f"editions to take down: 1\n  {ours.relative_to(tmp_path / 'out')}\nrestricted-list: {until}"
        in dry
    )
    assert ours.exists() and not any(r.taken_down for r in read_releases(home, "restricted-list"))
    told = say(work, tmp_path, pseudonym=person, name=None, in_danger=True)
    assert [p.exists() for p in (ours, theirs)] == [False, True]
    assert "restricted-list: its release is taken down" in told and following in told
    after = read_releases(home, "restricted-list")
    assert [r.cells for r in after] == [r.cells for r in before] and all(
        r.taken_down for r in after
    )
    now = build("killings", lists, work, open_on_this_machine=True)
    assert not any("figures of today are kept" in line for line in now.releases)
    assert released(current_build("killings", work), "restricted-list") is None
    later = dt.date.today() + dt.timedelta(days=366)
    assert list(update_releases(current_build("killings", work), later))
    newest = read_releases(home, "restricted-list")[-1]
    assert (newest.taken_down, newest.cells) == ("", before[-1].cells)  # as the command has said


def test_what_remains_of_a_take_down_tells_neither_when_nor_which_edition_fell(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    build("killings", [restricted(tmp_path)], work, open_on_this_machine=True)
    out, old = tmp_path / "out", 1_700_000_000
    ours = edition(out, "1", "3 persons", ("restricted-list",))
    stays = edition(out, "2", "3 persons", ("global-witness",))
    (stays.parent / "latest").symlink_to(stays.name)
    alone = out / "killings" / "state-per" / ours.name
    shutil.copytree(ours, alone)
    remaining = [out, out / "killings", stays.parent, stays]
    for folder in reversed(remaining):
        os.utime(folder, (old, old))
    say(work, tmp_path, in_danger=True)
    found = [p for p in [out, *out.rglob("*")] if p.is_dir()]
    assert sorted(found) == sorted([*remaining, stays.parent / "latest"])
    assert {p.lstat().st_mtime for p in found} == {old}


def test_nothing_is_left_of_a_study_whose_only_edition_is_taken_down(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    build("killings", [restricted(tmp_path)], work, open_on_this_machine=True)
    edition(tmp_path / "out", "1", "3 persons", ("restricted-list",))
    say(work, tmp_path, in_danger=True)
    assert list((tmp_path / "out").rglob("*")) == []


def test_internal_reports_of_this_study_and_of_others_that_read_it_are_listed_and_go(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    build("killings", [restricted(tmp_path)], work, open_on_this_machine=True)
    name = "20260101T000000Z-11111111"
    made = {
        f"killings/internal/state-col/{name}": ["killings"],
        f"internal/imprisonment/i-2f6/{name}": ["imprisonment", "killings"],
        f"imprisonment/internal/all/{name}": ["imprisonment"],
    }
    for place, studies in made.items():
        (work / place).mkdir(parents=True)
        about = {"study": studies[0], "builds": [{"study": s} for s in studies], "files": {}}
        (work / place / "manifest.json").write_text(json.dumps(about), encoding="utf-8")
    dry = say(work, tmp_path, apply=False)
    *holding, other = made
    assert "Internal reports that may count the person, to be removed: 2\n" in dry
    assert all(f"\n  {place}\n" in dry for place in holding) and other not in dry
    assert all((work / place).exists() for place in made)
    told = say(work, tmp_path)
    assert all(place in told for place in holding)
    assert [(work / place).exists() for place in made] == [False, False, True]


def test_printed_figures_stay_and_what_was_seen_of_the_person_is_erased(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    build("killings", [restricted(tmp_path)], work, open_on_this_machine=True)
    folder = work / "killings" / "released" / "restricted-list"
    figures = {p.name: p.read_bytes() for p in folder.glob("*.json")}
    held = pd.read_parquet(folder / "seen.parquet")
    say(work, tmp_path)
    assert {p.name: p.read_bytes() for p in folder.glob("*.json")} == figures
    left = pd.read_parquet(folder / "seen.parquet")
    assert len(left) == len(held) and left["person"].str.startswith("gone-").sum() == 1


@pytest.mark.parametrize("by", ["name", "pseudonym"])
def test_a_mark_keeps_the_person_out_when_rows_change_places_or_the_name_its_spelling(
    work: Path,  # noqa: F811
    tmp_path: Path,
    by: str,
) -> None:
    given = restricted(tmp_path)
    build("killings", [given], work, open_on_this_machine=True)
    table = current_build("killings", work).table("cases")
    person = table.loc[table["source_row"] == 2, "victim_id"].iloc[0]
    chosen = {"name": None, "pseudonym": person} if by == "pseudonym" else {}
    say(work, tmp_path, **chosen)
    for names in [
        (INVENTED[1], "Demo, Ana Inventada", INVENTED[2]),
        ("Aña Inventata", *INVENTED[1:]),
    ]:
        again = build("killings", [restricted(tmp_path, names)], work, open_on_this_machine=True)
        assert (again.quality[0]["accepted"], again.quality[0]["set_aside"]) == (2, 1)
    everything = b"".join(p.read_bytes() for p in work.rglob("*") if p.is_file())
    assert b"Inventada" not in everything and b"Inventata" not in everything


def test_one_of_two_persons_of_a_name_withdraws_and_the_other_stays(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    given = restricted(tmp_path, (PERSON, "B" + PERSON[1:], INVENTED[2]))
    text = given.path.read_text().replace("B" + PERSON[1:], PERSON)
    given.path.write_text(text)
    build("killings", [given], work, open_on_this_machine=True)
    person = current_build("killings", work).table("cases")["victim_id"].iloc[0]
    assert "The rows have 2 pseudonyms" in say(work, tmp_path, apply=False)
    say(work, tmp_path, pseudonym=person, name=None)
    again = build("killings", [given], work, open_on_this_machine=True)
    assert again.quality[0]["accepted"] == 2


def test_a_sealed_study_keeps_the_mark_sealed_and_its_file_loses_the_row(
    work: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    identity = tmp_path / "away" / "identity.txt"
    recipient = make_identity(identity)
    monkeypatch.setenv("HRD_IDENTITY", str(identity))
    (tmp_path / "raw").mkdir()
    sealed = seal_file(restricted(tmp_path / "raw").path, recipient)
    given = SourceFile("restricted-list", sealed)
    build("killings", [given], work)
    table = current_build("killings", work).table("cases")
    told = say(work, tmp_path, raw=[sealed])
    assert "ours.csv.age: the person's rows in it are empty now (1)" in told
    kept = {p.name for p in (work / "killings").glob("withdrawn*")}
    assert kept == {"withdrawn.json.age", "withdrawn_names.index.age"}
    assert b"Inventada" not in read_stored(tmp_path / "raw" / "ours.csv")
    build("killings", [given], work)
    after = current_build("killings", work).table("cases")
    pd.testing.assert_frame_equal(after, table[table["source_row"] != 2].reset_index(drop=True))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_row_of_a_file_is_emptied_and_no_other_changes(tmp_path: Path, kind: str) -> None:
    rows = [["id", "name", "note"], ["1", "A", 'said "no";\nthen'], ["2", "B", ""], ["3", "C", "ö"]]
    path = tmp_path / f"list.{kind}"
    if kind == "csv":
        pd.DataFrame(rows[1:], columns=rows[0]).to_csv(path, index=False, sep=";")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    empty_rows(path, {3})
    if kind == "csv":
        left = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False, skip_blank_lines=False)
    else:
        left = pd.read_excel(path, dtype=str, keep_default_na=False, engine="openpyxl")
    assert left.to_numpy().tolist() == [rows[1], ["", "", ""], rows[3]]


def test_a_withdrawal_that_was_broken_off_is_finished_by_the_same_words(
    work: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    build("killings", [published(tmp_path)], work)
    names = edition(tmp_path / "out", "2", PERSON, ("global-witness",))
    with monkeypatch.context() as broken:
        broken.setattr("hrdresearch.run.withdraw.take_down", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            say(work, tmp_path)
    assert names.exists()
    say(work, tmp_path)
    assert not names.exists() and len(current_build("killings", work).table("cases")) == 2
    say(work, tmp_path)  # said once more, it finds nothing left and does no harm
