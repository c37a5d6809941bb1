"""A template for recommendations; its columns are described in source.yml."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.recommendations_sheet import columns_as_named, recommendation_rows
from hrdresearch.sources.sheet import Sheet


def clean(sheet: Sheet) -> pd.DataFrame:
    """One row for each row of the template, with the columns of ``recommendation_rows``."""
    return recommendation_rows(
        sheet,
        **columns_as_named(sheet),
        response_code=sheet.codes("position", "upr_response"),
        response_raw=sheet.text("raw_response"),
        position_status_code=sheet.codes("status", "upr_position_status"),
        implementation_code=sheet.codes(
            "implementation", "upr_implementation", default="not_known"
        ),
    )
