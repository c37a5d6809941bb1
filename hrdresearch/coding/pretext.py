"""Charges as brought, in many words and languages, to codes, with the words they rest on.

A charge says what the authorities alleged. The words stand in ``vocab/pretext.yml`` and the articles
in ``vocab/statutes.yml``; a charge that neither reads is ``other``, which is shown and listed.
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
from hrdresearch.text.pipeline import MOST_KEPT, nlp
from hrdresearch.text.references import charges_of_statutes
from hrdresearch.vocab import codes

NONE_GIVEN = ("not_disclosed", "no_charge")  # the first prevails
NO_CHARGE_ITSELF = "retaliation"  # a class of lists that says why, and may stand beside these
BROUGHT = "brought"  # words that a charge follows
# Words that accuse: those of courts and cases, too, and "not charged with ... but with ...".
ACCUSES = frozenset((BROUGHT, "case", "no_charge"))
ACCOUNT = "account"  # "detained at a market", "she was": words of a tale, not of a charge
CELL = 4  # words of a charge that may stand alone before a full stop: "Sedition."
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
SENTENCE_ENDS = (".", "。", "!", "؟", "?", "…")


@dataclass(frozen=True)
class Pretext:
    """A code, and the words of the text that gave it."""

    code: str
    evidence: str


def code_pretexts(text: str, language: str = "xx", state: str = "") -> list[Pretext]:
    """Pretexts of a charge in the order of the vocabulary; a text that names no charge gives none.

    language: of ``hrdresearch.text.LANGUAGES``; ``xx`` reads all. state: ISO3, for articles whose
    statute is not named, and for numbers alone ("275"). A charge that the text denies ("not with espionage")
    does not count; one of which the person was acquitted does. "No charge disclosed" is not
    disclosed, not "no charge";
    either gives way to a charge that stands in the same text.

    >>> code_pretexts("art. 280.3 and theft", state="RUS")[0]
    Pretext(code='false_news_armed_forces', evidence='art. 280.3')
    """
    return list(_read_charge(text, state, language))


def code_charges(
    charges: Iterable[tuple[str, str]], language: str = "xx", n_process: int = 1
) -> Iterator[list[Pretext]]:
    """Pretexts of many charges in their order, as ``code_pretexts`` reads one; the same charge is read once.

    charges: each a text and the ISO3 of its State or "". n_process: processes that read, as in spaCy's
    ``nlp.pipe``; more than one are for long lists of texts of which few are the same.
    """
    if n_process == 1:
        return (code_pretexts(text, language, state) for text, state in charges)
    texts = ((_prepared(text, state), state) for text, state in charges)
    read = nlp(language, "pretext").pipe(texts, as_tuples=True, n_process=n_process)
    return (_pretexts_of(doc, state) for doc, state in read)


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
    """A charge as it is read: numbers of articles alone ("207.3 ч. 2; 275") get the word of an article."""
    text = text.strip()
    if not state or not BARE_ARTICLES.fullmatch(text):
        return text
    return "; ".join(f"ст. {part.strip()}" for part in re.split(r"[,;]", text) if part.strip())


def _first_of_code(doc: Doc, state: str) -> dict[str, Span]:
    """The first words of each code; what is denied, a month, or the name of a law beside a charge is none."""
    others = [*doc.spans["statutes"], *doc.spans["dates"]]  # "March" is no assembly
    laws = [m.span() for m in NAME_OF_LAW.finditer(doc.text)]
    spans = [
        (span, any(a <= span.start_char and span.end_char <= b for a, b in laws))
        for span in doc.spans["codes"]
        if not any(other.start <= span.start and span.end <= other.end for other in others)
    ]
    is_alone = all(is_named for _, is_named in spans)  # a law that stands alone tells the charge
    told = [span for span, is_named in spans if is_alone or not is_named]
    told += charges_of_statutes(doc, state)
    counted = (span for span in told if span.label_ in NONE_GIVEN or not is_denied(span))
    return first_of_each(sorted(counted, key=lambda s: s.start))


def _is_account(doc: Doc) -> bool:
    """Whether a text tells what happened and accuses nobody: a sentence without a word of an accusation."""
    labels = {span.label_ for key in ("cues", "codes") for span in doc.spans[key]}
    is_short = sum(t.is_alpha for t in doc) <= CELL
    return (
        _is_sentence(doc) and not is_short and not labels & ACCUSES and not doc.spans["references"]
    )


def _is_sentence(doc: Doc) -> bool:
    return doc.text.endswith(SENTENCE_ENDS) or any(
        span.label_ == ACCOUNT for span in doc.spans["cues"]
    )


def _other(doc: Doc) -> list[Pretext]:
    """``other`` for words that no rule reads; nothing for what speaks of no accusation."""
    if says_nothing(doc.text) or any(s.label_ == "itself" for s in doc.spans["denied"]):
        return []
    is_brought = any(span.label_ == BROUGHT for span in doc.spans["cues"])
    is_named = doc.text and (is_brought or not _is_sentence(doc))
    return [Pretext("other", doc.text)] if is_named else []
