"""Table ``fixture_releases``: the invented press releases of the arithmetic self-test."""

from __future__ import annotations

from hrdresearch.tables.press_releases import PressReleases
from hrdresearch.tables.table import Table


class FixtureReleases(PressReleases):
    """One row an invented press release and State (A/75/165, para. 20)."""


TABLE = Table(FixtureReleases, person_column=None, year_column="release_year")
