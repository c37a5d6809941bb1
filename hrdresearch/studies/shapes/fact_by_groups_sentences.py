"""Sentences on a fact by groups: all groups where they are few, else the ends, or what most reach."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hrdresearch.findings.make_claims import Population, measured_claim, text_claim
from hrdresearch.findings.model import SCOPE, Claim
from hrdresearch.findings.numbers import number_in_prose
from hrdresearch.findings.publication_limits import FEWEST_KNOWN, FEWEST_KNOWN_RESTRICTED
from hrdresearch.findings.sentences import (
    LISTED_IN_FULL,
    Said,
    in_sentence,
    listed,
    tag,
    with_share,
)
from hrdresearch.studies.shapes.by_code import class_counted_over
from hrdresearch.studies.shapes.groups import NOT_GIVEN, Group
from hrdresearch.studies.shapes.one_state_and_year import StateAndYear

TENTH, HALF = 10, 50  # per cent
PERIOD = "Period"


@dataclass(frozen=True)
class Fact:
    """What is counted in each group.

    column: where the fact stands. known: its codes that are an answer. yes: the code that is
    counted. whole: the known cases in words ("cases in which the answer is known"). clause: the
    fact as the subject of a sentence ("threats had been reported"). heading: head of the column.
    other: the cases that are known and not counted, after their number ("with the answer “no”").
    among: column -> code; a list that uses this code is counted over the cases with it only, and
    then the whole is called ``whole_among``.
    """

    column: str
    known: Sequence[str]
    yes: str
    whole: str
    clause: str
    heading: str
    other: str
    among: Mapping[str, str] = field(default_factory=dict)
    whole_among: str = ""

    def over(self, p: Population) -> Mapping[str, str]:
        """Row filter of the cases over which the fact is counted in one list."""
        return class_counted_over(p, self.among)

    def whole_of(self, p: Population) -> str:
        """The known cases of one list in words."""
        return self.whole_among if self.over(p) else self.whole


@dataclass(frozen=True)
class Counted:
    """A group with its numbers, all of which are printed but perhaps the share.

    large: one State and year that makes a large part of its other cases; without: the known cases
    without those, and without_share the share of them.
    """

    group: Group
    known: Claim
    yes: Claim
    share: Claim
    large: StateAndYear | None = None
    without: Claim | None = None
    without_share: Claim | None = None

    @property
    def part(self) -> float:
        """The share that the printed counts give, in per cent."""
        return 100 * float(self.yes.value or 0) / float(self.known.value or 1)

    def words(self) -> str:
        """The numbers and the group in a sentence: "26 of 40 (65 per cent) in Brazil"."""
        return f"{tag(self.yes)} of {with_share(self.known, self.share)} {self.group.words}"

    def words_without(self) -> str:
        """The same without the cases of the one State and year."""
        assert self.without is not None
        return (
            f"{tag(self.yes)} of {with_share(self.without, self.without_share)} {self.group.words}"
        )


def fewest_known(p: Population) -> int:
    """Known cases of a list from which a share may be given."""
    return FEWEST_KNOWN if p.policy.public_by_name else FEWEST_KNOWN_RESTRICTED


def said_of_groups(
    p: Population,
    name: str,
    fact: Fact,
    made: Mapping[str, Sequence[Counted]],
    large: Mapping[str, Claim],
) -> Said:
    """Paragraph on one list: a sentence for each grouping with two groups that are large enough.

    Cases without a class are a row of the table, and no group of the sentences. large: by key of a
    State and year, the number of its other cases; the groups named of which it makes a large part
    are told without it too.
    """
    threshold = text_claim(
        p.claim_name(f"{name}.threshold"),
        str(fewest_known(p)),
        f"{p.title}: known cases from which a group is named",
        SCOPE,
    )
    whole = f"{tag(threshold)} or more {fact.whole_of(p)}"
    if not made and p.release:
        return Said()
    if not made:
        text = f"On {p.list_in_prose} no two groups of a kind hold {whole}."
        return Said(text, (threshold,))
    texts: list[str] = []
    claims: list[Claim] = [threshold]
    for heading, counted in made.items():
        shown = [one for one in counted if one.yes.status == "shown" and one.group.key != NOT_GIVEN]
        text, more = _sentence(p, name, heading, shown, "" if texts else fact.clause)
        if text:
            lengths = _lengths(shown) if heading == PERIOD else ""
            texts.append(f"By {_called(p, heading, counted)}{lengths}, {text}.")
        claims += more
    named = " ".join(texts)
    texts += [_without(fact, made, key, n, named) for key, n in large.items()]
    groups = f"Groups on {p.list_in_prose} are those of {whole}."
    return Said(" ".join(filter(None, [*texts, groups])), (*claims, *large.values()))


def _without(
    fact: Fact, made: Mapping[str, Sequence[Counted]], key: str, n: Claim, named: str
) -> str:
    """The groups that a text names, without the other cases of one State and year."""
    told = [
        one
        for counted in made.values()
        for one in counted
        if one.large and one.large.key == key and one.words() in named
    ]
    if not told or told[0].large is None:
        return ""
    return (
        f"Without the {tag(n)} {fact.other} {told[0].large.words}, the numbers are "
        f"{listed([one.words_without() for one in told])}."
    )


def _lengths(counted: Sequence[Counted]) -> str:
    """Which periods are shorter than the others, in brackets; empty where all are of one length."""
    spans = {one.group.words: one.group.filter["event_year"] for one in counted}
    held = {words: span["to"] - span["from"] + 1 for words, span in spans.items()}
    most = max(held.values(), default=0)
    short = [
        f"{number_in_prose(n, '')} year{'s' if n > 1 else ''} {words}"
        for words, n in held.items()
        if n < most
    ]
    others = "the other" if len(held) - len(short) == 1 else "each of the others"
    return f" ({listed(short)}, {number_in_prose(most, '')} in {others})" if short else ""


def _called(p: Population, heading: str, counted: Sequence[Counted]) -> str:
    """What the groups are, by the list's own noun where it has one."""
    columns = {column for one in counted for column in one.group.filter}
    return next((p.called[c] for c in sorted(columns) if c in p.called), in_sentence(heading))


