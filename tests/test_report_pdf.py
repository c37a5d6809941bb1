"""The PDF copy: accessible, whole, and with signs of other scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import report_examples as example
from pypdf import PdfReader

from hrdresearch.report.document import (
    Document,
    Prose,
    assemble_document,
    write_annexes_pdf,
    write_pdf,
)

SCRIPTS = ("Défenseurs", "Права человека", "حقوق الإنسان", "人权捍卫者")


@pytest.fixture(scope="module")
def document() -> Document:
    return assemble_document(example.blocks(), example.meta())


@pytest.fixture(scope="module")
def pdf(document: Document, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    write_pdf(document, example.claims(), path)
    return PdfReader(path)


def tags(node: Any) -> Iterator[Any]:
    """All elements of the tree of tags."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from tags(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from tags(node["/K"])


def test_it_says_that_it_is_accessible_with_title_language_and_tags(pdf: PdfReader):
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert pdf.metadata.title == (
        "Documented killings of defenders, journalists and persons on national lists"
    )
    assert (pdf.metadata.author, pdf.metadata.creation_date) == ("hrdresearch", None)


def test_every_figure_has_its_description_and_every_table_a_head(pdf: PdfReader, document):
    made = list(tags(pdf.trailer["/Root"]["/StructTreeRoot"]))
    described = [str(tag["/Alt"]) for tag in made if tag["/S"] == "/Figure"]
    assert described == [picture.alt_text().strip() for picture in document.pictures.values()]
    kinds = [tag["/S"] for tag in made]
    assert kinds.count("/Table") == 2 and kinds.count("/TH") == 4
    assert kinds.count("/H1") == 3


def test_bookmarks_are_the_headings(pdf: PdfReader):
    def titles(marks: Any) -> list[str]:
        return [
            title
            for mark in marks
            for title in (titles(mark) if isinstance(mark, list) else [mark.title])
        ]

    assert titles(pdf.outline) == ["I. Introduction", "Method", "Sources", "II. Findings",
                                   "III. Conclusions and recommendations"]  # fmt: skip


def test_the_title_page_leaves_open_what_editors_give(pdf: PdfReader):
    first = pdf.pages[0].extract_text()
    for line in ("Draft: advance unedited version", "Document symbol: to be given",
                 "Date: 23 November 2026", "Edition: 2026-11-23.1", "Summary"):  # fmt: skip
        assert line in first
    assert "I. Introduction" not in first


def test_the_banner_stands_on_every_page(pdf: PdfReader):
    for page in pdf.pages:
        assert "every person and case in this document is invented" in page.extract_text()


def test_annexes_are_a_file_of_their_own(document: Document, tmp_path: Path):
    write_annexes_pdf(document, example.claims(), tmp_path / "annexes.pdf")
    annexes = PdfReader(tmp_path / "annexes.pdf")
    text = "\n".join(page.extract_text() for page in annexes.pages)
    for title in ("Annex I. Sources", "Annex III. Full tables", "Annex IV. Lineage"):
        assert f"\n{title}" in text
    assert "Mexico 154 61" in text and "Data of figure 4" in text


@pytest.mark.parametrize("text", SCRIPTS)
def test_signs_of_other_scripts_are_printed_in_a_typeface_of_the_project(text: str, tmp_path: Path):
    doc = assemble_document([Prose(f"# One\n\n{text}")], example.meta())
    write_pdf(doc, {}, tmp_path / "x.pdf")
    fonts = PdfReader(tmp_path / "x.pdf").pages[0]["/Resources"]["/Font"]
    names = {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts.values()}
    wanted = {"ح": "NotoNaskhArabic", "人": "NotoSerifCJK"}.get(text[0], "LibertinusSerif")
    assert any(name.startswith(wanted) for name in names)
    assert not any("notdef" in str(font.get_object()) for font in fonts.values())


def test_markup_in_a_title_stays_text(tmp_path: Path):
    evil = '#panic("x") \\ "*_<a>$'
    doc = assemble_document([Prose("# One\n\nText.")], example.meta(title=evil, banner=evil))
    write_pdf(doc, {}, tmp_path / "x.pdf")
    assert PdfReader(tmp_path / "x.pdf").metadata.title == evil


def test_the_same_document_gives_the_same_bytes(document: Document, tmp_path: Path):
    for name in ("a.pdf", "b.pdf"):
        write_pdf(document, example.claims(), tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_number_that_no_finding_made_stops_the_file(tmp_path: Path):
    doc = assemble_document([Prose('# One\n\n[9]{.claim data-claim="no.such"}')], example.meta())
    with pytest.raises(KeyError, match=r"no\.such"):
        write_pdf(doc, {}, tmp_path / "x.pdf")


def test_ids_of_cells_and_names_of_elements_are_no_texts_of_a_file(
    document: Document, tmp_path: Path
):
    from hrdresearch.privacy.texts_in_pdf import texts_of_pdf

    write_pdf(document, example.claims(), tmp_path / "report.pdf")
    data = (tmp_path / "report.pdf").read_bytes()
    texts = [(found.carrier, found.text) for found in texts_of_pdf(data)]
    metadata = " ".join(text for carrier, text in texts if carrier == "PDF metadata")

    assert not [text for _, text in texts if text.startswith("U1x")]
    assert "Documented killings of defenders" in metadata and "Bag" not in metadata
    assert 'rdf:about=""' in metadata  # what stands in an attribute is a text


def test_the_hash_in_the_metadata_is_no_text_and_everything_else_is() -> None:
    from hrdresearch.privacy.texts_in_pdf import _DRAWN_ID

    xml = "<xmpMM:DocumentID>IEAxZm4A2lL6YcTFgc/o0Q==</xmpMM:DocumentID><dc:title>Aru Keldemo</dc:title>"
    assert _DRAWN_ID.sub(" ", xml) == (
        "<xmpMM:DocumentID> </xmpMM:DocumentID><dc:title>Aru Keldemo</dc:title>"
    )
    assert _DRAWN_ID.search("<xmpMM:DocumentID>Aru Keldemo of the list</xmpMM:DocumentID>") is None
