"""Rows of the public lists that are one person, as the build linked them, in the scope of a run.

The build keeps the links in its restricted folder, by pseudonym (``run/linked_persons.py``). Of a list that
was shared in confidence only rounded counts over the whole list leave, by its plan: persons who stand on
public lists too, and on no other list (``listed_elsewhere.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Claim
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.studies.ground.study import Study

PAIRS, CLUSTERS = "person_pairs", "person_clusters"
SURE, LIKELY = 0.95, 0.5  # probability from which a pair is a sure link, and a likely one
ELSEWHERE, NOT_COMPARED = (
    "listed_elsewhere_codes",
    "not_assessed",
)  # column of a case, and its default


@dataclass(frozen=True)
class LinkedRows:
    """Rows with a name of the lists that take part, and pairs of these rows.

    rows: of table ``cases`` in scope, with ``sure`` and ``likely`` (the person of each row) and
    ``draw_1`` and so on; the index is ``victim_id``. pairs: both rows in scope. unnamed: rows in scope
    without the name of a person. scope: row filter of the run.
    """

    lists: tuple[Population, ...]
    rows: pd.DataFrame
    pairs: pd.DataFrame
    unnamed: int
    scope: Mapping[str, Any]

    def patterns(self, by: str, lists: Sequence[Population] = ()) -> pd.DataFrame:
        """A table with a row for each person, and a column of 0 and 1 for each list.

        by: column of ``rows`` that tells the person: ``sure``, ``likely`` or a draw.
        """
        slugs = [p.slug for p in lists or self.lists]
        rows = self.rows[self.rows["source"].isin(slugs)]
        table = pd.crosstab(rows[by], rows["source"]).clip(upper=1)
        return table.reindex(columns=slugs, fill_value=0).rename_axis(columns=None)


def linked_rows(study: Study) -> LinkedRows | None:
    """The links of a run over several lists; None where fewer than two of them take part."""
    clusters, pairs = study.build.sheet(CLUSTERS), study.build.sheet(PAIRS)
    if clusters is None or pairs is None:
        return None
    lists = tuple(p for p in study.populations if p.policy.public_by_name and len(p.frame))
    if len(lists) < 2:
        return None
    whole = pd.concat([p.frame for p in lists]).set_index("victim_id")
    clusters = clusters.set_index("row").drop(columns="list")
    rows = whole.join(clusters, how="inner")
    pairs = pairs[pairs["row_a"].isin(rows.index) & pairs["row_b"].isin(rows.index)]
    pairs = pairs.assign(probability=pairs["probability"].astype(float))
    return LinkedRows(lists, rows, pairs, len(whole) - len(rows), study.scope.filter)


def linked_claim(
    name: str,
    value: int,
    words: str,
    *lists: str,
    unit: str = "person",
    scope: Mapping[str, Any] | None = None,
) -> Claim:
    """Claim of a number of persons, pairs or rows that rests on links between rows.

    lists: slugs of the lists that take part. scope: row filter of the run.
    """
    return Claim(
        name=name,
        value=int(value),
        unit=unit,
        rows=None,
        text=number_in_table(int(value), unit),
        definition=words,
        measure="linked",
        sources=lists,
        filter=dict(scope or {}),
    )


def lists_in_claim_name(slugs: Sequence[str]) -> str:
    """Slugs of lists as a part of the name of a claim.

    >>> lists_in_claim_name(["cpt", "global-witness"])
    'cpt.global_witness'
    """
    return ".".join(slug.replace("-", "_") for slug in slugs)
