"""The length of the main text is counted and told."""

from pathlib import Path

from docx import Document

from hrdresearch.run.main_text import MainText, count_words_of_word_file


def test_words_of_paragraphs_and_tables_are_counted_and_those_of_the_header_not(tmp_path: Path):
    document = Document()
    document.add_paragraph("1.\tThree more words")
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "Land", "31"
    document.sections[0].header.paragraphs[0].text = "Not counted"
    document.save(str(tmp_path / "x.docx"))
    assert count_words_of_word_file(tmp_path / "x.docx") == 6


def test_a_length_over_the_limit_is_told():
    assert str(MainText(20, 10_700)) == (
        "Main text: 20 pages of at most 20, 10,700 words of at most 10,700"
    )
    assert str(MainText(21, 900)).endswith(". Too long: shorten it, or move sections to an annex")
