"""The Word copy: same text, tables, pictures and notes; nothing about staff."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import report_examples as example

from hrdresearch.report import tree
from hrdresearch.report.column_widths import PAGE, set_column_widths
from hrdresearch.report.document import (
    Document,
    assemble_document,
    write_annexes_docx,
    write_docx,
)

docx = pytest.importorskip("docx", reason="python-docx is not installed")
SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def document() -> Document:
    return assemble_document(example.blocks(), example.meta())


@pytest.fixture(scope="module")
def path(document: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("word") / "report.docx"
    write_docx(document, example.claims(), path)
    return path


@pytest.fixture(scope="module")
def word(path: Path):
    return docx.Document(str(path))


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as file:
        return file.read(name).decode("utf-8")


def test_paragraphs_carry_the_numbers_of_the_page(word):
    numbered = [p.text for p in word.paragraphs if p.style.name == "Numbered Paragraph"]
    assert numbered[0].startswith("1.\tThe report counts 1,733 persons")
    assert [text.partition(".")[0] for text in numbered] == [
        str(n + 1) for n in range(len(numbered))
    ]


def test_headings_captions_and_notes_have_styles_of_their_own(word):
    styles = {p.style.name: p.text for p in reversed(word.paragraphs)}
    assert styles["Heading 1"] == "I.\tIntroduction"
    assert (
        styles["Title"]
        == "Documented killings of defenders, journalists and persons on national lists"
    )
    assert styles["Table Caption"].startswith("Table 1. Victims by sex")
    assert styles["Image Caption"].startswith("Figure 1. Victims by cause")
    assert styles["Source Note"].startswith("Note: Sex as the list records it.")


def test_tables_pictures_and_footnotes_are_there(word, path: Path):
    assert word.tables[0].cell(0, 0).text == "Sex"
    assert word.tables[0].cell(3, 1).text == "fewer than 5"
    assert len(word.inline_shapes) == 5
    assert "List of cases" in part(path, "word/footnotes.xml")
    assert part(path, "word/document.xml").count("<w:tblHeader") >= len(word.tables)


def test_pictures_have_a_description_with_their_main_numbers(path: Path):
    assert 'descr="Bar chart: Victims by cause defended, 2012–2021. Land, territory' in part(
        path, "word/document.xml"
    )


def test_the_banner_stands_in_the_header_of_every_page(word):
    assert "every person and case in this document is invented" in (
        word.sections[0].header.paragraphs[0].text
    )


def test_a_report_on_real_cases_has_no_banner(tmp_path: Path):
    doc = assemble_document(example.blocks(), example.meta(banner=None))
    write_docx(doc, example.claims(), tmp_path / "x.docx")
    header = docx.Document(str(tmp_path / "x.docx")).sections[0].header
    assert header.paragraphs[0].text == ""


def test_metadata_name_no_staff_and_pictures_no_program(word, path: Path):
    core = word.core_properties
    assert (core.author, core.last_modified_by, core.title) == (
        "hrdresearch",
        "",
        "Documented killings of defenders, journalists and persons on national lists",
    )
    with zipfile.ZipFile(path) as file:
        pictures = [file.read(n) for n in file.namelist() if n.endswith(".png")]
    assert len(pictures) == 5
    assert not any(b"tEXt" in p or b"iTXt" in p or b"tIME" in p for p in pictures)


def test_no_path_of_the_machine_is_left_in_the_file(path: Path):
    assert ".png" not in part(path, "word/document.xml")
    assert "tmp" not in part(path, "word/document.xml")


def test_the_same_document_gives_the_same_bytes(document: Document, path: Path, tmp_path: Path):
    write_docx(document, example.claims(), tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == path.read_bytes()


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not on this machine")
def test_libreoffice_opens_it_and_prints_all_of_it(path: Path, tmp_path: Path):
    pypdf = pytest.importorskip("pypdf")
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    pages = [p.extract_text() for p in pypdf.PdfReader(tmp_path / "report.pdf").pages]
    assert all("every person and case in this document is invented" in text for text in pages)
    whole = "\n".join(pages)
    assert "Lineage of the numbers" in whole and "Figure 5." in whole


def test_annexes_are_a_file_of_their_own(document: Document, word, tmp_path: Path):
    write_annexes_docx(document, example.claims(), tmp_path / "annexes.docx")
    annexes = docx.Document(str(tmp_path / "annexes.docx"))
    headings = [p.text for p in annexes.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["Annex I.\tSources and definitions", "Annex II.\tHow this report was made",
                        "Annex III.\tFull tables", "Annex IV.\tLineage of the numbers"]  # fmt: skip
    assert "Annex" not in "".join(p.text for p in word.paragraphs if p.style.name == "Heading 1")
    assert "Annexes" in [p.text for p in annexes.paragraphs if p.style.name == "Subtitle"]


def test_no_link_leads_to_a_place_of_the_other_file(document: Document, path: Path, tmp_path: Path):
    write_annexes_docx(document, example.claims(), tmp_path / "annexes.docx")
    for file in (path, tmp_path / "annexes.docx"):
        text = part(file, "word/document.xml")
        places = set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]*)"', text))
        assert set(re.findall(r'<w:hyperlink w:anchor="([^"]*)"', text)) <= places


def test_a_table_head_keeps_with_the_rows_below(word):
    head = word.tables[0].rows[0].cells[0].paragraphs[0]
    assert head.style.name == "Table Head"
    assert head.style.paragraph_format.keep_with_next


def test_the_theme_names_no_typefaces_of_other_scripts(path: Path):
    """Some are called like persons, and the scan for names would stop the report."""
    theme = part(path, "word/theme/theme1.xml")
    assert "<a:latin" in theme
    assert "<a:font script" not in theme


def test_a_column_of_a_full_table_holds_its_longest_word():
    head = ["Kind", "Supported", "Recommendations", "Per cent", "All subjects, per cent"]
    rows = [["Cooperation with mechanisms and with their recommendations"] * 2 + ["1,234"] * 3]
    node = tree.table(
        [],
        [tree.inlines_of(text) for text in head],
        [[tree.inlines_of(text) for text in row] for row in rows],
        ["AlignLeft"] * len(head),
    )
    set_column_widths(node)
    letters = [PAGE * size["c"] for _, size in node["c"][2]]
    assert sum(letters) == pytest.approx(PAGE, abs=0.1)
    for width, name, text in zip(letters, head, rows[0], strict=True):
        assert width > max(map(len, f"{name} {text}".split()))
