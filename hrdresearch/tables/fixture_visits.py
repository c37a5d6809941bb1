"""Table ``fixture_visits``: the requests that paragraphs 23 and 26 name, for the self-test."""

from __future__ import annotations

from hrdresearch.tables.table import Table
from hrdresearch.tables.visits import Visits


class FixtureVisits(Visits):
    """One row a State that paragraph 23 names, and whether paragraph 26 names it too."""


TABLE = Table(FixtureVisits, person_column=None, year_column="requested_year")
