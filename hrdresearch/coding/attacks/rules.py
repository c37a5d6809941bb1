"""Kinds of attack in one message by rules, each with its evidence, target and severity.

What stands around a match decides: a negated threat is none, a quoted or reported one is a report,
one that is answered is counter-speech, a reclaimed word is no abuse, an idiom kills nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from hrdresearch.coding.attacks.excuses import COUNTER, REPORT, excuse
from hrdresearch.coding.attacks.folding import Folded, fold
from hrdresearch.coding.attacks.language import identify
from hrdresearch.coding.attacks.lexicon import FRIENDLY, LANGUAGES, Lexicon, lexicon
from hrdresearch.coding.attacks.mending import mend
from hrdresearch.vocab import codes, vocabulary

KINDS = tuple(c for c in codes("attack_kind"))
SEVERITY: dict[str, int] = vocabulary("attack_kind")["severity"]
THREATS: tuple[str, ...] = tuple(vocabulary("attack_kind")["threats"])
NOT_ATTACKS: tuple[str, ...] = tuple(vocabulary("attack_kind")["not_attacks"])
_PLACE = {kind: place for place, kind in enumerate(KINDS)}
_FRIENDLY_KINDS = dict(zip(FRIENDLY, ("solidarity", "counter_speech"), strict=True))


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
    folded = fold(text)
    mask = words.words.mask(folded.text)
    if words.is_odd(mask):
        folded = mend(folded, words.words)
        mask = words.words.mask(folded.text)
    attacks, excuses = _attacks(folded.text, words, mask)
    if attacks:
        found = [_found(*m, folded, words) for m in attacks.values()]
        return sorted(found, key=lambda f: (-f.severity, _PLACE[f.kind]))
    for told in (COUNTER, REPORT):
        if told in excuses:
            return [_found(told, *excuses[told], folded, words)]
    return [] if excuses else _friendly(folded, words, mask)


def is_attack(kinds: tuple[str, ...]) -> bool:
    """Whether any of the codes is an attack."""
    return any(k not in NOT_ATTACKS for k in kinds)


def _attacks(
    text: str, words: Lexicon, mask: int
) -> tuple[dict[str, tuple[str, int, int]], dict[str, tuple[int, int]]]:
    """The longest match of each kind that stands, and the first place of each excuse."""
    attacks: dict[str, tuple[str, int, int]] = {}
    excuses: dict[str, tuple[int, int]] = {}
    for pattern in words.candidates(mask):
        for match in pattern.regex.finditer(text):
            start, end = match.span()
            held = attacks.get(pattern.kind)
            if held is not None and end - start <= held[2] - held[1]:
                continue
            if why := excuse(pattern, start, end, text, words):
                excuses.setdefault(why, (start, end))
            else:
                attacks[pattern.kind] = (pattern.kind, start, end)
    return attacks, excuses


def _friendly(folded: Folded, words: Lexicon, mask: int) -> list[Found]:
    for name, kind in _FRIENDLY_KINDS.items():
        if mask & words.friendly[name] and (hit := words.contexts[name].search(folded.text)):
            return [_found(kind, *hit.span(), folded, words)]
    return []


def _found(kind: str, start: int, end: int, folded: Folded, words: Lexicon) -> Found:
    target = {"threat_family": "family", "group_hatred": "group"}.get(kind, "")
    if kind in NOT_ATTACKS:
        target = "other"
    elif not target:
        is_named = words.contexts["second"].search(folded.text)
        target = "addressee" if is_named else "group" if kind == "call_to_violence" else "other"
    return Found(kind, *folded.as_written(start, end), target, SEVERITY.get(kind, 0))
