"""The component ``hrd_clauses``: what of a text is denied, and what stands in quotation marks.

Rules over words, not a parse: a denial reaches from its word to the end of the clause, ten words at
most; a quotation from mark to mark. Words of denial stand in ``vocab/negation_words.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span

from hrdresearch.text.codes import CodeFinder, languages_of, rules_of
from hrdresearch.text.phrases import CLAUSE_ENDS

REACH = 10  # words that a denial reaches at most
_STOPS = frozenset([*CLAUSE_ENDS, ",", "(", ")", "؛", "،"])
_QUOTATION = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|「[^」]*」|\"[^\"]*\"")


@Language.factory("hrd_clauses", assigns=["doc.spans"])
def make_clauses(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Component that fills ``doc.spans["denied"]`` and ``doc.spans["quoted"]``."""
    finder = CodeFinder(nlp.vocab, rules_of("negation_words", languages_of(nlp)), "denied")

    def find_clauses(doc: Doc) -> Doc:
        doc = finder(doc)
        doc.spans["denied"] = [_reach(doc, span) for span in doc.spans["denied"]]
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


def _reach(doc: Doc, cue: Span) -> Span:
    """From the word of denial to the end of its clause."""
    end = cue.end
    while end < len(doc) and end < cue.end + REACH and doc[end].text not in _STOPS:
        end += 1
    return Span(doc, cue.start, end, label="denied", span_id=cue.id_)
