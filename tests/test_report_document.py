"""The document: numbering, captions, safety of what notebooks hold."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import report_examples as example

from hrdresearch.findings.empty_cells import FEW
from hrdresearch.findings.model import Cell, Column, Drawing, Finding
from hrdresearch.report import annex, tree
from hrdresearch.report.document import (
    Document,
    Prose,
    ShownFinding,
    assemble_document,
    write_docx,
    write_html,
)
from hrdresearch.report.numbering import roman_numeral
from hrdresearch.report.section_notes import ROUNDED, ROUNDED_TO_NEAREST
from hrdresearch.report.short_tables import shorten_table


def page(*blocks: Prose | ShownFinding) -> Document:
    return assemble_document(blocks, example.meta())


def texts(doc: Document) -> list[str]:
    return [tree.text_of(block).strip() for block in doc.body]


def test_sections_are_numbered_in_united_nations_style():
    doc = page(Prose("# One\n\n## First\n\n### Deep\n\n## Second\n\n# Two\n\n## Again"))
    assert [(e.number, e.title, e.anchor) for e in doc.contents] == [
        ("I.", "One", "section-i"),
        ("A.", "First", "section-i-a"),
        ("", "Deep", "section-i-a-1"),
        ("B.", "Second", "section-i-b"),
        ("II.", "Two", "section-ii"),
        ("", "Again", "section-ii-a"),
    ]


def test_a_heading_that_stands_alone_below_another_has_no_letter():
    doc = page(Prose("# One\n\n## Only\n\n### Deep\n\n### Deeper\n\n# Two\n\n## A\n\n## B"))
    assert [(e.number, e.title) for e in doc.contents] == [
        ("I.", "One"), ("", "Only"), ("1.", "Deep"), ("2.", "Deeper"),
        ("II.", "Two"), ("A.", "A"), ("B.", "B")]  # fmt: skip
    only = next(b for b in doc.body if b["t"] == "Header" and b["c"][0] == 2)
    assert (only["c"][1][0], tree.text_of(only)) == ("section-i-a", "Only")


def test_roman_numerals_hold_beyond_ten():
    assert [roman_numeral(n) for n in (1, 4, 9, 14, 40, 49)] == [
        "I",
        "IV",
        "IX",
        "XIV",
        "XL",
        "XLIX",
    ]


def test_paragraphs_run_through_sections_and_the_contents_say_which():
    doc = page(Prose("# One\n\nFirst.\n\nSecond.\n\n## Part\n\nThird."), Prose("# Two\n\nFourth."))
    numbered = [b["c"][0][0] for b in doc.body if tree.has_class(b, "numbered")]
    assert numbered == ["para-1", "para-2", "para-3", "para-4"]
    assert [e.paragraphs for e in doc.contents] == ["1–3", "3", "4"]


def test_the_summary_and_list_items_are_not_numbered():
    doc = page(Prose("# Summary\n\nShort.\n\n# One\n\nIt asks:\n\n(a) First;\n(b) Second."))
    assert [b["t"] for b in doc.summary] == ["Para"]
    assert len([b for b in doc.body if tree.has_class(b, "numbered")]) == 1
    assert doc.contents[0].number == "I."


def test_an_ordered_list_becomes_sub_paragraphs_in_brackets():
    doc = page(Prose("# One\n\n1. First;\n2. Second:\n\n    1. Deep."))
    outer = next(b for b in doc.body if b["t"] == "OrderedList")
    inner = outer["c"][1][1][1]
    assert (outer["c"][0][1]["t"], inner["c"][0][1]["t"]) == ("LowerAlpha", "LowerRoman")


def test_statements_of_a_finding_are_numbered_paragraphs_before_it():
    doc = page(Prose("# One\n\nText."), ShownFinding(example.by_sex()))
    assert texts(doc)[2] == "Of those killed, 31 were women."
    assert doc.body[2]["c"][0][0] == "para-2"
    assert tree.has_class(doc.body[3], "exhibit")


def test_tables_and_figures_are_numbered_apart():
    doc = page(
        *(ShownFinding(f) for f in (example.by_sex(), example.by_cause(), example.by_threat()))
    )
    printed = " ".join(texts(doc))
    assert "Table 1. Victims by sex" in printed
    assert "Figure 1. Victims by cause defended" in printed
    assert "The numbers: annex “Full tables”" in printed
    assert "Data of figure 1. Victims by cause" in tree.text_of(doc.full_tables)
    assert "Table 2. Victims by threats" in printed


def test_a_caption_says_unit_period_and_known_denominator_and_a_note_the_source():
    doc = page(ShownFinding(example.by_threat()))
    printed = " ".join(texts(doc))
    assert "Unit: victims. Period: 2012–2021." in printed
    assert "Stated over 870 of 1,909" in printed
    assert "Source: Alpha list (invented); annex I" in printed
    assert {"threat.known", "threat.all"} <= set(doc.claim_names())


def test_every_number_of_a_table_is_a_claim_and_labels_name_their_vocabulary():
    doc = page(ShownFinding(example.by_sex()))
    spans = list(tree.elements(doc.body, "Span"))
    labels = [tree.text_of(s) for s in spans if tree.attribute(s, "data-vocab") == "sex"]
    assert labels == ["Female", "Male", "Transgender (as recorded)"]
    assert {"by_sex.r0.c0", "by_sex.r1.c0", "by_sex.r2.c0"} == set(doc.claim_names())


def test_a_column_of_codes_is_not_printed():
    doc = page(ShownFinding(example.by_state()))
    assert "COD" not in " ".join(texts(doc))


def test_raw_markup_in_prose_stays_text():
    doc = page(Prose("# One\n\n<img src=x onerror=alert(1)> `<b>`{=html} [x](javascript:alert(1))"))
    assert not list(tree.elements(doc.body, "RawInline"))
    assert not list(tree.elements(doc.body, "Link"))
    assert "onerror" in " ".join(texts(doc))


def test_emphasis_leaves_prose_but_recommendations_keep_bold():
    doc = page(Prose("# One\n\nA **b** *c*.\n\n# Recommendations\n\n**Do it.**"))
    assert len(list(tree.elements(doc.body, "Strong"))) == 1
    assert not list(tree.elements(doc.body, "Emph"))


def test_a_picture_in_prose_is_refused():
    with pytest.raises(ValueError, match="figures come from findings"):
        page(Prose("# One\n\n![x](https://example.org/x.png)"))


def test_a_cell_that_swallows_what_follows_is_named():
    with pytest.raises(ValueError, match=r"block 1 .*open"):
        page(Prose("# One\n\n::: {.box}\nopen"), ShownFinding(example.by_sex()))


def test_a_heading_deeper_than_three_levels_is_refused():
    with pytest.raises(ValueError, match="three levels"):
        page(Prose("# One\n\n#### Four"))


def test_a_finding_without_rows_prints_its_statement_only():
    empty = example.finding("none", "Cause", [], statements=("Nothing is recorded.",))
    assert texts(page(ShownFinding(empty))) == ["Nothing is recorded."]


def test_a_single_bar_is_printed_as_a_table():
    doc = page(
        ShownFinding(example.finding("x", "Cause", [("Land", [9]), ("Labour", [0])], "bars"))
    )
    assert "Table 1." in " ".join(texts(doc))
    assert not doc.pictures


def test_a_section_called_annex_stands_apart_with_paragraphs_that_bear_no_number():
    doc = page(Prose("# One\n\nFirst.\n\n# Annex: Of the study\n\nApart.\n\n## Below\n\nToo."))
    assert [e.title for e in doc.contents] == ["One"]
    assert not [b for b in doc.annexes if tree.has_class(b, "numbered")]
    assert [tree.text_of(b).strip() for b in doc.annexes] == [
        "Annex III. Of the study", "Apart.", "Below", "Too."]  # fmt: skip
    assert [(a.number, a.title) for a in annex.annexes(doc)][2:] == [
        ("Annex III", "Of the study"), ("Annex IV", "Lineage of the numbers")]  # fmt: skip


def test_how_the_report_was_made_says_when_restricted_lists_lay_open():
    doc = page(Prose("# One"))
    said = "Lists lay unencrypted."
    assert said not in tree.text_of(annex.annexes(doc)[1].blocks)
    opened = replace(doc, meta=replace(doc.meta, how_kept=said))
    assert said in tree.text_of(annex.annexes(opened)[1].blocks)


def test_a_long_table_has_its_larger_rows_in_the_text_and_all_of_them_in_an_annex():
    rows = [(f"State {chr(65 + i)}", [i * 4]) for i in reversed(range(26))]
    made = example.finding("x", "State", [*rows, ("Total", [1300])], vocabulary="state")
    total = (Cell(text="Total"), made.rows[-1][1])
    doc = page(Prose("# One"), ShownFinding(replace(made, rows=(*made.rows[:-1], total))))
    short, full = tree.text_of(doc.body), tree.text_of(doc.full_tables)
    assert "State N52State O56" in short and "State M" not in short and "Total1,300" in short
    assert "Shown are the 13 rows with at least 50 victims in a column, in alphabetical" in short
    assert "All 27 rows: annex “Full tables”" in short
    assert full.startswith("Table 1, all rows.") and "State A0" in full
    assert [(a.number, a.title) for a in annex.annexes(doc)][2] == ("Annex III", "Full tables")
    assert len(doc.printed_claims()) == 14 + 27


def test_a_long_table_of_years_has_its_latest_years_in_the_text_without_a_gap():
    rows = [(str(year), [2025 - year]) for year in range(1995, 2025)]
    made = example.finding("x", "Census", rows)
    short = tree.text_of(page(Prose("# One"), ShownFinding(made)).body)
    assert "201015201114" in short and "20241" in short and "2009" not in short
    assert "Shown are the latest 15 of 30 rows." in short


def test_a_long_table_without_counts_stands_in_the_annex_only():
    rows = [(Cell(text=f"Letter {i}"), Cell(text="asked for a reply")) for i in range(26)]
    made = replace(
        example.finding("x", "Letter", [], values=("What it says",)),
        rows=tuple(rows),
    )
    doc = page(Prose("# One"), ShownFinding(made))
    assert "Letter 1" not in tree.text_of(doc.body)
    assert "All 26 rows: annex “Full tables”" in tree.text_of(doc.body)
    assert "Letter 25" in tree.text_of(doc.full_tables)


def test_words_of_rows_that_stand_in_the_annex_alone_are_explained_there_alone():
    said = ["asked for a reply", "not recorded"]
    rows = [(Cell(text=f"Letter {i}"), Cell(text=said[i % 2])) for i in range(26)]
    long = replace(example.finding("x", "Letter", [], values=("What it says",)), rows=tuple(rows))
    second = example.finding("y", "Age", [("Child", [7])])
    doc = page(Prose("# One"), ShownFinding(long), ShownFinding(second))
    assert "has no answer" not in tree.text_of(doc.body)
    assert "has no answer" in tree.text_of(doc.full_tables)


def test_a_column_that_was_not_asked_in_any_row_is_named_and_not_drawn():
    cells = [(Cell(text="Land"), "5", "not asked", "not covered", "–", "no such class"),
             (Cell(text="Labour"), "not asked", "not asked", "not covered", "", "no such class")]  # fmt: skip
    made = replace(
        example.finding(
            "x", "Cause", [],
            values=("Alpha list (invented)", "Beta list (invented)", "Gamma", "Difference", "Closed"),
            sources=(example.ALPHA, example.BETA)),
        rows=tuple((row[0], *map(Cell, row[1:])) for row in cells),
    )  # fmt: skip
    printed = tree.text_of(page(Prose("# One"), ShownFinding(made)).body)
    assert "CauseAlpha list (invented)Land5Labournot asked" in printed
    assert "Beta list (invented): no field for this, which says nothing either way." in printed
    assert "Gamma: no row is covered, which does not mean none." in printed
    assert "Difference: column left out, because no row has an entry there." in printed
    assert "Closed: no such class on any list of these rows, so whether it has" in printed


def in_words(columns: list[Column], *rows: tuple[str, ...]) -> Finding:
    """A table whose cells are all words."""
    cells = tuple(tuple(Cell(text=word) for word in row) for row in rows)
    return replace(example.finding("x", "Group", []), columns=tuple(columns), rows=cells)


def test_a_first_column_with_one_value_goes_and_the_value_is_told():
    label, group, value = (Column(k, k.title(), "label") for k in ("by", "group", "known"))
    by = in_words([label, group, value], ("Period", "2010", "a"), ("Period", "2011", "b"))
    printed = tree.text_of(page(Prose("# One"), ShownFinding(by)).body)
    assert "PeriodKnown2010a2011b" in printed and "By" not in printed
    area = replace(by, columns=(replace(label, label="Region"), group, value))
    printed = tree.text_of(page(Prose("# One"), ShownFinding(area)).body)
    assert "GroupKnown2010a2011b" in printed
    assert "Note: Region: Period, in all rows." in printed
    for kept in (
        in_words([label, group], ("Period", "2010")),
        in_words([label, group], ("Period", "2010"), ("Sex", "Female")),
        in_words([label, replace(group, role="value")], ("Period", "1"), ("Period", "2")),
    ):
        assert "ByGroup" in tree.text_of(page(Prose("# One"), ShownFinding(kept)).body)


def test_a_table_without_a_number_in_any_cell_is_a_sentence():
    columns = [Column("label", "Days", "label"), Column("value", "Detentions")]
    few = replace(in_words(columns, ("30 or more", FEW), ("90 or more", FEW)), title="Days held")
    doc = page(Prose("# One"), ShownFinding(few))
    assert list(tree.elements(doc.body, "Table")) == []
    said = "no table is printed, as no cell has a number. Each number is fewer than 5, or none."
    assert f"Days held: {said}" in tree.text_of(doc.body)
    some = in_words(columns, ("30 or more", FEW), ("90 or more", "5"))
    assert len(list(tree.elements(page(Prose("# One"), ShownFinding(some)).body, "Table"))) == 1


def test_sources_and_what_several_exhibits_say_stand_once_at_the_end_of_a_section():
    second = example.finding("y", "Age", [("Child", [7])], notes=("Sex as the list records it.",))
    other = example.finding("z", "Work", [("Land", [9])], sources=(example.BETA,))
    doc = page(Prose("# One"), *map(ShownFinding, (example.by_sex(), second, other)))
    notes = [tree.text_of(b) for b in tree.elements(doc.body, "Div") if tree.has_class(b, "note")]
    assert notes == [
        f"Note: {ROUNDED}",
        "Source: Beta list (invented); annex I says what is counted and covered.",
        "Source of tables and figures where nothing else is said: Alpha list (invented); annex I says "
        "what is counted and covered.Tables 1 and 2: Sex as the list records it.",
    ]


def test_exhibits_of_a_section_with_no_source_in_common_each_keep_their_own():
    """Nothing at the end of the section then names some sources as those of all that is said."""
    both = example.finding("y", "Age", [("Child", [7])], sources=(example.ALPHA, example.BETA))
    doc = page(Prose("# One"), *map(ShownFinding, (example.by_sex(), both)))
    notes = [tree.text_of(b) for b in tree.elements(doc.body, "Div") if tree.has_class(b, "note")]
    assert not any("nothing else is said" in note for note in notes)
    assert "Source: Alpha list (invented)" in notes[0] and "Sources: Alpha" in notes[1]


def test_a_brief_has_no_list_of_contents_in_any_form(tmp_path: Path):
    blocks = [Prose("# One\n\nText\n\n# Two\n\nMore")]
    for is_brief in (True, False):
        doc = assemble_document(blocks, replace(example.meta(), is_brief=is_brief))
        page_, word = tmp_path / "page.html", tmp_path / "page.docx"
        write_html(doc, {}, page_)
        write_docx(doc, {}, word)
        printed = zipfile.ZipFile(word).read("word/document.xml").decode()
        assert ('id="contents"' in page_.read_text(encoding="utf-8")) is not is_brief
        assert (">Contents<" in printed) is not is_brief


def test_how_numbers_are_rounded_is_told_once_and_then_by_the_table_that_says_it():
    again = example.finding("again", "Again", [("Women", [None]), ("Men", [35])])
    doc = page(Prose("# One"), ShownFinding(example.by_sex()), Prose("# Two"), ShownFinding(again))
    notes = [tree.text_of(b) for b in tree.elements(doc.body, "Div") if tree.has_class(b, "note")]
    assert sum(ROUNDED in note for note in notes) == 1
    assert "Rounded as the note to table 1 says." in notes[-1]


def test_rounding_is_noted_where_a_rounded_number_is_printed_and_as_it_was_done():
    beside = example.finding("beside", "Age", [("Child", [7])], extra=(example.count("few", None),))
    ten = replace(example.count("near.r0.c0", 10), is_rounded=True)
    drawn = replace(example.finding("near", "Work", [("Land", [10])]), claims=(ten,))
    nearest = replace(drawn, claims=(replace(ten, table="posts"),))
    said = tree.text_of(page(Prose("# One"), ShownFinding(beside), ShownFinding(nearest)).body)
    assert ROUNDED not in said and ROUNDED_TO_NEAREST in said
    said = tree.text_of(page(Prose("# One"), ShownFinding(drawn)).body)
    assert ROUNDED in said and ROUNDED_TO_NEAREST not in said


def test_a_table_that_repeats_another_exhibit_is_a_line_that_says_which():
    whole = example.by_source()
    part = replace(
        whole, title="Brazil by list", rows=whole.rows[:1], drawing=Drawing(), statements=()
    )
    doc = page(Prose("# One"), *map(ShownFinding, (whole, part, example.by_threat())))
    printed = tree.text_of(doc.body)
    assert "Brazil by list: every number stands in figure 1." in printed
    assert "Table 1. Victims by threats" in printed and "Table 2" not in printed


def test_the_short_form_of_a_table_keeps_lists_that_count_in_another_unit() -> None:
    rows = [(f"State {n}", [n]) for n in range(1, 31)]
    finding = example.finding("by_state", "State", rows)
    claims = tuple(
        replace(claim, sources=("beta-list",), unit="prisoner_year") if n % 2 else claim
        for n, claim in enumerate(finding.claims)
    )
    short, words = shorten_table(replace(finding, claims=claims))

    assert [row[0].text for row in short.rows] == [f"State {n}" for n in range(30, 19, -1)][::-1]
    assert words == "Shown are the 11 rows with at least 20 victims or census entries in a column."


def test_a_long_table_with_several_rows_a_state_picks_no_few_states_out() -> None:
    few = [(f"State {n // 15}", [n + 100]) for n in range(30)]
    short, words = shorten_table(example.finding("by_state", "State", few, vocabulary="state"))
    assert (short.rows, words) == ((), "")
