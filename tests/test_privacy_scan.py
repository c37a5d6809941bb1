"""A planted name is found in every carrier; the report's own words are not. Invented persons."""

import base64
import io
import json
import shutil
import zipfile

import openpyxl
import pytest
import typst
from docx import Document
from lxml import etree
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.scan import CANNOT_BE_READ, NOT_CHECKED, scan_report

NAME = "Zúñela Testal"
INDEX = build_index(
    [NameEntry(NAME), NameEntry("Ceará")], Key("killings", b"k" * 32), ["Ceará", "Mexico"]
)


def scan(tmp_path, **files):
    """Hits in a folder with these files (``page_html="..."`` is page.html)."""
    for name, body in files.items():
        path = tmp_path / ".".join(name.rsplit("_", 1))
        path.write_bytes(body if isinstance(body, bytes) else body.encode("utf-8"))
    return scan_report(tmp_path, INDEX)


def png(**texts):
    info = PngInfo()
    for key, value in texts.items():
        {"z": info.add_text}.get(key, info.add_itxt)(key, value, zip=key in "zi")
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def picture(kind, **exif_tags):
    exif = Image.Exif()
    for tag, value in exif_tags.items():
        exif[int(tag[1:])] = value
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, kind, exif=exif)
    return out.getvalue()


def uri(data, mime="image/png"):
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"


SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'

PAGES = {
    "text": f"<p>The case of {NAME}.</p>",
    "text over tags": "<p>The case of Zú<b>ñe</b>la <i>Testal</i>.</p>",
    "text without space at a tag": "<p><b>Zúñela</b><b>Testal</b></p>",
    "line break": "<p>Zúñela<br>Testal</p>",
    "entities": "<p>Z&uacute;&#241;ela&nbsp;Testal</p>",
    "entities twice": "<p>Z&amp;uacute;&amp;#241;ela Testal</p>",
    "two cells": "<table><tr><td>Zúñela</td><td>Testal</td></tr></table>",
    "zero width": "<p>Zú\u200bñela\u00a0Te\u200dstal</p>",
    "title": f"<title>{NAME}</title><p>x</p>",
    "attribute": f'<p title="{NAME}">x</p>',
    "alt text": f'<img alt="photo of {NAME}" src="a.png">',
    "anchor": '<a href="#case-zunela-testal">x</a>',
    "link with %": '<a href="https://example.org/?q=Z%C3%BA%C3%B1ela%20Testal">x</a>',
    "meta": f'<meta name="author" content="{NAME}">',
    "comment": f"<p>x</p><!-- {NAME} -->",
    "script": f"<script>let a = '{NAME}'</script>",
    "escapes in a script": "<script>let a = 'Z\\u00fa\\u00f1ela Testal'</script>",
    "JSON in a script": f'<script type="application/json">{json.dumps({"a": [NAME]})}</script>',
    "JSON key": f'<script type="application/json">{json.dumps({NAME: 1})}</script>',
    "style": f"<style>p::after {{content: '{NAME}'}}</style>",
    "SVG text": SVG.format(f"<text>{NAME}</text>"),
    "SVG tspans": SVG.format("<text><tspan>Zúñela</tspan><tspan>Testal</tspan></text>"),
    "SVG title": SVG.format(f"<title>{NAME}</title>"),
    "SVG attribute": SVG.format(f'<g aria-label="{NAME}"/>'),
    "SVG metadata": SVG.format(f"<metadata><creator>{NAME}</creator></metadata>"),
    "picture in the page": f'<img src="{uri(png(Author=NAME))}">',
    "JPEG in the page": f'<img src="{uri(picture("JPEG", t315="Zunela Testal"), "image/jpeg")}">',
    "drawing in the page": f'<img src="{uri(SVG.format(f"<desc>{NAME}</desc>").encode(), "image/svg+xml")}">',
    "picture in a style": f"<style>p {{background: url({uri(png(Author=NAME))})}}</style>",
    "hidden template": f"<template><p>{NAME}</p></template>",
    "other order and case": "<p>TESTAL, Zunela</p>",
    "label": f'<span class="label" data-vocab="state">{NAME}</span>',
}


@pytest.mark.parametrize("carrier", PAGES)
def test_a_name_planted_in_a_page_is_found(tmp_path, carrier):
    hits = scan(tmp_path, page_html=f"<html><body>{PAGES[carrier]}</body></html>")
    assert hits, carrier
    assert all("estal" not in repr(hit) for hit in hits)