def _sentence(
    p: Population, name: str, heading: str, counted: Sequence[Counted], clause: str
) -> tuple[str, list[Claim]]:
    """Clause on groups: all where they are few; else the share that all but one reach, or both ends.

    clause: the fact, in the first sentence of a paragraph; empty: it is told already.
    """
    if len(counted) < 2:
        return "", []
    if len(counted) <= LISTED_IN_FULL or heading == PERIOD:  # two ends would speak of a change
        lead = f"{clause} for" if clause else "the numbers are"
        return f"{lead} {listed([one.words() for one in counted])}", []
    order = sorted(counted, key=lambda one: one.part)
    below = _exception(order)
    reached = int(order[below].part // TENTH * TENTH)
    if reached < HALF or not p.policy.is_exempt:
        lead = f"{clause} for" if clause else "the numbers lie"
        comma = "," * ("," in order[0].group.words)
        return f"{lead} between {order[0].words()}{comma} and {order[-1].words()}", []
    stem = f"{name}.{re.sub('[^a-z]+', '_', heading.lower())}"
    at_least = measured_claim(
        p,
        f"{stem}.at_least",
        reached,
        "per_cent",
        f"share that all groups by {heading.lower()} reach, but {below} of them",
        "computed",
    )
    groups = measured_claim(
        p, f"{stem}.groups", len(counted), "case", f"groups by {heading.lower()}", "computed"
    )
    but = f" but one: {order[0].words()}" if below else ""
    return (
        f"{clause + ' for' if clause else 'the share is'} at least {tag(at_least)} in each of "
        f"{tag(groups)} groups{but}",
        [at_least, groups],
    )


def _exception(order: Sequence[Counted]) -> int:
    """One, if all groups but the lowest reach a higher tenth than all do together; else zero."""
    return int(order[1].part // TENTH > order[0].part // TENTH)
