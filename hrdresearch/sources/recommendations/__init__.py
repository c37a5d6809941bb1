"""A template for recommendations; its columns are described in source.yml."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.recommendations_sheet import (
    recommendation_rows,
    recommending_state_codes,
    reviewed_state_codes,
    whole_numbers,
)
from hrdresearch.sources.sheet import Sheet


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows as the build takes them; see ``recommendations_sheet``."""
    return recommendation_rows(
        sheet,
        state_iso3=reviewed_state_codes(sheet.text("state")),
        session=whole_numbers(sheet.text("session")),
        document_symbol=sheet.text("symbol"),
        paragraph=sheet.text("paragraph"),
        text=sheet.text("text"),
        recommending=recommending_state_codes(
            sheet, "recommending", sheet.text("recommending"), parted=True
        ),
        response_code=sheet.codes("position", "upr_response"),
        response_raw=sheet.text("raw_response"),
        position_status_code=sheet.codes("status", "upr_position_status"),
        implementation_code=sheet.codes(
            "implementation", "upr_implementation", default="not_known"
        ),
    )
