"""Describes verdicts on published sentences in words, for the screen and for an editor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import shorten

from hrdresearch.run.recheck.changes import Changes
from hrdresearch.run.recheck.matched import Matched
from hrdresearch.run.recheck.recheck import CopyRechecked
from hrdresearch.run.recheck.remarks import (
    CHANGED_NUMBER,
    LOST_CAUTION,
    LOST_CAVEAT,
    NEW_NUMBER,
    Remark,
)
from hrdresearch.run.recheck.told import (
    each_once,
    lines_of_causes,
    lines_of_fallen,
    listed,
    name_in_words,
    words_of_causes,
)
from hrdresearch.run.recheck.verdicts import (
    NO_LONGER_SAID,
    NO_LONGER_TRUE,
    NOT_CHECKED,
    TRUE,
    Verdict,
)

REMARKS = (
    *(CHANGED_NUMBER, LOST_CAVEAT, LOST_CAUTION, NEW_NUMBER),
    *(NO_LONGER_TRUE, NO_LONGER_SAID, NOT_CHECKED),
)
HEADINGS = {
    NO_LONGER_TRUE: "No longer true:",
    NO_LONGER_SAID: "No longer said by the report of today:",
}
IN_SHORT = 110  # most letters printed of a sentence that cannot be checked


def lines_of_recheck(
    changes: Changes, verdicts: Sequence[Verdict], is_full: bool = False
) -> Iterator[str]:
    """Lines on what has changed since the edition, and on each sentence that is no longer true.

    is_full: also the notes under tables and figures.
    """
    study = str(changes.older.manifest["study"]).replace("-", " ").capitalize()
    names = [name_in_words(edition.name) for edition in (changes.older, changes.newer)]
    yield f"{study}: {names[0]} against {names[1]}."
    yield from lines_of_causes(changes)
    text = [one for one in verdicts if is_full or not one.said.is_note]
    yield count_of_verdicts(text)
    notes = sum(one.said.is_note and one.verdict != TRUE for one in verdicts)
    if notes and not is_full:
        yield f"{notes} notes under tables and figures do not hold either: --full lists them."
    for verdict, heading in HEADINGS.items():
        chosen = {id(one.matched): one for one in text if one.verdict == verdict}
        if chosen:
            yield ""
            yield heading
        for same in each_once(one.matched for one in chosen.values()):
            yield from _lines(changes, chosen[id(same[0])], same)
    yield from _lines_by_reason([one for one in text if one.verdict == NOT_CHECKED])


def count_of_verdicts(verdicts: Sequence[Verdict]) -> str:
    """A line on how many sentences are still true, and how many are not."""
    count = Counter(one.verdict for one in verdicts)
    return (
        f"Of {len(verdicts)} sentences {count[TRUE]} still hold, {count[NO_LONGER_TRUE]} are no longer "
        f"true, {count[NO_LONGER_SAID]} are no longer said, {count[NOT_CHECKED]} cannot be checked."
    )


def _lines_by_reason(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Lines on sentences that cannot be checked, by reason, each shortened."""
    if verdicts:
        yield ""
        yield "Cannot be checked:"
    for why in dict.fromkeys(one.why for one in verdicts):
        own = {id(one.matched): one for one in verdicts if one.why == why}
        yield f"- {why[:1].upper()}{why[1:]}."
        for same in each_once(one.matched for one in own.values()):
            text = shorten(own[id(same[0])].said.text, IN_SHORT, placeholder=" ...")
            yield f"  {_places(same)}: {text}"


def _places(same: Sequence[Matched]) -> str:
    return listed(list(dict.fromkeys(m.was.where for m in same if m.was)))


def _lines(changes: Changes, one: Verdict, same: Sequence[Matched]) -> Iterator[str]:
    if one.matched.now is not None:
        yield from lines_of_fallen(changes, same)
        return
    why = f" ({one.why})" if one.why else ""
    yield f"- {_places(same)}: {one.said.text}{why}"
    if one.numbers:
        yield f"  Cause: {words_of_causes(changes, one.numbers)}"


def lines_of_copy(checked: CopyRechecked) -> Iterator[str]:
    """Lines on an edited Word copy: what has to be looked at, by kind, with published and edited text."""
    changes = checked.rechecked.changes
    name = name_in_words(changes.older.name)
    yield f"An edited copy of {name} against {changes.newer.name}."
    yield from lines_of_causes(changes)
    kinds = Counter(str(one["kind"]) for one in checked.suggestions)
    told = [f"{count} {kind}" for kind, count in sorted(kinds.items())]
    yield f"Sentences that the editor touched: {listed(told) if told else 'none'}."
    if checked.moved:
        yield f"Paragraphs that stand in another place: {len(checked.moved)}."
    for kind in REMARKS:
        chosen = [one for one in checked.remarks if one.kind == kind]
        if chosen:
            yield ""
            yield f"{kind[:1].upper()}{kind[1:]}:"
        for one in chosen:
            yield from _lines_of_remark(changes, one)
    if not checked.remarks:
        yield "Nothing in it has to be looked at."


def _lines_of_remark(changes: Changes, one: Remark) -> Iterator[str]:
    why = f" ({one.why})" if one.why else ""
    yield f"- {one.where}: {one.was or one.now}{why}"
    if one.was and one.now and one.was != one.now:
        yield f"  Edited: {one.now}"
    if one.kind == NO_LONGER_TRUE and one.numbers:
        numbers = ", ".join(f"{was} → {now}" for _, was, now in one.numbers)
        yield f"  Today: {numbers}. Cause: {words_of_causes(changes, one.numbers)}"
