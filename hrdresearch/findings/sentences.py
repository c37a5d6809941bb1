"""Sentences that findings carry: templates with ``{{ claims }}``, put together from counts.

Each function writes one sentence in the forms that ``docs/rules-of-speech.md`` allows: the whole in
words, the count with its share in brackets, categories in alphabetical order, what is unknown with
its own number. What a sentence names is chosen from printed numbers only, so that a sentence about
a restricted list says no more than its table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hrdresearch.findings.empty_cells import FEW
from hrdresearch.findings.model import Claim

TENTH = 0.1  # of the known cases; categories below it are left to the table
PARTS = {"tenth": TENTH, "fifth": 0.2}
LISTED_IN_FULL = 4  # categories; where there are no more, all are named
MOST_NAMED = 7
THRESHOLDS = (1000, 500, 200, 100, 50, 30, 20, 10, 5)


@dataclass(frozen=True)
class ListSentences:
    """Sentences on one list, and the claims that they need beside those of the table.

    is_key: whether they may stand on the first page.
    """

    text: str = ""
    claims: tuple[Claim, ...] = ()
    is_key: bool = False


def claims_of_sentences(said: Iterable[ListSentences]) -> list[Claim]:
    """Claims of all sentences, in order."""
    return [claim for one in said for claim in one.claims]


def paragraphs_of_sentences(said: Iterable[ListSentences]) -> tuple[str, ...]:
    """Texts of the sentences that say something."""
    return tuple(one.text for one in said if one.text)


@dataclass(frozen=True)
class Wording:
    """How the sentences of a table of codes speak of its fact.

    known: clause after the noun of the whole: "whose sex or gender is recorded". by_list: the same
    where it names the list, as ``{name}``: "that {name} classed". called: clause with the noun that
    a list has of its own for the fact, as ``{fact}``: "for whom a {fact} is recorded". fact: subject of
    the sentence on the unknown: "sex or gender". asked: what a field is for, where that is not the
    fact itself. without: sentence on the ``{lists}`` without the ``{fact}``, where they
    may have a field. verb, link: "are recorded", "as". words: by code,
    what stands after the verb instead of the link and the label. is_key: whether the first sentence
    of each list may stand on the first page. definition: by code, what each case of a list is that
    carries the fact by its definition, or where it is marked ("a defender"). named_from: part of the
    known cases from which a category is named where there are many: "tenth" or "fifth". none_known:
    sentence for a list that asks and has no answer for any case; empty: one that says so.
    """

    known: str
    fact: str
    verb: str = "recorded"
    link: str = "as"
    is_key: bool = False
    definition: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    named_from: str = "tenth"
    none_known: str = ""
    by_list: str = ""
    asked: str = ""
    without: str = ""
    called: str = ""


def claim_tag(claim: Claim | str, style: str = "") -> str:
    """The tag that prints a number in prose.

    >>> claim_tag("extent.victims", "of:case")
    '{{ extent.victims|of:case }}'
    """
    name = claim if isinstance(claim, str) else claim.name
    return f"{{{{ {name}{'|' if style else ''}{style} }}}}"


def agreement_tag(claim: Claim, one: str, several: str) -> str:
    """The tag that prints the word which agrees with a number."""
    return claim_tag(claim, f"agree:{one}:{several}")


def count_with_share(count: Claim, share: Claim | None = None, whole: Claim | None = None) -> str:
    """A count and its share in brackets, where there is one: "613 (37 per cent)".

    A rounded part that is larger than its whole is "nearly all".
    """
    if count.is_rounded and whole and is_printed(count, float(whole.value or 0) + 1):
        return "nearly all"
    bracketed = claim_tag(share, "bracketed") if share and share.status == "shown" else ""
    return f"{claim_tag(count)}{bracketed}"


def join_with_and(items: Sequence[str]) -> str:
    """Words or phrases in a row: "a, b and c"; with semicolons where one holds a comma.

    >>> join_with_and(["a", "b", "c"]), join_with_and(["a, 1", "b, 2"])
    ('a, b and c', 'a, 1; and b, 2')
    """
    if len(items) < 2:
        return "".join(items)
    mark = "; " if any("," in item for item in items) else ", "
    joint = "; and " if mark == "; " else " and "
    return f"{mark.join(items[:-1])}{joint}{items[-1]}"


def label_in_sentence(label: str) -> str:
    """A label of a vocabulary as it stands inside a sentence: lower case, without its brackets.

    >>> [label_in_sentence(x) for x in ("Hired killers", "Indigenous persons", "Child (under 18)")]
    ['hired killers', 'Indigenous persons', 'child']
    """
    label = label.partition(" (")[0].partition(", as recorded")[0]
    first = label.partition(" ")[0]
    is_name = (
        first in ("Indigenous", "State", "States", "African", "United") or first[1:2].isupper()
    )
    return label if is_name else label[:1].lower() + label[1:]


def is_printed(claim: Claim | None, least: float = 1) -> bool:
    """Whether a claim is a number that is shown and not below ``least``."""
    return (
        claim is not None
        and claim.status == "shown"
        and isinstance(claim.value, int | float)
        and claim.value >= least
    )


def why_not_printed(claim: Claim) -> str:
    """Why a number is not printed, after "the number of ... is"."""
    if claim.text == FEW:
        return "fewer than five, or none"
    return "not among the numbers that leave the list"


def choose_categories(
    counts: Mapping[str, Claim], known: Claim, labels: Mapping[str, str], part: float = TENTH
) -> list[str]:
    """Which categories a sentence names, in alphabetical order.

    All where there are four or fewer; else those with a part (a tenth) or more of the known cases,
    without a category called other, which says nothing.
    """
    held = [code for code, claim in counts.items() if is_printed(claim)]
    chosen = held
    if len(held) > LISTED_IN_FULL and is_printed(known):
        least = part * float(known.value or 0)
        large = [code for code in held if is_printed(counts[code], least)]
        chosen = [code for code in large if code != "other"] or large
    return sorted(chosen, key=lambda code: (code == "other", labels[code].casefold()))


def write_share_sentence(
    whole: str,
    known: Claim,
    counts: Mapping[str, Claim],
    shares: Mapping[str, Claim],
    labels: Mapping[str, str],
    wording: Wording,
) -> str:
    """Sentence on the categories of the cases in which a fact is known; empty without one.

    whole: the whole in words, with its number ("Of the 1,644 defenders whose identity is recorded
    on the list of X"). known: its number. counts, shares, labels: by code of the categories.
    """
    part = PARTS[wording.named_from]
    chosen = choose_categories(counts, known, labels, part)
    if not chosen:
        return ""
    items = []
    for i, code in enumerate(chosen):
        verb = f"{agreement_tag(counts[code], 'is', 'are')} {wording.verb} " if i == 0 else ""
        link = f"{wording.link} " if wording.link else ""
        words = wording.words.get(code) or f"{link}{label_in_sentence(labels[code])}"
        items.append(f"{count_with_share(counts[code], shares.get(code), known)} {verb}{words}")
    return f"{whole}, {join_with_and(items)}."


def write_unknown_sentence(fact: str, unknown: Iterable[tuple[Claim, str]]) -> str:
    """Sentence on the cases in which a fact is not known; empty when there are none.

    unknown: counts with the words of what is not known, such as "not recorded".
    """
    told = [f"{words} for {claim_tag(claim)}" for claim, words in unknown if is_printed(claim)]
    return f"{fact[:1].upper()}{fact[1:]} is {join_with_and(told)}." if told else ""


def choose_threshold(counts: Iterable[float], among: Sequence[int] = THRESHOLDS) -> int | None:
    """The round number that at most seven, and at least two, of the counts reach; None if none is.

    among: the round numbers.

    >>> choose_threshold([342, 322, 120, 40, 3]), choose_threshold([2, 1])
    (30, None)
    """
    values = sorted(counts, reverse=True)
    reached = {t: sum(v >= t for v in values) for t in among}
    fitting = [t for t in among if 2 <= reached[t] <= MOST_NAMED]
    return max(fitting, key=lambda t: (reached[t], t), default=None)


__all__ = [
    "ListSentences",
    "Wording",
    "agreement_tag",
    "choose_categories",
    "choose_threshold",
    "claim_tag",
    "claims_of_sentences",
    "count_with_share",
    "is_printed",
    "join_with_and",
    "label_in_sentence",
    "paragraphs_of_sentences",
    "write_share_sentence",
    "write_unknown_sentence",
]
