"""Sentences on a fact by groups: all groups where they are few, else the lowest and the highest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hrdresearch.findings.make_claims import Population, measured_claim, text_claim
from hrdresearch.findings.model import SCOPE, Claim
from hrdresearch.findings.numbers import number_in_prose
from hrdresearch.findings.publication_limits import FEWEST_KNOWN, FEWEST_KNOWN_RESTRICTED
from hrdresearch.findings.sentences import (
    LISTED_IN_FULL,
    ListSentences,
    claim_tag,
    count_with_share,
    join_with_and,
    label_in_sentence,
)
from hrdresearch.stats.share_difference import difference_of_shares
from hrdresearch.studies.shapes.by_code_notes import class_counted_over
from hrdresearch.studies.shapes.groups import NOT_GIVEN, Group
from hrdresearch.studies.shapes.one_state_and_year import StateAndYear

PERIOD = "Period"
DOCUMENTATION_CHANGED = (
    "; as documentation may have changed between the periods, this shows no change in what happened"
)
WHICH_IS_LOWEST = "which of them is the lowest or the highest may be chance"
LARGE_CHANGE = 10.0  # points, from which a row of the table is told without one State and year
NO_GROUPS = "no two groups of a kind hold"
NOTE_ON_DIFFERENCES = (
    "Differences of two shares are in percentage points, their intervals of 95 per cent by Newcombe "
    "(1998), as if the cases were independent."
)


@dataclass(frozen=True)
class Fact:
    """What is counted in each group.

    column: where the fact stands. known: its codes that are an answer. yes: the code that is
    counted. whole: the known cases in words ("cases in which the answer is known"). clause: the
    fact as the subject of a sentence ("threats had been reported"). heading: head of the column.
    other: the cases that are known and not counted, after their number ("with the answer “no”").
    among: column -> code; a list that uses this code is counted over the cases with it only, and
    then the whole is called ``whole_among``. table_only: headings of the groupings that stand in the
    table and in no sentence.
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
    table_only: Sequence[str] = ()

    def over(self, p: Population) -> Mapping[str, str]:
        """Row filter of the cases over which the fact is counted in one list."""
        return class_counted_over(p, self.among)

    def whole_of(self, p: Population) -> str:
        """The known cases of one list in words."""
        return self.whole_among if self.over(p) else self.whole


@dataclass(frozen=True)
class CountsWithoutEvent:
    """Known cases of a group, those with the fact, and their share, all without some cases."""

    known: Claim
    yes: Claim
    share: Claim


@dataclass(frozen=True)
class GroupCounts:
    """A group with its numbers; all of them are printed, except the share in some cases.

    large: one State and year that makes a large part of its other cases; without: the numbers
    without all cases of that State and year.
    """

    group: Group
    known: Claim
    yes: Claim
    share: Claim
    large: StateAndYear | None = None
    without: CountsWithoutEvent | None = None

    @property
    def part(self) -> float:
        """The share that the printed counts give, in per cent."""
        return 100 * float(self.yes.value or 0) / float(self.known.value or 1)

    def numbers(self) -> str:
        """The numbers in a sentence: "26 of 40 (65 per cent)"."""
        return f"{claim_tag(self.yes)} of {count_with_share(self.known, self.share)}"

    def words(self) -> str:
        """The numbers and the group in a sentence: "26 of 40 (65 per cent) in Brazil"."""
        return f"{self.numbers()} {self.group.words}"

    def change(self) -> float:
        """By how many points the share changes without the one State and year; 0 where none is given."""
        share = self.without.share if self.without else None
        if share is None or {share.status, self.share.status} != {"shown"}:
            return 0.0
        return abs(float(share.value or 0) - float(self.share.value or 0))

    def words_without(self) -> str:
        """The same without the one State and year; empty where the share stays as it was."""
        w = self.without
        if w is None or not w.known.value or w.share.text == self.share.text:
            return ""
        return f"{claim_tag(w.yes)} of {count_with_share(w.known, w.share)} {self.group.words}"


def fewest_known(p: Population) -> int:
    """Known cases of a list from which a share may be given."""
    return FEWEST_KNOWN if p.policy.public_by_name else FEWEST_KNOWN_RESTRICTED


