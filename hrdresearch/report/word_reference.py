"""Makes ``reference.docx``, the look of the Word copy.

Run ``python -m hrdresearch.report.word_reference`` after a change here and commit the result. It
starts from pandoc's own reference document.
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import docx
import pypandoc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from hrdresearch.report.word_package import BANNER, FOOT

SERIF = "Times New Roman"
INK, SOFT, WARNING = RGBColor(0x1B, 0x1B, 0x1B), RGBColor(0x4A, 0x4F, 0x55), RGBColor(0x7A, 0x1F, 0)
TEXT_CM = 16.0
HANG = Cm(1.1)


def write_reference(path: Path) -> None:
    """Write the Word file whose styles every report takes."""
    default = subprocess.run(
        [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"],
        check=True,
        capture_output=True,
    ).stdout
    document = docx.Document(io.BytesIO(default))
    _page(document)
    _styles(document)
    _table_style(document)
    core = document.core_properties
    core.author = core.last_modified_by = "hrdresearch"
    document.save(str(path))


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.4)
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run(BANNER)
    run.font.bold, run.font.size, run.font.color.rgb = True, Pt(9), WARNING
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_CM), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{FOOT}\t").font.size = Pt(8.5)
    _page_number(foot)


def _page_number(paragraph: Any) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(8.5)
    for kind in ("begin", "instr", "end"):
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _styles(document: Any) -> None:
    base = _style(document, "Normal", size=11, after=6)
    base.paragraph_format.line_spacing = 1.1
    for name in ("Body Text", "First Paragraph", "Compact"):
        _style(document, name, size=11, after=6)
    _style(document, "Compact", size=9.5, after=1, before=1)
    for level, size in ((1, 14), (2, 12), (3, 11)):
        heading = _style(document, f"Heading {level}", size=size, before=16 - 2 * level, after=6)
        heading.font.bold, heading.font.italic = True, False
        heading.paragraph_format.keep_with_next = True
        _hang(heading, HANG)
    _style(document, "Title", size=20, before=10, after=6, bold=True)
    _style(document, "Subtitle", size=13, after=6)
    _style(document, "Date", size=10, after=14, color=SOFT)
    mast = _style(document, "Mast", size=9, after=0, color=SOFT)
    mast.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _style(document, "Classification", size=11, bold=True, color=WARNING)
    _style(document, "Mandate", size=11)
    summary = _style(document, "Summary Heading", size=13, before=10, after=6)
    summary.font.italic = True
    summary.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    summary.paragraph_format.keep_with_next = True
    _style(document, "Contents Heading", size=13, before=14, after=6, bold=True)
    for name, left, mark in (
        ("Contents 1", 0.0, 1.1),
        ("Contents 2", 1.1, 0.8),
        ("Contents 3", 1.9, 0.8),
        ("Contents Annex", 0.0, 2.2),
    ):
        style = _style(document, name, size=11, after=2)
        _hang(style, Cm(mark), Cm(left))
        style.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_CM), WD_TAB_ALIGNMENT.RIGHT)
    _hang(_style(document, "Numbered Paragraph", size=11, after=7), HANG, left=Cm(0))
    head = _style(document, "Table Head", size=9.5, after=1, before=1)
    head.font.italic = True
    head.paragraph_format.keep_with_next = True
    for name in ("Table Caption", "Image Caption"):
        caption = _style(document, name, size=10, before=10, after=4)
        caption.font.italic = False
        caption.paragraph_format.keep_with_next = True
    figure = _style(document, "Captioned Figure", size=11, before=0, after=2)
    figure.paragraph_format.keep_with_next = True
    _style(document, "Source Note", size=8.5, before=2, after=2, color=SOFT)
    _style(document, "Footnote Text", size=9, after=2)
    document.styles["Hyperlink"].font.color.rgb = INK


def _style(
    document: Any,
    name: str,
    size: float,
    before: float = 0,
    after: float = 0,
    bold: bool = False,
    color: RGBColor = INK,
) -> Any:
    names = {s.name for s in document.styles}
    if name in names:
        style = document.styles[name]
    else:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
    font = style.font
    font.name, font.size, font.color.rgb, font.bold = SERIF, Pt(size), color, bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), SERIF)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    if name in ("Title", "Subtitle", "Date", "Classification", "Mandate"):
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    return style


def _hang(style: Any, by: Any, left: Any = None) -> None:
    """A number hangs to the left of its text, or stands at the margin with a tab after it."""
    if left is None:
        style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = by, -by
    else:
        style.paragraph_format.left_indent = left + by
        style.paragraph_format.first_line_indent = -by
    style.paragraph_format.tab_stops.add_tab_stop((left or 0) + by)


def _table_style(document: Any) -> None:
    """Rules above and below the head and below the last row, light ones between rows."""
    style = document.styles["Table"]
    properties = style.element.find(qn("w:tblPr"))
    if properties is None:
        properties = OxmlElement("w:tblPr")
        style.element.append(properties)
    for old in properties.findall(qn("w:tblBorders")):
        properties.remove(old)
    borders = OxmlElement("w:tblBorders")
    for side, size, color in (
        ("top", 8, "1B1B1B"),
        ("bottom", 8, "1B1B1B"),
        ("insideH", 4, "B9BEC4"),
    ):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", color)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties.append(borders)


if __name__ == "__main__":
    write_reference(Path(__file__).with_name("reference.docx"))
