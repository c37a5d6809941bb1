"""What a Word file has in common with an empty one is no name; what is planted in it is. Invented persons."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import report_examples as example

from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.scan import ScanHit, scan_for_each
from hrdresearch.report.document import assemble_document, write_docx
from hrdresearch.report.word import empty_word_file
from hrdresearch.run.prepared_scan import leak_in_words

# Surnames of a list that is not public; words of the template that no page prints.
INDEX = build_index(
    [NameEntry(f"Zunela {name}") for name in ("Toc", "Aptos", "Bidi", "Quibble", "Bibliography")],
    Key("killings", b"k" * 32),
)
NAME = "Quibble"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Parts of the Word copy of a report, by their names."""
    path = tmp_path_factory.mktemp("word") / "report.docx"
    write_docx(assemble_document(example.blocks(), example.meta()), example.claims(), path)
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist() if not name.endswith(".png")}


def scan(folder: Path, parts: dict[str, bytes], comment: bytes = b"") -> list[ScanHit]:
    with zipfile.ZipFile(folder / "report.docx", "w") as file:
        file.comment = comment
        for name, body in parts.items():
            file.writestr(name, body)
    return scan_for_each([INDEX], folder, empty_word=empty_word_file)[0]


def test_names_of_styles_typefaces_and_parts_that_every_word_copy_holds_are_no_surnames(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    assert b"TOC Heading" in made["word/styles.xml"] and b"Aptos" in made["word/fontTable.xml"]
    with zipfile.ZipFile(io.BytesIO(empty_word_file())) as empty:
        assert empty.read("word/styles.xml") == made["word/styles.xml"]
    assert scan(tmp_path, made) == []
    assert scan_for_each([INDEX], tmp_path)[0], "the surnames are words of the template"


# Where a name is planted: part, a text of it that is there, what takes its place.
PLANTED = {
    "name of a style": ("word/styles.xml", '"TOC Heading"', f'"{NAME} Heading"'),
    "the same style, a longer name": ("word/styles.xml", '"TOC Heading"', '"TOC Heading Toc"'),
    "a style more": ("word/styles.xml", "</w:styles>",
                     f'<w:style w:type="paragraph" w:styleId="{NAME}"/></w:styles>'),
    "name of the template in another attribute": ("word/styles.xml", "</w:styles>",
                     '<w:style w:type="paragraph" w:styleId="TOC Heading"/></w:styles>'),
    "an attribute more": ("word/styles.xml", '"TOC Heading"', f'"TOC Heading" w:x="{NAME}"'),
    "attribute of the whole part": ("word/styles.xml", "<w:styles ", f'<w:styles w:x="{NAME}" '),
    "name in words of the template": ("word/document.xml", "<w:sectPr", "<w:p><w:r><w:t>The case of Toc "
                     "</w:t></w:r></w:p><w:sectPr"),
    "use of no style": ("word/document.xml", "<w:sectPr",
                     f'<w:p><w:pPr><w:pStyle w:val="{NAME}"/></w:pPr></w:p><w:sectPr'),
    "use of a style by another element": ("word/document.xml", "<w:sectPr",
                     '<w:p><w:pPr><w:tag w:val="Bibliography"/></w:pPr></w:p><w:sectPr'),
    "bookmark": ("word/document.xml", "<w:sectPr",
                     f'<w:bookmarkStart w:id="99" w:name="{NAME}"/><w:sectPr'),
    "bookmark named like a style": ("word/document.xml", "<w:sectPr",
                     '<w:bookmarkStart w:id="99" w:name="TOC Heading"/><w:sectPr'),
    "alternative text": ("word/document.xml", ' descr="Bar chart', f' descr="{NAME}. Bar chart'),
    "alternative text like a style": ("word/document.xml", ' descr="Bar chart',
                     ' title="TOC Heading" descr="Bar chart'),
    "typeface": ("word/fontTable.xml", 'w:name="Aptos"', f'w:name="{NAME}"'),
    "theme": ("word/theme/theme1.xml", 'name="Office', f'name="{NAME}'),
    "setting": ("word/settings.xml", "</w:settings>",
                     f'<w:docVar w:name="desk" w:val="{NAME}"/></w:settings>'),
    "relationship": ("word/_rels/document.xml.rels", "</Relationships>",
                     f'<Relationship Id="{NAME}" Type="x" Target="y"/></Relationships>'),
    "link": ("word/_rels/document.xml.rels", "</Relationships>",
                     f'<Relationship Id="a" Type="x" Target="https://example.org/{NAME}"/></Relationships>'),
    "kind of a part": ("[Content_Types].xml", "</Types>",
                     f'<Override PartName="/word/{NAME}.xml" ContentType="x"/></Types>'),
    "title": ("docProps/core.xml", "<dc:title>", f"<dc:title>{NAME} "),
    "author": ("docProps/core.xml", "<dc:creator>", f"<dc:creator>{NAME} "),
    "program": ("docProps/app.xml", "<Application>", f"<Application>{NAME} "),
    "property of one's own": ("docProps/custom.xml", "<Properties ", f'<Properties name="{NAME}" '),
    "comment of a reader": ("word/comments.xml", 'wordprocessingDrawing" />',
                     f'wordprocessingDrawing"><w:comment w:id="1" w:author="{NAME}"/></w:comments>'),
    "comment in the file": ("word/styles.xml", "</w:styles>", f"<!-- {NAME} --></w:styles>"),
    "text between elements": ("docProps/core.xml", "</dc:creator>", f"</dc:creator>{NAME}"),
    "text behind a comment": ("word/styles.xml", "</w:styles>", f"<!-- x -->{NAME}</w:styles>"),
    "deleted field": ("word/document.xml", "<w:sectPr", "<w:p><w:r><w:delInstrText>"
                     f"{NAME}</w:delInstrText></w:r></w:p><w:sectPr"),
    "header": ("word/header1.xml", "</w:hdr>", f"<w:p><w:r><w:t>{NAME}</w:t></w:r></w:p></w:hdr>"),
    "footnote": ("word/footnotes.xml", "</w:footnotes>",
                     f"<w:footnote><w:p><w:r><w:t>{NAME}</w:t></w:r></w:p></w:footnote></w:footnotes>"),
}  # fmt: skip


@pytest.mark.parametrize("carrier", PLANTED)
def test_a_name_planted_beside_what_the_template_holds_is_found(
    carrier: str, made: dict[str, bytes], tmp_path: Path
) -> None:
    part, before, after = PLANTED[carrier]
    body = made[part].decode("utf-8")
    assert before in body
    hits = scan(tmp_path, made | {part: body.replace(before, after, 1).encode("utf-8")})
    assert hits and NAME not in repr(hits) + leak_in_words(hits, "killings")


@pytest.mark.parametrize(
    "name", [f"word/{NAME}.xml", f"word/media/{NAME}.png", f"docProps/{NAME}.xml"]
)
def test_a_part_named_like_a_person_is_found(
    name: str, made: dict[str, bytes], tmp_path: Path
) -> None:
    assert scan(tmp_path, made | {name: b"<x/>" if name.endswith("xml") else b""})


def test_what_one_part_of_the_template_holds_is_searched_in_another(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    assert scan(tmp_path, made | {"word/comments.xml": made["word/styles.xml"]})
    assert scan(tmp_path, made, comment=NAME.encode())


def test_the_words_of_a_stop_tell_where_the_name_stands_and_what_to_do(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    planted = {"word/document.xml": "bookmark", "word/styles.xml": "name of a style"}
    for part, carrier in planted.items():
        _, before, after = PLANTED[carrier]
        body = made[part].decode("utf-8").replace(before, after, 1)
        made = made | {part: body.encode("utf-8")}
    words = leak_in_words(scan(tmp_path, made), "killings")
    assert "2 place(s) hold a name of the case list, so nothing was published" in words
    assert "report.docx: Word attribute (surname), name of a bookmark in the text, part" in words
    assert "report.docx: Word attribute (surname), name of a style in the styles, part" in words
    assert "docs/how-to/own-list.md" in words and "hrdresearch words" not in words


def test_the_words_of_a_stop_say_which_places_two_persons_may_accept() -> None:
    word = ScanHit("report.html", "HTML text", "line 1", "single name", "0f")
    name = ScanHit("report.html", "HTML text", "line 2", "full name")
    both = leak_in_words([word, name], "killings")
    assert "1 place(s) hold a name" in both and "line 2" in both and "line 1" not in both
    assert "1 place(s) print a word" in both and "hrdresearch words killings" in both
    assert "hold a name" not in leak_in_words([word], "killings")
