"""Links persons of a list of warnings with the rows of lists of killed persons, by name, State and
sex.

Days are not compared: a warning and a killing are two events. So a link is weaker than between two
lists of killings, and each is said to be of the same name in the same State, or doubtful.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hrdresearch.linkage.persons import LinkSettings, link_same_persons
from hrdresearch.linkage.persons.facts import ONE_NAME

COMPARED = ("name_as_published", "state_iso3", "sex_code")
LINK = 0.5  # probability from which a pair of the same name is a link
POSSIBLE = 0.05  # from which a pair is kept as doubtful
SAME_NAME, DOUBTFUL = "same_name", "doubtful"
WARNED = "warned persons"
COLUMNS = ["person", "list", "row", "link"]


def link_warned_persons(warned: pd.DataFrame, killed: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """For each warned person the most probable row of each list of killed persons.

    warned: columns ``COMPARED``, a row a person (index: key of the person). killed: the same
    columns by list (index: key of the row). Returns a row a link: person, list, row, and link:
    ``same_name`` where name and State are the same and no second row is as near; else ``doubtful``.
    """
    found = [_of_list(warned, slug, rows) for slug, rows in killed.items() if len(rows)]
    links = pd.concat(found, ignore_index=True) if found and len(warned) else pd.DataFrame()
    return links if len(links) else pd.DataFrame(columns=COLUMNS, dtype="object")


def _of_list(warned: pd.DataFrame, slug: str, rows: pd.DataFrame) -> pd.DataFrame:
    settings = LinkSettings(frozenset(), LINK)
    lists = {WARNED: warned[list(COMPARED)], slug: rows[list(COMPARED)]}
    pairs = link_same_persons(lists, settings).pairs
    pairs = pairs[pairs["probability"] >= POSSIBLE]
    is_left = pairs["list_a"] == WARNED
    pairs = pairs.assign(
        person=pairs["row_a"].where(is_left, pairs["row_b"]),
        row=pairs["row_b"].where(is_left, pairs["row_a"]),
        list=slug,
    )
    is_near = pairs["probability"] >= LINK
    alone = pd.concat(
        [is_near.groupby(pairs[side]).transform("sum") == 1 for side in ("person", "row")], axis=1
    ).all(axis=1)
    states = warned["state_iso3"].reindex(pairs["person"]).to_numpy()
    is_state = rows["state_iso3"].reindex(pairs["row"]).to_numpy() == states
    is_same = is_near & alone & is_state & pairs["name"].lt(ONE_NAME)
    best = pairs.assign(link=is_same.map({True: SAME_NAME, False: DOUBTFUL}))
    return best.drop_duplicates("person")[COLUMNS]
