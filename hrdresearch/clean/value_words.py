"""Words of cells, looked up in the vocabularies of lists: which code a value names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from hrdresearch.clean.cell_relations import without_kin, without_kin_parts, words_in_full
from hrdresearch.clean.cell_short_forms import readings
from hrdresearch.clean.denials import denials_in, not_denied
from hrdresearch.clean.governed_acts import acts_of, is_threat_of_death, parts_joined
from hrdresearch.clean.text import says_not_asked, says_not_known, says_nothing
from hrdresearch.clean.word_forms import (
    SMALL_WORDS,
    fold,
    holds,
    is_name_in_capitals,
    places_of,
    same_stem,
    stem_of,
)
from hrdresearch.clean.word_roots import without_endings
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.list_examples import value_examples

_GENDERED = re.compile(r"(?<=[^\W\d_])(?:\([^\W\d_]{1,3}\)|[/·](?:[aeo]|as|os|es)(?![^\W\d_]))")
_FIRST = re.compile(r"\s+[-–—]\s+|[,:;(]")
_BRACKETS = re.compile(r"\([^()]*\)")
FACTS = ("asked_fact", "recorded_fact")
_OF_SHORT_WORDS = ("detention_place",)  # "ИК-4": short words count within a cell, too
LONGEST_NOTHING = 40  # letters of a cell that says that nothing is known
_DEFENDERS = frozenset(
    (
        "leader",
        "community_leader",
        "youth_leader",
        "political_leader",
        "journalist",
        "lawyer",
        "relative",
    )
) | {"trade_unionist"}
_OF_ATTEMPTS: dict[str, tuple[str, ...]] = {"list_status": ("at_risk",), "death_type": ()}

SHORT_SEX = {
    **{"f": "female", "m": "male", "h": "male", "ж": "female", "м": "male"},
    **{"ذ": "male", "ا": "female", "ث": "female"},
}


@lru_cache(maxsize=20_000)
def code_of(cell: str, name: str) -> tuple[tuple[str, ...], bool]:
    """Codes that a cell names in a vocabulary, and whether the whole cell is such a word.

    >>> code_of("Policía Nacional", "perpetrator"), code_of("un campesino", "identity")
    ((('police',), True), (('farmer',), False))
    """
    cell = words_in_full(cell)
    text = fold(cell)
    exact, _ = _values(name)
    is_sure = text not in map(fold, _rules()["ambiguous"].get(name, ()))
    if text in exact:
        return (exact[text],), is_sure
    if (bare := fold(_GENDERED.sub("", cell))) in exact:  # detenido/a
        return (exact[bare],), True
    if (root := without_endings(_GENDERED.sub("", cell))) in (
        of_roots := _roots(name)
    ):  # but for its ending
        return (of_roots[root],), is_sure
    if name in _OF_SHORT_WORDS and (outside := _outside_brackets(cell, name)):
        return outside, False
    if name == "attack_act" and (acts := acts_of(cell, _plain_acts)) is not None:
        return acts, False
    if name in _OF_PARTS:
        cell = _without_side(cell)
        parts = [] if denials_in(fold(cell).split(), ()) else parts_joined(cell)
        of_parts = [_of_part(part, name) for part in parts if fold(part)]
        if len(of_parts) > 1 and all(of_parts):
            return tuple(dict.fromkeys(code for of in of_parts for code in of)), False
    if name == "identity" and (of_kin := without_kin_parts(cell))[0]:
        return _of_person(*of_kin), False
    found = _near_words(cell, fold(cell), name)
    in_short, is_whole = _in_short(cell, name)
    return (in_short, False) if is_whole or not found[0] else found


def _outside_brackets(cell: str, name: str) -> tuple[str, ...]:
    """Codes of a place before its brackets, which name an earlier or a later one."""
    outside = _BRACKETS.sub(" ", cell)
    return code_of(outside, name)[0] if outside != cell and fold(outside) else ()


def _of_person(of_kin: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    """Identity of a relative: what the person is, and "relative" where the other one is a defender."""
    found = [code for part in own for code in code_of(part.strip(), "identity")[0]]
    of_others = {
        code
        for part in of_kin
        for words in [fold(part).split()]
        for at in range(int(bool(without_kin_parts(part)[0])), len(words))
        for code in code_of(" ".join(words[at:]), "identity")[0]
        if code not in _rules()["occupations"]["identity"]
    }
    is_of_defender = bool(of_others & _DEFENDERS) or (bool(of_others) and not found)
    return tuple(dict.fromkeys([*found, *["relative"] * is_of_defender]))


def _in_short(cell: str, name: str) -> tuple[tuple[str, ...], bool]:
    """Codes of a cell with short forms ("crimen org."), where all words that they may stand for agree.

    Also whether the cell in full is a known word as a whole: "Guardia Nac." is no guard.
    """
    exact, _ = _values(name)
    read = readings(cell, _every_word(name)) if name != "sex" else []
    if any(is_ambiguous(text, name) for text in read):  # "def. de derechos"
        return (), False
    whole = {exact[fold(text)] for text in read if fold(text) in exact}
    near = {code_of(text, name)[0] for text in read} - {()}
    if len(whole) == 1:
        return (min(whole),), True
    return (min(near) if len(near) == 1 else ()), False


@cache
def _every_word(name: str) -> tuple[str, ...]:
    return tuple(sorted(set().union(*_words(name).values())))


_OF_PARTS = ("perpetrator", "cause")  # of a cell of several, each part is read by itself


def _of_part(part: str, name: str) -> tuple[str, ...]:
    """Codes of a part of a cell; of "elementos de PNC" those of the short name in capitals."""
    exact, _ = _values(name)
    if fold(part) in exact:
        return (exact[fold(part)],)
    short = [exact[fold(w)] for w in part.split() if w.isupper() and fold(w) in exact]
    return _near_words(part, fold(part), name)[0] or tuple(short) or _in_short(part, name)[0]


def _without_side(cell: str) -> str:
    """A cell up to the words that tell whose side somebody is on."""
    for phrase in _rules()["on_the_side_of"]:
        before, said, _ = cell.casefold().partition(f" {phrase} ")
        if said and fold(before):
            return cell[: len(before)]
    return cell


def _plain_acts(text: str) -> tuple[str, ...]:
    exact, _ = _values("attack_act")
    words = fold(text)
    return (exact[words],) if words in exact else _near_words(text, words, "attack_act")[0]


def _near_words(cell: str, text: str, name: str) -> tuple[tuple[str, ...], bool]:
    """Codes of a cell that is no word of a vocabulary as a whole. text: the cell, folded."""
    exact, phrases = _values(name)
    words = text.split()
    if name in FACTS and (answer := _answer(cell, exact)):
        return answer
    if name in _OF_ATTEMPTS and (
        is_threat_of_death(cell) or any(holds(words, phrase) for phrase in _attempts())
    ):
        return _OF_ATTEMPTS[name], False  # who survived an attempt is not among the dead
    if together := _together(words, name):
        return (together,), False
    if is_ambiguous(text, name):
        return (), False
    near = [pair for key in dict.fromkeys(map(stem_of, words)) for pair in phrases.get(key, ())]
    hits = [(len(phrase), code, phrase) for phrase, code in near if holds(words, phrase)]
    stands = not_denied(words, [phrase for *_, phrase in hits])
    hits = [hit for hit, is_left in zip(hits, stands, strict=True) if is_left]
    if name == "identity" and hits:
        left = without_kin(words, [phrase for *_, phrase in hits])
        hits = [hit for hit, is_left in zip(hits, left, strict=True) if is_left]
        if not hits:
            return ("relative",), False
    if name == "attack_act":  # several acts may hold
        hits = _not_within_others(words, hits)
        if any(code == "arbitrary_detention" for _, code, _ in hits):
            hits = [hit for hit in hits if hit[1] != "arrest"]
    if not hits:
        return (), False
    longest = max(n for n, *_ in hits)
    if name == "attack_act":
        hits = [(longest, code, phrase) for _, code, phrase in hits]
    found = dict.fromkeys(code for n, code, _ in reversed(hits) if n == longest)
    if len(found) > 1:
        found.pop("other", None)  # a profession beside what the vocabulary has
    if any(
        code == "unknown" for _, code, _ in hits
    ):  # "an unidentified armed group" is nobody known
        return ("unknown",), False
    for code, drops in _rules()["wins"].get(name, {}).items():
        if code in {c for _, c, _ in hits} and set(drops) & set(found):
            return (code,), False
    literal = {c for n, c, p in hits if n == longest and f" {' '.join(p)} " in f" {text} "}
    spelled = [code for code in found if code in literal]
    if len(found) > 1 and not spelled:  # one word that is near to words of several codes
        return (), False
    return tuple(reversed(spelled or list(found))), False


def _not_within_others(
    words: Sequence[str], hits: Sequence[tuple[int, str, list[str]]]
) -> list[tuple[int, str, list[str]]]:
    """Phrases that stand somewhere outside a longer one: "amenaza" within "amenaza de muerte" does not."""
    spans = [[set(range(at, at + len(p))) for at in places_of(words, p)] for *_, p in hits]
    return [
        hit
        for hit, mine in zip(hits, spans, strict=True)
        if any(not any(one < other for of in spans for other in of) for one in mine)
    ]


def code_by_words(cell: str, name: str) -> tuple[tuple[str, ...], bool]:
    """Like ``code_of``, of a value that nobody may look at: who is dead or alive is not guessed from a part.

    A single letter has no code, and neither has a value of which another part may be a name.

    >>> code_by_words("Amenaza por llamada", "attack_act"), code_by_words("Vive, murió Ana", "list_status")
    ((('threat',), False), ((), False))
    """
    found, is_whole = code_of_value(cell, name)
    if len(fold(cell)) < 2:
        return (), False
    if not is_whole and name in _OF_ATTEMPTS and not has_only_known_words(cell, name):
        return (), False
    is_named = not is_whole and any(map(is_name_in_capitals, parts_unread(cell, name)))
    return ((), False) if is_named else (found, is_whole)


def code_of_value(cell: str, name: str) -> tuple[tuple[str, ...], bool]:
    """Like ``code_of``, of a value that may also be one of the examples as a whole.

    >>> code_of_value("agribusiness firm", "perpetrator")
    (('corporations',), True)
    """
    found, is_whole = code_of(cell, name)
    example = "" if is_whole or is_nothing(cell) else _examples().get((name, fold(cell)), "")
    return ((example,), True) if example else (found, is_whole)


@cache
def _examples() -> dict[tuple[str, str], str]:
    """Code of each value of the examples, by vocabulary and folded value, where it has one alone."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for example in value_examples():
        found[example.codes, fold(example.value)].add(example.code)
    return {value: min(of) for value, of in found.items() if len(of) == 1}


