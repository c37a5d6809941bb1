"""Writes the sentences of findings: templates with ``{{ claims }}`` instead of numbers.

The sentences follow ``docs/rules-of-speech.md``: the whole in words, the count with its share in
brackets, the largest categories first (States in alphabetical order), and the number of cases in which
the fact is unknown. Which categories a sentence names is decided from printed numbers only, so a sentence
on a restricted list says no more than its table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hrdresearch.findings.empty_cells import FEW
from hrdresearch.findings.model import Claim

HALF_A_PER_CENT = 0.005
TENTH = 0.1  # of the known cases; categories below it are left to the table
PARTS = {"tenth": TENTH, "fifth": 0.2}
LISTED_IN_FULL = 4  # categories; where there are no more, all are named
MOST_NAMED = 7
THRESHOLDS = (1000, 500, 200, 100, 50, 30, 20, 10, 5)

SAYS_NOTHING = "That says nothing either way."
# Two successive sentences of ``sentence_without_field`` on one list, perhaps with a finding's mark between.
TWO_WITHOUT_FIELD = re.compile(
    r"(?P<head>The file read of (?P<list>[^\n]+?) has no field for )(?P<first>(?:[^.\n]|\{\.[^}\n]*\})+)\. "
    rf"{SAYS_NOTHING}(?P<mark>\s*\[\]\{{[^}}\n]*\}}|)\s?"
    rf"The file read of (?P=list) has no field for (?P<second>[^.\n]+)\. {SAYS_NOTHING}"
)


@dataclass(frozen=True)
class ListSentences:
    """Sentences on one list.

    text: template; "" where there is nothing to say. claims: claims that the text prints and the table
    does not hold. is_key: whether the sentences may stand on the first page.
    """

    text: str = ""
    claims: tuple[Claim, ...] = ()
    is_key: bool = False


def claims_of_sentences(said: Iterable[ListSentences]) -> list[Claim]:
    """All claims that the sentences print and their tables do not hold, in order."""
    return [claim for one in said for claim in one.claims]


def paragraphs_of_sentences(said: Iterable[ListSentences]) -> tuple[str, ...]:
    """Texts of the sentences, without the empty ones."""
    return tuple(one.text for one in said if one.text)


@dataclass(frozen=True)
class Wording:
    """Words for the fact of a table of codes, from which its sentences are made.

    known: clause after the noun of the whole: "whose sex or gender is recorded".
    by_list: the same clause with the name of the list in it: "that {name} classed".
    order: of the categories: by "size", the largest first; by "alphabet"; or by "scale", as the vocabulary
        lists them.
    called: the same clause with a list's own noun for the fact: "for whom a {fact} is recorded".
    fact: subject of the sentence on the unknown cases: "sex or gender".
    asked: what the field of a list is for, where that is not the fact itself.
    without: sentence on the ``{lists}`` that do not collect the ``{fact}`` of every case.
    verb, link: words between count and label: "are recorded" and "as".
    words: by code, what stands after the verb instead of link and label.
    is_key: whether the first sentence of each list may stand on the first page.
    definition: by code, what every case of a list is by its definition, or where it is marked so
        ("a defender").
    named_from: the smallest part of the known cases from which a category is named, where a list has
        many categories: "tenth" or "fifth".
    always: codes that a sentence names however few they are.
    none_known: sentence for a list that collects the fact and knows it of no case; "": a general one.
    """

    known: str
    fact: str
    verb: str = "recorded"
    link: str = "as"
    is_key: bool = False
    definition: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    named_from: str = "tenth"
    always: tuple[str, ...] = ()
    none_known: str = ""
    by_list: str = ""
    asked: str = ""
    without: str = ""
    called: str = ""
    order: str = "size"


def claim_tag(claim: Claim | str, style: str = "") -> str:
    """Tag that prints a number in prose; style: as ``findings.prose`` explains (``of:case``, ``none``).

    >>> claim_tag("extent.victims", "of:case")
    '{{ extent.victims|of:case }}'
    """
    name = claim if isinstance(claim, str) else claim.name
    return f"{{{{ {name}{'|' if style else ''}{style} }}}}"


def agreement_tag(claim: Claim, one: str, several: str) -> str:
    """Tag that prints ``one`` where a number is 1, and ``several`` for all other numbers.

    >>> agreement_tag(Claim("extent.victims", 2, "victim", 2, "2", "victims"), "was", "were")
    '{{ extent.victims|agree:was:were }}'
    """
    return claim_tag(claim, f"agree:{one}:{several}")


def count_with_share(count: Claim, share: Claim | None = None, whole: Claim | None = None) -> str:
    """Tags that print a count with its share in brackets, where there is a share: "613 (37 per cent)".

    Where a rounded count is larger than its rounded ``whole`` the text is "nearly all", where it equals it
    "all or nearly all". Of a rounded ``whole`` of a hundred, a share would repeat its count, and is left out.
    """
    if count.is_rounded and whole and is_printed(count, float(whole.value or 0)):
        return "all or nearly all" if count.value == whole.value else "nearly all"
    if count.is_rounded and whole and whole.value == 100:
        share = None
    bracketed = claim_tag(share, "bracketed") if share and share.status == "shown" else ""
    return f"{claim_tag(count)}{bracketed}"


def capitalized(words: str) -> str:
    """The words with a capital first letter; no other letter changes."""
    return words[:1].upper() + words[1:]


def join_with_and(items: Sequence[str]) -> str:
    """Join words or phrases to "a, b and c"; with semicolons where one of them holds a comma.

    >>> join_with_and(["a", "b", "c"]), join_with_and(["a, 1", "b, 2"])
    ('a, b and c', 'a, 1; and b, 2')
    """
    if len(items) < 2:
        return "".join(items)
    mark = "; " if any("," in item for item in items) else ", "
    joint = "; and " if mark == "; " else " and "
    return f"{mark.join(items[:-1])}{joint}{items[-1]}"


def label_in_sentence(label: str) -> str:
    """Write a label of a vocabulary for the inside of a sentence: in lower case, without brackets.

    >>> [label_in_sentence(x) for x in ("Hired killers", "Indigenous persons", "Child (under 18)")]
    ['hired killers', 'Indigenous persons', 'child']
    >>> label_in_sentence("A, largely satisfactory")
    'A, largely satisfactory'
    """
    label = label.partition(" (")[0].partition(", as recorded")[0]
    first = label.partition(" ")[0]
    is_name = (
        first in ("Indigenous", "State", "States", "African", "United")
        or first[1:2].isupper()
        or first[1:] == ","  # a grade
    )
    return label if is_name else label[:1].lower() + label[1:]


def is_printed(claim: Claim | None, least: float = 1) -> bool:
    """Whether a claim is printed as a number and is ``least`` or more."""
    return (
        claim is not None
        and claim.status == "shown"
        and isinstance(claim.value, int | float)
        and claim.value >= least
    )


def why_not_printed(claim: Claim) -> str:
    """Why a count of a restricted list is not printed, as the end of "the number of ... is"."""
    if claim.text == FEW:
        return "fewer than five, or none"
    return "not among the numbers that leave the list"


def choose_categories(
    counts: Mapping[str, Claim],
    known: Claim,
    labels: Mapping[str, str],
    part: float = TENTH,
    always: Sequence[str] = (),
    order: str = "size",
) -> list[str]:
    """Choose the categories that a sentence names, and put them in order.

    counts, labels: by code. known: number of cases in which the fact is known. All categories are named
    where there are four or fewer; else those that hold at least ``part`` (a tenth) of the known cases,
    without the category ``other``, which says nothing, and those of ``always``. order: "size" (the largest
    number first, equal ones by alphabet), "alphabet", or "scale" (as in ``counts``); ``other`` stands last.
    """
    held = [code for code, claim in counts.items() if is_printed(claim)]
    chosen = held
    if len(held) > LISTED_IN_FULL and is_printed(known):
        least = (part - HALF_A_PER_CENT) * float(known.value or 0)  # as the share is printed
        large = [c for c in held if c in always or is_printed(counts[c], least)]
        chosen = [code for code in large if code != "other"] or large
    return sorted(
        chosen,
        key=lambda c: (
            c == "other",
            -float(counts[c].value or 0) if order == "size" else 0,
            "" if order == "scale" else labels[c].casefold(),
        ),
    )


def write_share_sentence(
    whole: str,
    known: Claim,
    counts: Mapping[str, Claim],
    shares: Mapping[str, Claim],
    labels: Mapping[str, str],
    wording: Wording,
) -> str:
    """Write the sentence on the categories of a fact; "" where no category has a printed number.

    whole: beginning of the sentence, with its number ("Of the 1,644 defenders whose identity is
    recorded on the list of X"). known: that number. counts, shares, labels: by code of the category.
    """
    part = PARTS[wording.named_from]
    chosen = choose_categories(counts, known, labels, part, wording.always, wording.order)
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
    """Write the sentence on the cases in which a fact is not known; "" when there are none.

    unknown: counts, each with the words for it, such as "not recorded".
    """
    told = [f"{words} for {claim_tag(claim)}" for claim, words in unknown if is_printed(claim)]
    return f"{fact[:1].upper()}{fact[1:]} is {join_with_and(told)}." if told else ""


def sentence_without_field(list_name: str, fact: str) -> str:
    """Write that the file of a list has no field for a fact, which is no answer.

    >>> sentence_without_field("Alpha", "age group")
    'The file read of Alpha has no field for age group. That says nothing either way.'
    """
    return f"The file read of {list_name} has no field for {fact}. {SAYS_NOTHING}"


def join_sentences_without_field(text: str) -> str:
    """Join successive sentences of ``sentence_without_field`` on one list into one sentence.

    >>> alpha = "The file read of Alpha has no field for {}. That says nothing either way."
    >>> join_sentences_without_field(f"{alpha.format('sex')} {alpha.format('cause')}")
    'The file read of Alpha has no field for sex or for cause. That says nothing either way.'
    >>> marked = f"{alpha.format('sex')} []{{.from}}{alpha.format('age')} []{{.from}}{alpha.format('cause')}"
    >>> join_sentences_without_field(marked).replace("[]{.from}", "")
    'The file read of Alpha has no field for sex, for age or for cause. That says nothing either way.'
    """
    while (joined := TWO_WITHOUT_FIELD.sub(_join_two, text)) != text:
        text = joined
    return text


def _join_two(found: re.Match[str]) -> str:
    first = re.sub(r" or (\[\]\{[^}\n]*\})?for ", r", \1for ", found["first"])
    return f"{found['head']}{first} or {found['mark'].strip()}for {found['second']}. {SAYS_NOTHING}"


def choose_threshold(counts: Iterable[float], among: Sequence[int] = THRESHOLDS) -> int | None:
    """Choose the round number that at least two and at most seven of the counts reach; None without one.

    among: the round numbers. Of several that fit, the one that most counts reach is taken.

    >>> choose_threshold([342, 322, 120, 40, 3]), choose_threshold([2, 1])
    (30, None)
    """
    values = sorted(counts, reverse=True)
    reached = {t: sum(v >= t for v in values) for t in among}
    fitting = [t for t in among if 2 <= reached[t] <= MOST_NAMED]
    return max(fitting, key=lambda t: (reached[t], t), default=None)