FILES = {
    "PNG text": {"a_png": png(Comment=NAME)},
    "PNG compressed text": {"a_png": png(z=NAME)},
    "PNG international text": {"a_png": png(i=NAME)},
    "PNG EXIF": {"a_png": picture("PNG", t315="Zunela Testal")},
    "JPEG EXIF": {"a_jpg": picture("JPEG", t270="Zunela Testal")},
    "JPEG EXIF for Windows": {"a_jpg": picture("JPEG", t40093=NAME.encode("utf-16-le"))},
    "after the end of a PNG": {"a_png": png() + NAME.encode()},
    "SVG file": {"a_svg": SVG.format(f"<text>{NAME}</text>")},
    "claims": {"claims_json": json.dumps([{"name": "a.b", "definition": f"as {NAME} says"}])},
    "claims with escapes": {"claims_json": '{"a": "Z\\u00fa\\u00f1ela Testal"}'},
    "claim name": {"claims_json": json.dumps([{"name": "by_person.zunela_testal"}])},
    "HTML in claims": {"claims_json": json.dumps({"a": "<b>Zúñela</b> <b>Testal</b></p>"})},
    "manifest": {"manifest_json": json.dumps({"operator": NAME})},
    "broken JSON": {"claims_json": '{"a": "' + NAME},
    "log": {"run_log": f"2026-01-01 read row of {NAME}\n"},
    "log in UTF-16": {"run_log": f"row of {NAME}".encode("utf-16")},
    "traceback in colour": {"run_txt": "KeyError: 'Z\x1b[31múñela\x1b[0m Testal'"},
    "file name": {"zunela-testal_txt": "nothing"},
    "CSV": {"a_csv": "name,year\nZúñela Testal,2020\n"},
}


@pytest.mark.parametrize("carrier", FILES)
def test_a_name_planted_in_a_file_is_found(tmp_path, carrier):
    hits = scan(tmp_path, **FILES[carrier])
    assert hits, carrier
    assert all("estal" not in repr(hit) for hit in hits)


NOTEBOOK_CELLS = {
    "source": {"source": [f"# {NAME}"]},
    "stream": {"outputs": [{"output_type": "stream", "text": ["Zúñela ", "Testal"]}]},
    "traceback": {"outputs": [{"ename": "E", "evalue": "", "traceback": [f"in {NAME}"]}]},
    "error value": {"outputs": [{"ename": "E", "evalue": NAME, "traceback": []}]},
    "HTML output": {"outputs": [{"data": {"text/html": ["<td>Zúñela</td>", "<td>Testal</td>"]}}]},
    "JSON output": {"outputs": [{"data": {"application/vnd.x+json": {"a": {"b": NAME}}}}]},
    "picture": {"outputs": [{"data": {"image/png": base64.b64encode(png(A=NAME)).decode()}}]},
    "metadata": {"metadata": {"tags": [NAME]}},
}


@pytest.mark.parametrize("carrier", NOTEBOOK_CELLS)
def test_a_name_planted_in_a_notebook_is_found(tmp_path, carrier):
    cell = {"source": "", "metadata": {}, "outputs": [], **NOTEBOOK_CELLS[carrier]}
    if carrier == "HTML output":
        cell["outputs"][0]["data"]["text/html"] = "<tr><td>Zúñela</td><td>Testal</td></tr>"
    assert scan(tmp_path, a_ipynb=json.dumps({"cells": [cell], "metadata": {}}))


def word(tmp_path, change):
    document = Document()
    document.add_paragraph("A paragraph")
    change(document)
    document.save(tmp_path / "report.docx")
    return scan_report(tmp_path, INDEX)


def split_runs(document):
    paragraph = document.add_paragraph("The case of ")
    for text in ("Zú", "ñela Tes", "tal"):
        paragraph.add_run(text)


def two_cells(document):
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "Zúñela", "Testal"


def picture_in(document):
    document.add_picture(io.BytesIO(png(Author=NAME)))


WORD = {
    "text": lambda d: d.add_paragraph(NAME),
    "text over runs": split_runs,
    "two cells": two_cells,
    "header": lambda d: setattr(d.sections[0].header.paragraphs[0], "text", NAME),
    "footer": lambda d: setattr(d.sections[0].footer.paragraphs[0], "text", NAME),
    "author": lambda d: setattr(d.core_properties, "author", NAME),
    "last saved by": lambda d: setattr(d.core_properties, "last_modified_by", NAME),
    "comment": lambda d: d.add_comment(d.paragraphs[0].runs, text=NAME, author="x"),
    "comment's author": lambda d: d.add_comment(d.paragraphs[0].runs, text="x", author=NAME),
    "picture's metadata": picture_in,
}


