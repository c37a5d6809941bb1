"""Compares an edited Word copy with the published one: sentences kept, reworded, cut, moved or added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.fuzz import ratio

from hrdresearch.findings.speech_rules import split_into_sentences
from hrdresearch.run.recheck.word_paragraphs import WordParagraph

STANDS, REWORDED, CUT, ADDED, MOVED = "stands", "reworded", "cut", "added", "moved"
ALIKE_PARAGRAPHS, ALIKE_SENTENCES = 70.0, 55.0  # least similarity of letters, in per cent


@dataclass(frozen=True)
class EditedSentence:
    """A sentence of the published copy, of the edited copy, or of both.

    kind: ``stands`` (not changed), ``reworded``, ``cut``, ``added``, or ``moved`` (to another paragraph).
    anchor: bookmark of its paragraph, or "" in a new paragraph. was, now: published and edited text, or "".
    """

    kind: str
    anchor: str
    was: str
    now: str


@dataclass(frozen=True)
class EditedCopy:
    """All sentences of both copies; moved: bookmarks of the paragraphs whose order has changed."""

    sentences: tuple[EditedSentence, ...]
    moved: tuple[str, ...] = ()


def compare_copies(
    published: Sequence[WordParagraph], edited: Sequence[WordParagraph]
) -> EditedCopy:
    """Compare an edited copy with the published one, paragraph by paragraph.

    Paragraphs are matched by their bookmarks, and by their words if the bookmark was lost.
    """
    homes = _homes(published, edited)
    found: list[EditedSentence] = []
    for number, paragraph in enumerate(published):
        texts = [edited[i].text for i, home in enumerate(homes) if home == number]
        found += _sentences(_anchor(paragraph), paragraph.text, " ".join(texts))
    for paragraph, home in zip(edited, homes, strict=True):
        if home is None:
            added = split_into_sentences(paragraph.text)
            found += [EditedSentence(ADDED, "", "", now) for now in added]
    order = list(dict.fromkeys(home for home in homes if home is not None))
    blocks = SequenceMatcher(None, sorted(order), order, autojunk=False).get_matching_blocks()
    in_order = {home for block in blocks for home in order[block.b : block.b + block.size]}
    moved = tuple(_anchor(published[home]) for home in sorted(order) if home not in in_order)
    return EditedCopy(tuple(_with_moves(found)), moved)


def _anchor(paragraph: WordParagraph) -> str:
    return (*paragraph.anchors, "")[0]


def _homes(published: Sequence[WordParagraph], edited: Sequence[WordParagraph]) -> list[int | None]:
    """For each edited paragraph, the number of its published paragraph; None for a new one.

    Matched first by bookmarks, then by the same words, then by the most similar words.
    """
    by_anchor = {anchor: n for n, p in enumerate(published) for anchor in p.anchors}
    homes = [next((by_anchor[a] for a in p.anchors if a in by_anchor), None) for p in edited]
    waiting = {n: p.text for n, p in enumerate(published) if n not in set(homes)}
    for least in (100.0, ALIKE_PARAGRAPHS):
        for i, paragraph in enumerate(edited):
            if homes[i] is None and waiting:
                scores = {n: ratio(text, paragraph.text) for n, text in waiting.items()}
                near = max(scores, key=lambda n: scores[n])
                if scores[near] >= least:
                    homes[i] = near
                    del waiting[near]
    return homes


def _sentences(anchor: str, was: str, now: str) -> Iterator[EditedSentence]:
    """Sentences of one paragraph in their published order, then sentences added to it."""
    before, after = split_into_sentences(was), split_into_sentences(now)
    pairs: dict[int, int] = {}
    scored = sorted((-ratio(a, b), i, j) for i, a in enumerate(before) for j, b in enumerate(after))
    for score, i, j in scored:
        if -score >= ALIKE_SENTENCES and i not in pairs and j not in pairs.values():
            pairs[i] = j
    for i, text in enumerate(before):
        told = after[pairs[i]] if i in pairs else ""
        kind = CUT if i not in pairs else STANDS if told == text else REWORDED
        yield EditedSentence(kind, anchor, text, told)
    for j, text in enumerate(after):
        if j not in pairs.values():
            yield EditedSentence(ADDED, anchor, "", text)


def _with_moves(found: Sequence[EditedSentence]) -> Iterator[EditedSentence]:
    """Replace a cut sentence and an added sentence with the same words by one moved sentence."""
    added = [one.now for one in found if one.kind == ADDED]
    moved = [one.was for one in found if one.kind == CUT and one.was in added]
    came = list(moved)
    for one in found:
        if one.kind == CUT and one.was in moved:
            moved.remove(one.was)
            yield EditedSentence(MOVED, one.anchor, one.was, one.was)
        elif one.kind == ADDED and one.now in came:
            came.remove(one.now)
        else:
            yield one
