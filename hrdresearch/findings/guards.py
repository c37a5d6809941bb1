"""Sentences that a condition guards, ``{{#assert by_sex.female.share > 10}} ... {{/assert}}``.

Where the condition does not hold, or cannot be known, the sentence is not printed. The condition is
noted, so that the run and the preview can tell the researcher.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from hrdresearch.findings.conditions import (
    ConditionError,
    claim_names_in_condition,
    condition_holds,
)
from hrdresearch.findings.model import Claim
from hrdresearch.findings.numbers import number_in_prose


@dataclass(frozen=True)
class UnprintedSentence:
    """A guarded sentence that the page does not print.

    where: the cell or finding that holds the sentence. condition: as written. is_known: False where a
    number is missing or withheld, so that nobody can say whether the condition holds. numbers: today's
    printed number for each name in the condition.
    """

    where: str
    condition: str
    is_known: bool
    numbers: Mapping[str, str]

    def __str__(self) -> str:
        """One line for a researcher: place, condition, why the sentence is not printed."""
        why = "no longer holds" if self.is_known else "is not known to hold"
        now = "; ".join(f"{name} is {text}" for name, text in self.numbers.items())
        return f"{self.where}: {self.condition} {why} ({now}); its sentence is not printed"

    def to_dict(self) -> dict[str, object]:
        """Plain values for the manifest."""
        return asdict(self)


def check_guarded_sentence(
    condition: str, claims: Mapping[str, Claim], where: str
) -> UnprintedSentence | None:
    """Check the condition of a guarded sentence: None where it holds, else the note on the sentence.

    where: cell or finding, for the note. Raises ConditionError, which names the place in a condition
    that cannot be read.
    """
    if not condition:
        raise ConditionError("{{#assert}} needs a condition: {{#assert by_sex.female.share > 10}}")
    answer = condition_holds(condition, claims)
    if answer:
        return None
    numbers = {name: _in_words(name, claims) for name in claim_names_in_condition(condition)}
    return UnprintedSentence(where, condition, answer is not None, numbers)


def _in_words(name: str, claims: Mapping[str, Claim]) -> str:
    claim = claims.get(name)
    if claim is None:
        close = difflib.get_close_matches(name, claims, n=1)
        return "a number that no finding made" + (f" (is it {close[0]}?)" if close else "")
    return claim_in_prose(claim)


def claim_in_prose(claim: Claim) -> str:
    """A claim as a sentence prints it: its number in UN style, or its text where it has no number."""
    number = claim.value
    return number_in_prose(number, claim.unit) if isinstance(number, int | float) else claim.text
