"""Finds what has to be looked at in an edited Word copy: numbers, caveats, sentences no longer true."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrdresearch.findings.numbers import NONE, WORDS
from hrdresearch.run.recheck.edited import ADDED, CUT, REWORDED, EditedCopy, EditedSentence
from hrdresearch.run.recheck.verdicts import NO_LONGER_TRUE, TRUE, Verdict

CHANGED_NUMBER, NEW_NUMBER = "changed number", "number without a source"
LOST_CAVEAT, LOST_CAUTION = "lost caveat", "lost words of caution"
CAVEAT = re.compile(
    r"(?i)\b(no|not|nor|neither|never|none|nobody|nothing|cannot|without|unknown|may|might|at least|"
    r"lower bound|in part only|estimated?)\b"
)
CAUTION = re.compile(
    r"(?i)\b(no|not|nor|neither|never|none|cannot|may|might|at least|about|nearly|alleged(?:ly)?|reported|"
    r"recorded|documented|estimated?|known|unconfirmed|suspected)\b"
)
NUMBER = re.compile(
    rf"(?i)(?<![\w.,/])(?:\d+(?:,\d{{3}})*(?:\.\d+)?|{'|'.join((*WORDS[1:], NONE))})(?![\w/])"
)


@dataclass(frozen=True)
class Remark:
    """A sentence of an edited copy that has to be looked at.

    kind: ``changed number``, ``number without a source``, ``lost caveat``, ``lost words of caution``, or a
    verdict (``no longer true``, ``no longer said``, ``cannot be checked``). where: its paragraph. was, now:
    published and edited text. numbers: claim, published text, and edited text (for a verdict: today's
    text); "" if there is none. why: reason in words.
    """

    kind: str
    where: str
    was: str
    now: str
    numbers: tuple[tuple[str, str, str], ...] = ()
    why: str = ""


def remarks_on(
    copy: EditedCopy, verdicts: Sequence[Verdict], today: Mapping[str, Any]
) -> list[Remark]:
    """Remarks on an edited copy, in the order of the published one.

    verdicts: on the sentences of the page, from ``verdicts.judge``. today: today's claims by name.
    Headings, captions and tables are not checked.
    """
    by_text: dict[str, list[Verdict]] = {}
    for one in verdicts:
        by_text.setdefault(one.said.text, []).append(one)
    found: list[Remark] = []
    places = {s.anchor: by_text[s.was][0].said.where for s in copy.sentences if s.was in by_text}
    for sentence in copy.sentences:
        held = by_text.get(sentence.was, [])
        if sentence.kind == ADDED:
            found += _on_added(sentence, places.get(sentence.anchor, "a new paragraph"))
        elif held:
            found += _on_sentence(sentence, held.pop(0) if len(held) > 1 else held[0], today)
    return found


def _on_added(sentence: EditedSentence, where: str) -> Iterator[Remark]:
    if numbers := [number for number in NUMBER.findall(sentence.now) if number[0].isdigit()]:
        told = tuple(("", "", number) for number in numbers)
        yield Remark(NEW_NUMBER, where, "", sentence.now, told)


def _on_sentence(
    sentence: EditedSentence, verdict: Verdict, today: Mapping[str, Any]
) -> Iterator[Remark]:
    said = verdict.said
    about = (said.where, said.text, sentence.now)
    if sentence.kind == CUT:
        if CAVEAT.search(said.text):
            yield Remark(LOST_CAVEAT, *about)
        return
    changed: list[tuple[str, str, str]] = []
    if sentence.kind == REWORDED:
        changed, new = numbers_that_differ(said.numbers, said.text, sentence.now)
        if changed:
            words = [_of_today(name, text, today) for name, _, text in changed]
            yield Remark(CHANGED_NUMBER, *about, tuple(changed), "; ".join(words))
        if new:
            yield Remark(NEW_NUMBER, *about, tuple(("", "", number) for number in new))
        if lost := _words_lost(said.text, sentence.now):
            yield Remark(LOST_CAUTION, *about, (), ", ".join(lost))
    mended = {name for name, _, text in changed if name in today and today[name]["text"] == text}
    if verdict.verdict == NO_LONGER_TRUE and verdict.numbers:
        left = tuple(number for number in verdict.numbers if number[0] not in mended)
        if left:
            yield Remark(NO_LONGER_TRUE, *about, left, verdict.why)
    elif verdict.verdict != TRUE:
        yield Remark(verdict.verdict, *about, verdict.numbers, verdict.why)


def numbers_that_differ(
    numbers: Sequence[tuple[str, str]], was: str, now: str
) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Numbers that an editor changed or cut (claim, before, after), and new numbers without a claim.

    numbers: claim and printed text of each number of ``was``. Lost and new numbers are paired in order.

    >>> numbers_that_differ([("a", "10"), ("b", "12 per cent")], "Of 10, 12 per cent.", "Of 11, 12 per cent.")
    ([('a', '10', '11')], [])
    """
    before, after = NUMBER.findall(was), NUMBER.findall(now)
    lost, came = Counter(before) - Counter(after), Counter(after) - Counter(before)
    new = [number for number in after if came[number] > 0]
    changed = []
    for name, text in numbers:
        for number in NUMBER.findall(text):
            if lost[number] > 0:
                lost[number] -= 1
                changed.append((name, text, text.replace(number, new.pop(0), 1) if new else ""))
    return changed, [number for number in new if number[0].isdigit()]


def _of_today(name: str, text: str, today: Mapping[str, Any]) -> str:
    if not text:
        return "the number was cut"
    claim = today.get(name)
    if claim is None:
        return f"{text} cannot be checked: the report no longer makes this number"
    if claim["text"] == text:
        return f"{text} is the number of today"
    return f"{text} is not the number of today, which is {claim['text']}"


def _words_lost(was: str, now: str) -> list[str]:
    """Words of caution that are in the published sentence but not in the edited one."""
    held = [Counter(word.lower() for word in CAUTION.findall(text)) for text in (was, now)]
    return sorted(held[0] - held[1])
