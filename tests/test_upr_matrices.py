"""OHCHR matrices in the layouts of their practice; State, texts and numbers are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import cell, paragraph, table, word_file

from hrdresearch.sources import Loaded, SourceError, load

HEADER = "UPR of Fiji (2nd Cycle – 20th session) Thematic list of recommendations Page 1 of 1"
SOURCE = "Source of position: A/HRC/28/8/Add.1 - Para. 99.{}"


def loaded(folder: Path, body: str, header: str = HEADER) -> Loaded:
    return load("ohchr-matrix", word_file(folder / "matrix.docx", body, header=header))


def codes(found: Loaded) -> list[tuple[str, str, str]]:
    rows = found.accepted
    assert found.rows_in == len(rows) + len(found.set_aside)
    return list(zip(rows["paragraph"], rows["recommending"], rows["response_code"], strict=True))


EXPECTED = [("99.1", "CHL", "supported"), ("99.2", "VEN|IRN", "noted"), ("99.3", "TUR", "mixed")]


def one(text: str, i: int) -> str:
    return f"99.{i}. {text};\n{SOURCE.format(i)}"


def test_the_list_by_themes_with_affected_persons_and_a_heading_on_each_page(
    tmp_path: Path,
) -> None:
    heading = ["Recommendation", "Position", "Full list of themes",
               "Assessment/comments on level of implementation"]  # fmt: skip
    themes = "A12 Treaties\nD43 Expression\nAffected persons:\n- general\n- women"
    rows = [
        heading,
        [cell("Theme: A12 Treaties", span=4)],
        [one("Ratify a treaty (Chile)", 1), "Supported", themes, ""],
        heading,
        [cell("Theme: D43 Expression", span=4)],
        [one("Ratify a treaty (Chile)", 1), "Supported", themes, ""],
        [one("Free them (Venezuela (Bolivarian Republic of)) (Iran (Islamic Republic of))", 2),
         "Noted", "D43 Expression", ""],
        [one("Adopt a law (Türkiye)", 3), "Supported/Noted", "D43 Expression", ""],
    ]  # fmt: skip
    found = loaded(tmp_path, table(rows))
    assert codes(found) == EXPECTED
    row = found.accepted.iloc[0]
    assert (row["state_iso3"], row["session"], row["document_symbol"]) == (
        "FJI",
        20,
        "A/HRC/28/8/Add.1",
    )
    assert (row["source_issues"], row["text"]) == ("A12 Treaties|D43 Expression", "Ratify a treaty")
    assert len(found.notes) == 1


def test_columns_of_goals_and_persons_and_numbers_in_a_column_of_their_own(tmp_path: Path) -> None:
    rows = [
        ["No.", "Right or area", "Recommendation", "Recommending State(s)", "Position of the State",
         "SDGs", "Affected persons"],
        ["99.1", "A12", "Ratify a treaty", "Chile", "Accepted", "SDG 16", "general"],
        ["99.2", "D43", "Free them", "Venezuela (Bolivarian Republic of); Iran (Islamic Republic of)",
         "Not accepted", "", ""],
        ["99.3", "D43", "Adopt a law", "Turkey", "Partially accepted", "", ""],
    ]  # fmt: skip
    found = loaded(tmp_path, table(rows))
    assert codes(found) == EXPECTED
    assert found.accepted["source_issues"].tolist() == ["A12", "D43", "D43"]


def test_positions_in_section_rows_hold_until_the_next_one(tmp_path: Path) -> None:
    rows = [
        ["Recommendation", "Comments"],
        [cell("Recommendations that enjoy the support of Fiji", span=2)],
        [cell("Right or area: 2.1. Treaties", span=2)],
        [one("Ratify a treaty (Chile)", 1), ""],
        [cell("Recommendations noted", span=2)],
        [cell("Right or area: 14. Expression", span=2)],
        [one("Free them (Venezuela (Bolivarian Republic of), Iran (Islamic Republic of))", 2), ""],
        [cell("Supported in part", span=2)],
        [one("Adopt a law (Türkiye)", 3), ""],
    ]
    found = loaded(tmp_path, table(rows))
    assert codes(found) == EXPECTED
    assert found.accepted["source_issues"].tolist()[:2] == ["2.1. Treaties", "14. Expression"]


def test_a_merged_heading_holds_number_and_text_and_themes_run_over_rows(tmp_path: Path) -> None:
    rows = [
        [cell("Theme"), cell("Recommendation", span=2), cell("Supported"), cell("Noted")],
        [cell("Treaties", down="restart"), "99.1", "Ratify a treaty (Chile)", "X", ""],
        [cell("", down="continue"), "99.2",
         "Free them (Venezuela (Bolivarian Republic of)); (Iran (Islamic Republic of));", "", "X"],
        [cell("Expression"), "99.3", "Adopt a law (Türkiye)", "x", "x"],
    ]  # fmt: skip
    found = loaded(tmp_path, table(rows))
    assert codes(found) == EXPECTED
    assert found.accepted["source_issues"].tolist() == ["Treaties", "Treaties", "Expression"]


def test_tables_inside_a_cell_and_a_page_across_are_read(tmp_path: Path) -> None:
    inner = table([
        ["Recommendations", "Response"],
        [one("Ratify a treaty (Chile)", 1), "Supported"],
        [one("Free them (Venezuela (Bolivarian Republic of) and Iran (Islamic Republic of))", 2), "Noted"],
        [one("Adopt a law (Türkiye)", 3), "Supported/Noted"],
    ])  # fmt: skip
    page = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    body = table([[cell("Cluster of treaties", inner=inner)]]) + page
    assert codes(loaded(tmp_path, body)) == EXPECTED


def test_several_recommendations_in_one_cell_are_several_rows(tmp_path: Path) -> None:
    both = "99.1. Ratify a treaty (Chile);\n99.2. Free them (Venezuela (Bolivarian Republic of)) (Iran)"
    rows = [["Theme", "Recommendations", "Position"], ["Treaties", both, "Supported\nNoted"],
            ["Expression", one("Adopt a law (Türkiye)", 3), "Supported in part"]]  # fmt: skip
    assert codes(loaded(tmp_path, table(rows))) == EXPECTED


def test_a_table_without_headings_is_told_by_what_stands_in_it(tmp_path: Path) -> None:
    rows = [
        [cell("Theme: A12 Treaties", span=2)],
        ["Supported", one("Ratify a treaty (Chile)", 1)],
        [
            "Noted",
            one("Free them (Venezuela (Bolivarian Republic of), Iran (Islamic Republic of))", 2),
        ],
        ["Supported/Noted", one("Adopt a law (Türkiye)", 3)],
    ]
    assert codes(loaded(tmp_path, table(rows))) == EXPECTED


def test_a_row_that_is_no_recommendation_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    rows = [["Recommendation", "Position"], [one("Ratify a treaty (Chile)", 1), "Supported"],
            ["All rows together", "1"], ["", "Noted by nobody"]]  # fmt: skip
    found = loaded(tmp_path, table(rows))
    assert (found.rows_in, len(found.accepted)) == (2, 1)
    assert found.set_aside["reason"].str.contains("neither a paragraph number").all()


def test_one_paragraph_number_with_two_texts_or_positions_is_told(tmp_path: Path) -> None:
    rows = [
        ["Recommendation", "Position"],
        [one("Ratify a treaty (Chile)", 1), "Supported"],
        [one("Ratify a treaty (Chile)", 1), "Noted"],
        [one("Build wells in every village of the outer islands (Peru)", 1), "Noted"],
    ]
    found = loaded(tmp_path, table(rows))
    assert [row[1] for row in codes(found)] == ["CHL", "PER"]
    assert found.issues["what"].str.contains("Under another theme").sum() == 1


@pytest.mark.parametrize(
    "body",
    [
        paragraph("A letter without any table."),
        table([["State", "Session"], ["Fiji", "20"]]),
        table([["Region", "Visits"], ["North", "2"], ["South", "3"]]),
    ],
)
def test_a_file_that_is_no_matrix_is_refused_in_words(tmp_path: Path, body: str) -> None:
    with pytest.raises(SourceError, match="is it a matrix"):
        loaded(tmp_path, body)


def test_a_matrix_that_does_not_say_its_state_asks_for_it(tmp_path: Path) -> None:
    rows = [["Recommendation", "Position"], [one("Ratify a treaty (Chile)", 1), "Supported"]]
    with pytest.raises(SourceError, match="name of the State into the name of the file"):
        loaded(tmp_path, table(rows), header="")
    file = word_file(tmp_path / "Fiji_list.docx", table(rows))
    assert load("ohchr-matrix", file).accepted["state_iso3"].tolist() == ["FJI"]
