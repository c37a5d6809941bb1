"""Reads sentences of courts as published, in twelve languages: their kind, and their length in years.

``parse_sentence("death, commuted to 20 years")`` is a term of 20 years. What the text leaves open is kept as
a range: if it does not say whether two terms run together or one after the other, the longer one is the
minimum and their sum the maximum. What no rule can read has the kind ``unparsed``. Method: spaCy finds
lengths of time (``text.lengths``) and the words of ``vocab/sentence_words.yml``; ``coding.statements``
decides which lengths are terms of imprisonment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Doc, Span

from hrdresearch.coding.cues import NEAR, NEXT, SENTENCE, pipeline
from hrdresearch.coding.end_dates import find_end_date
from hrdresearch.coding.sentence_kinds import KINDS, Sentence
from hrdresearch.coding.statements import Statements
from hrdresearch.coding.terms import read_term
from hrdresearch.text.fold import fold_word
from hrdresearch.text.lengths import years_of
from hrdresearch.text.pipeline import MOST_KEPT
from hrdresearch.vocab import vocabulary

__all__ = ["KINDS", "Sentence", "parse_sentence", "parse_sentences"]

_OR_LIFE = frozenset(
    ("to", "or", "a", "ou", "o", "u", "至", "到", "或", "الي", "او", "до", "или", "або")
)
_BETWEEN_NUMBERS = frozenset("-a") | {"to"}
_WRITTEN_SHORT = (
    (re.compile(r"\A\s*pend\.?\s*\Z", re.IGNORECASE), "pendiente"),
    # "6 yrs -> 4 yrs"
    (re.compile(r"(\d\s*[^\W\d_]*\.?)\s*(?:[-–=]+>|[→⇒←]|>(?=\s*\d))"), r"\1 → "),
    (re.compile(r"\b(years?|yrs?|months?) \+ (?=\S)"), r"\1 plus "),  # "3 years +" is "or more"
    (re.compile(r"(\d)\s?([amd])\.(?!\w)"), r"\1\2"),  # "4 a. y 2 m."
    (re.compile(r"(?<![\d.,])(\d+) a(?=(?: \d+ ?m)?\s*(?:\Z|[+,;(]))"), r"\1a"),  # "6 a 6 m", "5 a"
    (re.compile(r"(\da) (\d+) m(?!\w)"), r"\1 \2m"),
    (
        re.compile(r"(?<=[\w.])\s*\(\s*\d+(?:\s*\+\s*\d+)+\s*\)"),
        "",
    ),  # "14 a (8+6)": the parts of it
    (re.compile(r"判([一二三四五六七八九十\d]+)缓([一二三四五六七八九十\d]+)"), r"判\1年缓刑\2年"),
)
_FINES = re.compile(  # fines that are counted in days, beside a term
    r"(?:\s*(?:[+,;]|\b(?:y|e|et|and|plus|con|más|mas)\b)\s*|\s+)\d+\s*"
    r"(?:d\s?/\s?m|d\.\s?m\.|d[ií]as?[ -]multas?|jours?[ -]amendes?|day[ -]fines?|days?['’]? fines?)(?!\w)",
    re.I,
)
_TOWARDS = frozenset(
    fold_word(word)
    for roles in vocabulary("length_words")["phrases"].values()
    for word in roles.get("to", ())
)


@lru_cache(maxsize=MOST_KEPT)
def parse_sentence(text: str, language: str = "") -> Sentence:
    """Read a sentence: its kind, its minimum and maximum in years, and the words that they rest on.

    language: one of ``hrdresearch.text.LANGUAGES``; without it the words of all languages are looked for.
    The kind is ``unparsed`` if no rule can read the text, and ``not_disclosed`` if the text is empty.

    >>> read = parse_sentence("three to five years in prison")
    >>> read.kind, read.minimum, read.maximum
    ('term', 3.0, 5.0)
    """
    return _sentence_of(pipeline(language)(_write_out(text)))


def parse_sentences(
    texts: Iterable[str], language: str = "", n_process: int = 1
) -> Iterator[Sentence]:
    """Read many sentences, in order, as ``parse_sentence`` does; equal texts are read once.

    n_process: number of processes, as in spaCy's ``nlp.pipe``; more than one is quicker for long lists with
    few equal texts.
    """
    if n_process == 1:
        return (parse_sentence(text, language) for text in texts)
    docs = pipeline(language).pipe(map(_write_out, texts), n_process=n_process)
    return map(_sentence_of, docs)


def _sentence_of(doc: Doc) -> Sentence:
    if not doc.text.strip():
        return Sentence("not_disclosed")
    return _read(Statements(doc)) or Sentence("unparsed", evidence=doc.text.strip())


def _write_out(text: str) -> str:
    if _FINES.sub("", text).strip():
        text = _FINES.sub("", text)
    for pattern, written in _WRITTEN_SHORT:
        text = pattern.sub(written, text)
    return text


def _read(said: Statements) -> Sentence | None:
    flags = tuple(f for f in ("without_parole",) if said.of(f))
    unsure = (*flags, "unsure") if said.is_unsure else flags
    return (
        _read_change(said)
        or _read_step(said)
        or _read_annulment(said)
        or _read_life_or_death(said, "death", flags)
        or _read_life_or_death(said, "life", flags)
        or _read_end_date(said)
        or (read_term(said, said.served, unsure) if said.served else None)
        or _read_number(said)
        or _read_without_term(said)
    )


def _read_annulment(said: Statements) -> Sentence | None:
    """An acquittal or an annulled sentence, unless a term follows; pending if a retrial was ordered."""
    for cue in said.of("acquitted", "annulled"):
        begins = [b.start for b in said.of("but") if b.start >= cue.end]
        is_later = any(
            said.sentence(x) > said.sentence(cue) or any(cue.end <= b < x.start for b in begins)
            for x in said.served
        )
        is_of_others = bool(said.served) and said.is_of_others(cue)
        if not (is_later or is_of_others or said.is_asked(cue)):
            is_open = said.of("retrial") and not said.of("acquitted")
            return Sentence("pending" if is_open else "acquitted", evidence=cue.text)
    return None


def _read_end_date(said: Statements) -> Sentence | None:
    """The day on which a sentence ends, unless a term stands before it."""
    dated = find_end_date(said)
    if not dated or (said.served and said.served[0].start_char < dated[1]):
        return None
    date, _, evidence, precision = dated
    return Sentence("term", evidence=evidence, end_date=date, end_precision=precision)


def _read_without_term(said: Statements) -> Sentence | None:
    """What a text without a term says: not sentenced, no end, not disclosed, or another penalty."""
    asked = said.of("life", "death", "prison") or said.doc.spans["lengths"]
    for kind, roles in (
        ("pending", ("pending", "asked") if asked else ("pending",)),
        ("indefinite", ("indefinite",)),
        ("not_disclosed", ("not_disclosed",)),
        ("suspended", ("suspended",) if said.of("prison") or said.is_short else ()),
        ("not_prison", ("ban",)),
    ):
        if cues := said.of(*roles):
            is_left = kind == "pending" and said.lengths  # a length that may still be a term
            flags = ("suspended",) if kind == "suspended" else ("unsure",) if is_left else ()
            return Sentence(kind, evidence=cues[0].text, flags=flags)
    return None


def _read_change(said: Statements) -> Sentence | None:
    """What a sentence was changed to; "reduced by two years" is subtracted from the length before."""
    cues = reversed(said.of("changed", "changing"))
    cue = next((c for c in cues if not said.is_asked(c)), None)
    if cue is None or not (said.is_short or said.of("prison", "life", "death", "terms", "court")):
        return None
    here = [x for x in said.lengths if said.sentence(x) == said.sentence(cue)]
    before = [x for x in here if x.end <= cue.start]
    after = [x for x in here if x.start >= cue.end]
    earlier = before[-1:] or [x for x in said.lengths if x.end <= cue.start][-1:]
    flags: tuple[str, ...] = ("reduced_or_commuted",)
    first = {c.label_ for c in said.of("by", "from") if after and c.end == after[0].start}
    if "by" in first and earlier and (cue.label_ == "changed" or said.of("raised")):
        return _change_by(said, earlier[-1], after[0])
    after = [] if "from" in first and before else after
    kinds = [] if after else _kinds_changed_to(said, cue)
    if kinds:
        return Sentence(kinds[-1].label_, evidence=kinds[-1].text, flags=flags)
    told = after or before
    together = [x for x in told if said.places[x.start] == said.places[told[0].start]]
    reached = any(c.end in (x.start, x.end) for c in said.of("reached") for x in together)
    if together and (after or reached or len(together) > 1 or _is_range(together[0])):
        return _changed_to(said, cue, together, flags)
    if before and said.served and cue.label_ == "changed":  # "raised" alone is said of much else
        last = read_term(said, before, ())
        return replace(
            last, minimum=0.0, flags=(*last.flags, *flags)
        )  # reduced, but not said to what
    return None


def _kinds_changed_to(said: Statements, cue: Span) -> list[Span]:
    """Words of life or death behind the word of a change; before it if both stand in its sentence."""
    kinds = [c for c in said.of("death", "life") if c.start >= cue.end]
    # the verb stands last: "idam cezası müebbet hapse çevrildi" (death to life)
    both = sorted(said.beside(cue, "death", "life", level=SENTENCE), key=lambda c: c.start)
    return kinds or (both if len({c.label_ for c in both}) > 1 else [])


def _changed_to(
    said: Statements, cue: Span, together: list[Span], flags: tuple[str, ...]
) -> Sentence:
    """The sentence after a change: the last of the lengths that stand together."""
    new = together[-1]
    low, high = years_of(new)
    low = high if high is not None and _is_range(new) else low
    evidence = said.doc[min(cue.start, new.start) : max(cue.end, new.end)].text
    others = any(cue.end <= c.start < new.start for c in said.of("ban"))
    flags += ("unsure",) * (new.label_ == "bare")
    if others and not any(0 <= c.start - new.end < NEXT for c in said.beside(new, "prison")):
        return Sentence("not_prison", evidence=evidence, flags=(*flags, "unsure"))
    if (len(together) == 1 or cue.label_ == "changing") and _is_suspended(said, new):
        flags = (*flags, *("unsure",) * (len(together) > 1), "suspended")
        return Sentence("suspended", low, high, evidence, flags=flags)
    return Sentence("term", low, high, evidence, flags=flags)


def _is_suspended(said: Statements, length: Span) -> bool:
    """Whether the words right behind a length say that it is suspended as a whole."""
    cues = said.beside(length, "suspended", level=SENTENCE)
    parts = [p for p in said.of("part") if not p.start <= length.start < p.end]
    return any(0 <= c.start - length.end <= NEAR for c in cues) and not parts


def _read_step(said: Statements) -> Sentence | None:
    """The second of two lengths with an arrow between ("6 yrs -> 4 yrs"), or of "three years to two"."""
    for old, new in pairwise(said.lengths):
        between = [t.norm_ for t in said.doc[old.end : new.start] if not t.is_space]
        is_near = 0 < len(between) <= 2 and between[-1] in _TOWARDS  # "down to"
        is_down = is_near and years_of(old)[0] > years_of(new)[0]
        if between == ["→"] or is_down:
            evidence = said.doc[old.start : new.end].text
            return Sentence("term", *years_of(new), evidence, flags=("reduced_or_commuted",))
    return None


def _is_range(length: Span) -> bool:
    low, high = years_of(length)
    return high is not None and low < high


def _change_by(said: Statements, old: Span, step: Span) -> Sentence:
    sign = 1 if said.of("raised") else -1
    (low, high), (least, most) = years_of(old), years_of(step)
    minimum = round(max(low + sign * least, 0.0), 4)
    maximum = None if high is None or most is None else round(max(high + sign * most, minimum), 4)
    evidence = said.doc[old.start : step.end].text
    return Sentence("term", minimum, maximum, evidence, flags=("reduced_or_commuted",))


def _read_life_or_death(said: Statements, kind: str, flags: tuple[str, ...]) -> Sentence | None:
    """Life or death; "20 years to life" keeps its minimum, "10 years or life" is a range."""
    cue = next((c for c in said.of(kind) if not said.is_asked(c)), None)
    if cue is None:
        return None
    flags = (*flags, "suspended") if kind == "death" and said.of("suspended") else flags
    before = [x for x in said.doc.spans["lengths"] if x.end <= cue.start][-1:]
    words = [t for x in before for t in said.doc[x.end : cue.start] if not t.is_punct]
    if kind == "life" and words and len(words) <= 4 and words[0].norm_ in _OR_LIFE:
        evidence = said.doc[before[0].start : cue.end].text
        return Sentence(kind, years_of(before[0])[0], None, evidence, flags=flags)
    return Sentence(kind, evidence=cue.text, flags=flags)


def _read_number(said: Statements) -> Sentence | None:
    """A text that is a number, or two, and nothing else: years are assumed."""
    numbers = list(said.doc.spans["numbers"])
    inside = {i for n in numbers for i in range(n.start, n.end)}
    others = {t.norm_ for t in said.doc if t.i not in inside and not t.is_space}
    values = sorted(years_of(n)[0] for n in numbers)
    if len(values) not in (1, 2) or not others <= _BETWEEN_NUMBERS or values[-1] > 100:
        return None
    return Sentence("term", values[0], values[-1], said.doc.text.strip(), flags=("years_assumed",))
