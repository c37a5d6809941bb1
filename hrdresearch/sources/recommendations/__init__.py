"""A template for recommendations; its columns are described in source.yml."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.recommendations_sheet import (
    as_number,
    recommendations,
    recommending,
    under_review,
)
from hrdresearch.sources.sheet import Sheet


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows as the build takes them; see ``recommendations_sheet``."""
    return recommendations(
        sheet,
        state_iso3=under_review(sheet.text("state")),
        session=as_number(sheet.text("session")),
        document_symbol=sheet.text("symbol"),
        paragraph=sheet.text("paragraph"),
        text=sheet.text("text"),
        recommending=recommending(sheet, "recommending", sheet.text("recommending"), parted=True),
        response_code=sheet.codes("position", "upr_response"),
        response_raw=sheet.text("raw_response"),
        position_status_code=sheet.codes("status", "upr_position_status"),
        implementation_code=sheet.codes(
            "implementation", "upr_implementation", default="not_known"
        ),
    )
