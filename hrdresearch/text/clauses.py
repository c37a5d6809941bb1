"""The component ``hrd_clauses``: what of a text is denied, and what stands in quotation marks.

Rules over words, not a parse: a denial reaches from its word to the end of the clause or to a word such
as "but", ten words at most; a quotation from mark to mark. Words of denial stand in
``vocab/negation_words.yml``; the label of a span says of which kind: ``denied`` ("not"), ``lacking``
("without") or ``contested`` ("acquitted of"). The longest words win: "not guilty of" is no "not".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from hrdresearch.text.codes import CodeFinder, languages_of, rules_of
from hrdresearch.text.phrases import CLAUSE_ENDS

REACH = 10  # words that a denial reaches at most
TURN = "turn"
_STOPS = frozenset([*CLAUSE_ENDS, ",", "(", ")", "؛", "،"])
_QUOTATION = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|「[^」]*」|\"[^\"]*\"")


@Language.factory("hrd_clauses", assigns=["doc.spans"])
def make_clauses(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Component that fills ``doc.spans["denied"]`` and ``doc.spans["quoted"]``."""
    finder = CodeFinder(nlp.vocab, rules_of("negation_words", languages_of(nlp)), "denied")

    def find_clauses(doc: Doc) -> Doc:
        doc = finder(doc)
        cues = filter_spans(doc.spans["denied"])
        turns = {cue.start for cue in cues if cue.label_ == TURN}
        doc.spans["denied"] = [_reach(doc, cue, turns) for cue in cues if cue.label_ != TURN]
        quoted = (
            doc.char_span(m.start(), m.end(), label="quoted", alignment_mode="expand")
            for m in _QUOTATION.finditer(doc.text)
        )
        doc.spans["quoted"] = [span for span in quoted if span is not None]
        return doc

    return find_clauses


def is_within(span: Span, key: str) -> bool:
    """Whether a span lies in one of the spans of a key: ``denied`` or ``quoted``."""
    return any(s.start <= span.start and span.end <= s.end for s in span.doc.spans.get(key, ()))


def is_denied(span: Span) -> bool:
    """Whether a word such as "not" stands before a span in its clause, and nothing contests it.

    "Not charged with theft" denies the theft; "acquitted of theft" and "without a licence" do not.
    """
    kinds = {
        s.label_
        for s in span.doc.spans.get("denied", ())
        if s.start < span.start and span.end <= s.end
    }
    return "denied" in kinds and "contested" not in kinds


def _reach(doc: Doc, cue: Span, turns: Container[int]) -> Span:
    """From the word of denial to the end of its clause, or to a word at which it turns."""
    end = cue.end
    while end < min(len(doc), cue.end + REACH) and not _is_stop(doc, end) and end not in turns:
        end += 1
    return Span(doc, cue.start, end, label=cue.label_, span_id=cue.id_)


def _is_stop(doc: Doc, at: int) -> bool:
    """Whether a clause ends at a word; the point before a number is that of an abbreviation."""
    return doc[at].text in _STOPS and not (at + 1 < len(doc) and doc[at + 1].text[0].isdigit())
