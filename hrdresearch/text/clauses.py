"""The component ``hrd_clauses``: what of a text is denied, and what stands in quotation marks.

Rules over words, not a parse: a denial reaches from its word to the end of the clause or to a word such
as "but", ten words at most ("without" and its like four); one that stands behind what it denies ("the raid
never happened") reaches back; a quotation goes from mark to mark. Words of denial stand in
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

REACH = {"lacking": 4}  # words that a denial reaches at most; the others 10
REACH_BACK = 6
TURN, BEHIND = "turn", "behind"
_STOPS = frozenset([*CLAUSE_ENDS, ",", "(", ")", "؛", "،"])
_QUOTATION = re.compile(
    r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|「[^」]*」|\"[^\"]*\""
    r"|‘[^’]*’(?!\w)|(?<!\w)'[^']{3,}'(?!\w)"
)


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
    """Whether a span is ``denied`` by a word outside of it, or ``quoted`` in part or as a whole."""
    spans = span.doc.spans.get(key, ())
    if key == "denied":
        return any(_reaches(s, span) for s in spans)
    return any(s.start < span.end and span.start < s.end for s in spans)


def is_denied(span: Span) -> bool:
    """Whether a word such as "not" stands before a span in its clause, and nothing contests it.

    "Not charged with theft" denies the theft; "acquitted of theft" and "without a licence" do not.
    """
    kinds = {s.label_ for s in span.doc.spans.get("denied", ()) if _reaches(s, span)}
    return "denied" in kinds and "contested" not in kinds


def _reaches(denial: Span, span: Span) -> bool:
    """Whether a denial reaches a span that does not hold the word of denial itself."""
    if denial.kb_id_ == BEHIND:
        return denial.start <= span.start and span.end < denial.end
    return denial.start < span.start and span.end <= denial.end


def _reach(doc: Doc, cue: Span, turns: Container[int]) -> Span:
    """From the word of denial to the end of its clause, or to a word at which it turns; or back."""
    if cue.label_ == BEHIND:
        start = cue.start
        while start > max(0, cue.start - REACH_BACK) and not _is_stop(doc, start - 1):
            start -= 1
        return Span(doc, start, cue.end, label="denied", kb_id=BEHIND, span_id=cue.id_)
    end, most = cue.end, REACH.get(cue.label_, 10)
    while end < min(len(doc), cue.end + most) and not _is_stop(doc, end) and end not in turns:
        end += 1
    return Span(doc, cue.start, end, label=cue.label_, span_id=cue.id_)


def _is_stop(doc: Doc, at: int) -> bool:
    """Whether a clause ends at a word; the point before a number is that of an abbreviation."""
    return doc[at].text in _STOPS and not (at + 1 < len(doc) and doc[at + 1].text[0].isdigit())
