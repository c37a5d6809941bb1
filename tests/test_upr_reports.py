"""Reports of the Working Group and addenda: numbers, States, and what is answered. All texts are invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.linkage.versions import REASON, take_answers
from hrdresearch.run.build import SourceFile, build
from hrdresearch.sources import SourceError, load
from hrdresearch.sources.upr_report import answer_of
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.upr.study import Upr

TITLE = """{symbol}
Universal Periodic Review

       Report of the Working Group on the Universal Periodic
       Review*

       Fiji

"""
REPORT = (
    TITLE.format(symbol="A/HRC/90/15")
    + """
The Working Group held its seventh session in an invented week.
  II.   Conclusions and/or recommendations...................... 111
  12. In an invented dialogue, States made recommendations:
        1. Not one of those that count (Chile);
  II.   Conclusions and/or recommendations
  111. The recommendations listed below will be examined by Fiji, which will provide
  responses in due course.
      1.    To protect human rights defenders (Chile, Norway);
      2.    To ratify the convention of
A/HRC/90/15
14
      1987 and to adopt a law on
      associations (Kenya);
      3.    To keep its invented promises;
  112. All conclusions and/or recommendations reflect the position of the States.
      4.    No recommendation (Peru);
"""
)
ADDENDUM = (
    TITLE.format(symbol="A/HRC/90/15/Add.1")
    + """
      Views on conclusions presented by the State under review
      Its answers are as follows:
      1., 2.,    Fiji accepts these recommendations and refers, in the
      3.         light of an invented plan of 2010, to what it did.
      4.         Fiji cannot accept the recommendation.
"""
)


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_report_gives_the_numbers_below_its_conclusions(tmp_path: Path) -> None:
    loaded = load("upr-report", written(tmp_path, "report.txt", REPORT))
    columns = ["paragraph", "text", "recommending", "response_code", "document_symbol", "session"]
    expected = pd.DataFrame(
        [
            ("111.1", "To protect human rights defenders", "CHL|NOR", "pending", "A/HRC/90/15", 7),
            ("111.2", "To ratify the convention of 1987 and to adopt a law on associations", "KEN",
             "pending", "A/HRC/90/15", 7),
            ("111.3", "To keep its invented promises", "", "pending", "A/HRC/90/15", 7),
        ],
        columns=columns,
    )  # fmt: skip
    pd.testing.assert_frame_equal(loaded.accepted[columns], expected, check_dtype=False)
    assert loaded.accepted["state_iso3"].eq("FJI").all()
    assert loaded.issues["what"].tolist() == ["The brackets at the end hold no known State."]


def test_an_addendum_answers_several_numbers_at_once(tmp_path: Path) -> None:
    rows = load("upr-report", written(tmp_path, "addendum.txt", ADDENDUM)).accepted
    assert rows["kind"].eq("position").all()
    assert rows["paragraph"].tolist() == ["1", "2", "3", "4"]
    assert rows["response_code"].tolist() == ["supported", "supported", "supported", "noted"]
    assert rows["response_raw"].iloc[3] == "Fiji cannot accept the recommendation."
    assert rows["document_symbol"].eq("A/HRC/90/15").all()


@pytest.mark.parametrize(
    ("words", "position"),
    [
        ("Fiji accepts the recommendation.", "supported"),
        ("Fiji accepts the recommendation. A law is under review.", "supported"),
        ("Fiji accepts the recommendation. It cannot accept the second part.", "mixed"),
        ("Fiji cannot, at this point in time, make a definitive statement.", "noted"),
        ("Fiji does not accept this recommendation.", "noted"),
        ("Fiji agrees that this matters. Fiji also notes the adoption of a plan.", "not_recorded"),
        ("Fiji notes the recommendation.", "noted"),
    ],
)
def test_an_answer_is_harmonized_by_what_it_says_first(words: str, position: str) -> None:
    assert answer_of(words) == position


def test_answers_stand_with_their_recommendations_and_others_are_set_aside(tmp_path: Path) -> None:
    folder = tmp_path / "review"
    folder.mkdir()
    written(folder, "report.txt", REPORT)
    written(folder, "addendum.txt", ADDENDUM)
    files = [load("upr-report", folder / f"{name}.txt") for name in ("report", "addendum")]
    told, used, aside = take_answers(pd.concat([f.accepted for f in files], ignore_index=True))
    assert told["response_code"].tolist() == ["supported"] * 3
    assert told["position_status_code"].eq("addendum").all()
    assert used["paragraph"].tolist() == ["1", "2", "3"]
    assert aside.to_dict("records") == [{"file": "addendum.txt", "row": 5, "reason": REASON}]


def test_a_build_counts_recommendations_and_no_answers(tmp_path: Path) -> None:
    report = written(tmp_path, "report.txt", REPORT)
    build("upr", [SourceFile("upr-report", report, True)], tmp_path / "work")
    rows = current_build("upr", tmp_path / "work").table("recommendations")
    assert len(rows) == 3 and rows["response_code"].eq("pending").all()


def test_another_text_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no report of the Working Group"):
        load("upr-report", written(tmp_path, "letter.txt", "An invented letter."))
    empty = REPORT.partition("  II.")[0]
    with pytest.raises(SourceError, match="no number of a recommendation"):
        load("upr-report", written(tmp_path, "empty.txt", empty))


QUESTIONS = [
    "ADVANCED QUESTIONS TO FIJI – ADD.1",
    "NORWAY",
    "How does Fiji protect human rights defenders?",
    "What is done about invented roads?",
    "UNITED KINGDOM",
    "Were non-governmental organizations heard? / An invented translation.",
]


def paper(path: Path, lines: list[str]) -> Path:
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    with path.open("wb") as file:
        document.save(file)
    return path


def test_advance_questions_belong_to_the_state_above_them(tmp_path: Path) -> None:
    rows = load("upr-questions", paper(tmp_path / "Fiji.doc", QUESTIONS)).accepted
    assert rows["asking_iso3"].tolist() == ["NOR", "NOR", "GBR"]
    assert rows["state_iso3"].eq("FJI").all()
    with pytest.raises(SourceError, match="no title says"):
        load("upr-questions", paper(tmp_path / "other.docx", QUESTIONS[1:]))


def test_questions_on_defenders_are_counted_and_their_texts_leave(tmp_path: Path) -> None:
    files = [
        SourceFile("upr-report", written(tmp_path, "report.txt", REPORT), True),
        SourceFile("upr-questions", paper(tmp_path / "Fiji.doc", QUESTIONS), True),
    ]
    build("upr", files, tmp_path / "work")
    built = current_build("upr", tmp_path / "work")
    assert "text" not in built.table("upr_questions")
    study = Upr(built, {})
    finding = study.advance_questions()
    found = {c.name: c.value for c in finding.claims}
    assert {k: found[f"advance_questions.{k}"] for k in ("all", "explicit", "implicit", "asking")} == {
        "all": 3, "explicit": 1, "implicit": 1, "asking": 2
    }  # fmt: skip
    assert "on defenders" in finding.statements[0]


def test_of_no_recommendation_on_defenders_nothing_is_said_of_women(tmp_path: Path) -> None:
    report = REPORT.replace("human rights defenders", "invented roads")
    build(
        "upr",
        [SourceFile("upr-report", written(tmp_path, "r.txt", report), True)],
        tmp_path / "work",
    )
    said = Upr(current_build("upr", tmp_path / "work"), {}).women()
    assert not any("None of the" in text for text in (*said.statements, *said.key_sentences))
