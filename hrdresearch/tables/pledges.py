"""Table ``pledges``: voluntary pledges of States under review, apart from recommendations."""

from __future__ import annotations

from hrdresearch.tables.recommendations import Recommendations
from hrdresearch.tables.table import Table


class Pledges(Recommendations):
    """One row for each voluntary pledge; nobody recommended it."""


TABLE = Table(Pledges, person_column=None, year_column="review_year")
