"""Coders' sheet, decisions, withdrawal and the acknowledgement pack. All invented."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from test_communications_study import LETTERS, write_register

from hrdresearch.run.acknowledgement import (
    DRAFT_MARK,
    OFFICIAL_LANGUAGES,
    acknowledgement_text,
    read_pack,
    write_pack,
)
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.reviews import communications as review
from hrdresearch.studies.communications.study import Communications
from hrdresearch.studies.ground.build import Build, current_build

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    return tmp_path / "work"


def built(work: Path, tmp_path: Path) -> Build:
    disputed = [
        {**LETTERS[0], "coder_a": "partial; partial", "coder_b": "answers; partial"},
        {**LETTERS[2], "coder_a": "answers", "coder_b": ""},
        {**LETTERS[4], "reply_dates": "2020-06-05", "questions": "Was it investigated? | Who pays?",
         "reply_text": "An investigation is open."},
    ]  # fmt: skip
    path = write_register(tmp_path / "register.csv", disputed)
    build("communications", [SourceFile("register", path)], work)
    return current_build("communications", work)


def test_the_sheet_shows_codes_only_where_both_have_coded(work: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    assert review.export(built(work, tmp_path), sheet, 200) == 2
    rows = pd.read_csv(sheet, dtype=str, keep_default_na=False)
    assert rows["reply_id"].tolist() == ["UA BRA 901/2020 reply 1", "AL KEN 902/2020 reply 1"]
    assert rows["coder_a"].tolist() == ["partial", ""]
    assert rows["coder_b"].tolist() == ["answers", ""]


def test_a_decision_settles_a_dispute_at_the_next_build(work: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    first = built(work, tmp_path)
    review.export(first, sheet, 200)
    rows = pd.read_csv(sheet, dtype=str, keep_default_na=False)
    rows.loc[0, "substance"] = "answers"
    rows.to_csv(sheet, index=False)
    assert review.feed(sheet, work / "communications" / "decisions") == 1
    second = built(work, tmp_path)
    assert second.build_id != first.build_id
    settled = second.table("replies").set_index("reply_id")["substance_code"]
    assert settled["UA BRA 901/2020 reply 1"] == "answers"
    day = second.table("communications").set_index("letter_id")["first_substantive_date"]
    assert day["UA BRA 901/2020"] == pd.Timestamp("2020-02-20")


def test_a_code_that_the_codebook_lacks_is_refused_with_its_row(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("reply_id,substance\na reply 1,partial\nb reply 1,disputed\n")
    with pytest.raises(RunError, match="row 3"):
        review.feed(sheet, tmp_path / "decisions")


def test_the_helper_for_coders_stays_on_the_restricted_machine(work: Path, tmp_path: Path) -> None:
    held = built(work, tmp_path)
    sheet = pd.read_csv(held.folder / "restricted" / "coders.csv", keep_default_na=False)
    assert sheet["look"].tolist() == ["", "no sentence seems to address this"]
    assert not [p for p in held.folder.glob("*.parquet") if b"investigat" in p.read_bytes()]


def test_a_person_can_be_withdrawn_by_name(work: Path, tmp_path: Path) -> None:
    from hrdresearch.run.withdraw import withdraw

    held = built(work, tmp_path)
    before = len(held.table("addressed_persons"))
    lines = list(withdraw("communications", work, tmp_path / "out", pseudonym=None,
                          name="Belo Tordemo", apply=True))  # fmt: skip
    after = built(work, tmp_path)
    assert lines and len(after.table("addressed_persons")) == before - 1
    assert len(after.table("communications")) == len(held.table("communications"))
    quality = {q["slug"]: q for q in after.extras("quality")}["register"]
    assert quality["accepted"] == len(held.table("communications"))


def test_the_pack_has_the_six_languages_and_marks_drafts(tmp_path: Path) -> None:
    names = [p.name for p in write_pack(tmp_path)]
    assert len(names) == len(OFFICIAL_LANGUAGES) == 6
    assert [n for n in names if "draft" not in n] == ["acknowledgement-en.txt"]
    for language in OFFICIAL_LANGUAGES:
        assert (DRAFT_MARK in acknowledgement_text(language)) == (language != "en")


def test_an_acknowledgement_gives_process_and_time_and_nothing_of_the_case() -> None:
    for language in OFFICIAL_LANGUAGES:
        text = acknowledgement_text(language)
        assert set(re.findall(r"\d+", text)) == {"1", "2", "3", "4", "60"}
        assert "{" not in text


def test_a_text_that_would_repeat_a_detail_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(REPOSITORY / "data/reference/acknowledgement", tmp_path / "acknowledgement")
    (tmp_path / "acknowledgement" / "en.txt").write_text("Dear {name}, we read: {message}")
    monkeypatch.setenv("HRD_REFERENCE", str(tmp_path))
    with pytest.raises(RunError, match="no detail of a case"):
        acknowledgement_text("en")


def test_an_official_translation_takes_the_place_of_a_draft() -> None:
    facts = {**read_pack(), "languages": {**read_pack()["languages"], "fr": {"status": "official"}}}
    assert DRAFT_MARK not in acknowledgement_text("fr", facts)


def test_the_page_says_which_languages_are_drafts(work: Path, tmp_path: Path) -> None:
    finding = Communications(built(work, tmp_path), {}).acknowledgements()
    assert {c.name: c.value for c in finding.claims}["acknowledgements.drafts"] == 5
