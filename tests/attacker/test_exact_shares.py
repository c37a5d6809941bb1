"""Whether a share of exact counts, rounded to ten per cent, may stand beside two rounded counts.

It may not (docs/decisions/0011): shares of restricted lists are made of the figures that are printed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from study_builds import RESTRICTED, facts, make_build

from hrdresearch.privacy.rounding import possible_counts, printed_chances
from hrdresearch.studies.killings.study import Killings

SURE, LIMIT = 0.9, 0.05  # as in the attacks on releases


def exact_share(part: int, whole: int) -> int:
    """Share of exact counts to the nearest ten per cent."""
    return 10 * round(part / whole * 10)


def learns(part: int, whole: int, reads_share: bool) -> float:
    """Chance that the insider is sure whether the one person he does not know is of a class.

    part, whole: persons of the class and of the list that he knows, exactly. Before, he holds both for
    equally likely.
    """
    learnt = 0.0
    for belongs in (0, 1):
        other = printed_chances(part + 1 - belongs)
        tells = exact_share(part, whole + 1) != exact_share(part + 1, whole + 1)
        for figure, chance in printed_chances(part + belongs).items():
            # fewer than 5 has no share
            rival = 0.0 if reads_share and figure and tells else other.get(figure, 0.0)
            learnt += chance / 2 if chance >= SURE * (chance + rival) else 0.0
    return learnt


@pytest.mark.parametrize("whole", [50, 60, 75, 99])
def test_an_exact_share_tells_an_insider_what_the_counts_do_not(whole: int) -> None:
    by_counts, by_share = (
        float(np.mean([learns(part, whole, reads) for part in range(1, whole)]))
        for reads in (False, True)
    )
    assert by_counts <= 0.01 < LIMIT < 0.1 <= by_share


def test_an_exact_share_narrows_a_small_group_for_a_reader() -> None:
    by_count = set(possible_counts(5))
    by_share = {part for part in by_count if exact_share(part, 50) == 10}
    assert by_count == set(range(3, 15)) and by_share == {3, 4, 5, 6, 7}


def test_lists_with_the_same_printed_figures_print_the_same_shares(tmp_path: Path) -> None:
    """8 and 12 of 60 persons: exact shares of 10 and 20 per cent, and 10 of 60 is printed of both."""
    told = []
    for women, men in ((8, 52), (12, 48)):
        rows = [{"sex_code": "female"}] * women + [{"sex_code": "male"}] * men
        build = make_build(tmp_path / str(women), rows, [facts(policy=RESTRICTED)])
        claims = {c.name: c.text for c in Killings(build, {}).by_sex().claims}
        told.append(
            {name: claims[f"by_sex.{name}"] for name in ("female", "female.share", "known")}
        )
    assert exact_share(8, 60) == 10 and exact_share(12, 60) == 20
    assert told[0] == told[1] == {"female": "10", "female.share": "20", "known": "60"}
