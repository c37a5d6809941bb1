"""Persons of several public lists, linked once in a build: pairs and clusters, restricted, without names.

A study whose persons are linked says so in its steps: ``LINKED`` is the name of the table. Rows that
left the tables (withdrawn, not covered) and rows without the name of a person link with nobody. A list
that was shared in confidence takes no part: what a link with it adds could be subtracted.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from hrdresearch.names.row_keys import row_keys
from hrdresearch.privacy.keys import Key
from hrdresearch.run.steps import Built, row_pseudonyms, table_of_persons
from hrdresearch.sources import Loaded
from hrdresearch.studies.ground.linked import CLUSTERS, LIKELY, PAIRS, SURE

if TYPE_CHECKING:
    from hrdresearch.linkage.persons import Links

DRAWS = 20  # clusters drawn by the probabilities, for estimates
COMPARED = (
    *("name_as_published", "event_date", "event_date_precision", "place_as_published"),
    *("admin1_name", "state_iso3", "age_years", "sex_code"),
)


def link_persons(study: str, built: Built, loaded: Sequence[Loaded], key: Key) -> Built:
    """The same tables with two restricted sheets: pairs of rows, and the person of each row.

    Rows are known by their pseudonyms. ``person_pairs``: as ``Links.pairs``, with the words of each
    level instead of its number. ``person_clusters``: list, row, and the person it belongs to by sure
    links (``sure``), by all likely ones (``likely``), and as drawn by the probabilities (``draw_1``
    and so on). Nothing is added where fewer than two lists name persons.
    """
    table = table_of_persons(study)
    if table is None or not isinstance(rows := built.tables.get(table), pd.DataFrame):
        return built
    kept = set(rows.loc[~rows["is_collective"] & ~rows["is_unidentified"], "victim_id"])
    public = [x for x in loaded if x.facts.policy.public_by_name]
    lists = {x.facts.slug: own for x in public if len(own := _named(x, key, kept))}
    repeats = frozenset(x.facts.slug for x in public if x.facts.holds_duplicates) & set(lists)
    if len(lists) + bool(repeats) < 2:
        return built
    start = time.perf_counter()
    links = _links(lists, repeats)
    sheets = {PAIRS: links.pairs_in_words(), CLUSTERS: _clusters(links)}
    line = (
        f"Persons linked over {len(lists)} lists in {time.perf_counter() - start:.1f} s: "
        f"{len(sheets[CLUSTERS]):,} rows with a name, "
        f"{links.pairs['probability'].ge(LIKELY).sum():,} likely links"
    )
    return replace(built, restricted={**built.restricted, **sheets}, lines=(*built.lines, line))


def _links(lists: Mapping[str, pd.DataFrame], repeats: frozenset[str]) -> Links:
    """Links between the rows, which are known by their pseudonyms from here on."""
    from hrdresearch.linkage.persons import LinkSettings, link_same_persons  # Splink loads slowly

    found = link_same_persons(lists, LinkSettings(repeats, LIKELY))
    pseudonyms = {
        (name, str(k)): str(p) for name, own in lists.items() for k, p in own["pseudonym"].items()
    }
    return replace(  # what persons decided wins: .with_decisions(decisions)
        found,
        pairs=_by_pseudonym(found.pairs, pseudonyms, "_a", "_b"),
        clusters=_by_pseudonym(found.clusters, pseudonyms, ""),
    )


def _clusters(links: Links) -> pd.DataFrame:
    """The person of each row, by sure links, by all likely ones, and drawn by the probabilities."""
    clusters = links.clusters.rename(columns={"cluster": "likely"})
    clusters.insert(2, "sure", links.clusters_from(SURE))
    for number, drawn in enumerate(links.cluster_draws(DRAWS), start=1):
        clusters[f"draw_{number}"] = drawn
    return clusters


def _named(loaded: Loaded, key: Key, kept: set[str]) -> pd.DataFrame:
    """Rows of a list that name one person and stand in the table, by keys that no secret shapes."""
    rows = loaded.accepted[[c for c in COMPARED if c in loaded.accepted]]
    rows = rows.assign(pseudonym=row_pseudonyms(loaded, key)).set_axis(row_keys(loaded.accepted))
    is_person = loaded.accepted["name_is_person"].to_numpy(bool)
    return rows[is_person & rows["pseudonym"].isin(kept).to_numpy()]


def _by_pseudonym(
    frame: pd.DataFrame, pseudonyms: Mapping[tuple[str, str], str], *ends: str
) -> pd.DataFrame:
    """The frame with the pseudonym of each row; a secret key so decides no link and no order."""
    named = {
        f"row{end}": [
            pseudonyms[row] for row in zip(frame[f"list{end}"], frame[f"row{end}"], strict=True)
        ]
        for end in ends
    }
    return frame.assign(**named)
