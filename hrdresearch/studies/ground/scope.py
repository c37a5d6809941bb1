"""The scope of a run: its parameters become one row filter, and words that say what is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hrdresearch.vocab import label
from hrdresearch.vocab.regions import RegionScheme
from hrdresearch.vocab.states import short_name

MOTIVES = {"confirmed": ["confirmed"], "confirmed_or_suspected": ["confirmed", "suspected"]}


class ScopeError(ValueError):
    """No row is left to count, or a parameter names a list, region or year order that is not valid."""


@dataclass(frozen=True)
class Scope:
    """Which rows a run counts: a row filter, and the same in words."""

    filter: Mapping[str, Any]
    words: str


class Narrowing:
    """Builds a ``Scope`` step by step: each parameter that is not ``all`` narrows the row filter."""

    def __init__(
        self, params: Mapping[str, Any], *words: str, within: Mapping[str, Any] | None = None
    ) -> None:
        self.params = params
        self.words = list(words)
        self.filter: dict[str, Any] = dict(within or {})

    def years(self, column: str, noun: str = "") -> Narrowing:
        """Narrow by the parameters year_from and year_to; ScopeError when year_from is later.

        noun: what belongs to these years, such as "attacks"; it stands before them in words.
        """

        def words(first: Any, last: Any) -> str:
            return f"{noun} {years_in_words(first, last)}".strip()

        return self.from_to("year", column, words)

    def from_to(self, parameter: str, column: str, words: Callable[[Any, Any], str]) -> Narrowing:
        """Narrow by two parameters such as session_from and session_to.

        ScopeError when the first is greater than the last.
        """
        first, last = (self.params.get(f"{parameter}_{end}") for end in ("from", "to"))
        if first is not None and last is not None and int(first) > int(last):
            raise ScopeError(f"{parameter}_from {first} is after {parameter}_to {last}")
        if first is not None or last is not None:
            self.filter[column] = {"from": first, "to": last}
            self.words.append(words(first, last))
        return self

    def state_or_region(
        self, regions: RegionScheme, region_words: str = "{}", state_words: str = "{}"
    ) -> Narrowing:
        """Narrow by the parameters region and state; ScopeError when the scheme has no such region.

        region_words, state_words: what the scope says, with ``{}`` for the name.
        """
        region, state = str(self.params.get("region", "all")), str(self.params.get("state", "all"))
        if region != "all":
            if region not in regions.labels:
                known = ", ".join(regions.labels)
                raise ScopeError(f"region={region!r}: scheme {regions.name} has {known}")
            self.filter["state_iso3"] = regions.members(region)
            self.words.append(region_words.format(regions.labels[region]))
        if state != "all":
            self.filter["state_iso3"] = state
            self.words.append(state_words.format(short_name(state)))
        return self

    def coded(self, vocabulary: str, column: str) -> Narrowing:
        """Narrow a column to one code; the parameter has the name of the vocabulary (``sex``)."""
        code = str(self.params.get(vocabulary, "all"))
        if code != "all":
            self.filter[column] = code
            self.words.append(label(vocabulary, code))
        return self

    def motive_link(self) -> Narrowing:
        """Narrow to a confirmed, or a confirmed or suspected, link of the killing with the work."""
        motive = str(self.params.get("motive_link", "all"))
        if motive != "all":
            self.filter["motive_link_code"] = MOTIVES[motive]
            self.words.append(f"link with the work {motive.replace('_', ' ')}")
        return self

    def scope(self) -> Scope:
        """The scope that all narrowings together give."""
        return Scope(self.filter, "; ".join(self.words))


def years_in_words(first: Any, last: Any) -> str:
    """First and last year of a report in words; one of them may be None.

    >>> years_in_words(2020, 2022), years_in_words(2020, 2020)
    ('from 2020 to 2022', 'in 2020')
    >>> years_in_words(2020, None), years_in_words(None, 2022)
    ('from 2020 on', 'until 2022')
    """
    if first is None:
        return f"until {last}"
    if last is None:
        return f"from {first} on"
    return f"in {first}" if first == last else f"from {first} to {last}"