@pytest.mark.parametrize("carrier", WORD)
def test_a_name_planted_in_word_is_found(tmp_path, carrier):
    assert not word(tmp_path, lambda d: None)
    hits = word(tmp_path, WORD[carrier])
    assert hits and all("estal" not in repr(hit) for hit in hits)


def test_alt_text_and_custom_properties_of_word_are_scanned(tmp_path):
    word(tmp_path, lambda d: None)
    for part, body in {
        "docProps/custom.xml": f"<p><lpwstr>{NAME}</lpwstr></p>",
        "word/extra.xml": f'<w:p xmlns:w="urn:x"><docPr descr="{NAME}"/></w:p>',
        "word/media/zunela-testal.bin": "x",
    }.items():
        copy = tmp_path / "copy"
        copy.mkdir(exist_ok=True)
        with zipfile.ZipFile(copy / "a.docx", "w") as archive:
            archive.writestr(part, body)
        assert scan_report(copy, INDEX), part


def word_label(document, text, style):
    run = document.add_paragraph().add_run(text)
    properties = run._r.get_or_add_rPr()
    mark = etree.SubElement(properties, f"{{{properties.nsmap['w']}}}rStyle")
    mark.set(f"{{{properties.nsmap['w']}}}val", style)


def test_the_state_passes_as_a_label_and_the_victim_of_that_name_does_not(tmp_path):
    label = '<p>In <span class="label" data-vocab="admin1">Ceará</span>, ten.</p>'
    assert not scan(tmp_path, page_html=label)
    assert not scan(tmp_path, page_html=SVG.format('<text data-vocab="admin1">Ceará</text>'))
    group = '<g class="label" data-vocab="admin1"><text>Ceará</text></g>'
    assert not scan(tmp_path, page_html=SVG.format(group))
    assert scan(tmp_path, page_html=SVG.format("<g><text>Ceará</text></g>"))
    assert scan(tmp_path, page_html="<p>The killing of Ceará</p>")
    assert scan(tmp_path, page_html='<p title="Ceará">x</p>')
    assert scan(tmp_path, page_html='<p class="label">Ceará</p>')
    assert scan(tmp_path, page_html='<span class="label" data-vocab="x">Don Ceará</span>')


def test_a_label_in_claims_passes_and_free_text_there_does_not(tmp_path):
    cell = {"text": "Ceará", "vocabulary": "admin1", "claim": None}
    claim = {"name": "by_admin1.ceara", "filter": {"admin1_name": "Ceará"}}
    assert not scan(tmp_path, claims_json=json.dumps([cell, claim]))
    assert scan(tmp_path, claims_json=json.dumps([{"text": "Ceará", "vocabulary": None}]))
    assert scan(tmp_path, claims_json=json.dumps([{"definition": "Ceará"}]))


def test_a_label_in_word_passes_by_its_style(tmp_path):
    assert not word(tmp_path, lambda d: word_label(d, "Ceará", "VocabularyLabel"))
    assert word(tmp_path, lambda d: word_label(d, "Ceará", "Strong"))


def test_labels_of_a_drawing_pass_when_the_renderer_lists_them(tmp_path):
    (tmp_path / "a.svg").write_text(SVG.format("<text>Ceará</text>"), encoding="utf-8")
    assert scan_report(tmp_path, INDEX)
    assert not scan_report(tmp_path, INDEX, labels=frozenset({"Ceará"}))


def test_a_log_is_scanned_as_free_text(tmp_path):
    assert scan_report(tmp_path, INDEX, {"run log": "ValueError: Ceará"})
    assert scan_report(tmp_path, INDEX, {"log": f"row of {NAME}"})[0].kind == "full name"
    assert not scan_report(tmp_path, INDEX, {"log": "Nothing of this kind"})


def test_without_an_index_the_scan_says_that_it_checked_nothing(tmp_path):
    assert [hit.kind for hit in scan_report(tmp_path, None)] == [NOT_CHECKED]


