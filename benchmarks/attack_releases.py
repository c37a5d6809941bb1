"""What two attackers find in the figures of restricted lists, under the plan and under earlier rules.

    python benchmarks/attack_releases.py --rows 40 --histories 200 [--rules releases ...] [--minutes 15]

Invented lists over four to six editions. The attackers stand in tests/attacker; figures measured are
in docs/decisions/0011. Intervals are Wilson's, of 95 per cent.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from scipy.stats import binomtest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "attacker"))

from attacks import (
    Insider,
    attack_as_insider,
    attack_as_reader,
    printed_shares,
    prove_as_insider,
)
from invented_lists import History, invent_history
from printed_by_release import FIXED_STEPS, RELEASE
from printed_by_rules import NEAREST, PLAN, Rule

RULES = {rule.name: rule for rule in (RELEASE, FIXED_STEPS, PLAN, NEAREST)}
MOST_READ = 1000  # rows of a list that the reader takes on: his integer programmes grow with it


def main() -> None:
    """Print what the insider guesses in two strengths, what he and the reader prove, what is printed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--histories", type=int, default=200)
    parser.add_argument("--rules", nargs="+", choices=RULES, default=[RELEASE.name])
    parser.add_argument("--minutes", type=float, default=1e6, help="for each line")
    given = parser.parse_args()
    for rule in (RULES[name] for name in given.rules):
        for exact in (False, True):
            start = time.process_time()
            found = attack_as_insider(rule, _histories(given), exact=exact)
            print(f"{given.rows} rows, {rule.name}, {_insider(found, exact)}", end="; ")
            print(f"{time.process_time() - start:.0f} s", flush=True)
        shares = printed_shares(rule, _histories(given))
        print(
            f"{given.rows} rows, {rule.name}, cells of 5 or more that are printed: {min(shares):.1%} in "
            f"the worst of {len(shares)} editions, {sum(shares) / len(shares):.1%} on average, under 95% in "
            f"{sum(share < 0.95 for share in shares)}",
            flush=True,
        )
        if given.rows <= MOST_READ:
            print(f"{given.rows} rows, {rule.name}, {_reader(rule, given)}", flush=True)
            print(f"{given.rows} rows, {rule.name}, {_proofs(rule, given)}", flush=True)


def _histories(given: argparse.Namespace) -> Iterator[History]:
    """Invented lists, as many as were asked for or the time allows."""
    end = time.process_time() + 60 * given.minutes
    for seed in range(given.histories):
        if time.process_time() > end:
            return
        yield invent_history(given.rows, seed)


def _insider(found: Insider, exact: bool) -> str:
    def of_all(histories: int) -> str:
        low, high = binomtest(histories, found.histories).proportion_ci(method="wilson")
        return f"{histories / found.histories:.1%} ({low:.1%} to {high:.1%})"

    knows = "exact counts before, too" if exact else "all changes but one"
    gain = ", ".join(f"{c} {n:+.1f}" for c, n in found.gain().items())
    return (
        f"insider knows {knows}, {found.histories} histories: learnt in {of_all(found.learnt)} "
        f"{found.by_attribute}; sure at all {of_all(found.sure_at_all)}; wrongly sure "
        f"{of_all(found.wrongly_sure)}; first guess {gain}"
    )


def _reader(rule: Rule, given: argparse.Namespace) -> str:
    start = time.process_time()
    groups, attributes = attack_as_reader(rule, _histories(given))
    return (
        f"reader: {len(groups.exact)} of {groups.groups} small groups exactly, "
        f"{len(groups.not_empty)} proven not empty, {attributes} attributes; "
        f"{time.process_time() - start:.0f} s"
    )


def _proofs(rule: Rule, given: argparse.Namespace) -> str:
    start = time.process_time()
    found = prove_as_insider(rule, _histories(given))
    return (
        f"insider around the change: {len(found.exact)} of {found.groups} small groups exactly, "
        f"{len(found.not_empty)} proven not empty; {time.process_time() - start:.0f} s"
    )


if __name__ == "__main__":
    main()
