"""Disclosure control of counts of persons: suppress, protect the suppressed, then round.

Methods: Hundepool et al. 2012, Statistical Disclosure Control (primary and complementary cell
suppression, ch. 4); the audit is ``hrdresearch.privacy.audit``. What is protected and what is not
stands in docs/decisions/0003.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from hrdresearch.privacy.atoms import AuditCell
from hrdresearch.privacy.audit import Rule, withhold_more
from hrdresearch.privacy.policy import Policy

SHOWN, SUPPRESSED = "shown", "suppressed"
SMALL, PROTECTS, MUTE, EDITION = "small", "protects", "mute", "edition"
WHY = {
    "": "published",
    SMALL: "fewer persons than the smallest cell",
    PROTECTS: "withheld because a smaller group could be worked out from it",
    MUTE: "withheld with all counts around it, zero or not, because even a few would tell too much",
    EDITION: "withheld because the change since an earlier edition would single out a few persons",
}


@dataclass(frozen=True)
class Count:
    """A count about to be published.

    members: victim_ids of the rows counted. value: what would be printed; where it is not the
    number of members (distinct States, events) it is only shown or suppressed, never rounded.
    """

    name: str
    members: frozenset[str]
    value: int
    filter: Mapping[str, Any] = field(default_factory=dict)

    @property
    def counts_persons(self) -> bool:
        """Whether the value is the number of members."""
        return self.value == len(self.members)


@dataclass(frozen=True)
class Decision:
    """What may be printed of a count; ``why`` is a key of ``WHY``.

    "fewer than k" is true of ``small`` only; any other suppressed count prints as "withheld".
    """

    status: str
    value: int | None
    why: str = ""


@dataclass(frozen=True)
class Published:
    """A count that has been published; ``members`` are kept for counts of the current build."""

    filter: str
    build_id: str
    status: str
    value: int | None
    why: str
    members: frozenset[str] = frozenset()


class Ledger:
    """Everything published from this build, and the values of earlier editions.

    It holds pseudonyms, so it stands in the restricted folder.
    """

    def __init__(self, build_id: str = "", published: Iterable[Published] = ()) -> None:
        self.build_id = build_id
        self.published: dict[tuple[str, str, str], Published] = {}
        for entry in published:
            self._put(entry)

    def add(self, counts: Sequence[Count], decisions: Mapping[str, Decision]) -> None:
        """Record what was decided on these counts; adding the same again changes nothing."""
        for count in counts:
            if not count.counts_persons:
                continue
            made = decisions[count.name]
            self._put(
                Published(
                    filter=filter_key(count.filter),
                    build_id=self.build_id,
                    status=made.status,
                    value=made.value,
                    why=made.why,
                    members=count.members,
                )
            )

    def now(self) -> list[Published]:
        """Counts published from the current build."""
        return [p for p in self.published.values() if p.build_id == self.build_id]

    def earlier(self, key: str) -> list[Published]:
        """Counts of the same filter in other builds."""
        return [
            p for p in self.published.values() if p.filter == key and p.build_id != self.build_id
        ]

    def to_json(self) -> dict[str, Any]:
        """Plain values; members as positions in one list of persons, earlier builds without."""
        persons = sorted(set().union(*(p.members for p in self.now())))
        place = {person: n for n, person in enumerate(persons)}
        rows = [
            {**vars(p), "members": sorted(place[m] for m in p.members if m in place)}
            for p in self.published.values()
        ]
        return {"schema": 1, "build_id": self.build_id, "persons": persons, "published": rows}

    @classmethod
    def from_json(cls, body: Mapping[str, Any], build_id: str | None = None) -> Ledger:
        """Inverse of ``to_json``; ``build_id`` opens the ledger for a new build."""
        if body.get("schema") != 1:
            raise ValueError(f"ledger schema {body.get('schema')!r}; this code reads 1")
        persons = body["persons"]
        entries = [
            Published(**{**row, "members": frozenset(persons[n] for n in row["members"])})
            for row in body["published"]
        ]
        return cls(body["build_id"] if build_id is None else build_id, entries)

    def _put(self, entry: Published) -> None:
        who = hashlib.sha256("|".join(sorted(entry.members)).encode()).hexdigest()[:16]
        self.published[entry.build_id, entry.filter, who] = entry


def protect(
    counts: Sequence[Count], policy: Policy, ledger: Ledger | None = None
) -> dict[str, Decision]:
    """Decide which counts are shown, so that no group of 1 to k-1 persons can be worked out.

    An exempt policy shows everything. Otherwise: small counts are suppressed; counts whose change
    since an earlier edition is small are suppressed; further counts are suppressed until the audit
    of these and all published counts passes; what is left is rounded. A count published before
    from the same build keeps its decision. Zero is shown. The ledger is not changed: add to it
    what is printed.
    """
    if policy.is_exempt:
        return {count.name: Decision(SHOWN, count.value) for count in counts}
    ledger = ledger or Ledger()
    rule = Rule(max(policy.smallest_cell, 1), policy.rounding)
    why = {n: _first_reason(count, rule, ledger) for n, count in enumerate(counts)}
    if policy.secondary:
        cells, asked = _audit_cells(counts, why, rule, ledger)
        for position, is_mute in withhold_more(cells, rule).items():
            for n in asked.get(position, ()):
                why[n] = why[n] if why[n] == EDITION else MUTE if is_mute else PROTECTS
    return {count.name: _decision(count, why[n], rule) for n, count in enumerate(counts)}


def retotal(parts: Iterable[Decision]) -> Decision:
    """Total of rounded cells, so that a table adds up; suppressed when a part is suppressed."""
    decisions = list(parts)
    if any(d.status != SHOWN for d in decisions):
        return Decision(SUPPRESSED, None, PROTECTS)
    return Decision(SHOWN, sum(d.value or 0 for d in decisions))


def unique_share(frame: pd.DataFrame, quasi_identifiers: Sequence[str]) -> float:
    """Share of rows (0 to 1) that no other row equals in the quasi-identifiers; empty is a value.

    Such a row is singled out by anyone who knows these facts, although it holds no name.
    """
    if frame.empty:
        return 0.0
    sizes = frame.groupby(list(quasi_identifiers), dropna=False, observed=True).size()
    return float((sizes == 1).sum() / len(frame))


def filter_key(filter_: Mapping[str, Any]) -> str:
    """One text for one filter, whatever the order of its columns and values."""
    return json.dumps({c: _plain(v) for c, v in filter_.items()}, sort_keys=True, default=str)


def _plain(wanted: Any) -> Any:
    if isinstance(wanted, list | tuple):
        return sorted(wanted, key=str) if len(wanted) != 1 else wanted[0]
    return wanted


def _first_reason(count: Count, rule: Rule, ledger: Ledger) -> str:
    """Why a count is suppressed before the audit: a size, or a change since an edition."""
    key = filter_key(count.filter)
    if count.counts_persons:
        for before in ledger.now():
            if before.filter == key and before.members == count.members and before.why:
                return before.why
    if rule.is_small(len(count.members)):
        return SMALL
    if count.counts_persons and _changed_from(count, rule, ledger) is not None:
        return EDITION
    return ""


def _changed_from(count: Count, rule: Rule, ledger: Ledger) -> int | None:
    """Value in an earlier edition from which this count differs by a small number."""
    low, high = rule.interval(rule.publish(count.value))
    for before in ledger.earlier(filter_key(count.filter)):
        if before.status != SHOWN or before.value is None:
            continue
        if before.value == rule.publish(count.value):
            continue
        old_low, old_high = rule.interval(before.value)
        if max(high - old_low, old_high - low) < rule.smallest:
            return before.value
    return None


def _audit_cells(
    counts: Sequence[Count], why: Mapping[int, str], rule: Rule, ledger: Ledger
) -> tuple[list[AuditCell], dict[int, list[int]]]:
    """Counts asked for and counts published before, each filter and group once."""
    cells: dict[tuple[str, frozenset[str]], AuditCell] = {}
    for before in ledger.now():
        filter_ = json.loads(before.filter)
        cells[before.filter, before.members] = AuditCell(
            before.members,
            filter_,
            before.status == SHOWN,
            fixed=True,
            published=before.value,
            is_silent=before.why in (PROTECTS, MUTE, EDITION),
            is_mute=before.why == MUTE,
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


def _decision(count: Count, why: str, rule: Rule) -> Decision:
    if why:
        return Decision(SUPPRESSED, None, why)
    return Decision(SHOWN, rule.publish(count.value) if count.counts_persons else count.value)
