"""A word of the page that is also a name passes when two persons accept it. Invented persons."""

import json

import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.scan import ScanHit, scan_report
from hrdresearch.run.accepted_words import (
    FILE,
    accept_word,
    open_hits,
    show_words,
    word_questions,
)
from hrdresearch.run.errors import RunError

PAGE = frozenset(("may", "police", "the", "came", "in"))
INDEX = build_index(
    [NameEntry("May"), NameEntry("Police"), NameEntry("India"), NameEntry("Zunela Testalore")],
    Key("killings", b"k" * 32), ["India"], PAGE,
)  # fmt: skip


def hits(tmp_path, body):
    folder = tmp_path / "report"
    folder.mkdir(exist_ok=True)
    (folder / "report.html").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    return scan_report(folder, INDEX)


@pytest.mark.parametrize("word", ["May", "Police", "India"])
def test_a_word_passes_in_its_place_of_one_release_when_two_desks_accept_it(tmp_path, word):
    found = hits(tmp_path, f"<p>The {word} came in</p>")
    assert [hit.word != "" for hit in found] == [True]
    assert open_hits(tmp_path, "build/all", found) == found
    accept_word(tmp_path, 1, "desk-1")
    accept_word(tmp_path, 1, "desk-1")
    assert open_hits(tmp_path, "build/all", found) == found
    assert accept_word(tmp_path, 1, "desk-2").is_accepted
    assert open_hits(tmp_path, "build/all", found) == []
    assert open_hits(tmp_path, "next/all", found, ask=False) == found
    elsewhere = hits(tmp_path, f'<p title="The {word} came in">x</p>')
    assert open_hits(tmp_path, "build/all", elsewhere) == elsewhere


def test_the_file_holds_no_word_and_the_screen_shows_it(tmp_path):
    open_hits(tmp_path, "build/all", hits(tmp_path, "<p>The Police came in May to India</p>"))
    text = (tmp_path / FILE).read_text(encoding="utf-8").casefold()
    assert not any(word in text for word in ("police", "may", "india"))
    assert len(json.loads(text)) == 3
    shown = show_words(word_questions(tmp_path), INDEX)
    alike = [set(words.casefold().split(" or ")) for words in shown.values()]
    assert all(any(word in words for words in alike) for word in ("india", "may", "police"))
    assert len(alike) == 3


def test_a_name_of_a_person_is_never_a_question(tmp_path):
    found = hits(tmp_path, "<p>Zunela Testalore came in</p>")
    assert [hit.word for hit in found] == [""] and open_hits(tmp_path, "build/all", found) == found
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(("number", "desk"), [(1, "Zunela"), (2, "desk-1"), (0, "desk-1")])
def test_a_wrong_number_or_desk_is_refused(tmp_path, number, desk):
    open_hits(
        tmp_path, "build/all", [ScanHit("report.html", "HTML text", "line 1", "single name", "0f")]
    )
    with pytest.raises(RunError):
        accept_word(tmp_path, number, desk)


@pytest.mark.parametrize("desk", [[], ["--desk", "Zunela"]])
def test_without_a_desk_the_command_complains_before_it_asks_for_a_passphrase(
    tmp_path, monkeypatch, desk
):
    monkeypatch.setattr("hrdresearch.privacy.desk_keys.read_desk_keys", lambda: ["a key"])
    ask = ["words", "killings", "--work", str(tmp_path), "--accept", "1", *desk]
    told = CliRunner().invoke(app, ask)
    assert isinstance(told.exception, RunError) and "names a desk and not a person" in str(
        told.exception
    )
    assert "Passphrase" not in told.output


def test_where_nothing_is_open_the_command_says_where_other_stops_are_explained(tmp_path):
    said = CliRunner().invoke(app, ["words", "killings", "--work", str(tmp_path)]).output
    assert said.startswith("0 open") and "docs/how-to/own-list.md" in said
    open_hits(tmp_path / "killings", "build/all", hits(tmp_path, "<p>The Police came in</p>"))
    said = CliRunner().invoke(app, ["words", "killings", "--work", str(tmp_path)]).output
    assert said.startswith("1. build/all report.html") and said.endswith("1 open\n")
