"""The scope of a run: its parameters become one row filter, and words that say what is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hrdresearch.vocab import label
from hrdresearch.vocab.states import RegionScheme, short_name


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

    def years(self, column: str, words: Callable[[Any, Any], str]) -> Narrowing:
        """Narrow by the parameters year_from and year_to; ScopeError when year_from is later."""
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

    def scope(self) -> Scope:
        """The scope that all narrowings together give."""
        return Scope(self.filter, "; ".join(self.words))
