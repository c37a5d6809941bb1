"""What an archive holds of texts, handles, links and numbers to call stays in the restricted folder."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.privacy.account_handles import HandlesIndex, hash_handles, words_of_text
from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.keys import Key
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.build_files import read_names_index
from hrdresearch.run.errors import LeakError, RunError
from hrdresearch.run.execute import run
from hrdresearch.run.left_out import REASON
from hrdresearch.run.withdraw import withdraw
from hrdresearch.sources.notes import Note
from hrdresearch.studies.ground.build import current_build

KEY = Key("online-attacks", b"k" * 32)
HANDLE, TARGET, PERSON = "zq_canary_4711", "zq-target-0815", "Zerafine Quillonby"
TEXT = "we will kill you beside the zqfountain"
LINK, PHONE = "https://zqcanary.example/path", "+99 555 0123456"
WORDS = ("Reports", "Table", "calibri", "messages", "microsoft", "viewBox")  # handles of people
CANARIES = ("zq_canary", "zq-target", "quillonby", "zqfountain", "zqcanary", "0123456")


def archive(folder: Path) -> Path:
    rows = [
        {
            "id": f"zqfountain-{i}",
            "time": f"2022-03-{1 + i % 28:02d}T10:00:00Z",
            "text": f"{TEXT} {i} {LINK} {PHONE}" if i % 5 == 0 else f"A hearing on case {i}",
            "author": HANDLE if i % 7 == 0 else f"{HANDLE}{i}",
            **({"author": WORDS[i % len(WORDS)]} if i % 11 == 1 else {}),
            "target": (TARGET, PERSON, f"{TARGET}-{i % 9}")[i % 3],
        }
        for i in range(90)
    ]
    broken = [
        '{"id": "zqfountain", "text": "zqfountain',
        '["zqfountain"]',
        '{"text": "zqfountain"}',
    ]
    told = [json.dumps(r) for r in rows]
    file = folder / "posts.jsonl"
    file.write_text("\n".join([*told[:40], *broken, *told[40:]]) + "\n", encoding="utf-8")
    return file


def files(folder: Path) -> list[SourceFile]:
    labels = folder / "labels.csv"
    rows = [{"id": f"zqfountain-{i}", "coder": "first", "kinds": "threat_life"} for i in range(90)]
    pd.DataFrame([*rows, {"id": "zqfountain-x", "coder": "first", "kinds": "zqfountain"}]).to_csv(
        labels, index=False
    )
    events = folder / "events.csv"
    pd.DataFrame(
        {"person": [TARGET, PERSON], "date": ["2022-03-09", "zqfountain"], "event": "detention"}
    ).to_csv(events, index=False)
    return [
        SourceFile("posts", archive(folder), True),
        SourceFile("post-labels", labels, True),
        SourceFile("offline-events", events, True),
    ]


def everything(folder: Path) -> str:
    """All bytes below a folder but for what is restricted, and what is packed in Word files."""
    told = []
    for path in folder.rglob("*"):
        relative = path.relative_to(folder).as_posix()
        told.append(relative)
        if not path.is_file() or "restricted/" in relative:
            continue
        told.append(path.read_bytes().decode("utf-8", "replace"))
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as packed:
                told += [packed.read(n).decode("utf-8", "replace") for n in packed.namelist()]
        if path.suffix == ".parquet":
            told.append(pd.read_parquet(path).to_csv())
    return "\n".join(told).casefold()


@pytest.mark.long
def test_canaries_stay_in_the_restricted_folder_and_reach_no_report(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    source = tmp_path / "source"
    source.mkdir()
    caplog.set_level(logging.DEBUG)
    made = build("online-attacks", files(source), tmp_path / "work")
    assert made.quality[0]["set_aside"] == 3
    result = run("online-attacks", {}, tmp_path / "work", tmp_path / "out")
    assert result.names_checked > 80
    said = everything(tmp_path / "work") + everything(tmp_path / "out")
    said += (caplog.text + "".join(capfd.readouterr()) + str(made)).casefold()
    assert [c for c in CANARIES if c in said] == []
    restricted = (made.folder / "restricted" / "queue.csv").read_text(encoding="utf-8")
    assert "zqfountain" in restricted
    for name in ("set_aside.csv", "issues.csv"):
        held = (made.folder / "restricted" / name).read_text(encoding="utf-8").casefold()
        assert [c for c in CANARIES if c in held] == []


def test_errors_on_a_file_that_cannot_be_used_hold_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    for name, content in (
        ("a.jsonl", '{"text": "zqfountain", "body": "zqfountain"}'),
        ("a.csv", 'id,time,text,author\nzqfountain,,"zqfountain' + "x" * 1_100_000),
        ("a.json", '{"zqfountain": '),
        ("b.jsonl", '{"id": "zqfountain", "time": "", "text": "", "author": "zqfountain"}'),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
        given = [SourceFile("posts", tmp_path / name, True)]
        with pytest.raises(Exception, match=name.replace(".", r"\.")) as told:
            build("online-attacks", given, tmp_path / "work")
        assert "zqfountain" not in "".join(map(str, told.value.args))


def test_a_handle_is_found_exactly_and_a_word_of_the_page_only_behind_its_sign() -> None:
    digests = hash_handles(
        [HANDLE, "Reports", "user1", "anna@server.example", "123456789012", "2022"],
        KEY,
        words_of_text("The reports of 2022"),
    )
    index = HandlesIndex(build_index([NameEntry(PERSON)], KEY), KEY, digests)

    def kinds(text: str) -> list[str]:
        return [s.kind for s in index.find(text)]

    assert kinds(f"as {HANDLE.upper()}.") == kinds("@user1") == ["handle"]
    assert kinds("@Reports said") == kinds("anna@server.example") == ["handle"]
    assert kinds("number 123456789012") == ["handle"]
    assert kinds("our reports of 2022 on user12 and anna") == []
    assert kinds(f"{PERSON} said") == ["full name"]


def example(text: str, post_id: str) -> str:
    return (
        "post_id,text,kind,approved_by,date\n"
        f'{post_id},"{text}",threat_life,head of desk,2024-03-01\n'
    )


EXAMPLES = {  # and why they are not shown
    "A threat to end a life, with a place in the town named.": "",
    f"We will kill you, {HANDLE}": "it holds a handle",
    "A threat by @somebody": "it holds a handle",
    "See zqcanary.org for it": "it holds an address",
    "Call 555 0123456 and hear it": "it holds a number that could be a telephone number",
    "We will kill you beside the [place]": "it repeats so much of the message",
}


def test_an_example_is_shown_only_when_nothing_in_it_can_be_searched_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    given = files(tmp_path)
    build("online-attacks", given, tmp_path / "work")
    posts = current_build("online-attacks", tmp_path / "work").table("posts")
    of_threats = posts.sort_values("source_row")["post_id"].iloc[: 5 * len(EXAMPLES) : 5]
    decisions = tmp_path / "work" / "online-attacks" / "decisions"
    decisions.mkdir()
    rows = pd.concat(
        pd.read_csv(io.StringIO(example(text, post)))
        for text, post in zip(EXAMPLES, of_threats, strict=True)
    )
    rows.to_csv(decisions / "examples.csv", index=False)
    told = build("online-attacks", given, tmp_path / "work").quality[0]["notes"]
    held = current_build("online-attacks", tmp_path / "work").extras("examples")
    assert [e["text"] for e in held["shown"]] == [text for text, why in EXAMPLES.items() if not why]
    reasons = [why for why in EXAMPLES.values() if why]
    notes = [str(Note.from_dict(note)) for note in told]
    assert [why in note for note, why in zip(notes, reasons, strict=True)] == [True] * len(reasons)
    assert "zq" not in json.dumps([held, told])


@pytest.mark.long
def test_a_name_in_an_example_stops_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    given = files(tmp_path)
    build("online-attacks", given, tmp_path / "work")
    posts = current_build("online-attacks", tmp_path / "work").table("posts")
    decisions = tmp_path / "work" / "online-attacks" / "decisions"
    decisions.mkdir()
    text = example(f"A threat against {PERSON}, in other words", posts["post_id"].iloc[0])
    (decisions / "examples.csv").write_text(text, encoding="utf-8")
    build("online-attacks", given, tmp_path / "work")
    assert read_names_index(current_build("online-attacks", tmp_path / "work").folder) is not None
    with pytest.raises(LeakError) as told:
        run("online-attacks", {}, tmp_path / "work", tmp_path / "out")
    assert "quillonby" not in str(told.value).casefold()
    assert "quillonby" not in everything(tmp_path / "out")


def test_who_approved_an_example_is_a_role_and_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    decisions = tmp_path / "work" / "online-attacks" / "decisions"
    decisions.mkdir(parents=True)
    wrong = example("In other words", "a").replace("head of desk", PERSON)
    (decisions / "examples.csv").write_text(wrong, encoding="utf-8")
    with pytest.raises(RunError, match="a role, never a name") as told:
        build("online-attacks", files(tmp_path), tmp_path / "work")
    assert PERSON not in str(told.value)


def test_a_person_who_withdraws_leaves_the_tables_the_texts_and_later_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    work, given = tmp_path / "work", files(tmp_path)
    first = build("online-attacks", given, work)
    told = list(
        withdraw("online-attacks", work, tmp_path / "out", pseudonym=None, name=f"@{PERSON}",
                 apply=True)
    )  # fmt: skip
    assert "Removed" in told[1] and PERSON not in "".join(told)
    assert len(current_build("online-attacks", work).table("posts")) == 60
    assert not (first.folder / "restricted" / "queue.csv").exists()

    again = build("online-attacks", given, work)
    assert again.is_new and again.quality[0]["accepted"] == 60
    aside = pd.read_csv(again.folder / "restricted" / "set_aside.csv")
    assert aside["reason"].eq(REASON).sum() >= 30
    posts = current_build("online-attacks", work).table("posts")
    queue = pd.read_csv(again.folder / "restricted" / "queue.csv")
    assert set(queue["post_id"]) <= set(posts["post_id"])


def test_an_account_in_a_row_that_is_set_aside_does_not_pass_the_scan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    rows = ["id,time,text,author,target"]
    rows += [f"{n},2022-03-0{n}T10:00:00Z,A hearing,writer_{n},reader_{n}" for n in range(1, 9)]
    rows += ["9,2022-03-09T10:00:00Z,,zq_without_text,reader_1"]
    rows += ["10,2022-03-09T10:00:00Z,A hearing,zq_broken_row,Zerafine Quillonby,one cell too many"]
    (tmp_path / "posts.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    events = "person,date,event\n@zq_named,no day,detention\nYorbina Okurro,no day,detention\n"
    last = "reader_1,2022-03-09,detention\n"
    (tmp_path / "events.csv").write_text(events + last, encoding="utf-8")
    given = [
        SourceFile("posts", tmp_path / "posts.csv"),
        SourceFile("offline-events", tmp_path / "events.csv"),
    ]
    made = build("online-attacks", given, tmp_path / "work", open_on_this_machine=True)
    assert [told["set_aside"] for told in made.quality] == [2, 2]
    index = read_names_index(made.folder)
    assert index is not None
    accounts = ["zq_without_text", "zq_broken_row", "zq_named", "reader_2"]
    texts = [*accounts, "Zerafine Quillonby", "Yorbina Okurro"]
    assert [text for text in texts if not index.find(f"They met {text} there.")] == []
    assert not index.find("Nobody is named here.")
