"""The spaCy component ``hrd_clauses``: finds what a text denies, and what stands in quotation marks.

The rules look at words; no grammar of the sentence is read. A denial begins at its word and ends with the
clause, at a word that begins another clause ("but", "when", "and was"), or after ``REACH`` words (its own
included). It goes beyond a comma only in a list that ends with "or". A denial behind what it denies ("the
raid never happened") reaches back; an object that is nobody ("arrested nobody") denies its verb. The words
of denial are listed in ``vocab/negation_words.yml``. The label of a span is their kind: ``denied`` ("not"),
``none`` ("nobody"), ``lacking`` ("without"), ``itself`` ("nobody was punished ...": only the punishment is
denied), or ``contested`` ("acquitted of"). Of phrases that overlap the longest counts: "not guilty of" is not
read as "not".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from hrdresearch.text.codes import CodeFinder, languages_of, rules_of, spans_at
from hrdresearch.text.phrases import CLAUSE_ENDS

REACH = {"denied": 10, "none": 15, "lacking": 6, "contested": 10, "itself": 0}
REACH_BACK = 6  # most words that a denial reaches back
NAME = 3  # most words of a name in quotation marks
LIST = 5  # words behind a comma among which the "or" of a list stands
TURN, BEHIND, OBJECT, AND, OR = "turn", "behind", "object", "and", "or"
_STOPS = frozenset([*CLAUSE_ENDS, ",", "(", ")", "؛", "،", "，", "；"])
_QUOTATION = re.compile(
    r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|「[^」]*」|\"[^\"]*\""
    r"|‘[^’]*’(?!\w)|(?<!\w)'[^']{3,}'(?!\w)"
)


@Language.factory("hrd_clauses", assigns=["doc.spans"])
def make_clauses(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component that fills ``doc.spans["denied"]`` and ``doc.spans["quoted"]``."""
    finder = CodeFinder(nlp.vocab, rules_of("negation_words", languages_of(nlp)), "denied")

    def find_clauses(doc: Doc) -> Doc:
        doc = finder(doc)
        cues = filter_spans(doc.spans["denied"])
        links = {cue.start: cue.label_ for cue in cues if cue.label_ in (TURN, AND, OR)}
        doc.spans["denied"] = [_reach(doc, c, links) for c in cues if c.start not in links]
        quoted = (m for m in _QUOTATION.finditer(doc.text) if not _is_name(m))
        doc.spans["quoted"] = spans_at(doc, ((*m.span(), "quoted", "") for m in quoted))
        return doc

    return find_clauses


def _is_name(m: re.Match[str]) -> bool:
    """Whether quotation marks hold a name: up to three words with a capital letter, right behind a word."""
    inner, before = m[0][1:-1].strip(), m.string[: m.start()].rstrip()
    is_short = len(inner.split()) <= NAME and inner.replace(" ", "").isalpha()
    return is_short and inner[0].isupper() and before[-1:].isalnum()


def is_within(span: Span, key: str, but: str = "") -> bool:
    """Whether a word outside a span denies it, or quotation marks hold part of it.

    key: ``denied`` or ``quoted``. but: the kind of denial that does not count, such as ``lacking``.
    """
    if key == "denied":
        return any(kind != but for kind in _denials(span))
    return any(overlaps(s, span) for s in span.doc.spans.get(key, ()))


def is_denied(span: Span) -> bool:
    """Whether a word such as "not" or "nobody" denies a span, and no acquittal does.

    "Not charged with theft" denies the theft; "acquitted of theft" and "without a licence" do not.
    """
    kinds = _denials(span)
    return bool(kinds & {"denied", "none", "itself"}) and "contested" not in kinds


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans have a word in common."""
    return bool(one.start < other.end and other.start < one.end)


def _denials(span: Span) -> set[str]:
    """Kinds of the denials that reach a span; their word stands outside, or in a gap ("was not arrested").

    In a gap of a phrase that has a denial of its own ("without ..3 charged") it denies nothing more.
    """
    listed = span.doc.spans.get("denied", ())
    behind = (d for d in listed if d.kb_id_ == BEHIND and d.start < span.end < d.end)
    ahead = [d for d in listed if d.kb_id_ != BEHIND and d.start < span.end]
    gaps = span.kb_id_.split()
    is_own = any(d.start >= span.start and str(d.start) not in gaps for d in ahead)
    ahead = [d for d in ahead if d.start < span.start or not is_own]
    # "nobody was charged with ...": what denies itself alone need not hold the end of the phrase
    held = (d for d in ahead if d.end > (span.start if d.label_ == "itself" else span.end - 1))
    return {d.label_ for d in (*held, *behind)}


def _reach(doc: Doc, cue: Span, links: Mapping[int, str]) -> Span:
    """The words that a denial reaches: to the end of its clause or a word that begins another; or back.

    links: words such as "but", "and", "or", by their place.
    """
    if cue.label_ == OBJECT:
        return Span(doc, cue.start, cue.end, label="none", kb_id=BEHIND, span_id=cue.id_)
    if cue.label_ == BEHIND:
        least = max(0, cue.start - REACH_BACK)
        stops = (i + 1 for i in reversed(range(least, cue.start)) if _is_stop(doc, i, {}))
        start = next(stops, least)
        return Span(doc, start, cue.end, label="denied", kb_id=BEHIND, span_id=cue.id_)
    ends = {TURN, AND} if cue.label_ == "lacking" else {TURN}
    reach = range(cue.end, max(cue.end, min(len(doc), cue.start + REACH[cue.label_])))
    stops = (i for i in reach if _is_stop(doc, i, links) or links.get(i) in ends)
    # "acquitted the activist of theft" denies the theft
    start = cue.end - 1 if cue.label_ == "contested" else cue.start
    return Span(doc, start, next(stops, reach.stop), label=cue.label_, span_id=cue.id_)


def _is_stop(doc: Doc, at: int, links: Mapping[int, str]) -> bool:
    """Whether a clause ends at a sign; it does not at a point before a number or the comma of a list."""
    following = (links[i] for i in range(at + 1, at + 1 + LIST) if i in links)
    is_list = doc[at].text == "," and next(following, "") == OR
    is_number = at + 1 < len(doc) and doc[at + 1].text[0].isdigit()
    return doc[at].text in _STOPS and not is_list and not is_number