def test_what_cannot_be_read_is_a_hit(tmp_path):
    for name, body in {"a_docx": b"PK\x03\x04junk", "a_png": b"\x89PNG junk", "a_bin": b"\x00\x01"}.items():  # fmt: skip # noqa: E501
        assert CANNOT_BE_READ in {hit.kind for hit in scan(tmp_path, **{name: body})}


def test_a_clean_report_has_no_hit(tmp_path):
    page = "<html><head><title>Killings</title></head><body><p>At least 12.</p></body></html>"
    assert not scan(tmp_path, page_html=page, manifest_json='{"build": "0a1b"}', a_png=png())


PDF = {
    "text": f"The case of {NAME}.",
    "text over lines": "The case of Zúñela \\ Testal.",
    "two cells": "#table(columns: 2)[Zúñela][Testal]",
    "bookmark": f"= {NAME}",
    "footnote": f"Cases.#footnote[{NAME}]",
    "description of a figure": f'#image("x.png", alt: "Chart: {NAME} 3")',
    "link": f'#link("https://example.org/{NAME.replace(" ", "-")}")[here]',
    "title": f'#set document(title: "{NAME}")\nText.',
    "author": f'#set document(author: "{NAME}")\nText.',
    "keyword": f'#set document(keywords: ("{NAME}",))\nText.',
}


def pdf(tmp_path, body):
    source = tmp_path / "source"
    source.mkdir()
    (source / "x.png").write_bytes(png())
    (source / "x.typ").write_text(f'#set document(title: "Report")\n{body}', encoding="utf-8")
    typst.compile(source / "x.typ", output=tmp_path / "report.pdf")
    shutil.rmtree(source)
    return scan_report(tmp_path, INDEX)


@pytest.mark.parametrize("carrier", PDF)
def test_a_name_planted_in_a_pdf_is_found(tmp_path, carrier):
    assert {hit.file for hit in pdf(tmp_path, PDF[carrier])} == {"report.pdf"}


HIDDEN = {
    "beside the page": "/F 12 Tf 2000 2000 Td (Jane Testal) Tj",
    "not drawn": "/F 12 Tf 3 Tr (Jane Testal) Tj",
    "of no size": "/F 0 Tf (Jane Testal) Tj",
    "of no width": "0 Tz /F 12 Tf (Jane Testal) Tj",
    "read as other words": "/F 12 Tf /Span <</ActualText (Words)>> BDC (Jane Testal) Tj EMC",
    "in pieces": "/F 12 Tf (Ja) Tj (ne) Tj ( Testal) Tj",
}


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_name_hidden_on_a_page_of_a_pdf_is_found(tmp_path, hidden):
    index = build_index([NameEntry("Jane Testal")], Key("killings", b"k" * 32), [])
    (tmp_path / "report.pdf").write_bytes(pdf_of_one_page(f"BT {HIDDEN[hidden]} ET"))
    assert [(hit.carrier, hit.place) for hit in scan_report(tmp_path, index)] == [
        ("PDF text", "page 1")
    ]


def pdf_of_one_page(content):
    writer, drawn, file = PdfWriter(), DecodedStreamObject(), io.BytesIO()
    page = writer.add_blank_page(width=300, height=300)
    face = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(k): NameObject(v) for k, v in face.items()})
    fonts = DictionaryObject({NameObject("/F"): named})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    drawn.set_data(content.encode())
    page[NameObject("/Contents")] = writer._add_object(drawn)
    writer.write(file)
    return file.getvalue()


def test_words_of_a_pdf_that_are_a_label_are_taken_for_it(tmp_path):
    assert pdf(tmp_path, "#table(columns: 2)[Ceará][3][Mexico][5]") == []


@pytest.mark.parametrize("damage", ["cut off", "locked"])
def test_a_pdf_that_cannot_be_read_is_not_passed(tmp_path, damage):
    assert pdf(tmp_path, "Text.") == []
    path = tmp_path / "report.pdf"
    if damage == "cut off":
        path.write_bytes(path.read_bytes()[:400])
    else:
        writer = PdfWriter(clone_from=path)
        writer.encrypt("secret", algorithm="RC4-128")
        writer.write(path)
    assert {hit.kind for hit in scan_report(tmp_path, INDEX)} == {CANNOT_BE_READ}


def test_a_file_attached_to_a_pdf_is_not_passed(tmp_path):
    pdf(tmp_path, "Text.")
    writer = PdfWriter(clone_from=tmp_path / "report.pdf")
    writer.add_attachment("list.csv", b"packed")
    writer.write(tmp_path / "report.pdf")
    assert CANNOT_BE_READ in {hit.kind for hit in scan_report(tmp_path, INDEX)}


