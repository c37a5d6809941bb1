"""What a sentence of a court is after its text was read: its kind, and its bounds in years."""

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
    """Kind and length of one sentence of a court, with the words that gave them.

    minimum, maximum: years; None for life, death and what has no length, and a maximum of None
    beside a minimum is open ("more than 10 years"). end_date: first day the published end allows,
    with its precision. evidence: the words that were read. flags: reduced_or_commuted,
    consecutive, concurrent, without_parole, suspended, partly_suspended, cumulation_unknown,
    years_assumed (a number without a unit), unsure (the word of prison stands in
    another clause, a number has the unit of another length, or the term of another person was left aside).
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
        """Lower and upper bound for a threshold: life and death are longer than any term.

        Not a number for what has no length; a suspended sentence is not served and has none.
        """
        if self.kind in ("life", "death"):
            return (self.minimum if self.minimum is not None else math.inf), math.inf
        if self.kind != "term" or self.minimum is None:
            return math.nan, math.nan
        return self.minimum, math.inf if self.maximum is None else self.maximum

    @property
    def is_length_read(self) -> bool:
        """Whether a threshold can be stated: a length, life or death was read.

        A suspended sentence and a penalty without imprisonment were read as well, and reach none.
        """
        return self.kind in ("life", "death", "suspended", "not_prison") or not math.isnan(
            self.bounds[0]
        )
