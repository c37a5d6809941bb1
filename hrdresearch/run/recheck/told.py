"""Describes changes between two editions in words, for the screen and for an editor."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from hrdresearch.findings.model import short_titles
from hrdresearch.run.recheck.causes import Part
from hrdresearch.run.recheck.changes import Changes, ListChange
from hrdresearch.run.recheck.differs import PARAMETERS, ROWS
from hrdresearch.run.recheck.followed_rows import BY_NAMES
from hrdresearch.run.recheck.matched import (
    HOLDS,
    NEW,
    NOT_SAID,
    OTHER_NUMBERS,
    OTHER_WORDS,
    Matched,
)
from hrdresearch.run.recheck.moves import ADDED, FIELD_CAME, FIELD_LEFT, REMOVED
from hrdresearch.run.recheck.printed import Sentence
from hrdresearch.tables.filter_words import column_in_words

MOST_REASONS = 4  # causes printed for one sentence; changes.json has all
IN_WORDS = {FIELD_CAME: "only now asked", FIELD_LEFT: "no longer asked"}
NOT_KNOWN = "cause not known"
MINUS = "\N{MINUS SIGN}"


def lines_of_changes(changes: Changes, is_full: bool = False) -> Iterator[str]:
    """Lines on what differs, how many numbers and sentences, and each sentence that is no longer true.

    is_full: also notes under tables and figures, and new sentences.
    """
    study = str(changes.newer.manifest["study"]).replace("-", " ").capitalize()
    names = [name_in_words(edition.name) for edition in (changes.newer, changes.older)]
    yield f"{study}: {names[0]} beside {names[1]}."
    yield from lines_of_causes(changes)
    yield from lines_of_numbers(changes)
    text = [m for m in changes.sentences if is_full or not said_of(m).is_note]
    yield count_of_sentences(text)
    notes = [m for m in changes.sentences if said_of(m).is_note and m.verdict != HOLDS]
    if notes and not is_full:
        yield f"{len(notes)} notes under tables and figures differ as well: see changes.json, or --full."
    yield from lines_of_sentences(changes, text)
    if is_full:
        yield from _section("Said for the first time:", text, NEW)


def name_in_words(name: str) -> str:
    """Name of an edition in words, with the time at which it was made.

    >>> name_in_words("20260104T060000Z-1a2b3c4d"), name_in_words("the builds of today")
    ('the edition of 4 January 2026, 06:00 UTC', 'the builds of today')
    """
    try:
        at = dt.datetime.strptime(name.partition("-")[0], "%Y%m%dT%H%M%SZ")
    except ValueError:
        return name
    return f"the edition of {at.day} {at:%B %Y, %H:%M} UTC"


def lines_of_causes(changes: Changes) -> Iterator[str]:
    """Lines on what differs in the inputs of the editions, and how the rows of each list changed."""
    differs = changes.differs
    sources = [*changes.older.manifest["sources"], *changes.newer.manifest["sources"]]
    whole = {s["slug"]: s.get("title", s["slug"]) for s in sources}
    short = short_titles(whole.values())
    titles = {slug: short[title] for slug, title in whole.items()}
    if any(s.get("is_demo") for s in sources):
        yield "Demonstration: all persons and cases are invented."
    named = {
        ROWS: f"the rows of {listed([titles[slug] for slug in differs.lists])}",
        PARAMETERS: f"the parameters {', '.join(differs.parameters)}",
    }
    known = [named.get(what, f"the {what}") for what in sorted(differs.known)]
    yield f"What differs: {listed(known) if known else 'nothing that an edition records'}."
    if differs.not_known:
        unsure = listed([f"the {what}" for what in sorted(differs.not_known)])
        yield f"Not known, because an edition does not record it, is whether these differ: {unsure}."
    yield from (_line_of_list(one, titles[one.slug]) for one in changes.lists)


def _line_of_list(one: ListChange, title: str) -> str:
    counts = {move.what: move.count for move in one.moves if not move.columns}
    line = f"{title}: {one.was:,} rows before, {one.now:,} now"
    if counts:
        line += f"; {counts.get(ADDED, 0):,} added, {-counts.get(REMOVED, 0):,} removed"
    corrected = [move for move in one.moves if move.columns]
    for what, moves in groupby(sorted(corrected, key=lambda m: m.what), key=lambda m: m.what):
        told = ", ".join(f"{column_in_words(m.columns[0])} {m.count:,}" for m in moves)
        line += f"; {IN_WORDS.get(what, what)}: {told}"
    how = "" if one.how == BY_NAMES else " A corrected row may count as one removed and one added."
    doubt = f" Rows followed by a link that is not sure: {one.unsure}." if one.unsure else ""
    return f"{line}.{how}{doubt}"


def lines_of_numbers(changes: Changes) -> Iterator[str]:
    """Lines on how many numbers differ, and for how many the cause is not known."""
    names = changes.older.claims.keys() | changes.newer.claims.keys()
    kinds = Counter(change.kind for change in changes.claims)
    unknown = Counter(change.not_known for change in changes.claims if change.not_known)
    yield (
        f"Numbers: {len(changes.claims):,} of {len(names):,} differ: {kinds['changed']:,} changed, "
        f"{kinds['gone']:,} no longer made, {kinds['new']:,} new."
    )
    for why, count in sorted(unknown.items()):
        yield f"The cause of {count:,} is not known: {why}."


def count_of_sentences(matched: Sequence[Matched]) -> str:
    """A line on how many sentences are unchanged, changed, no longer said, and new."""
    count = Counter(one.verdict for one in matched)
    return (
        f"Sentences: {count[HOLDS]} hold, {count[OTHER_NUMBERS]} have other numbers, "
        f"{count[OTHER_WORDS]} are worded otherwise, {count[NOT_SAID]} are no longer said, "
        f"{count[NEW]} are new."
    )


def lines_of_sentences(changes: Changes, matched: Sequence[Matched]) -> Iterator[str]:
    """Lines on sentences that are no longer true or no longer said, with the text of today and the cause."""
    fallen = [one for one in matched if one.verdict in (OTHER_NUMBERS, OTHER_WORDS)]
    if fallen:
        yield ""
        yield "No longer true:"
    for same in each_once(fallen):
        yield from lines_of_fallen(changes, same)
    yield from _section("No longer said:", matched, NOT_SAID)


def lines_of_fallen(changes: Changes, same: Sequence[Matched]) -> Iterator[str]:
    """Lines on a sentence that says something else now: both texts and the cause.

    same: the same sentence in each of its places.
    """
    one = same[0]
    assert one.was is not None and one.now is not None
    where = listed(list(dict.fromkeys(said_of(m).where for m in same)))
    if one.verdict == OTHER_NUMBERS:
        yield f"- {where}: {with_both_numbers(one.was, one.now)}"
    else:
        yield f"- {where}: {one.was.text}"
        yield f"  Now: {one.now.text}"
    if cause := words_of_causes(changes, one.changed_numbers()):
        yield f"  Cause: {cause}"


def words_of_causes(changes: Changes, changed: Sequence[tuple[str, str, str]]) -> str:
    """Why the numbers of a sentence have changed, and for how many the cause is not known.

    changed: claim, text before and now. A share is left out if the numbers it is calculated from are listed.
    """
    names = {name for name, _, _ in changed}
    told, unknown = [], 0
    for name, was, now in changed:
        change = changes.claim(name)
        if change and names & set(change.rests_on):
            continue
        cause = words_of_cause(changes, name)
        unknown += cause == NOT_KNOWN
        if cause != NOT_KNOWN:
            told.append(f"{was} → {now}: {cause}")
    more = len(told) - MOST_REASONS
    return "; ".join(
        [
            *told[:MOST_REASONS],
            *([f"{more} more in changes.json"] if more > 0 else []),
            *([f"not known for {unknown} number{'s' if unknown > 1 else ''}"] if unknown else []),
        ]
    )


def words_of_cause(changes: Changes, name: str) -> str:
    """Why a number has changed, in a few words; ``cause not known`` if it could not be shown."""
    change = changes.claim(name)
    if change is None:
        return "another number stands here"
    if change.rests_on:
        parts = [changes.claim(other) for other in change.rests_on]
        told = [f"{one.was} → {one.now}" for one in parts if one]
        return f"a share of {' of '.join(told)}" if told else NOT_KNOWN
    if change.parts:
        return ", ".join(_words_of_parts(change.parts))
    return f"the {change.why} alone differ" if change.why else NOT_KNOWN


def _words_of_parts(parts: Sequence[Part]) -> Iterator[str]:
    """``+186 added``, ``+6 −1 classed anew (sex or gender)``, ``−271 counts other rows (State; rule)``."""
    for reason, same in groupby(parts, key=lambda p: (p.cause, p.what, p.columns)):
        cause, what, columns = reason
        words = ", ".join(column_in_words(column) for column in columns)
        is_said = cause in ("new rows", "corrected rows", "fields of the file")
        about = "; ".join(filter(None, [words, "" if is_said else cause]))
        counts = " ".join(f"{part.count:+,}".replace("-", MINUS) for part in same)
        yield f"{counts} {IN_WORDS.get(what, what)}{f' ({about})' if about else ''}"


def with_both_numbers(was: Sentence, now: Sentence) -> str:
    """A sentence that shows each changed number before and now: ``at least [1,876 → 2,050] cases``."""
    text, at = "", 0
    for (_, before), (_, after) in zip(was.numbers, now.numbers, strict=True):
        start = was.text.index(before, at)
        text += was.text[at:start] + (before if before == after else f"[{before} → {after}]")
        at = start + len(before)
    return text + was.text[at:]


def _section(heading: str, matched: Iterable[Matched], verdict: str) -> Iterator[str]:
    chosen = [one for one in matched if one.verdict == verdict]
    if chosen:
        yield ""
        yield heading
    for same in each_once(chosen):
        yield f"- {listed(list(dict.fromkeys(said_of(m).where for m in same)))}: {said_of(same[0]).text}"


def each_once(matched: Iterable[Matched]) -> list[list[Matched]]:
    """Group the same sentence in several places, in the order of the first place."""
    found: dict[tuple[str, str], list[Matched]] = {}
    for one in matched:
        texts = [f"{said.template} {said.numbers}" if said else "" for said in (one.was, one.now)]
        found.setdefault((texts[0], texts[1]), []).append(one)
    return list(found.values())


def said_of(one: Matched) -> Sentence:
    """The sentence of the earlier text; for a new sentence, that of the later text."""
    said = one.was or one.now
    assert said is not None
    return said


def listed(words: Sequence[str]) -> str:
    """Words joined by commas and "and".

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