def group_sentences(
    p: Population,
    name: str,
    fact: Fact,
    made: Mapping[str, Sequence[GroupCounts]],
    large: Mapping[str, Claim],
) -> ListSentences:
    """Paragraph on one list: a sentence for each grouping with two groups that are large enough.

    Cases without a class are a row of the table, and no group of the sentences. large: by key of a
    State and year, the number of its known cases; the groups named of which it makes a large part
    are told without it too. Of two classes the text says whether the counts tell them apart.
    """
    threshold = text_claim(
        p.claim_name(f"{name}.threshold"),
        str(fewest_known(p)),
        f"{p.title}: known cases from which a group is named",
        SCOPE,
    )
    whole = f"{claim_tag(threshold)} or more {fact.whole_of(p)}"
    if not made and p.release:
        return ListSentences()
    if not made:
        text = f"On {p.list_in_prose} {NO_GROUPS} {whole}."
        return ListSentences(text, (threshold,))
    texts: list[str] = []
    claims: list[Claim] = [threshold]
    for heading, counted in made.items():
        if heading in fact.table_only:
            continue
        shown = [one for one in counted if one.yes.status == "shown" and one.group.key != NOT_GIVEN]
        text, more = _sentence(p, name, heading, shown, "" if texts else fact.clause)
        if text:
            lengths = _lengths(shown) if heading == PERIOD else ""
            texts.append(f"By {_called(p, heading, counted)}{lengths}, {text}.")
        claims += more
    named = " ".join(texts)
    texts += [_without(made, key, n, named) for key, n in large.items()]
    groups = f"Groups on {p.list_in_prose} are those of {whole}"
    groups += f"; {WHICH_IS_LOWEST}." if "the lowest share" in named else "."
    return ListSentences(" ".join(filter(None, [*texts, groups])), (*claims, *large.values()))


def _without(made: Mapping[str, Sequence[GroupCounts]], key: str, n: Claim, named: str) -> str:
    """Sentence on groups whose share changes without the cases of one State and year.

    Groups of the text, and those of the table whose share changes by ten points or more.
    """
    told = [
        one
        for counted in made.values()
        for one in counted
        if one.large
        and one.large.key == key
        and one.words_without()
        and (one.words() in named or one.change() >= LARGE_CHANGE)
    ]
    if not told or told[0].large is None:
        return ""
    left = join_with_and(
        [
            one.words_without()
            + ("" if one.words() in named else f", instead of {one.numbers()} with them")
            for one in told
        ]
    )
    cases = f"{claim_tag(n, 'of:case')} {told[0].large.words}"
    return f"If all {cases} are left out, the numbers are {left}."


def has_difference(said: ListSentences) -> bool:
    """Whether a paragraph gives the difference between two classes."""
    return any(claim.name.endswith(".difference") for claim in said.claims)


def _difference(
    p: Population, name: str, heading: str, two: Sequence[GroupCounts]
) -> tuple[str, list[Claim]]:
    """Words on the difference between the shares of two classes, with its interval; public lists only.

    Where one State and year makes a large part of one of them, it would decide the difference, so
    none is given.
    """
    is_state = two[0].group.cell.vocabulary == "state"
    is_pair = len(two) == 2 and heading != PERIOD and not is_state
    if not is_pair or not p.policy.prints_exact_numbers:
        return "", []
    if any(one.large or one.share.status != "shown" for one in two):
        return "", []
    low, high = sorted(two, key=lambda one: one.part)
    found = difference_of_shares(
        *(int(c.value or 0) for one in (high, low) for c in (one.yes, one.known))
    )
    stem = f"{name}.{two[0].known.name.split('.')[-3]}"
    ends = [round(100 * value) for value in (found.value, found.low, found.high)]
    words = f"difference of the two shares by {heading.lower()}, in points"
    made = [
        measured_claim(p, f"{stem}.{key}", abs(end), "point", f"{words}{more}", "computed")
        for key, end, more in zip(
            ("difference", "low", "high"),
            ends,
            ("", ", lower end of the interval, without its sign", ", upper end of the interval"),
            strict=True,
        )
    ]
    value, least, most = made
    if found.low > 0:
        return (
            f" (difference {claim_tag(value, 'of:point')}, interval from {claim_tag(least)} to "
            f"{claim_tag(most)})",
            made,
        )
    return (
        f", a difference that may be chance ({claim_tag(value, 'of:point')}, interval from "
        f"{claim_tag(least)} below to {claim_tag(most)} above zero)"
    ), made


def _lengths(counted: Sequence[GroupCounts]) -> str:
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
    return f" ({join_with_and(short)}, {number_in_prose(most, '')} in {others})" if short else ""


def _called(p: Population, heading: str, counted: Sequence[GroupCounts]) -> str:
    """What the groups are called: by the list's own noun where it has one."""
    columns = {column for one in counted for column in one.group.filter}
    return next((p.called[c] for c in sorted(columns) if c in p.called), label_in_sentence(heading))


def _sentence(
    p: Population, name: str, heading: str, counted: Sequence[GroupCounts], clause: str
) -> tuple[str, list[Claim]]:
    """Clause on groups: all where they are few, else the lowest and the highest.

    clause: the fact, in the first sentence of a paragraph; empty: it is told already.
    """
    if len(counted) < 2:
        return "", []
    if len(counted) <= LISTED_IN_FULL or heading == PERIOD:  # two ends would speak of a change
        lead = f"{clause} for" if clause else "the numbers are"
        apart, claims = _difference(p, name, heading, counted)
        last = DOCUMENTATION_CHANGED if heading == PERIOD else apart
        return f"{lead} {join_with_and([one.words() for one in counted])}{last}", claims
    lows, highs = (
        join_with_and([one.words() for one in counted if one.part == pick(c.part for c in counted)])
        for pick in (min, max)
    )
    if clause:
        return f"{clause} for {lows}, the lowest share, and for {highs}, the highest", []
    return f"the lowest share is {lows}, and the highest {highs}", []
