"""Table ``fixture_commitments``: recommendations and promises as the project ships them."""

from __future__ import annotations

from hrdresearch.tables.commitments import Commitments
from hrdresearch.tables.table import Table


class FixtureCommitments(Commitments):
    """One row a recommendation (A/75/165, paras. 91-94) or promise, not yet assessed."""


TABLE = Table(FixtureCommitments, person_column=None, year_column="status_year")
