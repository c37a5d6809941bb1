"""What two attackers find in the figures of restricted lists, under the plan and under earlier rules.

    python benchmarks/attack_releases.py [histories] [rows ...]

Invented lists of 40, 200 and 10,000 rows over four to six editions. The attackers stand in
tests/attacker; figures measured are in docs/decisions/0011.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "attacker"))

from attacks import attack_as_insider, attack_as_reader
from invented_lists import invent_history
from printed_by_release import RELEASE
from printed_by_rules import NEAREST, PLAN


def main(histories: int, sizes: list[int]) -> None:
    """Print two lines for the insider and one for the reader, for each size of list and rule."""
    for rows in sizes:
        lists = [invent_history(rows, seed) for seed in range(histories)]
        for rule in (RELEASE, PLAN, NEAREST):
            for exact in (False, True):
                start = time.process_time()
                found = attack_as_insider(rule, lists, exact=exact)
                knows = "exact counts before, too" if exact else "all changes but one"
                gain = ", ".join(f"{c} {n:+.1f}" for c, n in found.gain().items())
                print(
                    f"{rows} rows, {rule.name}, insider knows {knows}: learnt in {found.share:.1%} "
                    f"{found.by_attribute}; sure at all {found.sure_at_all / histories:.1%}; wrongly "
                    f"sure {found.wrongly_sure / histories:.1%}; first guess {gain}; "
                    f"{time.process_time() - start:.0f} s",
                    flush=True,
                )
            if rows <= 1000:
                start = time.process_time()
                groups, attributes = attack_as_reader(rule, lists)
                print(
                    f"{rows} rows, {rule.name}, reader: {len(groups.exact)} of {groups.groups} small "
                    f"groups exactly, {len(groups.not_empty)} proven not empty, {attributes} attributes; "
                    f"{time.process_time() - start:.0f} s",
                    flush=True,
                )


if __name__ == "__main__":
    given = [int(n) for n in sys.argv[1:]] or [200]
    main(given[0], given[1:] or [40, 200, 10_000])
