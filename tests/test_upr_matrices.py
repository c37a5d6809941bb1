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


@pytest.mark.parametrize(
    ("cell_", "codes_"),
    [
        ("Chile\nIran (Islamic Republic of)\nPeru", "CHL|IRN|PER"),
        ("Bosnia and\nHerzegovina\nChile", "BIH|CHL"),
        ("Chile,\nPeru and\nJapan", "CHL|PER|JPN"),
        ("Venezuela (Bolivarian\nRepublic of)\nChile;", "VEN|CHL"),
    ],
)
def test_a_cell_with_a_state_on_each_line_names_them_all(
    tmp_path: Path, cell_: str, codes_: str
) -> None:
    rows = [["No.", "Recommendation", "Recommending State", "Position"],
            ["99.1", "Ratify a treaty", cell_, "Noted"]]  # fmt: skip
    found = loaded(tmp_path, table(rows))
    assert codes(found) == [("99.1", codes_, "noted")]
    assert not len(found.issues)


@pytest.mark.parametrize("cell_", ["", "Several States", "Chile and others"])
def test_where_the_column_of_states_fails_the_brackets_at_the_end_of_the_text_are_read(
    tmp_path: Path, cell_: str
) -> None:
    rows = [["No.", "Recommendation", "Recommending State", "Position"],
            ["99.1", "Ratify a treaty (Chile) (Peru)", cell_, "Noted"],
            ["99.2", "Adopt a law (Act 7)", "Japan", "Noted"]]  # fmt: skip
    found = loaded(tmp_path, table(rows))
    assert codes(found) == [("99.1", "CHL|PER", "noted"), ("99.2", "JPN", "noted")]
    assert found.accepted["text"].tolist() == ["Ratify a treaty", "Adopt a law (Act 7)"]


@pytest.mark.parametrize(
    "heading",
    ["Full list of rights / affected persons", "Full list of rights/persons affected",
     "Full list of themes", "Themes and groups of persons"],
)  # fmt: skip
@pytest.mark.parametrize(
    "lists",
    ["S16 SDG 16 - peace, justice\nAffected persons:\n- general", "SDGs: 16\n- women",
     "Affected persons:\nwomen", "Persons or groups affected\n- children", "- general\n- women",
     "Vulnerable persons/groups: women", "Sustainable Development Goal 5"],
)  # fmt: skip
def test_lists_of_goals_and_of_groups_of_persons_end_the_themes(
    tmp_path: Path, heading: str, lists: str
) -> None:
    themes = f"A12 Treaties\nD43 Expression\n{lists}"
    rows = [["Recommendation", "Position", heading],
            [one("Ratify a treaty (Chile)", 1), "Noted", themes]]  # fmt: skip
    found = loaded(tmp_path, table(rows))
    assert found.accepted["source_issues"].tolist() == ["A12 Treaties|D43 Expression"]


def test_a_column_of_affected_persons_is_no_column_of_themes(tmp_path: Path) -> None:
    rows = [["Recommendation", "Position", "Affected persons", "Full list of rights"],
            [one("Ratify a treaty (Chile)", 1), "Noted", "women", "A12 Treaties"]]  # fmt: skip
    found = loaded(tmp_path, table(rows))
    assert found.accepted["source_issues"].tolist() == ["A12 Treaties"]


def test_two_numbered_recommendations_in_one_paragraph_are_two(tmp_path: Path) -> None:
    both = "99.1. Ratify a treaty as in article 12.3 of the law (Chile); 99.2. Free them (Peru)"
    rows = [["Theme", "Recommendations", "Position"], ["Treaties", both, "Noted"]]
    found = loaded(tmp_path, table(rows))
    assert codes(found) == [("99.1", "CHL", "noted"), ("99.2", "PER", "noted")]
    assert found.accepted["text"].tolist() == [
        "Ratify a treaty as in article 12.3 of the law", "Free them"]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["99.1. Follow recommendations 99.2 and 99.3 (Chile)", "99.1. Raise it to 99.5 per cent (Chile)",
     "99.1. Honour paragraph 6. 100.2 stays as it is (Chile)"],
)  # fmt: skip
def test_a_number_inside_a_sentence_begins_no_recommendation(tmp_path: Path, text: str) -> None:
    rows = [["Theme", "Recommendations", "Position"], ["Treaties", text, "Noted"]]
    assert [row[0] for row in codes(loaded(tmp_path, table(rows)))] == ["99.1"]


def test_a_position_that_the_matrix_leaves_out_is_not_recorded(tmp_path: Path) -> None:
    rows = [["Recommendation", "Position"], [one("Ratify a treaty (Chile)", 1), ""],
            [one("Adopt a law (Peru)", 2), "see the addendum"]]  # fmt: skip
    found = loaded(tmp_path, table(rows))
    assert {row[2] for row in codes(found)} == {"not_recorded"}
