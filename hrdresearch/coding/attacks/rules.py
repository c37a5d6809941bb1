"""Kinds of attack in one message by rules, each with its evidence, target and severity.

What stands around a match decides: a negated threat is none, a quoted or reported one is a report,
one that is answered is counter-speech, a reclaimed word is no abuse, an idiom kills nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hrdresearch.coding.attacks.folding import Folded, fold, mend
from hrdresearch.coding.attacks.language import identify
from hrdresearch.coding.attacks.lexicon import LANGUAGES, Lexicon, lexicon
from hrdresearch.vocab import codes, vocabulary

KINDS = tuple(c for c in codes("attack_kind"))
SEVERITY: dict[str, int] = vocabulary("attack_kind")["severity"]
THREATS: tuple[str, ...] = tuple(vocabulary("attack_kind")["threats"])
NOT_ATTACKS: tuple[str, ...] = tuple(vocabulary("attack_kind")["not_attacks"])
NEGATION_REACH = 30  # characters before a match in which a negation counts
_SENTENCE = re.compile(r"[.!?。！？؟\n;]+")
_QUOTED = re.compile(r'"[^"]{3,}"|(?<!\w)\'[^\']{3,}\'(?!\w)|「[^」]+」|“[^”]+”')
RECLAIMABLE = ("gendered_abuse", "stigmatization", "ridicule", "group_hatred")


@dataclass(frozen=True)
class Found:
    """One kind in one message: evidence is ``text[start:end]`` as written.

    target: addressee, family, group or other. severity: 1 to 5, of the kind; 0 for no attack.
    """

    kind: str
    start: int
    end: int
    target: str
    severity: int


def code_message(text: str, language: str | None = None) -> list[Found]:
    """Kinds found in one message, worst first; empty when nothing is found.

    language: code of the message; identified from the text when not given.
    """
    chosen = language if language in LANGUAGES else identify(text)
    if chosen not in LANGUAGES:
        return []
    words = lexicon(chosen)
    folded = mend(fold(text), words.known)
    numbers = words.candidates(folded.text)
    matches = [m for n in numbers for m in _matches(n, folded.text, words)]
    attacks = [m for m in matches if not _excused(m, folded.text, words)]
    if attacks and (context := _contexts(folded.text, words)):
        return [_found(context, *attacks[0][1:], folded)]
    best: dict[str, tuple[str, int, int]] = {}
    for match in attacks:
        if match[0] not in best or match[2] - match[1] > best[match[0]][2] - best[match[0]][1]:
            best[match[0]] = match
    found = [_found(*m, folded) for m in best.values()]
    if not found:
        found = _friendly(folded, words, bool(matches))
    return sorted(found, key=lambda f: (-f.severity, KINDS.index(f.kind)))


def kinds_of(text: str, language: str | None = None) -> tuple[str, ...]:
    """Codes of the kinds found, ``("none",)`` when nothing is."""
    return tuple(f.kind for f in code_message(text, language)) or ("none",)


def is_attack(kinds: tuple[str, ...]) -> bool:
    """Whether any of the codes is an attack."""
    return any(k not in NOT_ATTACKS for k in kinds)


def _matches(number: int, text: str, words: Lexicon) -> list[tuple[str, int, int]]:
    pattern = words.patterns[number]
    return [(pattern.kind, *m.span()) for m in pattern.regex.finditer(text)]


def _contexts(text: str, words: Lexicon) -> str:
    """``counter_speech`` or ``reporting`` when the message speaks of an attack, else empty."""
    if words.contexts["counter"].search(text):
        return "counter_speech"
    return "reporting" if words.contexts["reporting"].search(text) else ""


def _excused(match: tuple[str, int, int], text: str, words: Lexicon) -> bool:
    """Negated, part of an idiom, of the speaker, or a word taken back by those it was used on."""
    kind, start, end = match
    clause = _clause(text, start)
    before = text[max(clause, start - NEGATION_REACH) : start]
    inside = text[start:end]
    if words.contexts["negation"].search(before):
        return True
    if words.contexts["negation"].search(inside) and kind != "threat_life":
        return True
    for idiom in words.contexts["idiom"].finditer(text):
        if idiom.start() < end and start < idiom.end():
            return True
    if words.contexts["self"].search(text[clause : end + 20]):
        return True
    return kind in RECLAIMABLE and bool(words.contexts["reclaimed"].search(text[clause:end]))


def _clause(text: str, at: int) -> int:
    ends = [m.end() for m in _SENTENCE.finditer(text, 0, at)]
    return ends[-1] if ends else 0


def _friendly(folded: Folded, words: Lexicon, was_excused: bool) -> list[Found]:
    for kind, name in (("solidarity", "solidarity"), ("counter_speech", "counter")):
        if (hit := words.contexts[name].search(folded.text)) and not was_excused:
            return [_found(kind, *hit.span(), folded)]
    return []


def _found(kind: str, start: int, end: int, folded: Folded) -> Found:
    target = {"threat_family": "family", "group_hatred": "group"}.get(kind, "")
    if not target:
        target = "group" if kind == "call_to_violence" else "addressee"
    if kind in NOT_ATTACKS:
        target = "other"
    return Found(kind, *folded.as_written(start, end), target, SEVERITY.get(kind, 0))
