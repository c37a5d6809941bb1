"""Table ``fixture_letters``: the invented letters of the self-test, as ``communications``."""

from __future__ import annotations

from hrdresearch.tables.communications import Communications
from hrdresearch.tables.table import Table


class FixtureLetters(Communications):
    """One row an invented letter; the margins are those of A/75/165, paras. 12-18."""


TABLE = Table(FixtureLetters, person_column=None, year_column="sent_year")
