"""Decisions of treaty bodies are read: outcome, measures, articles, State, defenders. All is invented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recompute_case import claim, recompute_scripts, told

from hrdresearch.coding.treaty_articles import articles_of
from hrdresearch.coding.views import authors_of, code_view
from hrdresearch.findings import Claim, Finding
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.own_lists.templates import write_template
from hrdresearch.sources import SourceError, identify, load
from hrdresearch.studies.ground.build import Build, current_build
from hrdresearch.studies.views.measures import MEASURES, _articles_sentences, _sentences
from hrdresearch.studies.views.study import Views
from hrdresearch.vocab.reference import reference_path

ACTING = "The Committee, acting under article 5 (4), is of the view that the facts before it"
OPENING = "The author of the communication is Zunela Testal, a national of Kenya. She claims that the State"
OPENING += (
    " violated her rights under articles 9 (1)–(3), 14 and 19, paragraphs 2 and 3, of the Covenant."
)
ASKED = "The State party is obligated to release the author, to provide compensation and to investigate."
ANSWER = "The Committee wishes to receive, within 180 days, information. It should publish the present Views."
DECIDED = [
    ("1.", "", OPENING),
    ("2.1.", "Facts", "The author is a human rights defender. She fears arrest."),
    (
        "8.",
        "Merits",
        f"{ACTING} disclose a violation of articles 9 (1) and 19 (2) of the Covenant.",
    ),
    ("9.", "Merits", f"{ASKED} It should prevent similar violations."),
    ("10.", "Merits", ANSWER),
    ("1.", "Individual opinion of a member", f"{ACTING} do not disclose a violation of article 9."),
]


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def test_a_decision_is_read_with_the_paragraphs_that_say_it() -> None:
    read = code_view(DECIDED)
    assert (read.outcome, read.outcome_paragraph) == ("violation", "8.")
    assert (read.claimed, read.violated) == (("9", "14", "19"), ("9", "19"))
    assert read.remedies == (
        *("release", "compensation", "investigation", "non_repetition", "publication"),
    )
    assert (read.remedy_paragraphs, read.answer_within) == (("9.", "10."), 180)
    assert (read.concern, read.concern_paragraph) == ("explicit", "2.1.")
    assert (read.state_iso3, read.state_given_by) == ("KEN", "nationality")


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (f"{ACTING} do not disclose a violation of article 7.", "no_violation"),
        (f"{ACTING} reveal no violation of article 7.", "no_violation"),
        ("It is of the view that the author's removal would not violate article 7.", "no_violation"),
        ("The Committee concludes that deportation would be a breach of article 3.", "would_violate"),
        ("It is of the view that the author's removal would violate article 7.", "would_violate"),
        (f"{ACTING} disclose a violation of article 9; return would violate article 7.", "violation"),
        ("El Comité concluye que la expulsión constituiría una violación.", "would_violate"),
        ("The Committee finds that the State party has breached her rights under article 2.", "violation"),
        ("The Committee therefore decides: (a) That the communication is inadmissible.", "inadmissible"),
        ("The Committee decides: (a) That the communication is admissible as to article 9.", "admissible"),
        ("On 1 May 2021, the Committee decided to discontinue its consideration.", "discontinued"),
        ("The author was informed that the Committee might discontinue the examination.", "not_recorded"),
        ("The author claims that the facts disclose a violation of article 7.", "not_recorded"),
        ("Le Comité est d'avis que les faits font apparaître une violation.", "violation"),
        ("El Comité dictamina que los hechos ponen de manifiesto una violación.", "violation"),
        ("El Comité decide: a) Que la comunicación es inadmisible; b) Que se diga al autor.", "inadmissible"),
    ],
)  # fmt: skip
def test_the_outcome_is_what_the_committee_decides_and_not_what_others_say(
    words: str, outcome: str
) -> None:
    assert code_view([("1.", "", "Invented opening."), ("8.", "", words)]).outcome == outcome


@pytest.mark.parametrize(
    ("why", "code"),
    [
        ("because contact had been lost with the author", "contact_lost"),
        ("owing to the loss of contact with the author", "contact_lost"),
        ("having been informed that the authors had been granted residence permits", "not_removed"),
        ("as the removal order had become statute-barred", "not_removed"),
        ("in the light of the author's request to do so", "asked"),
        ("in the light of the authors’ request", "asked"),
        ("because an amicable settlement had been reached", "settled"),
        ("for a reason of its own", "not_recorded"),
    ],
)
def test_why_an_examination_ended_is_what_the_sentence_of_the_decision_says(
    why: str, code: str
) -> None:
    before = "The author was told that no contact might be lost. "
    words = (
        f"{before}On 1 May 2021, the Committee, {why}, decided to discontinue its consideration."
    )
    assert code_view([("1.", "", words)]).ended == code
    assert code_view(DECIDED).ended == "not_discontinued"


def test_measures_are_read_only_after_a_violation_was_found() -> None:
    asked = ("9.", "Merits", ASKED)
    none = ("8.", "Merits", f"{ACTING} do not disclose a violation of article 9.")
    assert code_view([DECIDED[0], none, asked]).remedies == ("not_asked",)
    only = ("8.", "Merits", f"{ACTING} disclose a violation of article 9 of the Covenant.")
    assert code_view([DECIDED[0], only]).remedies == ("none_read",)
    months = ("9.", "Merits", "The Committee asks for a written response within six months.")
    assert code_view([only, months]).answer_within == 180


def test_a_measure_asked_for_in_each_decision_is_asked_for_in_all() -> None:
    counts = dict.fromkeys(MEASURES, 0) | {"publication": 9, "release": 3, "list_missing": 0}
    counts |= {"of": 9, "timed": 9, "half_year": 4}
    made = {
        f"measures.explicit.{key}": Claim(
            f"measures.explicit.{key}", n, "decision", n, str(n), "Decisions"
        )
        for key, n in counts.items()
    }
    text = _sentences(SimpleNamespace(), made)  # type: ignore[arg-type]
    assert (
        "publication of the decision in all {{ measures.explicit.publication|none }} and " in text
    )
    assert "release in {{ measures.explicit.release|none }}." in text
    assert "asked for in all {{ measures.explicit.timed|none }}, within six months in {{" in text


def test_measures_whose_list_the_file_lost_are_told_apart_from_none() -> None:
    lost = ("9.", "Merits", "The Committee makes the following recommendations to the State party:")
    told = ("10.", "Merits", "The State party is requested to publish the Views within six months.")
    read = code_view([*DECIDED[:3], lost, told])
    assert read.remedies == ("publication", "list_missing")
    assert (read.remedy_paragraphs, read.answer_within) == (("9.", "10."), 180)
    listed = ("", "Merits", "(a) To release the author.")
    assert code_view([*DECIDED[:3], lost, listed, told]).remedies == ("release", "publication")
    assert code_view([*DECIDED[:3], lost]).remedies == ("list_missing",)


def test_a_paragraph_that_ends_with_a_colon_goes_on_in_the_next_one() -> None:
    parts = [
        ("8.", "", "The Committee therefore decides:"),
        ("", "", "(a) That the communication is inadmissible."),
    ]
    assert code_view(parts).outcome == "inadmissible"


@pytest.mark.parametrize(
    ("words", "concern"),
    [
        ("The author is a journalist and a human rights defender.", "explicit"),
        ("He was detained because of his human rights work.", "explicit"),
        ("The author is a freelance journalist.", "implicit"),
        ("He was told that a lawyer would be assigned.", "no"),
        ("The author is the chair of the Invented Human Rights Protection Committee.", "explicit"),
        ("Persons including the author met to form a human rights association.", "explicit"),
        ("She wrote to the Human Rights Committee.", "no"),
        ("Reports speak of attacks on human rights defenders.", "mentioned"),
        ("The author is not a human rights defender.", "no"),
        ("The author sells flowers.", "no"),
    ],
)  # fmt: skip
def test_a_defender_is_who_the_text_calls_one(words: str, concern: str) -> None:
    assert code_view([DECIDED[0], ("2.1.", "Facts", words)]).concern == concern


def test_what_the_state_party_says_of_the_person_does_not_count() -> None:
    said = ("4.1.", "State party’s observations", "It rejects his role as a human rights defender.")
    assert code_view([DECIDED[0], said]).concern == "no"


def test_a_nationality_is_no_state_party_where_somebody_fears_to_be_sent_back() -> None:
    fears = "The author is a national of Kenya. His deportation to Kenya would violate article 7."
    assert code_view([("1.", "", fears)]).state_iso3 is None
    named = fears.replace("deportation", "deportation from Uganda")
    assert code_view([("1.", "", named)]).state_iso3 == "UGA"


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("articles 2 (1)–(3), 14–16 and 19 of the Covenant", ("2", "14", "15", "16", "19")),
        ("article 14, paragraph 3 (b), and 19, paragraphs 2 and 3, of the Covenant", ("14", "19")),
        ("articles 7, read alone and in conjunction with articles 2 (3); 9 (1)", ("7", "2", "9")),
        ("articles 2 (1) and 11 to 14 of the Convention", ("2", "11", "12", "13", "14")),
        ("article 7 of the Covenant and article 1 of the Optional Protocol", ("7", "op1")),
        ("articles 19 and 21 (communication No. 3879/2021)", ("19", "21")),
        ("article 9 of Law 30", ("9",)),
        ("artículos 9, párrafo 1, y 19, párrafo 2, del Pacto", ("9", "19")),
        ("no number at all", ()),
    ],
)  # fmt: skip
def test_articles_are_read_without_their_paragraphs(text: str, articles: tuple[str, ...]) -> None:
    assert articles_of(text) == articles


@given(st.text(max_size=200))
def test_any_text_is_read_and_numbers_of_articles_are_small(text: str) -> None:
    found = articles_of(f"article {text} of the Covenant")
    assert len(set(found)) == len(found)
    assert all(0 < int(one.removeprefix("op")) <= 60 for one in found)


def test_names_of_authors_are_told_to_the_scan_and_initials_are_not() -> None:
    both = (
        "The authors of the communication are Zunela Testal and Orvo Inventado, nationals of Kenya."
    )
    assert authors_of([("1.", "", both)]) == ("Zunela Testal", "Orvo Inventado")
    assert (
        authors_of([("1.", "", "The author of the communication is A.B., a national of Kenya.")])
        == ()
    )


def case_file(folder: Path, name: str, paragraphs: list[tuple[str, str, str]]) -> Path:
    path = folder / f"{name}.json"
    told = [{"ID": n, "Section": heading, "Text": words} for n, heading, words in paragraphs]
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def many_file(folder: Path, documents: dict[str, tuple[str, list[tuple[str, str, str]]]]) -> Path:
    path = folder / "many.json"
    paragraphs = [
        {"docId": symbol, "country": state, "paragraphId": n, "section": heading, "text": words}
        for symbol, (state, told) in documents.items()
        for n, heading, words in told
    ]
    path.write_text(json.dumps({"documents": [*documents], "paragraphs": paragraphs}), "utf-8")
    return path


ENDED = [("1.", "", "On 1 May 2021, the Committee decided to discontinue its consideration.")]
NONE = [("1.", "", OPENING), ("8.", "", f"{ACTING} do not disclose a violation of article 9.")]


def made(folder: Path, grades: str = "") -> Build:
    lists = folder / "lists"
    lists.mkdir()
    many_file(
        lists,
        {
            "ccpr-c-901-d-9001-2019": ("Kenya", DECIDED),
            "ccpr-c-902-d-9002-2020": ("Uganda", ENDED),
            "ccpr-c-900-d-9002-2020": ("Uganda", ENDED),
            "cat-c-900-d-9003-2020": ("Nowhereland", NONE),
            "ccpr-c-900-4": ("Kenya", ENDED),
        },
    )
    case_file(lists, "e-c-12-900-d-9004-2021", NONE)
    files = [SourceFile("treaty-views", lists, True)]
    if grades:
        (folder / "grades.csv").write_text(grades, encoding="utf-8")
        files.append(SourceFile("views-follow-up", folder / "grades.csv", True))
    build("views", files, folder / "work")
    return current_build("views", folder / "work")


def values(finding: Finding) -> dict[str, Any]:
    return {c.name: c.value for c in finding.claims}


def test_documents_become_rows_and_a_communication_counts_once(tmp_path: Path) -> None:
    rows = made(tmp_path).table("views").sort_values("view_id", ignore_index=True)
    columns = [
        "view_id",
        "committee_code",
        "session",
        "communications",
        "state_iso3",
        "state_given_by",
    ]
    columns += ["view_outcome_code", "violated_articles"]
    expected = pd.DataFrame(
        [
            ("CAT/C/900/D/9003/2020", "cat", 900, "9003/2020", "KEN", "nationality", "no_violation", ""),
            ("CCPR/C/901/D/9001/2019", "ccpr", 901, "9001/2019", "KEN", "file", "violation", "9|19"),
            ("CCPR/C/902/D/9002/2020", "ccpr", 902, "9002/2020", "UGA", "file", "discontinued", ""),
            ("E/C.12/900/D/9004/2021", "cescr", 900, "9004/2021", "KEN", "nationality", "no_violation", ""),
        ],
        columns=columns,
    )  # fmt: skip
    pd.testing.assert_frame_equal(rows[columns], expected, check_dtype=False)
    assert "Zunela" not in rows.to_csv()
    kept = tmp_path / "work" / "views"
    aside = next(kept.glob("*/restricted/set_aside.csv")).read_text(encoding="utf-8")
    assert "CCPR/C/902/D/9002/2020 too" in aside and "is not that of a decision" in aside


def test_the_last_grade_of_a_ledger_counts_and_none_is_no_grade(tmp_path: Path) -> None:
    grades = "committee,communication,grade,graded\nccpr,9001/2019,C1,2021-07-01\n"
    grades += "ccpr,9001/2019,B,2023-07-01\n"
    grades += "ccpr,nine,A,2023-07-01\nccpr,9002/2020,F,2023-07-01\n"
    study = Views(made(tmp_path, grades), {})
    graded = study.build.table("views").set_index("view_id")["follow_up_grade_code"]
    assert (
        graded["CCPR/C/901/D/9001/2019"] == "b"
        and graded["CCPR/C/902/D/9002/2020"] == "not_in_file"
    )
    found = values(study.grades())
    assert (found["grades.known"], found["grades.b"], found["grades.not_in_file"]) == (1, 1, 3)
    assert "with a grade of follow-up, on defenders or not, " in study.grades().statements[0]


def test_the_template_for_grades_is_read_as_it_is(tmp_path: Path) -> None:
    path = write_template("views-follow-up", tmp_path / "grades.xlsx")
    assert identify(path) == ("views-follow-up", "views_follow_up")


def test_the_study_counts_decisions_on_defenders_apart_and_names_nobody(tmp_path: Path) -> None:
    study = Views(made(tmp_path), {})
    found = values(study.extent()) | values(study.outcomes()) | values(study.measures())
    counted = (
        *("decisions", "explicit", "implicit", "mentioned", "states", "dated", "alone"),
        "explicit_alone",
    )
    assert {k: found[f"extent.{k}"] for k in counted} == {
        "decisions": 4, "explicit": 1, "implicit": 0, "mentioned": 0, "states": 2, "dated": 1, "alone": 1,
        "explicit_alone": 0,
    }  # fmt: skip
    assert (found["outcomes.all.violation"], found["outcomes.explicit.violation"]) == (1, 1)
    assert (found["outcomes.all.merits"], found["outcomes.all.discontinued"]) == (3, 1)
    assert (found["measures.explicit.release"], found["measures.all.law_changed"]) == (1, 0)
    assert found["measures.explicit.half_year"] == 1
    assert values(study.articles())["articles.explicit.ccpr_19"] == 1
    assert study.grades().rows == ()
    assert study.grades().statements == (
        "No grade of follow-up of any decision is in the file, so what States did is not known here.",
    )


def test_each_decision_on_a_defender_has_a_row_to_act_on(tmp_path: Path) -> None:
    made(tmp_path)
    told = Views(current_build("views", tmp_path / "work"), {}).documents()
    expected = pd.DataFrame(
        [
            {
                "Document and paragraph": "CCPR/C/901/D/9001/2019, para. 8",
                "State": "Kenya",
                "Outcome": "Violation found",
                "Articles": "9, 19",
                "Measures asked for": "release; compensation or reimbursement; investigation; prevention; "
                "publication; an answer within 180 days",
            }
        ]
    )
    rows = [[cell.text for cell in row] for row in told.rows]
    pd.testing.assert_frame_equal(
        pd.DataFrame(rows, columns=[c.label for c in told.columns]), expected
    )


def test_the_period_is_that_of_the_communications_and_no_share_is_taken_of_a_choice(
    tmp_path: Path,
) -> None:
    study = Views(made(tmp_path), {})
    assert study.period() == "communications registered 2019–2021"
    found = study.by_committee()
    assert {n: v for n, v in values(found).items() if n.endswith("session") and v} == {
        "by_committee.ccpr.first_session": 901, "by_committee.ccpr.last_session": 902,
        "by_committee.cat.first_session": 900, "by_committee.cat.last_session": 900,
        "by_committee.cescr.first_session": 900, "by_committee.cescr.last_session": 900,
    }  # fmt: skip
    assert not any(c.unit == "per_cent" for c in found.claims)
    assert "The documents were chosen by those who gave them" in study.extent().statements[0]


def test_a_page_on_one_state_names_it_and_prints_no_table_of_one_row(tmp_path: Path) -> None:
    study = Views(made(tmp_path), {"state": "UGA"})
    assert " on Uganda. " in study.extent().statements[0]
    narrowed = [c.name for s in (study, Views(study.build, {})) for c in s.card().claims]
    assert narrowed.count("scope.narrowed") == 1
    assert (study.by_committee().rows, study.by_state().rows, study.measures().rows) == ((), (), ())
    assert study.outcomes().statements == (
        "The {{ outcomes.all.of|of:decision }} discontinued the examination. Of the discontinued "
        "examinations, the reason is not read in {{ outcomes.ended.not_recorded }}. That one ended is no "
        "finding on what was claimed.",
    )
    assert study.by_committee().statements == (
        "{{ by_committee.all.ccpr|agree:This decision was:All of these decisions were }} adopted by the "
        "Human Rights Committee.",
    )


def test_a_decision_whose_state_is_not_read_has_a_row(tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    lists.mkdir()
    unknown = [("1.", "", OPENING.replace("a national of Kenya", "of age")), *DECIDED[1:]]
    case_file(lists, "ccpr-c-901-d-9006-2019", unknown)
    case_file(lists, "ccpr-c-901-d-9007-2019", DECIDED)
    build("views", [SourceFile("treaty-views", lists, True)], tmp_path / "work")
    found = Views(current_build("views", tmp_path / "work"), {}).by_state()
    assert [row[0].text for row in found.rows] == ["Kenya", "Not read in the text"]
    assert values(found) == {
        **{f"by_state.ken.{k}": 1 for k in ("all", "explicit", "said", "found")},
        **{f"by_state.not_read.{k}": 1 for k in ("all", "explicit", "said", "found")},
        "by_state.ken.would": 0, "by_state.not_read.would": 0,
        "by_state.nationality": 1, "by_state.unread": 1,
    }  # fmt: skip


def test_articles_are_named_from_a_stated_number_on_and_those_that_tie_stand_together() -> None:
    def article(number: str, value: int) -> Claim:
        return Claim(f"articles.explicit.ccpr_{number}", value, "decision", value, str(value), "")

    claims = [article(n, v) for n, v in (("2", 4), ("7", 6), ("9", 5), ("14", 4), ("6", 1))]
    told = _articles_sentences(SimpleNamespace(title="invented", claim_name=str), claims)  # type: ignore[arg-type]
    assert [claim.text for claim in told.claims] == ["four"]
    order = [told.text.index(f"ccpr_{n}") for n in ("7", "9", "2", "14")]
    assert order == sorted(order) and "ccpr_6" not in told.text


def test_the_file_tells_its_source_and_other_paragraphs_are_refused(tmp_path: Path) -> None:
    path = case_file(tmp_path, "ccpr-c-900-d-9005-2020", ENDED)
    assert identify(path) == ("treaty-views", "paragraphs")
    assert load("treaty-views", path).accepted["state_iso3"].isna().all()
    (tmp_path / "other.json").write_text('[{"country": "Kenya", "text": "Protect defenders"}]')
    with pytest.raises(SourceError):
        load("treaty-views", tmp_path / "other.json")


def test_the_figures_on_the_reading_are_counts_with_exact_intervals() -> None:
    from scipy.stats import beta

    table = pd.read_csv(reference_path("views_reading_quality.csv"))
    for row in table.itertuples():
        low = beta.ppf(0.025, row.right, row.of - row.right + 1)
        high = 1.0 if row.right == row.of else beta.ppf(0.975, row.right + 1, row.of - row.right)
        said = (row.per_cent, row.low, row.high)
        assert said == tuple(round(100 * x, 1) for x in (row.right / row.of, low, high))


@pytest.fixture(scope="module")
def script() -> Iterator[Any]:
    with recompute_scripts() as scripts:
        yield scripts


def test_a_figure_on_the_reading_is_recomputed_and_a_changed_one_is_found(
    script: Any, tmp_path: Path
) -> None:
    right = float(pd.read_csv(reference_path("views_reading_quality.csv"))["right"].iloc[0])
    name = "reading.line_1.right"
    for value, expected in ((right, "agree"), (right + 1, "differs")):
        claims = {name: claim("views", value, f"{value:.0f}", table="")}
        assert told(script, tmp_path, {}, name, claims) == expected
