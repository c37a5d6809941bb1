"""Persons of an archive whom a researcher found in a build of killings or imprisonment."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.sheet import Sheet

STUDIES = ("killings", "imprisonment")
PSEUDONYM = r"[0-9a-f]{20}"


def clean(sheet: Sheet) -> pd.DataFrame:
    """Person as the archive names it, study, and pseudonym of the person's record there."""
    people = sheet.text("person").str.lstrip("@")
    sheet.names("person")  # of rows set aside too, for the scan of reports
    study = sheet.text("study").str.lower()
    record = sheet.text("record").str.lower()
    good = (people != "") & study.isin(STUDIES) & record.str.fullmatch(PSEUDONYM)
    for row in sheet.cells.index[~good]:
        sheet.book.set_aside(
            int(row),
            f"Person, study ({' or '.join(STUDIES)}) or record (a pseudonym of 20 characters) is "
            "missing or unknown.",
        )
    return pd.DataFrame(
        {
            "person": people[good],
            "study": study[good],
            "record": record[good],
            "source_row": [int(i) for i in sheet.cells.index[good]],
        }
    )
