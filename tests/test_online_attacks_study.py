"""From an invented archive to a page: what is estimated, what is withheld, what never gets out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hrdresearch.privacy.keys import Key
from hrdresearch.run.archive.coding import code_archive
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.source_files import demo_files
from hrdresearch.run.steps.online_attacks import group_years
from hrdresearch.sources import load
from hrdresearch.studies.ground.build import Build, current_build
from hrdresearch.studies.online_attacks.claims import rounded_persons
from hrdresearch.studies.online_attacks.study import OnlineAttacks
from hrdresearch.studies.online_attacks.tables import note_on_wide_intervals
from hrdresearch.tables import match_rows

REPOSITORY = Path(__file__).resolve().parents[1]
KEY = Key("online-attacks", b"k" * 32)
CANARY = "canary-4711-demo"
CANARY_TEXT = "We will kill you at the blue canary fountain"


def archive(folder: Path, messages: int = 60) -> Path:
    """An archive in the template's columns; the canary stands in it as author, target and text."""
    rows = [
        {
            "id": f"m{i}",
            "time": f"2022-03-{1 + i % 28:02d}T10:00:00+02:00",
            "text": CANARY_TEXT if i % 10 == 0 else f"The hearing begins at {i}",
            "author": CANARY if i % 7 == 0 else f"acc{i}-demo",
            "target": CANARY if i % 13 == 1 else f"person{i % 11}-demo",
        }
        for i in range(messages)
    ]
    file = folder / "posts.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return file


