"""The effort of documenting, where an indicator measures it: by year, over the States of the report."""

from __future__ import annotations

import pandas as pd

from hrdresearch.studies.trends.series import Series, SeriesStudy
from hrdresearch.tables import match_rows


def effort_by_year(study: SeriesStudy, s: Series) -> pd.Series | None:
    """Sum of the effort indicator by year, or None where it is not known for each year that is used."""
    wanted = str(study.params.get("effort") or "none")
    if wanted == "none":
        return None
    held = study.build.table("context")
    held = held[held["indicator"] == wanted]
    states = {k: v for k, v in study.scope.filter.items() if k == "state_iso3"}
    held = held[match_rows(held, states)]
    values = pd.to_numeric(held["value"], errors="coerce").groupby(held["indicator_year"]).sum()
    years = values.reindex(s.counts.columns)
    return years if len(years) and (years > 0).all() else None
