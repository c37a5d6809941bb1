"""A picture that the renderer did not draw is a hit, wherever it lies; names and texts are invented."""

import base64
import io
import shutil
from pathlib import Path

import pytest
import typst
from docx import Document
from PIL import Image

import hrdresearch
from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.pictures import NOT_DRAWN, picture_digest
from hrdresearch.privacy.scan import scan_report

INDEX = build_index([NameEntry("Zunela Testalore")], Key("killings", b"k" * 32))


def png(shade):
    out = io.BytesIO()
    Image.new("RGBA", (7, 5), (shade, 20, 90, 255)).save(out, "PNG")
    return out.getvalue()


def page(folder, data):
    uri = base64.b64encode(data).decode()
    (folder / "report.html").write_text(f'<p>x</p><img src="data:image/png;base64,{uri}">')


def word(folder, data):
    document = Document(str(Path(hrdresearch.__file__).parent / "report" / "reference.docx"))
    document.add_picture(io.BytesIO(data))
    document.save(folder / "report.docx")


def pdf(folder, data):
    source = folder.parent / "source"
    source.mkdir()
    (source / "x.png").write_bytes(data)
    (source / "x.typ").write_text('#set document(title: "R")\n#image("x.png", alt: "x")')
    typst.compile(source / "x.typ", output=folder / "report.pdf")
    shutil.rmtree(source)


def file(folder, data):
    (folder / "photo.png").write_bytes(data)


@pytest.mark.parametrize("place", [page, word, pdf, file])
def test_a_picture_passes_where_it_was_drawn_and_not_otherwise(tmp_path, place):
    folder = tmp_path / "report"
    folder.mkdir()
    place(folder, png(200))
    drawn, other = (frozenset([picture_digest(png(shade))]) for shade in (200, 10))
    assert scan_report(folder, INDEX, pictures=drawn) == []
    assert {hit.kind for hit in scan_report(folder, INDEX, pictures=other)} == {NOT_DRAWN}
    assert scan_report(folder, INDEX) == []


def test_a_picture_in_another_file_is_a_hit(tmp_path):
    (tmp_path / "report.html").write_text('<p>x</p><img src="https://example.org/photo.jpg">')
    assert {h.kind for h in scan_report(tmp_path, INDEX, pictures=frozenset())} == {NOT_DRAWN}