def labels(folder: Path, messages: int = 60) -> Path:
    file = folder / "labels.csv"
    pd.DataFrame(
        {
            "id": [f"m{i}" for i in range(messages)],
            "coder": "first",
            "kinds": ["threat_life" if i % 10 == 0 else "none" for i in range(messages)],
        }
    ).to_csv(file, index=False)
    return file


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    folder = tmp_path_factory.mktemp("attacks")
    files = [
        SourceFile("posts", archive(folder), True),
        SourceFile("post-labels", labels(folder), True),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_KEYS", str(folder / "keys"))
        build("online-attacks", files, folder / "work")
        yield current_build("online-attacks", folder / "work")


def claims(*findings: Any) -> dict[str, Any]:
    return {c.name: c for f in findings for c in f.claims}


def test_shares_are_estimated_from_labels_and_stand_with_their_interval(built: Build) -> None:
    found = claims(OnlineAttacks(built, {}).prevalence())
    share = found["prevalence.threat_life"].value
    assert share == pytest.approx(10)
    assert found["prevalence.threat_life.low"].value <= share
    assert found["prevalence.threat_life.high"].value >= share


def test_a_kind_that_rests_on_few_persons_is_withheld(
    built: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hrdresearch.studies.online_attacks.claims.FEWEST_SHOWN", 50)
    found = claims(OnlineAttacks(built, {}).prevalence())
    assert found["prevalence.threat_life"].status == "suppressed"
    assert found["prevalence.threat_life.total"].value is None


def test_a_chat_that_does_not_say_whom_it_addresses_gives_a_share_only_where_that_is_stated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    file = archive(tmp_path)
    told = [json.loads(line) for line in file.read_text().splitlines()]
    rows = [told[0], *(row | {"target": ""} for row in told[1:])]
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    files = [SourceFile("posts", file, True), SourceFile("post-labels", labels(tmp_path), True)]
    build("online-attacks", files, tmp_path / "work")
    made = current_build("online-attacks", tmp_path / "work")
    unstated, stated = (
        OnlineAttacks(made, {"addresses_five": said}).prevalence() for said in (False, True)
    )
    assert claims(unstated)["prevalence.threat_life"].status == "suppressed"
    assert claims(stated)["prevalence.threat_life"].value == pytest.approx(10)
    assert any("stated by who made this report" in note for note in stated.notes)
    assert not any("stated by who made this report" in note for note in unstated.notes)


def test_where_whom_messages_address_is_recorded_nothing_can_be_stated(
    built: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hrdresearch.studies.online_attacks.claims.FEWEST_SHOWN", 50)
    stated = OnlineAttacks(built, {"addresses_five": True}).prevalence()
    assert claims(stated)["prevalence.threat_life"].status == "suppressed"
    assert any("That is not used" in note for note in stated.notes)


def test_without_labels_no_share_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    build("online-attacks", [SourceFile("posts", archive(tmp_path), True)], tmp_path / "work")
    study = OnlineAttacks(current_build("online-attacks", tmp_path / "work"), {})
    assert list(claims(study.prevalence())) == ["prevalence.missing"]
    assert "scope.unlabelled" in claims(study.card())


def test_no_share_is_printed_before_half_of_the_sample_is_labelled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    for messages, why in ((20, "fewer than thirty messages"), (40, "fewer than half")):
        files = [
            SourceFile("posts", archive(tmp_path, 100), True),
            SourceFile("post-labels", labels(tmp_path, messages), True),
        ]
        build("online-attacks", files, tmp_path / "work")
        study = OnlineAttacks(current_build("online-attacks", tmp_path / "work"), {})
        for made in (study.prevalence(), study.assisted(), study.machine(), study.queue()):
            (claim,) = made.claims
            assert why in claim.text and not made.rows
        assert claims(study.extent())["extent.labelled"].value == messages


def test_what_rests_on_fewer_than_thirty_labelled_messages_is_not_computable(built: Build) -> None:
    found = claims(OnlineAttacks(built, {}).queue())  # six threats
    assert {c.status for c in found.values()} == {"not_computable"}


def test_what_was_not_recorded_or_not_asked_is_never_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Messages without time and without the account that they address; events of others."""
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    rows = [
        {"id": f"m{i}", "time": "", "text": f"We will kill you, {i}", "author": f"a{i % 9}-demo"}
        for i in range(40)
    ]
    file, events = tmp_path / "posts.jsonl", tmp_path / "events.csv"
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    events.write_text(
        "person,date,event\n" + "".join(f"p{i}-demo,2022-04-0{i},raid\n" for i in range(1, 8)),
        encoding="utf-8",
    )
    files = [SourceFile("posts", file, True), SourceFile("offline-events", events, True)]
    build("online-attacks", files, tmp_path / "work")
    study = OnlineAttacks(current_build("online-attacks", tmp_path / "work"), {})
    found = claims(
        study.extent(), study.patterns(), study.coordination(), study.synchrony(), study.offline()
    )
    assert found["extent.targets"].text == "not recorded"
    assert found["offline.linked_events"].text == "no link given"
    for name in (
        "patterns.bursts",
        "patterns.bursts_by_chance",
        "coordination.texts",
        "coordination.links.messages",
        "synchrony.pairs",
        "offline.before",
        "offline.after.expected",
        "offline.detained_after",
    ):
        assert (name, found[name].text) == (name, "not computable")


def test_bursts_stand_beside_the_number_that_chance_gives(built: Build) -> None:
    found = claims(OnlineAttacks(built, {}).patterns())
    assert found["patterns.bursts"].value == 0
    assert found["patterns.bursts_by_chance"].text == "0.0"


def test_a_language_without_vocabulary_is_told_from_one_that_cannot_be_told(built: Build) -> None:
    found = claims(OnlineAttacks(built, {}).by_language())
    assert {"by_language.other", "by_language.not_told"} <= set(found)


def test_a_wide_interval_is_a_sentence_and_no_share(built: Build) -> None:
    study = OnlineAttacks(built, {})
    made = study.share_with_interval("some.share", "some kind", (0.5, 0.2, 0.8), hidden=False)
    assert {c.status for c in made} == {"not_computable"}
    assert "wider than fifty points: some kind" in " ".join(note_on_wide_intervals(["some kind"]))


def test_two_people_who_labelled_different_messages_have_no_agreement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    given = labels(tmp_path)
    rows = pd.read_csv(given)
    rows.loc[rows.index >= 50, "coder"] = "second"
    rows.to_csv(given, index=False)
    files = [SourceFile("posts", archive(tmp_path), True), SourceFile("post-labels", given, True)]
    build("online-attacks", files, tmp_path / "work")
    found = claims(OnlineAttacks(current_build("online-attacks", tmp_path / "work"), {}).coders())
    assert found["coders.attack"].value is None
    assert found["coders.attack.messages"].value == 0


def test_tables_hold_neither_text_nor_handle(built: Build) -> None:
    for name in ("posts", "post_labels", "offline_events"):
        content = built.table(name).to_csv()
        assert CANARY not in content and "canary fountain" not in content


def test_findings_hold_neither_text_nor_handle(built: Build) -> None:
    study = OnlineAttacks(built, {})
    for make in (
        study.card,
        study.extent,
        study.by_language,
        study.prevalence,
        study.machine,
        study.queue,
        study.coders,
        study.patterns,
        study.offline,
        study.quality,
    ):
        content = json.dumps(make().to_json())
        assert CANARY not in content and "canary fountain" not in content


def test_counts_of_the_archive_are_found_again_by_their_filter(built: Build) -> None:
    study = OnlineAttacks(built, {})
    told = [c for f in (study.extent(), study.by_language()) for c in f.claims]
    counted = [c for c in told if c.status == "shown" and c.measure != "computed"]
    assert len(counted) > 8
    for claim in counted:
        held = built.table(claim.table)
        held = held[match_rows(held, claim.filter)]
        column = claim.measure.removeprefix("distinct:")
        found = held[column].nunique() if column in held else len(held)
        assert (claim.name, rounded_persons(found, claim.unit)) == (claim.name, claim.rows)


def test_rounded_numbers_of_persons_are_about_and_no_row_count_undoes_the_rounding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    days = [f"person{n % 11}-demo,2022-03-{n + 1:02d},raid" for n in range(13)]
    events = tmp_path / "events.csv"
    events.write_text("\n".join(["person,date,event", *days]) + "\n", encoding="utf-8")
    files = [
        SourceFile("posts", archive(tmp_path), True),
        SourceFile("offline-events", events, True),
    ]
    build("online-attacks", files, tmp_path / "work")
    study = OnlineAttacks(current_build("online-attacks", tmp_path / "work"), {})
    told = {c.name: c for f in (study.offline(), study.quality(), study.extent()) for c in f.claims}
    event, row = told["offline.events"], told["quality.offline_events.accepted"]
    assert (event.value, row.value) == (15, 15)  # of thirteen events, each in a row
    assert event.is_rounded and row.is_rounded and told["extent.accounts"].is_rounded
    assert not told["extent.messages"].is_rounded and told["quality.accepted"].value == 60


def test_published_shares_hold_no_more_digits_than_the_page_prints(built: Build) -> None:
    for claim in OnlineAttacks(built, {}).prevalence().claims:
        if claim.status == "shown" and claim.unit == "per_cent":
            assert f"{claim.value:.1f}" == claim.text and round(claim.value, 1) == claim.value


def test_years_are_put_together_where_there_would_be_too_many_groups_to_label() -> None:
    assert group_years({2020: 5, 2021: 9}, 3) == {2020: "2020", 2021: "2021"}
    ten = group_years(dict.fromkeys(range(2010, 2020), 100), 3)
    assert list(dict.fromkeys(ten.values())) == ["2010–2013", "2014–2016", "2017–2019"]
    uneven = group_years({2010: 1, 2011: 1, 2012: 98, 2013: 100}, 2)
    assert list(dict.fromkeys(uneven.values())) == ["2010–2012", "2013"]


def test_the_same_account_has_one_pseudonym_as_author_and_as_target(built: Build) -> None:
    posts = built.table("posts")
    assert set(posts["author_id"]) & set(posts["target_id"].dropna())


def test_an_archive_goes_on_where_it_stopped_and_holds_no_text(tmp_path: Path) -> None:
    file, out = archive(tmp_path), tmp_path / "parts"
    assert code_archive(file, out, KEY, chunk=25) == 60
    parts = sorted(out.glob("part-*.parquet"))
    before = [p.stat().st_mtime_ns for p in parts]
    parts[1].unlink()
    assert code_archive(file, out, KEY, chunk=25) == 60
    after = [p.stat().st_mtime_ns for p in sorted(out.glob("part-*.parquet"))]
    assert len(after) == 3 and (after[0], after[2]) == (before[0], before[2])
    whole = pd.concat([pd.read_parquet(p) for p in sorted(out.glob("part-*.parquet"))])
    assert whole["post_id"].is_unique and CANARY not in whole.to_csv()


def test_the_template_is_read_from_csv_json_lines_and_parquet_alike(tmp_path: Path) -> None:
    file = archive(tmp_path, 5)
    frame = pd.read_json(file, lines=True, dtype=False)
    frame.to_csv(tmp_path / "posts.csv", index=False)
    frame.to_parquet(tmp_path / "posts.parquet", index=False)
    read = [
        load("posts", tmp_path / f"posts.{kind}").accepted for kind in ("jsonl", "csv", "parquet")
    ]
    pd.testing.assert_frame_equal(read[0], read[1])
    pd.testing.assert_frame_equal(read[0], read[2])
    assert read[0]["posted_at"][2] == pd.Timestamp("2022-03-01 08:00:00")


def test_the_demo_is_made_again_byte_by_byte(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_demo_online_attacks.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    for file in demo_files("online-attacks"):
        assert file.path.read_bytes() == (tmp_path / file.path.name).read_bytes()
