"""Counts, the decisions on them, and the ledger of all counts published before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Count:
    """A count about to be published.

    members: pseudonyms of the persons counted. value: the number to print; where it is not the
    number of members (distinct States, events) it is shown or suppressed, never rounded.
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
    """What may be printed of a count.

    status: ``shown`` or ``suppressed``. why: the reason, a key of ``disclosure.WHY``. A count that
    is suppressed as ``small`` prints "fewer than k", any other prints "withheld".
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
    """All counts published from this build, and the values of earlier editions.

    It holds pseudonyms, so it is kept in the restricted folder. is_spent: the audit of an earlier
    finding of this run reached its limit.
    """

    def __init__(self, build_id: str = "", published: Iterable[Published] = ()) -> None:
        self.build_id = build_id
        self.is_spent = False
        self.published: dict[tuple[str, str, str], Published] = {}
        for entry in published:
            self._put(entry)

    def add(self, counts: Sequence[Count], decisions: Mapping[str, Decision]) -> None:
        """Record the decisions on these counts; recording them again changes nothing."""
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

    def of_this_build(self) -> list[Published]:
        """Counts published from the current build."""
        return [p for p in self.published.values() if p.build_id == self.build_id]

    def of_earlier_builds(self, key: str) -> list[Published]:
        """Counts of the same filter in other builds."""
        return [
            p for p in self.published.values() if p.filter == key and p.build_id != self.build_id
        ]

    def to_json(self) -> dict[str, Any]:
        """The ledger as JSON values.

        Members are positions in one list of persons; counts of earlier builds have none.
        """
        persons = sorted(set().union(*(p.members for p in self.of_this_build())))
        place = {person: n for n, person in enumerate(persons)}
        rows = [
            {**vars(p), "members": sorted(place[m] for m in p.members if m in place)}
            for p in self.published.values()
        ]
        return {"schema": 1, "build_id": self.build_id, "persons": persons, "published": rows}

    @classmethod
    def from_json(cls, body: Mapping[str, Any], build_id: str | None = None) -> Ledger:
        """Ledger from ``to_json``; ValueError for another schema.

        build_id: the build that now publishes, where it is not the one that wrote the ledger.
        """
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


def filter_key(filter_: Mapping[str, Any]) -> str:
    """A text that is equal for equal filters, whatever the order of their columns and values.

    >>> filter_key({"b": ["y", "x"], "a": 1}) == filter_key({"a": [1], "b": ["x", "y"]})
    True
    """
    return json.dumps({c: _plain(v) for c, v in filter_.items()}, sort_keys=True, default=str)


def _plain(wanted: Any) -> Any:
    if isinstance(wanted, list | tuple):
        return sorted(wanted, key=str) if len(wanted) != 1 else wanted[0]
    return wanted
