"""The class of a sentence of a court as it was read: its kind, and its length in years."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

KINDS = (
    "term",
    "life",
    "death",
    "suspended",
    "not_prison",
    "indefinite",
    "pending",
    "not_disclosed",
    "acquitted",
    "unparsed",
)


@dataclass(frozen=True)
class Sentence:
    """Kind and length of one sentence of a court, with the words that they rest on.

    minimum, maximum: in years; both None for life, death and kinds without a length; a minimum with a maximum
    of None is open ("more than 10 years"). end_date: the published end, its first day if only month or year
    are given (end_precision). evidence: the words that were read. flags: reduced_or_commuted, consecutive,
    concurrent, without_parole, suspended, partly_suspended, cumulation_unknown, years_assumed (a number
    without a unit), unsure (the word of prison stands in another clause, a number has the unit of another
    length, or the term of another person was left out).
    """

    kind: str
    minimum: float | None = None
    maximum: float | None = None
    evidence: str = ""
    end_date: dt.date | None = None
    end_precision: str = ""
    flags: tuple[str, ...] = ()

    @property
    def bounds(self) -> tuple[float, float]:
        """Lower and upper bound in years, to compare with a threshold; infinite for life and death.

        Not a number (nan) for kinds without a length, and for suspended sentences, which are not served.
        """
        if self.kind in ("life", "death"):
            return (self.minimum if self.minimum is not None else math.inf), math.inf
        if self.kind != "term" or self.minimum is None:
            return math.nan, math.nan
        return self.minimum, math.inf if self.maximum is None else self.maximum

    @property
    def is_length_read(self) -> bool:
        """Whether the sentence can be compared with a threshold of years.

        A suspended sentence and a penalty without imprisonment can: they are below every threshold.
        """
        return self.kind in ("life", "death", "suspended", "not_prison") or not math.isnan(
            self.bounds[0]
        )
