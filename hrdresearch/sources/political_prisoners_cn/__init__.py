"""Chinese political prisoners: the sentence column is an end date, or life, death, or a word.

Quirks: "death" is a word that the publisher does not explain, so it is no sentence of death;
"detention" says that a person is held, not that no sentence was passed. The list has no date of arrest
and no charge, and does not say whether a person was freed at the end of the sentence, or where a person
died. Partial dates are kept as they are.
"""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.prisoners import prisoner_rows
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.detentions import FACTS

NO_DATES = ("began", "entered", "sentence", "released", "last_known")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``detentions`` before coding."""
    empty = pd.Series(pd.NaT, index=sheet.cells.index, dtype="datetime64[ns]")
    none = {f"{name}_date": empty for name in NO_DATES}
    none_exact = {f"{name}_precision": "unknown" for name in NO_DATES}
    words = sheet.spec.crosswalks["sentence_kind"]
    birth, died = (sheet.dates(c, "ymd") for c in ("Date of Birth", "Date of Death"))
    return prisoner_rows(
        sheet,
        names="Name",
        record_id="",
        state_iso3="CHN",
        sex_code=sheet.codes("Gender", "sex"),
        age_years=pd.array([pd.NA] * len(sheet.cells), dtype="Int64"),
        age_as_published="",
        charge_text="",
        sentence_text=sheet.text("Sentence"),
        sentence_kind_as_published=sheet.text("Sentence").map(words).fillna(""),
        exit_as_recorded=pd.Series(
            ["not_recorded" if pd.isna(d) else "died_not_stated" for d in died["event_date"]],
            index=sheet.cells.index,
        ),
        birth_date=birth["event_date"],
        birth_precision=birth["event_date_precision"],
        died_date=died["event_date"],
        died_precision=died["event_date_precision"],
        wgad_symbol="",
        wgad_codes="not_recorded",
        own_codes="not_recorded",
        public_name="",
        un_symbol="",
        name_basis_code="none",
        source_reliability_code="untested",
        doubt_codes="not_recorded",
        **{f"{fact}_code": "not_recorded" for fact in FACTS},
        disappeared_days=pd.array([pd.NA] * len(sheet.cells), dtype="Int64"),
        **none,
        **none_exact,
    )
