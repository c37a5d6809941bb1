"""Proposes a row of a list from a text on an attack: values with the words that they rest on.

A person decides on every value (``hrdresearch read``). Names of persons are never proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from hrdresearch.coding.incident import UNTOLD, code_read_incident, is_not_told, read_incidents
from hrdresearch.coding.incident_date import acts_of
from hrdresearch.vocab import vocabulary

FIELDS = (
    "date",
    "place",
    "state_iso3",
    "violations",
    "acts",
    "perpetrator",
    "perpetrator_kind",
    "victims",
    "number_of_victims",
    "as_written",
)
SEPARATOR = "|"
_PLURAL = re.compile(r"(?:[^s]s|people|children|men|women)$", re.IGNORECASE)
_BEFORE = 4  # words before the word for victims in which their number may stand


@dataclass(frozen=True)
class Evidence:
    """The words that a value rests on: ``text[start:end]``, number of their sentence (from 1), rule."""

    field: str
    value: str
    start: int
    end: int
    sentence: int
    rule: str


@dataclass(frozen=True)
class ProposedRow:
    """Values by field (several codes joined by ``|``; "" if the text says nothing), and their evidence."""

    values: dict[str, str]
    evidence: tuple[Evidence, ...]


def propose_row(text: str, published: str = "") -> ProposedRow:
    """Return the row that one text proposes; published: its day of publication (2021-03-08), for dates.

    >>> propose_row("Police arrested a reporter in Osh, Kyrgyzstan, on 7 March 2024.").values["place"]
    'Osh'
    """
    return next(propose_rows([(text, published)]))


def propose_rows(texts: Sequence[tuple[str, str]], n_process: int = 1) -> Iterator[ProposedRow]:
    """Return the rows that texts propose, in order; texts: pairs of a text and its day of publication."""
    docs = read_incidents((text for text, _ in texts), n_process)
    return (_propose(doc, published) for doc, (_, published) in zip(docs, texts, strict=True))


def _propose(doc: Doc, published: str) -> ProposedRow:
    coded = code_read_incident(doc, published)
    values = {
        "date": coded.date,
        "place": coded.place,
        "state_iso3": coded.state_iso3 or "",
        "violations": SEPARATOR.join(v for v in coded.violations if v != "unknown"),
        "acts": SEPARATOR.join(coded.acts),
        "perpetrator": coded.perpetrator,
        "victims": SEPARATOR.join(coded.victims),
    }
    told = {field: _first(doc, f"{field}.") for field in ("perpetrator", "victim")}
    kept = [_as_evidence(name, values[name], span) for name, span in coded.spans.items()]
    kept += [e for e in _evidence(doc) if e.value in values[e.field].split(SEPARATOR)]
    if (span := told["perpetrator"]) is not None and coded.perpetrator != UNTOLD:
        span = _first(doc, f"perpetrator.{coded.perpetrator}") or span
        values["perpetrator_kind"] = _finer_kind(span)
        kept += [_as_evidence("perpetrator_kind", values["perpetrator_kind"], span)]
    if (span := told["victim"]) is not None:
        number, counted = _number(span)
        values["number_of_victims"] = number
        kept += [_as_evidence("number_of_victims", number, counted)] if number else []
    written = [s for s in doc.spans["codes"] if s.label_ == "as_written"]
    values["as_written"] = SEPARATOR.join(dict.fromkeys(s.text.lower() for s in written))
    kept += [_as_evidence("as_written", s.text, s) for s in written]
    return ProposedRow({field: values.get(field, "") for field in FIELDS}, tuple(kept))


def _evidence(doc: Doc) -> Iterator[Evidence]:
    """The first words of each code of a text."""
    seen = set()
    fields = {"violation": "violations", "victim": "victims", "perpetrator": "perpetrator"}
    for span in doc.spans["codes"]:
        kind, _, code = span.label_.partition(".")
        field = fields.get(kind, "acts" if span.id_.startswith("incident_act:") else "")
        is_told = field not in ("acts", "violations") or not is_not_told(span)
        if field and is_told and (field, span.label_) not in seen:
            seen.add((field, span.label_))
            yield _as_evidence(field, code or kind, span)


def _as_evidence(field: str, value: str, span: Span) -> Evidence:
    sentence = sum(s.start <= span.start for s in span.doc.sents)
    rule = span.id_ if ":" in span.id_ else f"{field}:{span.label_ or 'name'}"
    return Evidence(field, value, span.start_char, span.end_char, sentence, rule)


def _first(doc: Doc, label: str) -> Span | None:
    """The first phrase with this label in a sentence with an act, else the first in the text; or None."""
    acts = {doc[a].sent.start for a in acts_of(doc)}
    spans = [s for s in doc.spans["codes"] if s.label_.startswith(label)]
    return next((s for s in spans if s.sent.start in acts), spans[0] if spans else None)


def _finer_kind(span: Span) -> str:
    """Code of vocabulary ``perpetrator`` for the words of a span; ``unknown`` if they say nothing."""
    kinds = vocabulary("incident")["kinds_of_perpetrator"]
    word = span.text.lower().removeprefix("by ").removeprefix("the ")
    return next((k for k, words in kinds.items() if word.startswith(tuple(words))), "unknown")


def _number(span: Span) -> tuple[str, Span]:
    """Number of victims before or in a phrase, with the words; "" for a plural without a number."""
    words = vocabulary("date_words")["numbers"]["en"]
    for token in reversed(span.doc[max(span.sent.start, span.start - _BEFORE) : span.start]):
        number = int(token.text) if token.text.isdecimal() else words.get(token.lower_, 0)
        if 1 < number < 1900:
            return str(number), span.doc[token.i : span.end]
        if token.is_punct:
            break
    return ("" if _PLURAL.search(span.text) else "1"), span