@pytest.mark.parametrize("form", ["{}", "build {}, read", "0.2.0+{}"])
def test_the_hash_of_a_file_that_reads_like_a_short_name_is_no_hit(tmp_path, form):
    index = build_index([NameEntry("Fade Bec")], Key("killings", b"k" * 32), [])
    digest = "4f1090fade1bec20" + "3" * 48  # 64 hexadecimal digits
    (tmp_path / "manifest.json").write_text(json.dumps({"sha256": form.format(digest)}))
    assert scan_report(tmp_path, index) == []


@pytest.mark.parametrize(
    "text", ["0fade1bec2", "Fade Bec", "0fade1bec2 and 3", "fade bec 112233445566"]
)
def test_what_is_no_hash_is_read_with_digits_for_letters(tmp_path, text):
    index = build_index([NameEntry("Fade Bec")], Key("killings", b"k" * 32), [])
    (tmp_path / "manifest.json").write_text(json.dumps({"note": text}))
    assert scan_report(tmp_path, index)


def workbook(plant):
    """A workbook of numbers in which ``plant(book, sheet)`` put a name somewhere."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["State", "Persons"])
    sheet.append(["Mexico", 12])
    plant(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _hidden(book, _):
    other = book.create_sheet("list")
    other.sheet_state = "hidden"
    other.append([1, NAME])


WORKBOOKS = {
    "cell": lambda _, sheet: sheet.append([NAME, 3]),
    "two cells": lambda _, sheet: sheet.append(["Zúñela", "Testal", 3]),
    "two cells, apart in the file": lambda _, sheet: [
        sheet.append(row) for row in (["Testal"], ["one thing"], ["another"], ["Zúñela", "Testal"])
    ],
    "fonts within a cell": lambda _, sheet: sheet.append(
        [CellRichText("Zú", TextBlock(InlineFont(b=True), "ñela"), " Testal")]
    ),
    "hidden sheet": _hidden,
    "hidden row": lambda _, sheet: (
        sheet.append([NAME]), setattr(sheet.row_dimensions[3], "hidden", True)
    ),
    "note": lambda _, sheet: setattr(sheet["A1"], "comment", Comment(NAME, "x")),
    "author": lambda book, _: setattr(book.properties, "creator", NAME),
    "header": lambda _, sheet: setattr(sheet.oddHeader.center, "text", NAME),
    "name of a sheet": lambda book, _: book.create_sheet(NAME),
    "formula": lambda _, sheet: sheet.append([f'="{NAME}"']),
}  # fmt: skip


@pytest.mark.parametrize("plant", WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_name_planted_in_a_workbook_is_found(plant, tmp_path):
    assert scan(tmp_path, annex_xlsx=workbook(plant))


@pytest.mark.parametrize(
    ("plant", "place"),
    [
        ("cell", 3),
        ("two cells", 3),
        ("two cells, apart in the file", 6),
        ("fonts within a cell", 3),
    ],
)
def test_a_name_in_cells_is_told_by_its_sheet_and_row(plant, place, tmp_path):
    hits = scan(tmp_path, annex_xlsx=workbook(WORKBOOKS[plant]))
    assert ("workbook row", f"sheet 1, row {place}", "full name") in {
        (h.carrier, h.place, h.kind) for h in hits
    }


def test_a_workbook_without_a_name_has_no_hit_and_a_broken_one_is_told(tmp_path):
    assert scan(tmp_path, annex_xlsx=workbook(lambda *_: None)) == []
    [hit] = {h.kind for h in scan(tmp_path, annex_xlsx=b"PK\x03\x04 broken")}
    assert hit == CANNOT_BE_READ


def test_a_compound_of_words_of_the_page_is_no_surname(tmp_path):
    """The class "para-number" of a paragraph stopped every page of a list with the surname Parra."""
    words = frozenset(("para", "number"))
    key = Key("killings", b"k" * 32)
    index = build_index([NameEntry("Luis Parra Testal", is_public=False)], key, [], words)

    def hits(page):
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        return scan_report(tmp_path, index)

    assert not hits('<a class="para-number" aria-label="1">x</a>')
    assert (
        hits("<p>P-a-r-r-a</p>")
        and hits("<p>Parra-Testal</p>")
        and hits('<a class="para-testal">x</a>')
    )
