"""Texts in a workbook (.xlsx, .xls, .ods and the like): its cells, as a reader sees them, and its parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook

from hrdresearch.privacy.text_carriers import CarriedText, texts_of_run
from hrdresearch.privacy.texts_in_word import MOST_UNPACKED, texts_of_docx

MOST_CELLS = 50_000_000  # of a sheet, empty ones too
_ZIP = b"PK\x03\x04"


def texts_of_workbook(data: bytes) -> Iterator[CarriedText]:
    """Texts of a workbook: each cell, each row as a whole, names of sheets, and the parts of the file.

    A row is read as a whole because a name may stand in two cells; a cell, because its text may be parted
    by fonts. The parts hold what no cell shows: notes, headers, properties, pictures.
    """
    if data.startswith(_ZIP):
        if not _is_small(data):
            yield CarriedText("workbook", "whole file", "", "unreadable")
            return
        for carried in texts_of_docx(data):
            yield carried._replace(carrier=carried.carrier.replace("Word", "workbook"))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, name in enumerate(book.sheet_names, start=1):
            yield CarriedText("name of a sheet", f"sheet {number}", name)
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                yield CarriedText("workbook", f"sheet {number}", "", "unreadable")
                continue
            for row, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
                run = [(text, False) for cell in cells if (text := str(cell).strip())]
                place = f"sheet {number}, row {row}"
                for text, _ in run if len(run) > 1 else ():
                    yield CarriedText("workbook cell", place, text)
                if run:
                    yield from texts_of_run(run, "workbook row", place, spaced_only=True)
    except (CalamineError, ValueError, OSError):
        yield CarriedText("workbook", "whole file", "", "unreadable")


def _is_small(data: bytes) -> bool:
    """Whether what is packed is small enough to be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(entry.file_size for entry in archive.infolist()) <= MOST_UNPACKED
    except zipfile.BadZipFile:
        return False
