"""Words of headings and cells, looked up in the vocabularies of lists."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from hrdresearch.clean.text import says_not_asked, says_not_known, says_nothing
from hrdresearch.clean.word_roots import without_endings
from hrdresearch.run.own_lists.denials import denials_in, not_denied
from hrdresearch.run.own_lists.governed_acts import acts_of, is_threat_of_death, parts_joined
from hrdresearch.run.own_lists.word_forms import (
    START,
    fold,
    holds,
    places_of,
    same_stem,
    stem_of,
)
from hrdresearch.vocab import vocabulary

_OFFERED = re.compile(
    r"\(?(?<![^\W_])[^\W\d_]{1,2}(?:\s*/\s*[^\W\d_]{1,2})+(?![^\W_])\)?"
)  # Y/N/NK, M/F
_ENDINGS = re.compile(r"(?<=[^\W\d_])\([^\W\d_]{1,3}\)")  # задержан(а), Nombre(s), détenu(e)
_GENDERED = re.compile(r"(?<=[^\W\d_])(?:\([^\W\d_]{1,3}\)|[/·](?:[aeo]|as|os|es)(?![^\W\d_]))")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_NESTED = re.compile(r"(?:[^\W\d_][\w-]*\.)+(\w[\w-]+)")
_FIRST = re.compile(r"\s+[-–—]\s+|[,:;(]")
FACTS = ("asked_fact", "recorded_fact")
ABBREVIATED = 0.75
_NUMBERED = re.compile(r"(.*\D) (\d{1,2})")
LONGEST_NOTHING = 40  # letters of a cell that says that nothing is known
UNITS = {
    "years": (
        "year",
        "years",
        "anos",
        "ano",
        "ans",
        "annees",
        "лет",
        "годы",
        "سنوات",
        "سنه",
        "بالسنوات",
    ),
    "months": ("month", "months", "meses", "mois", "месяцев", "месяцы", "اشهر", "شهر", "بالاشهر"),
    "days": ("day", "days", "dias", "jours", "дней", "ايام", "يوم"),
}
BIRTH = frozenset(
    ("birth", "born", "nacimiento", "naissance", "nascimento", "рождения", "الميلاد", "الولاده")
)
DATE_WORDS = (
    "date",
    "fecha",
    "data",
    "дата",
    "تاريخ",
    "التاريخ",
    "day",
    "dia",
    "jour",
    "день",
    "اليوم",
)
DENIALS = frozenset(
    ("no", "not", "sin", "sans", "pas", "sem", "nao", "без", "не", "بدون", "لم", "دون")
)
ALIKE = (
    88.0  # of two headings, in per cent, by rapidfuzz; below it words of another meaning come in
)
# fmt: off
SMALL_WORDS = frozenset((
    "de", "del", "la", "el", "los", "las", "of", "the", "a", "an", "in", "on", "at", "du", "des", "le", "les",
    "l", "d", "da", "do", "dos", "das", "em", "no", "na", "y", "et", "e", "и", "в", "о", "по", "с",
))
# fmt: on


@lru_cache(maxsize=5_000)
def heading_scores(heading: str) -> dict[str, float]:
    """How well a heading fits each field, from 0 to 1; fields that it does not fit are left out.

    1 is a heading of the vocabulary, 0.9 one of two languages or a number beside it, 0.7 one with words
    more, 0.6 another spelling.

    >>> heading_scores("Fecha de asesinato")["date"], heading_scores("Victim's age (years)")["age"]
    (1.0, 0.7)
    """
    found: dict[str, float] = {}
    whole = unicodedata.normalize("NFC", heading).casefold()
    names = {name.strip(" :.") for name in (whole, whole.rpartition(" / ")[2])}  # below a band
    for field, entry in vocabulary("list_fields")["fields"].items():
        if names.intersection(entry.get("accented", ())):
            return {field: 1.0}
    heading = _ENDINGS.sub("", heading)
    is_known = fold(heading) in _headings()
    asked = heading if is_known else _OFFERED.sub(" ", heading).strip() or heading
    parts = [p for p in re.split(r"[/|()\[\]:]", asked) if fold(p)]
    bare = _BRACKETS.sub(" ", asked)
    of_parts = dict.fromkeys(parts if len(parts) > 1 else (), 0.9)
    if nested := _NESTED.fullmatch(heading):  # "victim.full_name" of a record within a record
        of_parts[nested[1]] = 0.95
    if " / " in asked:  # the upper of two names may stand over columns of other fields
        of_parts[parts[0]] = 0.65
    texts = {bare: 0.95, **of_parts, asked: 1.0}
    for text, at_best in texts.items():
        words = fold(re.sub(r"\(\d+\)\Z", "", text))
        if numbered := _NUMBERED.fullmatch(words):  # "place 1" is the place, "place 2" another one
            words, at_best = numbered[1], at_best * (0.9 if int(numbered[2]) < 2 else 0.6)
        for phrase in _near_headings(words):
            best = _alike(words, phrase) * at_best
            for field in _headings()[phrase] if best else ():
                found[field] = max(found.get(field, 0.0), best)
        for field in _abbreviated(text) if "." in text else ():
            found[field] = max(found.get(field, 0.0), ABBREVIATED * at_best)
    if of_upper := _date_of_upper(parts):
        found = {f: mark for f, mark in found.items() if not f.startswith("date")} | of_upper
    if {"given_name", "family_name"} <= set(found):
        found["name"] = max(found.get("name", 0.0), 0.9)  # "surname and given names"
    if tells_of_birth(heading):
        found = {field: mark for field, mark in found.items() if field in ("birth_date", "age")}
    return found


_OF_ATTEMPTS: dict[str, tuple[str, ...]] = {"list_status": ("at_risk",), "death_type": ()}


@lru_cache(maxsize=20_000)
def code_of(cell: str, name: str) -> tuple[tuple[str, ...], bool]:
    """Codes that a cell names in a vocabulary, and whether the whole cell is such a word.

    >>> code_of("Policía Nacional", "perpetrator"), code_of("un campesino", "identity")
    ((('police',), True), (('farmer',), False))
    """
    text = fold(cell)
    exact, _ = _values(name)
    if text in exact:
        return (exact[text],), True
    if (bare := fold(_GENDERED.sub("", cell))) in exact:  # detenido/a
        return (exact[bare],), True
    if (root := without_endings(_GENDERED.sub("", cell))) in (
        of_roots := _roots(name)
    ):  # but for its ending
        return (of_roots[root],), True
    if name == "attack_act" and (acts := acts_of(cell, _plain_acts)) is not None:
        return acts, False
    if name in _OF_PARTS:
        cell = _without_side(cell)
        parts = [] if denials_in(fold(cell).split(), ()) else parts_joined(cell)
        of_parts = [_of_part(part, name) for part in parts if fold(part)]
        if len(of_parts) > 1 and all(of_parts):
            return tuple(dict.fromkeys(code for of in of_parts for code in of)), False
    return _near_words(cell, fold(cell), name)


_OF_PARTS = ("perpetrator", "cause")  # of a cell of several, each part is read by itself


def _of_part(part: str, name: str) -> tuple[str, ...]:
    """Codes of a part of a cell; of "elementos de PNC" those of the short name in capitals."""
    exact, _ = _values(name)
    if fold(part) in exact:
        return (exact[fold(part)],)
    short = [exact[fold(w)] for w in part.split() if w.isupper() and fold(w) in exact]
    return _near_words(part, fold(part), name)[0] or tuple(short)


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
    if any(f" {fold(said)} " in f" {text} " for said in _rules()["ambiguous"].get(name, ())):
        return (), False
    near = [pair for key in dict.fromkeys(map(stem_of, words)) for pair in phrases.get(key, ())]
    hits = [(len(phrase), code, phrase) for phrase, code in near if holds(words, phrase)]
    stands = not_denied(words, [phrase for *_, phrase in hits])
    hits = [hit for hit, is_left in zip(hits, stands, strict=True) if is_left]
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


def is_word_of(cell: str, name: str) -> bool:
    """Whether a whole cell is a word of a vocabulary."""
    return fold(cell) in _values(name)[0]


def is_nothing(cell: str) -> bool:
    """Whether a cell says that a fact is not known or not written down."""
    text = cell.strip()
    return len(text) <= LONGEST_NOTHING and (
        text in ("", "-", "--", "—", "–", "?") or says_nothing(cell) or fold(text) in _nothing()
    )


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


def says_the_contrary(heading: str, field: str) -> bool:
    """Whether a yes under a heading is a no of the field: "had a lawyer" of a field "lawyer absent".

    >>> [says_the_contrary(h, "lawyer_absent") for h in ("¿Tuvo abogado/a?", "No tuvo abogado")]
    [True, False]
    """
    words = fold(_OFFERED.sub(" ", heading)).split()
    for phrase in vocabulary("list_fields")["fields"][field].get("contrary", ()):
        other = fold(phrase).split()
        for at in range(len(words) - len(other) + 1):
            if holds(words[at : at + len(other)], other) and not DENIALS & set(words[:at]):
                return True
    return False


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


def _date_of_upper(parts: Sequence[str]) -> dict[str, float]:
    """Fields of a bare "date" below a heading that says of what: "Detención / Fecha" is of the arrest."""
    if len(parts) < 2 or fold(parts[-1]) not in DATE_WORDS:
        return {}
    known, upper = vocabulary("list_fields")["fields"], fold(parts[-2])
    found: dict[str, float] = {}
    for text in [t for d in DATE_WORDS for t in (f"{d} {upper}", f"{upper} {d}")]:
        for phrase in _near_headings(text) if upper not in DATE_WORDS else ():
            if _alike(text, phrase) >= 0.95:  # the same words, but for their ends
                of = [f for f in _headings()[phrase] if known[f]["kind"] == "date"]
                found |= dict.fromkeys(of, 0.95)
    return found


def _alike(words: str, phrase: str) -> float:
    if words == phrase:
        return 1.0
    if not words:
        return 0.0
    mine, other = _large_words(words), _large_words(phrase)
    if mine == other and mine:
        return 1.0
    if len(other) == len(mine) and all(same_stem(a, b) for a, b in zip(mine, other, strict=True)):
        return 0.95 if mine else 0.0
    if (
        other
        and holds(mine, other)
        and (len(" ".join(other)) > 2 or other in ([mine[0]], [mine[-1]]))
    ):
        return 0.7 if len(other) * 2 >= len(mine) else 0.55
    if len(words) > 5 and words[0] == phrase[0] and fuzz.ratio(words, phrase) >= ALIKE:
        return 0.6
    return 0.0


def _abbreviated(heading: str) -> set[str]:
    """Fields of known headings that a heading with points abbreviates: "Obs.", "F. del hecho", "Г.р."

    >>> sorted(_abbreviated("Г.р.")), sorted(_abbreviated("Obs."))
    (['birth_date'], ['notes'])
    """
    words = [(w, dot == ".") for w, dot in re.findall(r"([^\W\d_]+)(\.?)", heading)]
    mine = [(fold(w), is_short) for w, is_short in words if fold(w) not in SMALL_WORDS or is_short]
    if not any(is_short for _, is_short in mine):
        return set()
    found = set()
    for phrase, fields in _headings().items():
        for other in (_large_words(phrase), phrase.split()):
            if len(other) == len(mine) and all(
                _shortens(w, o) if is_short else same_stem(w, o)
                for (w, is_short), o in zip(mine, other, strict=True)
            ):
                found |= set(fields)
    return found


def _shortens(short: str, word: str) -> bool:
    """Whether letters of a word, from its first one on and in their order, are its abbreviation."""
    rest = iter(word)
    return word[0] == short[0] and len(short) < len(word) and all(c in rest for c in short)


def tells_of_birth(heading: str) -> bool:
    """Whether a heading speaks of a birth: a place or State in such a column is not that of the act."""
    return bool(BIRTH & set(fold(heading).split()))


def unit_of(heading: str) -> str:
    """What numbers under a heading count, "?" where it does not say.

    >>> unit_of("Condena (años)"), unit_of("Sentence")
    ('years', '?')
    """
    words = set(fold(heading).split())
    return next((unit for unit, known in UNITS.items() if words & set(known)), "?")


@cache
def _large_words(text: str) -> list[str]:
    words = text.split()
    denied = (
        words[:1] if words[:1] == ["no"] and len(words) > 1 else []
    )  # "no lawyer" is no "lawyer"
    return [*denied, *(w for w in words[len(denied) :] if w not in SMALL_WORDS)]


@cache
def _headings() -> dict[str, tuple[str, ...]]:
    """Fields of each known heading."""
    found: dict[str, list[str]] = defaultdict(list)
    for field, entry in vocabulary("list_fields")["fields"].items():
        for phrase in dict.fromkeys(
            fold(h) for h in (*entry["headings"], *entry.get("contrary", ())) if fold(h)
        ):
            found[phrase].append(field)
    return {phrase: tuple(fields) for phrase, fields in found.items()}


@cache
def _headings_by_start() -> dict[str, tuple[str, ...]]:
    """Known headings by the first letters of each of their words: what ``_alike`` may find near a word."""
    found: dict[str, list[str]] = defaultdict(list)
    for phrase in _headings():
        for start in dict.fromkeys(word[:START] for word in phrase.split()):
            found[start].append(phrase)
    return {start: tuple(phrases) for start, phrases in found.items()}


def _near_headings(words: str) -> list[str]:
    """Known headings that share the beginning of a word with a heading, or are spelled nearly alike."""
    by_start = _headings_by_start()
    shared = [p for w in words.split() for p in by_start.get(w[:START], ())]
    spelled = process.extract(
        words, _headings().keys(), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None
    )
    return list(dict.fromkeys([*shared, *(phrase for phrase, *_ in spelled)]))


@cache
def _values(name: str) -> tuple[dict[str, str], dict[str, list[tuple[list[str], str]]]]:
    by_code: dict[str, list[str]] = vocabulary("list_values")["values"][name]
    exact: dict[str, str] = {}
    for code, words in by_code.items():
        for word in (*words, code.replace("_", " ")):
            exact.setdefault(fold(word), code)
    phrases: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
    for text, code in exact.items():
        if len(text) > 3:
            phrases[stem_of(text.split()[0])].append((text.split(), code))
    return exact, phrases


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
