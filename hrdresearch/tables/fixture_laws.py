"""Table ``fixture_laws``: the protection mechanisms that paragraph 80 names, for the self-test."""

from __future__ import annotations

from hrdresearch.tables.laws import Laws
from hrdresearch.tables.table import Table


class FixtureLaws(Laws):
    """One row a State that paragraph 80 names."""


TABLE = Table(FixtureLaws, person_column=None, year_column="status_year")
