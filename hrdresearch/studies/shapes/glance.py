"""What a study adds to the table of lists in a brief: a row for each list, and sentences for the top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import column_heads, text_columns

FEWEST_IN_DETAIL = 10  # entries of a list from which a brief tells more than its number


def glance_finding(
    study: Study,
    rows: Sequence[tuple[str, str, str, Claim]],
    claims: Iterable[Claim] = (),
    **more: Any,
) -> Finding:
    """Finding ``glance``: title of the list, whom or what it counts, its years, and the count.

    claims: those that the sentences need beside the counts. more: other fields of ``Finding``, such as
    ``key_sentences``.
    """
    return study.finding(
        "glance",
        "The lists, whom they count, and what they documented",
        [
            *text_columns(label="List", counts="Whom or what it counts", years="Years"),
            *column_heads("", documented="Documented")[1:],
        ],
        [(*map(Cell, row[:-1]), Cell(claim=row[-1].name)) for row in rows],
        [*(row[-1] for row in rows), *claims],
        **{"unit": "", **more},
    )
