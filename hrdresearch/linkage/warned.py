"""Links persons who were warned with rows of lists of killed persons, by name, State and sex.

Days are not compared, because a warning and a killing are two events. The link is certain only where the
same whole name stands in the same State on one row of each list. Pairs of similar names are left to a
person; ``linkage.persons`` gives the probability from which a pair is shown. That probability is learned
from the two lists, and is low where few persons stand on both. So it decides nothing on identical names.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hrdresearch.linkage.persons import LinkSettings, link_same_persons
from hrdresearch.names.same_person import NOT_KNOWN, exact_key
from hrdresearch.names.spelling import SYLLABIC

COMPARED = ("name_as_published", "state_iso3", "sex_code")
LEAST_WORDS = 2  # of a name that may link by itself
POSSIBLE = 0.05  # probability from which names that are alike are kept as doubtful
SAME_NAME, DOUBTFUL = "same_name", "doubtful"
WARNED = "warned persons"
COLUMNS = ["person", "list", "row", "link"]


def link_warned_persons(warned: pd.DataFrame, killed: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """For each warned person the nearest row of each list of killed persons.

    warned: columns ``COMPARED``, a row for each person (index: key of the person). killed: the same
    columns by list (index: key of the row). Returns a row for each link: person, list, row, and link:
    ``same_name`` where the whole name, of two words or more, stands in the same State on one row of
    each list, and no other sex is recorded; else ``doubtful``.
    """
    found = [_of_list(warned, slug, rows) for slug, rows in killed.items() if len(rows)]
    links = pd.concat(found, ignore_index=True) if found and len(warned) else pd.DataFrame()
    return links if len(links) else pd.DataFrame(columns=COLUMNS, dtype="object")


def _of_list(warned: pd.DataFrame, slug: str, rows: pd.DataFrame) -> pd.DataFrame:
    # By their places in the files: pseudonyms differ with the key, and what is sampled with their order.
    both = {WARNED: warned, slug: rows}
    lists = {name: own[list(COMPARED)].reset_index(drop=True) for name, own in both.items()}
    pairs = link_same_persons(lists, LinkSettings(frozenset(), POSSIBLE)).pairs
    pairs = pairs[pairs["probability"] >= POSSIBLE]
    is_left = pairs["list_a"] == WARNED
    alike = pd.DataFrame(
        {
            "person": warned.index[pairs["row_a"].where(is_left, pairs["row_b"]).to_numpy(int)],
            "row": rows.index[pairs["row_b"].where(is_left, pairs["row_a"]).to_numpy(int)],
            "link": DOUBTFUL,
        }
    )
    found = pd.concat([_same_names(warned, rows), alike], ignore_index=True)
    return found.assign(list=slug).drop_duplicates("person")[COLUMNS]


def _same_names(warned: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Pairs with the same words in the name and the same State, the sure ones first."""
    pairs = _named(warned, "person").merge(_named(rows, "row"), on=["words", "state_iso3"])
    is_alone = ~pairs.duplicated("person", keep=False) & ~pairs.duplicated("row", keep=False)
    sexes = pairs[["sex_code_x", "sex_code_y"]]
    is_one_sex = sexes.isin(NOT_KNOWN).any(axis=1) | sexes.nunique(axis=1).eq(1)
    is_sure = is_alone & is_one_sex & pairs["words"].str.count(" ").ge(LEAST_WORDS - 1)
    pairs["link"] = is_sure.map({True: SAME_NAME, False: DOUBTFUL})
    return pairs.sort_values("link", ascending=False, kind="stable")[["person", "row", "link"]]


def _named(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    """Rows with the words of their names in the order of the alphabet, and their key as a column."""
    words = [
        " ".join(sorted(SYLLABIC.sub(r" \g<0> ", exact_key(str(name))).split()))
        for name in rows["name_as_published"]
    ]
    made = rows[["state_iso3", "sex_code"]].assign(words=words).rename_axis(key).reset_index()
    return made[made["words"] != ""]
