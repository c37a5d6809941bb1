"""The Universal Periodic Review and the treaties in a brief on one State."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
from upr_builds import said, study_of_rows

from hrdresearch.studies.upr.context_of_state import context
from hrdresearch.studies.upr.in_brief import asked


def on_defenders(answer: str, **more: object) -> dict[str, object]:
    return {"concern_code": "explicit", "response_code": answer, **more}


def test_a_brief_says_of_which_reviews_how_many_were_on_defenders_and_supported(
    tmp_path: Path,
) -> None:
    """A column for what has no known position stands only where there is one."""
    rows = [{}, on_defenders("supported"), on_defenders("supported", session=14, review_year=2012)]
    alike = asked(study_of_rows(tmp_path / "a", rows))
    assert said(alike) == (
        "In two reviews (2008 and 2012) that stand in An index, two of three recommendations were on "
        "defenders; both were supported."
    )
    assert [c.label for c in alike.columns][2:] == [
        "On defenders",
        "Supported",
        "Noted, or in part",
    ]
    mixed = asked(
        study_of_rows(tmp_path / "b", [*rows, on_defenders("noted"), on_defenders("pending")])
    )
    assert said(mixed).endswith("two were supported and one was noted, or supported in part, and of one no "
                                "position is known.")  # fmt: skip
    assert mixed.columns[-1].label == "Position not known"
    drafts = [{}, on_defenders("pending"), on_defenders("pending")]
    assert said(asked(study_of_rows(tmp_path / "c", drafts))).endswith(
        "two of three recommendations were on defenders; no position on these is known."
    )


def test_a_brief_without_a_recommendation_on_defenders_has_a_sentence_at_its_top_and_no_table(
    tmp_path: Path,
) -> None:
    found = asked(study_of_rows(tmp_path, [{}, {}]))
    assert found.rows == ()
    assert found.statements == ()
    assert said(replace(found, statements=found.key_sentences)) == (
        "In one review (2008) that stands in An index, none of two recommendations was on defenders."
    )


def test_a_review_that_stands_in_two_sources_has_a_note_on_its_two_numbers(tmp_path: Path) -> None:
    two = {"list-a": "An index", "list-b": "Matrices"}
    rows = [on_defenders("supported"), on_defenders("noted", source="list-b")]
    notes = asked(study_of_rows(tmp_path / "a", rows, publishers=two)).notes
    assert any("stands in two sources" in note for note in notes)
    rows[1]["session"] = 2
    notes = asked(study_of_rows(tmp_path / "b", rows, publishers=two)).notes
    assert not any("stands in two sources" in note for note in notes)


def test_treaties_stand_by_subject_under_what_the_state_did_with_the_year(tmp_path: Path) -> None:
    made = study_of_rows(tmp_path, [{}])
    told = [("CAT", "state party", 1990), ("ICCPR", "no action", None), ("OPCAT", "state party", 2005),
            ("XYZ", "signatory state", None)]  # fmt: skip
    frame = pd.DataFrame(
        [("list-a", 1, "FJI", f"Treaty: {t}", year, status) for t, status, year in told],
        columns=["source", "source_row", "state_iso3", "indicator", "indicator_year", "value"],
    ).astype({"indicator_year": "Int64"})
    frame.to_parquet(made.build.folder / "context.parquet", index=False)
    made.params["state"] = "FJI"
    table = context(made)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["State party (since)", "torture (1990); visits to places of detention (2005)"],
        [
            "Signed, not ratified",
            "XYZ",
        ],  # a treaty that the vocabulary does not know keeps its acronym
        ["Neither signed nor ratified", "civil and political rights"],
    ]
    assert table.period == "to 2005"
    assert any("its latest ratification is of 2005" in note for note in table.notes)


def test_definitions_of_positions_are_in_words_and_not_in_codes(tmp_path: Path) -> None:
    found = asked(study_of_rows(tmp_path, [{"concern_code": "explicit"}]))
    assert not [c.definition for c in found.claims if "_" in c.definition]
