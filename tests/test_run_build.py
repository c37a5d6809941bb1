"""Build: nothing is lost, names leave, and a failure changes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

from hrdresearch.privacy.keys import Key, KeyProblem, name_digest
from hrdresearch.privacy.vault import VaultProblem, make_identity, seal_file
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.build_files import Store, read_names_index
from hrdresearch.run.errors import BusyError, RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.manifest import _about_build
from hrdresearch.run.sealed_lists import how_kept, keeping_of, opener_for
from hrdresearch.run.withdraw import withdraw
from hrdresearch.sources import check_path, global_witness, list_sources
from hrdresearch.studies.ground.build import NoBuildError, current_build

HEADER = (
    "id,date,name,gender,age,person_characteristics,industry_driver,perpetrator_type,continent,"
    "country,country_numeric,local_region,number_of_victims\n"
)
ROW = "{id},{date},{name},Female,40,Lawyer,Logging,Police,Americas,Colombia,170,Cauca,1\n"
INVENTED = ("Ana Inventada Demo", "Bela Ficticia Demo", "Cora Imaginada Demo")
RESTRICTED = (
    "case_id,date,state,name,sex,age,identity,cause,perpetrator,defender,motive,threats,"
    "accountability\n"
    "r1,2020-03-01,Colombia,Ana Inventada Demo,female,40,lawyer,human_rights,unknown,mandate,"
    "confirmed,yes,complete\n"
)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.delenv("HRD_IDENTITY", raising=False)
    return tmp_path / "work"


def published(folder: Path, dates: tuple[str, ...] = ("2020-01-02",) * 3) -> SourceFile:
    path = folder / "list.csv"
    rows = zip(INVENTED, dates, strict=True)
    text = "".join(ROW.format(id=f"r{i}", date=d, name=n) for i, (n, d) in enumerate(rows))
    path.write_text(HEADER + text, encoding="utf-8")
    return SourceFile("global-witness", path)


def test_the_same_input_gives_the_same_build(work: Path, tmp_path: Path) -> None:
    first = build("killings", [published(tmp_path)], work)
    again = build("killings", [published(tmp_path)], work)
    changed = build("killings", [published(tmp_path, ("2021-01-02",) * 3)], work)
    assert (first.is_new, again.is_new, changed.is_new) == (True, False, True)
    assert first.build_id == again.build_id != changed.build_id
    assert current_build("killings", work).build_id == changed.build_id


def test_names_leave_and_only_the_restricted_folder_knows_of_persons(
    work: Path, tmp_path: Path
) -> None:
    folder = build("killings", [published(tmp_path)], work).folder
    for path in (p for p in folder.rglob("*") if p.is_file()):
        text = path.read_bytes().decode("utf-8", errors="ignore")
        assert not [name for name in INVENTED if name in text or name.split()[1] in text], path.name
    cases = current_build("killings", work).table("cases")
    assert cases[["source_row", "sex_code", "age_years", "state_iso3"]].to_dict("list") == {
        "source_row": [2, 3, 4],
        "sex_code": ["female"] * 3,
        "age_years": [40] * 3,
        "state_iso3": ["COL"] * 3,
    }


def test_pseudonyms_differ_between_machines(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build("killings", [published(tmp_path)], work)
    here = current_build("killings", work).table("cases")["victim_id"]
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "other keys"))
    build("killings", [published(tmp_path)], tmp_path / "other")
    there = current_build("killings", tmp_path / "other").table("cases")["victim_id"]
    assert not set(here) & set(there)


def test_a_build_of_another_key_is_not_used_again_and_the_error_says_what_to_do(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = build("killings", [published(tmp_path)], work)
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "other keys"))
    wanted = r"killings was made with another key than .*other keys.* HRD_KEYS .* work folder"
    with pytest.raises(KeyProblem, match=wanted):
        build("killings", [published(tmp_path)], work)
    with pytest.raises(KeyProblem, match=wanted):
        read_names_index(made.folder)


def test_a_row_that_fails_is_set_aside_with_its_reason_and_counted(
    work: Path, tmp_path: Path
) -> None:
    source = published(tmp_path)
    text = source.path.read_text(encoding="utf-8").replace("Colombia,170", "Atlantis,999", 1)
    source.path.write_text(text, encoding="utf-8")
    result = build("killings", [source], work)
    quality = result.quality[0]
    assert (quality["rows_in"], quality["accepted"], quality["set_aside"]) == (3, 2, 1)
    aside = pd.read_csv(result.folder / "restricted" / "set_aside.csv")
    assert aside[["file", "row"]].to_dict("records") == [{"file": "list.csv", "row": 2}]
    assert "Inventada" not in aside["reason"].item()


def test_two_builds_at_once_are_one_too_many(work: Path, tmp_path: Path) -> None:
    (work / "killings").mkdir(parents=True)
    with FileLock(work / "killings" / ".build.lock"), pytest.raises(BusyError, match="is running"):
        build("killings", [published(tmp_path)], work)


def test_a_full_disk_leaves_the_last_build_current(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = build("killings", [published(tmp_path)], work)

    def full(self: Store, name: str, frame: pd.DataFrame) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Store, "write_table", full)
    with pytest.raises(RunError, match="No space left on device"):
        build("killings", [published(tmp_path, ("2021-05-05",) * 3)], work)
    assert current_build("killings", work).build_id == good.build_id
    assert not [p for p in (work / "killings").iterdir() if "partial" in p.name]


def test_one_vintage_of_a_list_a_report(work: Path, tmp_path: Path) -> None:
    source = published(tmp_path)
    with pytest.raises(RunError, match="one edition"):
        build("killings", [source, source], work)


def test_a_file_that_is_not_there_is_said_so(work: Path, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="there is no file"):
        build("killings", [SourceFile("global-witness", tmp_path / "no.csv")], work)


def test_without_a_build_the_message_says_how_to_make_one(work: Path) -> None:
    with pytest.raises(NoBuildError, match="hrdresearch build killings --source"):
        current_build("killings", work)


def test_a_correction_by_hand_is_applied_and_fails_once_the_source_has_changed(
    work: Path, tmp_path: Path
) -> None:
    work.mkdir()
    (work / "corrections.yml").write_text(
        "- {source: global-witness, row: 2, column: age, expected: 40, value: 41, "
        "reason: letter of the publisher}\n"
    )
    result = build("killings", [published(tmp_path)], work)
    assert current_build("killings", work).table("cases")["age_years"].tolist() == [41, 40, 40]
    issues = pd.read_csv(result.folder / "restricted" / "issues.csv")
    assert "letter of the publisher" in issues["what"].item()
    source = published(tmp_path)
    source.path.write_text(source.path.read_text().replace(",40,", ",39,", 1))
    with pytest.raises(Exception, match="no longer holds the expected value"):
        build("killings", [source], work)


def test_a_restricted_list_that_lies_open_is_refused(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "list.csv").write_text(RESTRICTED)
    source = SourceFile("restricted-list", raw / "list.csv")
    with pytest.raises(VaultProblem, match="there is no identity"):
        build("killings", [source], work)
    make_identity(tmp_path / "safe" / "identity.txt")
    monkeypatch.setenv("HRD_IDENTITY", str(tmp_path / "safe" / "identity.txt"))
    with pytest.raises(VaultProblem, match="lies open on disk"):
        build("killings", [source], work)


def test_who_accepts_that_a_restricted_list_lies_open_says_so_and_the_build_keeps_it(
    work: Path, tmp_path: Path
) -> None:
    (tmp_path / "closed.csv").write_text(RESTRICTED)
    lists = [SourceFile("restricted-list", tmp_path / "closed.csv"), published(tmp_path)]
    opened = build("killings", lists, work, open_on_this_machine=True).folder
    told = read_json(opened / "build.json")
    assert (told["is_sealed"], told["lies_open"]) == (False, True)
    kept = [current_build("killings", work)]
    assert "lay unencrypted" in how_kept(kept) and how_kept([]) == ""
    assert _about_build(kept[0])["lies_open"] is True
    demo = [replace(file, is_demo=True) for file in lists]
    for exempt in (demo, lists[1:]):
        told = read_json(build("killings", exempt, work).folder / "build.json")
        assert (told["is_sealed"], told["lies_open"]) == (False, False)


def test_every_source_that_is_not_public_by_name_needs_the_vault(tmp_path: Path) -> None:
    closed = [facts.slug for facts in list_sources() if not facts.policy.public_by_name]
    assert {"detentions", "posts", "reprisals-ledger", "post-persons", "post-labels"} <= {*closed}
    file = tmp_path / "list.csv"
    file.write_text("case_id\n")
    for slug in closed:
        with pytest.raises(VaultProblem, match="vault init"):
            keeping_of({slug: file}, tmp_path, open_on_this_machine=False)
        assert keeping_of({slug: file}, tmp_path, open_on_this_machine=True).lies_open


def test_a_sealed_restricted_list_is_built_and_stays_sealed(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "list.csv").write_text(RESTRICTED)
    recipient = make_identity(tmp_path / "safe" / "identity.txt")
    monkeypatch.setenv("HRD_IDENTITY", str(tmp_path / "safe" / "identity.txt"))
    sealed = seal_file(raw / "list.csv", recipient)
    folder = build("killings", [SourceFile("restricted-list", sealed)], work).folder
    rows = [p.name for p in folder.rglob("*") if p.suffix != ".json" and p.is_file()]
    assert rows and all(name.endswith(".age") for name in rows)
    assert current_build("killings", work).table("cases")["state_iso3"].tolist() == ["COL"]
    looked_at = check_path(sealed, "restricted-list", opener_for)[0]
    assert (looked_at.error, looked_at.accepted) == ("", 1)
    monkeypatch.delenv("HRD_IDENTITY")
    with pytest.raises(VaultProblem, match="set HRD_IDENTITY"):
        current_build("killings", work).table("cases")


def test_a_withdrawn_person_leaves_every_build_and_stays_out(work: Path, tmp_path: Path) -> None:
    build("killings", [published(tmp_path)], work)
    said = list(
        withdraw(
            "killings",
            work,
            tmp_path / "out",
            pseudonym=None,
            name="ana INVENTADA demo",
            apply=False,
        )
    )
    assert said[0] == "Rows: 1, in builds: 1; editions to take down: 0"
    assert len(current_build("killings", work).table("cases")) == 3
    list(
        withdraw(
            "killings",
            work,
            tmp_path / "out",
            pseudonym=None,
            name="Demo Ana Inventada",
            apply=True,
        )
    )
    assert len(current_build("killings", work).table("cases")) == 2
    rebuilt = build("killings", [published(tmp_path)], work)
    assert len(current_build("killings", work).table("cases")) == 2
    quality = rebuilt.quality[0]
    assert (quality["rows_in"], quality["accepted"], quality["set_aside"]) == (3, 2, 1)
    aside = pd.read_csv(rebuilt.folder / "restricted" / "set_aside.csv")
    assert aside["reason"].tolist() == ["Taken out: withdrawn, or no longer to be kept."]


def test_nobody_of_that_name_is_no_success(work: Path, tmp_path: Path) -> None:
    build("killings", [published(tmp_path)], work)
    with pytest.raises(RunError, match="No build of killings"):
        list(withdraw("killings", work, tmp_path, pseudonym=None, name="Nobody Here", apply=True))


def test_what_a_build_was_made_from_is_recorded(work: Path, tmp_path: Path) -> None:
    folder = build("killings", [published(tmp_path)], work).folder
    source = read_json(folder / "sources.json")[0]
    assert (source["slug"], source["file"]) == ("global-witness", "list.csv")
    assert len(source["sha256"]) == 64
    assert set(read_json(folder / "build.json")) >= {"code", "key_fingerprint", "tables"}


def test_invented_cases_never_stand_under_a_publishers_name_alone(
    work: Path, tmp_path: Path
) -> None:
    source = published(tmp_path)
    folder = build("killings", [SourceFile(source.slug, source.path, is_demo=True)], work).folder
    facts = read_json(folder / "sources.json")[0]
    assert facts["publisher"] == "Global Witness (invented)"
    assert facts["citation"].startswith("Invented cases")


def test_a_file_called_by_a_persons_name_is_refused(work: Path, tmp_path: Path) -> None:
    source = published(tmp_path)
    renamed = source.path.rename(tmp_path / "ana_inventada_demo.csv")
    with pytest.raises(RunError, match="Rename the file") as error:
        build("killings", [SourceFile(source.slug, renamed)], work)
    assert "inventada" not in str(error.value).lower()


def test_names_without_a_letter_have_no_digest_and_withdraw_nobody(
    work: Path, tmp_path: Path
) -> None:
    build("killings", [published(tmp_path)], work)
    for name in ("", " - ", "?"):
        assert name_digest(name, Key("killings", b"k" * 32)) is None
        with pytest.raises(RunError, match="holds no letter"):
            list(withdraw("killings", work, tmp_path, pseudonym=None, name=name, apply=True))


def test_a_code_that_a_table_cannot_hold_is_told_by_source_and_column_without_a_value(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_read = global_witness.clean
    monkeypatch.setattr(
        global_witness, "clean", lambda sheet: as_read(sheet).assign(threats_before="Ana Inventada")
    )

    with pytest.raises(
        RunError, match=r"read from global-witness: threats_before .*not_asked"
    ) as told:
        build("killings", [published(tmp_path)], work)

    assert "Ana" not in str(told.value)
