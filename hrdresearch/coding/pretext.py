"""Codes charges (the pretexts of a detention) in many languages, with the words that each code rests on.

A charge says what the authorities allege. Its words are listed in ``vocab/pretext.yml``, articles of laws in
``vocab/statutes.yml``. A charge that neither knows gets the code ``other`` and is listed for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span

from hrdresearch.clean.text import says_nothing
from hrdresearch.text.clauses import is_denied
from hrdresearch.text.codes import first_of_each
from hrdresearch.text.fold import fold_word
from hrdresearch.text.pipeline import MOST_KEPT, nlp
from hrdresearch.text.references import charges_of_statutes
from hrdresearch.vocab import codes, vocabulary

NONE_GIVEN = ("not_disclosed", "no_charge")  # the first prevails
NO_CHARGE_ITSELF = "retaliation"  # no charge but a reason: "no charge" may stand beside it
BROUGHT = "brought"  # words before a charge: "charged with"
# Words of an accusation: of a court or case too, and "not charged with ... but with ...".
ACCUSES = frozenset((BROUGHT, "case", "no_charge"))
ACCOUNT = "account"  # "detained at a market", "she was": what happened, not a charge
CELL = 4  # a text of at most 4 words is a charge, even with a full stop: "Sedition."
_LAW = r"ley|decreto(?:[- ]ley)?|law|act|code|decree|ordinance|loi|d[ée]cret|lei|закон|قانون"
NAME_OF_LAW = re.compile(  # "under the Press Law", "(Cybercrime Act 2015)", "(Art. 5, Cybercrime Law)"
    rf"\b[Uu]nder (?:the )?(?-i:(?:[A-Z][\w-]*,? (?:and |of )?){{1,6}}(?:Law|Act|Code|Ordinance|Decree)\b)"
    rf"|\((?:(?:la|el|the|o|a)\s)?(?:{_LAW})\b[^()]*\)|\([^()]*\b(?:law|act|code|ordinance)(?:,?\s[\d/]+)?\)",
    re.I,
)
_BARE = (
    r"\s*\d{2,3}(?:[.\-]\d{1,2})?(?:\s*(?:ч|пп?|абз|part|par|inc|al)\b\.?\s*\W?\w{1,2}\b\W?)*\s*"
)
BARE_ARTICLES = re.compile(rf"{_BARE}(?:[,;]{_BARE})*[,;]?")
_PIECES = re.compile(r"[^,;/+|\n،؛]+")  # of a cell with several charges
_SHORT_END = re.compile(  # no end of a sentence: "integridad nac."
    r"\b(?:nac|nal|púb|org|agrav|estupef|ileg|gob|econ|terr|nat|natl|govt)\.\Z", re.IGNORECASE
)
SENTENCE_ENDS = (".", "。", "!", "؟", "?", "…")


@dataclass(frozen=True)
class Pretext:
    """A code of the vocabulary ``pretext``, and the words of the text that it rests on."""

    code: str
    evidence: str


def code_pretexts(text: str, language: str = "xx", state: str = "") -> list[Pretext]:
    """Return the codes of a charge, in the order of the vocabulary; an empty list if there is no charge.

    language: one of ``hrdresearch.text.LANGUAGES``; ``xx`` reads all of them. state: ISO3 code, needed for
    articles without the name of their statute, and for numbers alone ("275"). A charge that the text denies
    ("not with espionage") does not count; a charge of which the person was acquitted does. "No charge
    disclosed" is ``not_disclosed``, not ``no_charge``; both count only if the text names no charge.

    >>> code_pretexts("art. 280.3 and theft", state="RUS")[0]
    Pretext(code='false_news_armed_forces', evidence='art. 280.3')
    """
    return list(_read_charge(text, state, language))


def code_charges(
    charges: Iterable[tuple[str, str]], language: str = "xx", n_process: int = 1
) -> Iterator[list[Pretext]]:
    """Return the codes of many charges, in order, as ``code_pretexts`` does; equal charges are read once.

    charges: pairs of a text and the ISO3 code of its State (or ""). n_process: number of processes, as in
    spaCy's ``nlp.pipe``; more than one is quicker for long lists with few equal texts.
    """
    if n_process == 1:
        return (code_pretexts(text, language, state) for text, state in charges)
    texts = ((_prepared(text, state), state) for text, state in charges)
    read = nlp(language, "pretext").pipe(texts, as_tuples=True, n_process=n_process)
    return (_pretexts_of(doc, state) for doc, state in read)


@lru_cache(maxsize=MOST_KEPT)
def parts_without_code(text: str, state: str = "", language: str = "xx") -> tuple[str, ...]:
    """Parts of a cell of several charges that no rule reads, where another part has a code.

    A part is a word or a few between signs. Articles, dates, words of an accusation and what says that
    nothing is known are none.

    >>> parts_without_code("vzlt., treason"), parts_without_code("treason, art. 5")
    (('vzlt.',), ())
    """
    doc = nlp(language, "pretext")(_prepared(text, state))
    pieces = [m for m in _PIECES.finditer(doc.text) if any(map(str.isalpha, m[0]))]
    if len(pieces) < 2 or any(len(m[0].split()) > CELL for m in pieces) or _is_account(doc):
        return ()
    if not _first_of_code(doc, state):
        return ()
    keys = ("codes", "cues", "references", "statutes", "dates", "denied")
    read = [(s.start_char, s.end_char) for key in keys for s in doc.spans.get(key, ())]
    return tuple(
        m[0].strip()
        for m in pieces
        if not any(a < m.end() and m.start() < b for a, b in read)
        and not says_nothing(m[0].strip(" ."))
        and len(m[0].strip(" .")) > 1
    )


@lru_cache(maxsize=MOST_KEPT)
def _read_charge(text: str, state: str, language: str) -> tuple[Pretext, ...]:
    return tuple(_pretexts_of(nlp(language, "pretext")(_prepared(text, state)), state))


def _pretexts_of(doc: Doc, state: str) -> list[Pretext]:
    found = _first_of_code(doc, state)
    charges = [Pretext(c, found[c].text) for c in codes("pretext") if c in found]
    brought = [p for p in charges if p.code not in NONE_GIVEN and not _is_account(doc)]
    none_given = [p for c in NONE_GIVEN for p in charges if p.code == c]
    if all(p.code == NO_CHARGE_ITSELF for p in brought):
        brought += none_given[:1]
    return brought or _other(doc)


def _prepared(text: str, state: str) -> str:
    """A charge as spaCy gets it: the word for article is added to numbers alone ("207.3 ч. 2; 275")."""
    text = text.strip()
    if not state or not BARE_ARTICLES.fullmatch(text):
        return text
    return "; ".join(f"ст. {part.strip()}" for part in re.split(r"[,;]", text) if part.strip())


def _first_of_code(doc: Doc, state: str) -> dict[str, Span]:
    """The first words of each code, but not what is denied, a month, or the name of a law beside a charge."""
    others = [*doc.spans["statutes"], *doc.spans["dates"]]  # "March" is no assembly
    laws = [m.span() for m in NAME_OF_LAW.finditer(doc.text)]
    spans = [
        (span, any(a <= span.start_char and span.end_char <= b for a, b in laws))
        for span in doc.spans["codes"]
        if not any(other.start <= span.start and span.end <= other.end for other in others)
    ]
    is_alone = all(is_named for _, is_named in spans)  # the name of a law alone tells the charge
    told = [span for span, is_named in spans if is_alone or not is_named]
    told += charges_of_statutes(doc, state)
    counted = (span for span in told if span.label_ in NONE_GIVEN or not is_denied(span))
    return first_of_each(sorted(counted, key=lambda s: s.start))


def _is_account(doc: Doc) -> bool:
    """Whether a text only tells what happened: a sentence without a word of an accusation or an article."""
    accuses = doc.spans["references"] or not ACCUSES.isdisjoint(_labels(doc, "cues", "codes"))
    return _is_long(doc) and not accuses and _is_sentence(doc)


def _is_sentence(doc: Doc) -> bool:
    is_short = _is_abbreviated(doc) or _SHORT_END.search(doc.text)
    ends = doc.text.endswith(SENTENCE_ENDS) and not is_short
    return ends or ACCOUNT in _labels(doc, "cues")


def _is_abbreviated(doc: Doc) -> bool:
    """Whether a cell of one word, or of a few in pieces, ends in the point of a short form ("terr.")."""
    in_pieces = bool(set(doc.text[:-1]) & set(".,;")) or " " not in doc.text
    return doc.text.endswith(".") and in_pieces and not _is_long(doc)


def _is_long(doc: Doc) -> bool:
    return sum(t.is_alpha for t in doc) > CELL


def _labels(doc: Doc, *keys: str) -> set[str]:
    return {span.label_ for key in keys for span in doc.spans[key]}


def _only_denies(doc: Doc) -> bool:
    """Whether all words of a cell deny ("No.", "Ninguno")."""
    denials = set(vocabulary("list_values")["denials"])
    words = [fold_word(word) for word in re.findall(r"\w+", doc.text)]  # "No. 5" has a number
    return bool(words) and denials.issuperset(words)


def _other(doc: Doc) -> list[Pretext]:
    """The code ``other`` for a charge that no rule reads; nothing for a text that names no charge."""
    is_none = (
        says_nothing(doc.text.rstrip(" ."))
        or "itself" in _labels(doc, "denied")
        or _only_denies(doc)
    )
    is_charge = BROUGHT in _labels(doc, "cues") or not _is_sentence(doc)
    return [Pretext("other", doc.text)] if doc.text and is_charge and not is_none else []
