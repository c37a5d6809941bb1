"""Numbers of the PDF copy: what is missing is told, and a number below zero is found."""

from __future__ import annotations

from pathlib import Path

import typst

from hrdresearch.report.document_model import PrintedNumber
from hrdresearch.run.misprints import _pdf_problems


def test_a_number_below_zero_is_found_by_its_typeset_sign(tmp_path: Path) -> None:
    source, copy = tmp_path / "copy.typ", tmp_path / "report.pdf"
    source.write_text("from -12 to 0 points", encoding="utf-8")
    typst.compile(str(source), output=str(copy))
    printed = [PrintedNumber("gap.low", "-12", True), PrintedNumber("gap.high", "0", True)]
    assert _pdf_problems([copy], printed) == []
    (problem,) = _pdf_problems([copy], [PrintedNumber("gap.low", "-13", True)])
    assert "-13" in problem


def test_a_number_close_before_the_mark_of_a_footnote_is_found(tmp_path: Path) -> None:
    source, copy = tmp_path / "copy.typ", tmp_path / "report.pdf"
    source.write_text("At least 17.\u2009#super[1] And 18\u2009#super[2].", encoding="utf-8")
    typst.compile(str(source), output=str(copy))
    printed = [PrintedNumber("one", "17", True), PrintedNumber("two", "18", True)]
    assert _pdf_problems([copy], printed) == []
