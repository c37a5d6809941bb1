"""The document: numbering, captions, safety of what notebooks hold."""

from __future__ import annotations

import pytest
import report_examples as example

from hrdresearch.report import annex, tree
from hrdresearch.report.document import Document, Prose, ShownFinding, assemble_document
from hrdresearch.report.numbering import roman_numeral


def page(*blocks: Prose | ShownFinding) -> Document:
    return assemble_document(blocks, example.meta())


def texts(doc: Document) -> list[str]:
    return [tree.text_of(block).strip() for block in doc.body]


def test_sections_are_numbered_in_united_nations_style():
    doc = page(Prose("# One\n\n## First\n\n### Deep\n\n## Second\n\n# Two\n\n## Again"))
    assert [(e.number, e.title, e.anchor) for e in doc.contents] == [
        ("I.", "One", "section-i"),
        ("A.", "First", "section-i-a"),
        ("1.", "Deep", "section-i-a-1"),
        ("B.", "Second", "section-i-b"),
        ("II.", "Two", "section-ii"),
        ("A.", "Again", "section-ii-a"),
    ]


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
    assert "Data of figure 1" in printed
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
    assert [e[:2] for e in annex.annex_entries(doc)][2:] == [
        ("Annex III", "Of the study"), ("Annex IV", "Lineage of the numbers")]  # fmt: skip
