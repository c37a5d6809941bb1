"""Words of headings, looked up in the vocabulary of the fields of lists."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from hrdresearch.clean.word_forms import SMALL_WORDS, START, fold, holds, same_stem
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.list_examples import heading_examples

_OFFERED = re.compile(
    r"\(?(?<![^\W_])[^\W\d_]{1,2}(?:\s*/\s*[^\W\d_]{1,2})+(?![^\W_])\)?"
)  # Y/N/NK, M/F
_ENDINGS = re.compile(r"(?<=[^\W\d_])\([^\W\d_]{1,3}\)")  # задержан(а), Nombre(s), détenu(e)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_NESTED = re.compile(r"(?:[^\W\d_][\w-]*\.)+(\w[\w-]+)")
ABBREVIATED = 0.75
OF_EXAMPLE = 0.95  # a heading that is one of the examples
NO_FIELD = "none"  # of an example that is a field of no list
_NUMBERED = re.compile(r"(.*\D) (\d{1,2})")
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


@lru_cache(maxsize=5_000)
def heading_scores(heading: str) -> dict[str, float]:
    """How well a heading fits each field, from 0 to 1; fields that it does not fit are left out.

    1 is a heading of the vocabulary, 0.95 one of the examples, 0.9 one of two languages or a number beside
    it, 0.7 one with words more, 0.6 another spelling.

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
        is_short = "." in text and " " not in words  # "correg." is no "correo" but for its ending
        if numbered := _NUMBERED.fullmatch(words):  # "place 1" is the place, "place 2" another one
            words, at_best = numbered[1], at_best * (0.9 if int(numbered[2]) < 2 else 0.6)
        for phrase in _near_headings(words):
            best = _alike(words, phrase) * at_best
            if is_short and phrase != words and " " not in phrase:
                continue
            for field in _headings()[phrase] if best else ():
                found[field] = max(found.get(field, 0.0), best)
        for field in _abbreviated(text) if "." in text and not is_known else ():
            found[field] = max(found.get(field, 0.0), ABBREVIATED * at_best)
    if of_upper := _date_of_upper(parts):
        found = {f: mark for f, mark in found.items() if not f.startswith("date")} | of_upper
    if max(found.values(), default=0.0) < OF_EXAMPLE and fold(heading) in (known := _examples()):
        sure = {f: mark for f, mark in found.items() if mark >= 0.9}
        return {**sure, **dict.fromkeys(known[fold(heading)], OF_EXAMPLE)}
    if {"given_name", "family_name"} <= set(found):
        found["name"] = max(found.get("name", 0.0), 0.9)  # "surname and given names"
    if tells_of_birth(heading):
        found = {field: mark for field, mark in found.items() if field in ("birth_date", "age")}
    return found


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
    large = [*denied, *(w for w in words[len(denied) :] if w not in SMALL_WORDS)]
    return (
        words if len(large) == 1 < len(words) and len(large[0]) == 1 else large
    )  # "s no" is no "s"


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
def _examples() -> dict[str, tuple[str, ...]]:
    """Fields of each heading of the examples; () for one that is a field of no list.

    A heading that has two fields in one table tells neither.
    """
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for example in heading_examples():
        for table in example.tables.split():
            found[fold(example.heading)][table].add(example.field)
    return {
        phrase: tuple(sorted(set().union(*tables.values()) - {NO_FIELD}))
        for phrase, tables in found.items()
        if all(len(fields) == 1 for fields in tables.values())
    }


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
