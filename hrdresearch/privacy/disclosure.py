"""Disclosure control of counts of persons: suppress, protect the suppressed, then round.

Methods: Hundepool et al. 2012, Statistical Disclosure Control (primary and complementary cell
suppression, ch. 4); the audit is ``hrdresearch.privacy.audit``. What is protected and what is not
stands in docs/decisions/0003.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from hrdresearch.privacy.audit import withhold_until_safe
from hrdresearch.privacy.count_rule import CountRule
from hrdresearch.privacy.disjoint_cells import AuditCell
from hrdresearch.privacy.ledger import Count, Decision, Ledger, Published, filter_key
from hrdresearch.privacy.policy import Policy

__all__ = [
    "PROTECTS",
    "SMALL",
    "Count",
    "Decision",
    "Ledger",
    "Published",
    "filter_key",
    "protect_counts",
    "total_of_rounded",
    "unique_share",
]

SHOWN, SUPPRESSED = "shown", "suppressed"
SMALL, PROTECTS, MUTE, EDITION = "small", "protects", "mute", "edition"
WHY = {
    "": "published",
    SMALL: "fewer persons than the smallest cell",
    PROTECTS: "withheld because a smaller group could be worked out from it",
    MUTE: "withheld with all counts around it, zero or not, because even a few would tell too much",
    EDITION: "withheld because the change since an earlier edition would single out a few persons",
}


def protect_counts(
    counts: Sequence[Count], policy: Policy, ledger: Ledger | None = None
) -> dict[str, Decision]:
    """Decide which counts are shown, so that no group of 1 to k-1 persons can be worked out.

    Decisions by the names of the counts. An exempt policy shows everything. Otherwise small counts
    are suppressed, and counts that changed by a small number since an earlier edition; more counts
    are suppressed until the audit of these and all published counts passes; the others are
    rounded. Zero is shown. A count that was published from the same build keeps its decision. The
    ledger is not changed: the caller adds the counts that are printed.
    """
    if policy.is_exempt:
        return {count.name: Decision(SHOWN, count.value) for count in counts}
    ledger = ledger or Ledger()
    rule = CountRule(max(policy.smallest_cell, 1), policy.rounding)
    why = {n: _first_reason(count, rule, ledger) for n, count in enumerate(counts)}
    if policy.secondary:
        cells, asked = _audit_cells(counts, why, rule, ledger)
        withheld = withhold_until_safe(cells, rule, ledger.is_spent)
        ledger.is_spent = withheld.gave_up
        for position, is_mute in withheld.cells.items():
            for n in asked.get(position, ()):
                why[n] = why[n] if why[n] == EDITION else MUTE if is_mute else PROTECTS
    return {count.name: _decision(count, why[n], rule) for n, count in enumerate(counts)}


def total_of_rounded(parts: Iterable[Decision]) -> Decision:
    """Sum of rounded counts, so that a table adds up; suppressed when one of them is."""
    decisions = list(parts)
    if any(d.status != SHOWN for d in decisions):
        return Decision(SUPPRESSED, None, PROTECTS)
    return Decision(SHOWN, sum(d.value or 0 for d in decisions))


def unique_share(frame: pd.DataFrame, quasi_identifiers: Sequence[str]) -> float:
    """Share of rows (0 to 1) that are unique in these columns; an empty cell counts as a value.

    Anyone who knows these facts of a person finds a unique row, although it holds no name.

    >>> frame = pd.DataFrame({"state_iso3": ["MEX", "MEX", "PER"], "event_year": [2021, 2021, 2021]})
    >>> round(unique_share(frame, ["state_iso3", "event_year"]), 2)
    0.33
    """
    if frame.empty:
        return 0.0
    sizes = frame.groupby(list(quasi_identifiers), dropna=False, observed=True).size()
    return float((sizes == 1).sum() / len(frame))


def _first_reason(count: Count, rule: CountRule, ledger: Ledger) -> str:
    """Why a count is suppressed before the audit: its size, or its change since an edition."""
    key = filter_key(count.filter)
    if count.counts_persons:
        for before in ledger.of_this_build():
            if before.filter == key and before.members == count.members and before.why:
                return before.why
    if rule.is_small(len(count.members)):
        return SMALL
    if count.counts_persons and _changed_from(count, rule, ledger) is not None:
        return EDITION
    return ""


def _changed_from(count: Count, rule: CountRule, ledger: Ledger) -> int | None:
    """Value in an earlier edition from which this count differs by a small number."""
    low, high = rule.interval(rule.publish(count.value))
    for before in ledger.of_earlier_builds(filter_key(count.filter)):
        if before.status != SHOWN or before.value is None:
            continue
        if before.value == rule.publish(count.value):
            continue
        old_low, old_high = rule.interval(before.value)
        if max(high - old_low, old_high - low) < rule.smallest:
            return before.value
    return None


def _audit_cells(
    counts: Sequence[Count], why: Mapping[int, str], rule: CountRule, ledger: Ledger
) -> tuple[list[AuditCell], dict[int, list[int]]]:
    """Counts for the audit: those asked for and those published before, equal ones once.

    Also the positions in ``counts``, by the position of their audit cell.
    """
    cells: dict[tuple[str, frozenset[str]], AuditCell] = {}
    for before in ledger.of_this_build():
        filter_ = json.loads(before.filter)
        cells[before.filter, before.members] = AuditCell(
            before.members,
            filter_,
            before.status == SHOWN,
            fixed=True,
            published=before.value,
            says_only_withheld=before.why in (PROTECTS, MUTE, EDITION),
            may_be_zero=before.why == MUTE,
        )
    asked: dict[int, list[int]] = {}
    for n, count in enumerate(counts):
        if not count.counts_persons:
            continue
        key = (filter_key(count.filter), count.members)
        if key not in cells:
            before_value = _changed_from(count, rule, ledger) if why[n] == EDITION else None
            cells[key] = AuditCell(
                count.members, json.loads(key[0]), not why[n], before=before_value
            )
        asked.setdefault(list(cells).index(key), []).append(n)
    return list(cells.values()), asked


def _decision(count: Count, why: str, rule: CountRule) -> Decision:
    if why:
        return Decision(SUPPRESSED, None, why)
    return Decision(SHOWN, rule.publish(count.value) if count.counts_persons else count.value)