def parts_unread(cell: str, name: str) -> list[str]:
    """Parts of a value, between signs and words that join, that name no code; of one part none.

    >>> [parts_unread(c, "perpetrator") for c in ("milicias y vecinos malos", "policía y matones")]
    [[], ['matones']]
    """
    parts = [part for part in parts_joined(cell) if fold(part)]
    return [part for part in parts if len(parts) > 1 and not code_of(part, name)[0]]


def sex_of_letters(cells: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What single letters mean beside each other: M with F is male, M with H is female (Spanish).

    M alone means nothing without another letter or word.
    """
    values = list(cells)
    seen = {fold(v) for v in values}
    if "h" in seen:  # M beside H is a woman; beside H and F it may be either, and is asked
        other = "f" if "f" in seen else "m"
        return {"h": ("male",), **({other: ("female",)} if other in seen else {})}
    if seen & {"f", "ж", "ذ"} or seen & {"м"}:
        return {k: (v,) for k, v in SHORT_SEX.items()}
    words = {code for v in values for code in code_of(v, "sex")[0] if not re.fullmatch(r"\w", v)}
    if "m" in seen and words == {"female"}:
        return {"m": ("male",)}
    return {}


def is_word_of(cell: str, name: str) -> bool:
    """Whether a whole cell is a word of a vocabulary."""
    return fold(cell) in _values(name)[0]


def has_only_known_words(cell: str, name: str) -> bool:
    """Whether each word of a cell is one of a vocabulary, but for its ending, or a small word ("de", "of").

    >>> [has_only_known_words(c, "list_status") for c in ("Muerto en prisión", "Muerto según su hermana")]
    [True, False]
    """
    known = _words(name)
    return all(
        w in SMALL_WORDS or any(same_stem(w, k) for k in known.get(stem_of(w), ()))
        for w in fold(cell).split()
    )


def is_nothing(cell: str) -> bool:
    """Whether a cell says that a fact is not known or not written down."""
    text = cell.strip()
    return len(text) <= LONGEST_NOTHING and (
        text in ("", "-", "--", "—", "–", "?") or says_nothing(cell) or fold(text) in _nothing()
    )


def is_dash(cell: str) -> bool:
    """Whether a cell is a dash alone: a no only in columns that say no in no other way."""
    return bool(cell.strip()) and not cell.strip().strip("-–—")


def is_ambiguous(cell: str, name: str) -> bool:
    """Whether a cell has words that may be of several codes, so that a person is asked."""
    text = f" {fold(cell)} "
    return any(f" {fold(said)} " in text for said in _rules()["ambiguous"].get(name, ()))


def is_not_known(cell: str) -> bool:
    """Whether a cell says that a fact is not known, where another one says that it is not written down.

    >>> is_not_known("no sabemos"), is_not_known("s/d")
    (True, False)
    """
    said, telling = (
        {without_endings(w) for w in _rules()[name]} for name in ("not_known", "telling")
    )
    if cell.strip() == "?" or (without_endings(cell) and without_endings(cell) in said):
        return True
    return says_not_known(cell) and not telling & set(without_endings(cell).split())


def _answer(cell: str, exact: Mapping[str, str]) -> tuple[tuple[str, ...], bool] | None:
    """What an answer of yes or no says: a sign, that nobody asked, or its first word ("Y - by phone")."""
    for code, signs in _rules()["signs"].items():
        if cell.strip().casefold() in signs:
            return (code,), True
    if says_not_asked(cell):
        return ("not_asked",), True
    first = fold(_FIRST.split(cell.strip(), maxsplit=1)[0])
    return ((exact[first],), False) if first in exact else None


def _together(words: Sequence[str], name: str) -> str:
    """Code of the first rule of which every group has a word in the text; "" if there is none.

    A word of denial must be part of what one of the groups says ("not the planner").
    """
    for code, *groups in _rules()["together"]["rules"].get(name, ()):
        read = []
        for group in groups:
            if not (found := [p for p in _group(group) if holds(words, p)]):
                break
            read += found
        else:
            if not denials_in(words, read):
                return str(code)
    return ""


@cache
def _group(name: str) -> list[list[str]]:
    return [fold(words).split() for words in _rules()["together"]["groups"][name]]


@cache
def _values(name: str) -> tuple[dict[str, str], dict[str, list[tuple[list[str], str]]]]:
    by_code: dict[str, list[str]] = vocabulary("list_values")["values"][name]
    exact: dict[str, str] = {}
    for code, words in by_code.items():
        for word in (*words, code.replace("_", " ")):
            exact.setdefault(fold(word), code)
    phrases: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
    alone = {fold(word) for word in _rules()["alone"].get(name, ())}
    for text, code in exact.items():
        if len(text) > (1 if name in _OF_SHORT_WORDS else 3) and text not in alone:
            phrases[stem_of(text.split()[0])].append((text.split(), code))
    return exact, phrases


@cache
def _words(name: str) -> dict[str, set[str]]:
    """Words of a vocabulary, of its phrases and of what they mean together, by their beginnings."""
    groups = _rules()["together"]["groups"]
    of_rules = [g for _, *of in _rules()["together"]["rules"].get(name, ()) for g in of]
    texts = [*_values(name)[0], *(fold(str(w)) for g in of_rules for w in groups[g])]
    found: dict[str, set[str]] = defaultdict(set)
    for word in (w for text in texts for w in text.split()):
        found[stem_of(word)].add(word)
    return found


@cache
def _roots(name: str) -> dict[str, str]:
    """Words of a vocabulary without their endings, where these have one code."""
    found: dict[str, set[str]] = defaultdict(set)
    for text, code in _values(name)[0].items():
        if len(text) > 2:
            found[without_endings(text)].add(code)
    return {root: min(codes) for root, codes in found.items() if len(codes) == 1 and root}


@cache
def _rules() -> dict[str, Any]:
    return vocabulary("list_values")


@cache
def _attempts() -> list[list[str]]:
    return [fold(words).split() for words in vocabulary("list_values")["attempts"]]


@cache
def _nothing() -> frozenset[str]:
    return frozenset(fold(word) for word in vocabulary("list_values")["nothing"])
