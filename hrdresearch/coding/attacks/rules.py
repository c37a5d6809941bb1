"""Finds the kinds of attack in a message by rules, each with its evidence, target and severity.

The words around a match decide whether it is an attack; see ``excuses``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hrdresearch.coding.attacks.excuses import COUNTER, REPORT, find_excuse
from hrdresearch.coding.attacks.folding import Folded, fold_message
from hrdresearch.coding.attacks.language import identify_language
from hrdresearch.coding.attacks.lexicon import LANGUAGES, Lexicon, load_lexicon
from hrdresearch.coding.attacks.mending import undo_spelling_tricks
from hrdresearch.coding.attacks.patterns import find_places
from hrdresearch.vocab import codes, vocabulary

KINDS = tuple(codes("attack_kind"))
SEVERITY: dict[str, int] = vocabulary("attack_kind")["severity"]
THREATS: tuple[str, ...] = tuple(vocabulary("attack_kind")["threats"])
NOT_ATTACKS: tuple[str, ...] = tuple(vocabulary("attack_kind")["not_attacks"])
_FRIENDLY_KINDS = {"solidarity": "solidarity", "counter": "counter_speech"}


@dataclass(frozen=True)
class Found:
    """One kind of attack in one message; the evidence is ``text[start:end]`` of the message as written.

    target: addressee, family, group or other. severity: 1 to 5, by the kind; 0 for kinds that are no attack.
    """

    kind: str
    start: int
    end: int
    target: str
    severity: int


def code_message(text: str, language: str | None = None) -> list[Found]:
    """Return the kinds found in a message, the most severe first; an empty list if nothing is found.

    language: ISO 639-1 code; identified from the text if not given, or not one of ``LANGUAGES``. Reports,
    counter-speech and solidarity are found only in messages without an attack.

    >>> [f.kind for f in code_message("You idiot, we will kill you", "en")][0]
    'threat_life'
    """
    chosen = language if language in LANGUAGES else identify_language(text)
    if chosen not in LANGUAGES:
        return []
    words = load_lexicon(chosen)
    folded = fold_message(text)
    mask = words.words.mask(folded.text)
    if words.may_be_disguised(mask):
        folded = undo_spelling_tricks(folded, words.words)
        mask = words.words.mask(folded.text)
    words = replace(words, mask=mask)
    attacks, excuses = _find_attacks(folded.text, words, mask)
    if attacks:
        found = [_make_found(kind, place, folded, words) for kind, place in attacks.items()]
        return sorted(found, key=lambda f: (-f.severity, KINDS.index(f.kind)))
    for kind in (COUNTER, REPORT):
        if kind in excuses:
            return [_make_found(kind, excuses[kind], folded, words)]
    return [] if excuses else _find_friendly(folded, words)


def _find_attacks(
    text: str, words: Lexicon, mask: int
) -> tuple[dict[str, range], dict[str, range]]:
    """The longest match of each kind of attack, and the longest excused match of each excuse."""
    attacks: dict[str, range] = {}
    excuses: dict[str, range] = {}
    for pattern in words.candidate_patterns(mask):
        for start, end in find_places(pattern.row, words.language, text):
            place = range(start, end)
            if len(place) > len(attacks.get(pattern.kind, ())):
                why = find_excuse(pattern, start, end, text, words)
                found, code = (excuses, why) if why else (attacks, pattern.kind)
                found[code] = max(found.get(code, place), place, key=len)
    return attacks, excuses


def _find_friendly(folded: Folded, words: Lexicon) -> list[Found]:
    for name, kind in _FRIENDLY_KINDS.items():
        if hit := words.context(name).search(folded.text):
            return [_make_found(kind, range(*hit.span()), folded, words)]
    return []


def _make_found(kind: str, place: range, folded: Folded, words: Lexicon) -> Found:
    target = {"threat_family": "family", "group_hatred": "group"}.get(kind, "")
    if kind in NOT_ATTACKS:
        target = "other"
    elif not target:
        is_named = words.context("second").search(folded.text)
        target = "addressee" if is_named else "group" if kind == "call_to_violence" else "other"
    return Found(kind, *folded.as_written(place.start, place.stop), target, SEVERITY.get(kind, 0))
