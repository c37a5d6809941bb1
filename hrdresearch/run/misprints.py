"""Compares every number printed on the page and in the Word and PDF copies with claims.json.

Each printed number must equal the claim that it is marked with, and no number may be missing or added. So
a changed total is found even if the hash in the manifest was changed too.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from hrdresearch.findings.numbers import printed_forms
from hrdresearch.privacy.texts_in_pdf import texts_of_pages
from hrdresearch.report.document_model import PrintedNumber
from hrdresearch.report.word import NUMBER_STYLE

MINUS = "\u2212"  # the minus sign in the PDF copy
PDF_COPY = ("report.pdf", "report-annexes.pdf")
WORD_COPY = ("report.docx", "report-annexes.docx")
WORD_NOTES = ("word/document.xml", "word/footnotes.xml")
NUMBER = r"(?<![\w.,]){}(?!\w|[.,]\d)"  # a whole number, not a part of a longer one
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def misprint_problems(folder: Path, document: Mapping[str, Any]) -> list[str]:
    """One sentence for each printed number that differs from its claim; empty if all agree.

    document: content of claims.json: ``claims`` by name, ``printed`` as
    ``report.document_model.PrintedNumber``. A sentence names the number by its claim.
    """
    claims = document["claims"]
    printed = [PrintedNumber(*number) for number in document["printed"]]
    problems = [*_unlike_claims(printed, claims)]
    page, copies = folder / "report.html", [folder / name for name in WORD_COPY]
    if page.is_file():
        problems += _page_problems(page, printed, claims)
    if copies[0].is_file():
        problems += _word_problems([copy for copy in copies if copy.is_file()], printed, claims)
    in_print = [folder / name for name in PDF_COPY]
    if in_print[0].is_file():
        problems += _pdf_problems([copy for copy in in_print if copy.is_file()], printed)
    return problems


def _unlike_claims(printed: Iterable[PrintedNumber], claims: Mapping[str, Any]) -> Iterator[str]:
    for name, text in sorted({(p.name, p.text) for p in printed}):
        if name not in claims:
            yield f"{name} is printed but is not in claims.json"
            continue
        claim = claims[name]
        if text not in printed_forms(claim["value"], claim["unit"], claim["text"]):
            yield f"{name} is printed as {text!r}; its claim says {claim['text']!r}"


def _page_problems(
    path: Path, printed: Sequence[PrintedNumber], claims: Mapping[str, Any]
) -> list[str]:
    tree = html.fromstring(path.read_bytes())
    marked = tree.xpath("//*[@data-claim]")
    found = [(str(element.get("data-claim")), _text(element)) for element in marked]
    unknown = sorted({name for name, _ in found} - set(claims))
    problems = [f"{name} is on the page but not in claims.json" for name in unknown]
    problems += _differences("the page", Counter(found), Counter((p.name, p.text) for p in printed))
    for row in tree.xpath("//table[contains(@class, 'lineage')]//tr[starts-with(@id, 'lineage-')]"):
        name = str(row.get("id")).removeprefix("lineage-")
        cells = [_text(row[0]).removesuffix(name).strip(), _text(row[3])]
        if name not in claims or cells != _lineage_cells(claims[name]):
            problems.append(f"the lineage of {name} on the page differs from claims.json")
    return problems


def _lineage_cells(claim: Mapping[str, Any]) -> list[str]:
    if claim["status"] != "shown":
        return [claim["text"], "not shown"]
    rows = "no count of rows" if claim["rows"] is None else f"{claim['rows']:,}"
    return [claim["text"], rows]


def _word_problems(
    paths: Sequence[Path], printed: Sequence[PrintedNumber], claims: Mapping[str, Any]
) -> list[str]:
    """Differences in the Word copy (main text and annexes), where numbers have a style but no name.

    Its annex lists the lineage of each number in the text: the number, and how many rows it counts.
    """
    try:
        parts = [part for path in paths for part in _parts_with_numbers(path)]
        found = Counter(text for part in parts for text in _styled_runs(etree.fromstring(part)))
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError):
        return [f"{' or '.join(path.name for path in paths)} cannot be read as a Word file"]
    in_text = {p.name for p in printed if p.in_text} & set(claims)
    wanted = Counter(p.text for p in printed)
    wanted.update(text for name in in_text for text in _lineage_cells(claims[name]))
    return _differences("the Word copy", found, wanted)


def _pdf_problems(paths: Sequence[Path], printed: Sequence[PrintedNumber]) -> list[str]:
    """Numbers that the PDF copy prints less often than expected; numbers are not marked in a PDF."""
    # PDFium is faster but may join a number and the footnote mark after it: then try again with pypdf.
    for read in (_read_fast, _read_slowly):
        try:
            text = " ".join(" ".join(map(read, paths)).split()).replace(MINUS, "-")
        except (PyPdfError, RuntimeError, ValueError, KeyError, TypeError, AttributeError):
            return [f"{' or '.join(path.name for path in paths)} cannot be read as a PDF file"]
        # Only single words: "fewer than 5" may be split by the end of a page.
        wanted = Counter(p.text for p in printed if " " not in p.text)
        found = Counter({n: len(re.findall(NUMBER.format(re.escape(n)), text)) for n in wanted})
        if not (problems := _differences("the PDF copy", found & wanted, wanted)):
            break
    return problems


def _read_fast(path: Path) -> str:
    return " ".join(texts_of_pages(path.read_bytes()))


def _read_slowly(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(path).pages)


def _parts_with_numbers(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in WORD_NOTES if name in archive.namelist()]


def _styled_runs(root: Any) -> Iterator[str]:
    """Texts in the style of numbers; consecutive runs are one number."""
    for paragraph in root.iter(f"{_W}p"):
        number = ""
        for run in paragraph.iter(f"{_W}r"):
            style = run.find(f"{_W}rPr/{_W}rStyle")
            if style is not None and style.get(f"{_W}val") == NUMBER_STYLE:
                number += "".join(t.text or "" for t in run.iter(f"{_W}t"))
            elif number:
                yield number
                number = ""
        if number:
            yield number


def _differences(where: str, found: Counter[Any], wanted: Counter[Any]) -> list[str]:
    return [
        f"{where} prints {_name_number(number)} {found[number]} time(s); "
        f"the run printed it {wanted[number]} time(s)"
        for number in sorted(found | wanted)
        if found[number] != wanted[number]
    ]


def _name_number(number: Any) -> str:
    """A number in words for a message; number: the printed text, or a pair of claim and text."""
    return repr(number) if isinstance(number, str) else f"{number[1]!r} as {number[0]}"


def _text(element: Any) -> str:
    return " ".join(str(element.text_content()).split())
