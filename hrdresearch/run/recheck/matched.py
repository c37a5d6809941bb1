"""Matches the sentences of an earlier and a later text, and says whether they still say the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from hrdresearch.run.recheck.printed import Sentence

HOLDS, OTHER_NUMBERS, OTHER_WORDS, NOT_SAID, NEW = (
    "holds",
    "other numbers",
    "other words",
    "no longer said",
    "new",
)
UNTRUE = (OTHER_NUMBERS, OTHER_WORDS)
# Least similarity of letters, in per cent, for two sentences to be matched.
ALIKE_WITH_NUMBERS = 55.0  # both in one place, with a number in common
ALIKE = 80.0  # otherwise
NEVER = 101.0  # both have numbers, but none in common: never matched


@dataclass(frozen=True)
class Matched:
    """A sentence of the earlier text (was) and of the later text (now); one may be missing.

    verdict: ``holds``, ``other numbers``, ``other words``, ``no longer said`` or ``new``.
    """

    verdict: str
    was: Sentence | None
    now: Sentence | None

    def changed_numbers(self) -> list[tuple[str, str, str]]:
        """Numbers that differ between the two sentences: claim, printed text before and now."""
        if self.was is None or self.now is None:
            return []
        now = dict(self.now.numbers)
        both = ((claim, text, now[claim]) for claim, text in self.was.numbers if claim in now)
        return list(dict.fromkeys(one for one in both if one[1] != one[2]))


def match_sentences(before: Sequence[Sentence], after: Sequence[Sentence]) -> list[Matched]:
    """Match all sentences of two texts; returns those of ``before`` in their order, then the new ones.

    Matched first by the same words in the same place (finding or heading), then by the same words anywhere,
    then by the most similar words. A sentence without a match is no longer said, or is new.
    """
    left, right = dict(enumerate(before)), dict(enumerate(after))
    found: dict[int, int] = {}
    for key in (_place_and_text, _place_and_template, _text, _template):
        _pair_equal(left, right, key, found)
    _pair_alike(left, right, found)
    matched = [
        _matched(was, after[found[i]] if i in found else None) for i, was in enumerate(before)
    ]
    new = sorted(set(range(len(after))) - set(found.values()))
    return [*matched, *(Matched(NEW, None, after[j]) for j in new)]


def _matched(was: Sentence, now: Sentence | None) -> Matched:
    if now is None:
        return Matched(NOT_SAID, was, None)
    if was.template != now.template:
        return Matched(OTHER_WORDS, was, now)
    return Matched(HOLDS if was.numbers == now.numbers else OTHER_NUMBERS, was, now)


def _home(sentence: Sentence) -> str:
    return sentence.finding or sentence.place


def _place_and_text(sentence: Sentence) -> Hashable:
    return _home(sentence), sentence.template, sentence.numbers


def _place_and_template(sentence: Sentence) -> Hashable:
    return _home(sentence), sentence.template


def _text(sentence: Sentence) -> Hashable:
    return sentence.template, sentence.numbers


def _template(sentence: Sentence) -> Hashable:
    return sentence.template


def _pair_equal(
    left: dict[int, Sentence],
    right: dict[int, Sentence],
    key: Callable[[Sentence], Hashable],
    found: dict[int, int],
) -> None:
    """Pair sentences with the same key, in order, and remove them from left and right."""
    waiting: dict[Hashable, list[int]] = {}
    for j, sentence in right.items():
        waiting.setdefault(key(sentence), []).append(j)
    for i, sentence in list(left.items()):
        if same := waiting.get(key(sentence)):
            found[i] = same.pop(0)
            del left[i], right[found[i]]


def _pair_alike(
    left: dict[int, Sentence], right: dict[int, Sentence], found: dict[int, int]
) -> None:
    """Pair sentences that are similar enough, the most similar first."""
    scored = sorted(
        (-ratio(was.template, now.template), i, j)
        for i, was in left.items()
        for j, now in right.items()
    )
    for score, i, j in scored:
        if i in left and j in right and -score >= _least(left[i], right[j]):
            found[i] = j
            del left[i], right[j]


def _least(was: Sentence, now: Sentence) -> float:
    numbers = [{claim for claim, _ in one.numbers} for one in (was, now)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return NEVER
    return ALIKE_WITH_NUMBERS if all(numbers) and _home(was) == _home(now) else ALIKE
