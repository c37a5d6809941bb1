"""Codes decisions of treaty bodies: outcome, articles, measures, State, day, concern with defenders.

spaCy finds the phrases of the vocabularies ``view_outcome``, ``view_ended``, ``view_remedy``,
``view_concern`` and ``upr_concern``. Outcome, measures and concern are given with the number of their
paragraph. Opinions of single members of a Committee are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
from spacy.tokens import Doc, Span

from hrdresearch.coding.recommendations import EXPLICIT, IMPLICIT, NO, language_of
from hrdresearch.coding.treaty_articles import articles_of
from hrdresearch.text import nlp
from hrdresearch.text.clauses import is_denied, overlaps
from hrdresearch.vocab import codes

OUTCOME, REMEDY, CONCERN, ENDED = "view_outcome", "view_remedy", "view_concern", "view_ended"
NOT_READ, NOT_ASKED, NONE_READ, MENTIONED = "not_recorded", "not_asked", "none_read", "mentioned"
NO_VIOLATION, DISCONTINUED = "no_violation", "discontinued"
FOUND = frozenset(["violation", "would_violate"])
_SURER = {"violation": {"would_violate", NO_VIOLATION}, "would_violate": {NO_VIOLATION}}
DECIDES = frozenset(["decided", "decides", "decide", "décide", "décidé", "decidió"])
DENIALS = ("sentencizer", "hrd_clauses")  # what is read before the vocabularies
MONTH = 30  # days, where a Committee gives months
OPENING = 2  # paragraphs in which a decision says who claims what of whom
_MEMBER = re.compile(
    r"\W*(?:appendix\b|(?:individual|joint|separate|concurring|dissenting)\b.{0,40}\bopinion"
    r"|(?:opini[oó]n|voto|opinion) (?:individuel|conjoint|particular|individual|conjunta))",
    re.IGNORECASE,
)
_OF_STATE = re.compile(r"state party|observations|observaciones", re.IGNORECASE)  # headings
_COUNT = {"three": 3, "six": 6, "ninety": 90, "trois": 3, "seis": 6, "tres": 3}
_FOOTNOTE = re.compile(r"\[\[fn:\d+\]\]")
_DAY = r"(\d{1,2} [A-Z][a-z]+ (?:19|20)\d\d)"
_DECIDED = re.compile(rf"(?:(?:[Mm]eeting|session) on|^On) {_DAY}")
_ADOPTED = re.compile(rf"\bMeeting on {_DAY}, Having")
_ANY = re.compile("")
_ACTS = (
    (re.compile(r"(?:violations?|breach|rights|victims?)\b[^.;]{0,60}\bby,? (?:the )?$"), _ANY),
    (
        re.compile(
            r"(?:deport|remov|return|extradit|expul|expel)\w*[^.;]{0,40} (?:from|by) (?:the )?$"
        ),
        _ANY,
    ),
    (re.compile(r"\bState [Pp]arty: (?:the )?(?:\w+ Republic of )?$"), _ANY),
    (re.compile(r"into force (?:for|in respect of) (?:the )?$"), _ANY),
    (
        re.compile(r"(?<!\bto )(?<!\bto the )$"),
        re.compile(r",? (?:has |will |would |had )?(?:violat|breach|infring)"),
    ),
    (
        _ANY,
        re.compile(r" (?:acceded to|ratified|became a party to) the (?:first )?Optional Protocol"),
    ),
    (
        re.compile(r"(?:application|applied|request)\w* for (?:asylum|protection) in (?:the )?$"),
        _ANY,
    ),
)
_NATIONAL = (
    (re.compile(r"(?:nationals?|citizens?) of (?:the )?$"), _ANY),
    (_ANY, re.compile(r" (?:and \w+ )?(?:nationals?|citizens?|nationality)\b")),
)
_REMOVAL = re.compile(
    r"asylum|refugee|departure from|fled|deport|extradit|expuls|expel|refoul|remov", re.IGNORECASE
)
_CLAIMS = re.compile(
    r"\b(?:claim|alleg|assert|contend|invok|maintain|argu|submi)\w*\b.{0,300}?(?:violat|victim|rights|contrary|breach)"
    r"|\b(?:alega|sostiene|affirme|invoque|soutient)\w*\b",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(r"established under article|Having concluded")
Paragraph = tuple[str, str, str]  # number, heading, text


@dataclass(frozen=True)
class CodedView:
    """Codes of one decision.

    outcome, remedies, concern, ended: codes of the vocabularies ``view_...``, or why there is none
    (``not_recorded``, ``not_asked``, ``none_read``). claimed, violated: numbers of articles. ..._paragraph:
    number of the paragraph that says it. answer_within: days. state_given_by: ``text``, ``nationality`` or
    ``none``. day: ISO 8601, or empty.
    """

    outcome: str
    outcome_paragraph: str
    claimed: tuple[str, ...]
    violated: tuple[str, ...]
    remedies: tuple[str, ...]
    remedy_paragraphs: tuple[str, ...]
    answer_within: int | None
    concern: str
    concern_rule: str
    concern_paragraph: str
    state_iso3: str | None
    state_given_by: str
    day: str
    ended: str


def code_view(paragraphs: Sequence[Paragraph]) -> CodedView:
    """Return the codes of one decision, from its paragraphs in their order (number, heading, text)."""
    is_member = (
        bool(_MEMBER.match(heading) or _MEMBER.match(text)) for _, heading, text in paragraphs
    )
    read = paragraphs[: next((at for at, ends in enumerate(is_member) if ends), len(paragraphs))]
    own = [(n, _FOOTNOTE.sub("", text)) for n, _, text in read]
    language = language_of(" ".join(text for _, text in own[-OPENING:])) if own else "en"
    told = [
        one for one, (_, heading, _) in zip(own, read, strict=True) if not _OF_STATE.match(heading)
    ]
    own = list(_joined(own))
    decision, outcome = _decision(own, language)
    is_found = outcome in FOUND
    remedies, at, within = _remedies(own[decision.start :] if is_found else [], language)
    decided = " ".join(own[at][1] for at in decision)
    return CodedView(
        outcome,
        own[decision.stop - 1][0] if decision else "",
        _claimed(own),
        articles_of(_operative(decided, language)) if is_found else (),
        remedies if is_found else (NOT_ASKED,),
        at,
        within,
        *_concern(told, language),
        *_state(own, decided, language),
        _day(own, outcome, decided),
        _why_ended(decided, language) if outcome == DISCONTINUED else "not_discontinued",
    )


def authors_of(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return names of authors in the first two paragraphs, for the scan of reports; no initials.

    >>> authors_of([("1.", "", "The author is Zunela Testal, a national of Kenya.")])
    ('Zunela Testal',)
    """
    texts = (_FOOTNOTE.sub("", text) for _, _, text in paragraphs[:OPENING])
    listed = (
        name for text in texts for m in _NAMED.finditer(text) for name in _AND.split(m["names"])
    )
    full = (name.strip() for name in listed if len(name.split()) > 1)
    capital = (n for n in full if all(w[:1].isupper() or w in _SMALL for w in n.split()))
    return tuple(dict.fromkeys(capital))


_AND = re.compile(r",\s| and | y | et ")
_SMALL = frozenset(
    ["de", "del", "la", "van", "von", "der", "bin", "ibn", "al", "el", "ould", "dos"]
)
_NAMED = re.compile(
    r"\b(?:authors?|complainants?|petitioners?|victims?)\b[^.;]{0,60}?\b(?:is|are)\b (?:\(\d\) )?"
    r"(?P<names>[A-ZÀ-Ž][^.;()]{3,200}?)(?=, (?:an?|born|nationals?|who|both|all|his|her)\b|[.;(]| \()"
)


def _joined(own: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The paragraphs; one that ends with a colon is joined with those behind it, up to the end of the list.

    A paragraph with a number of its own ("9.") is not joined: the list behind the colon is then missing.
    """
    first = waiting = ""
    for at, (number, text) in enumerate(own):
        first, waiting = (first, f"{waiting} {text}") if waiting else (number, text)
        is_last = at + 1 == len(own) or _is_whole(own[at + 1][0])
        if not text.endswith(":") or is_last:
            yield first, waiting
            waiting = ""


def _decision(own: Sequence[tuple[str, str]], language: str) -> tuple[range, str]:
    """Places of the last paragraph in which the Committee decides, and its outcome.

    Two paragraphs count together if both find a violation and one follows the other. The range is empty if
    no paragraph decides.
    """
    for at in range(len(own) - 1, -1, -1):
        if found := _outcomes(own[at][1], language):
            outcome = next(code for code in codes(OUTCOME) if code in found)
            is_double = outcome in FOUND and at > 0 and _is_whole(own[at - 1][0])
            before = _outcomes(own[at - 1][1], language) if is_double else set()
            return range(at - bool(before & FOUND), at + 1), outcome
    return range(0), NOT_READ


def _is_whole(number: str) -> bool:
    """Whether the number of a paragraph is a whole number: "9.", and not "8.7."."""
    return number.strip(".").isdecimal()


def _outcomes(text: str, language: str) -> set[str]:
    """Outcomes that a word of deciding governs in a text; what is denied is none."""
    doc = nlp(language, OUTCOME, components=DENIALS)(text)
    return {s.label_ for s in doc.spans["codes"] if _is_decided(s) and not is_denied(s)}


def _is_decided(span: Span) -> bool:
    """Whether a word of deciding stands before an outcome, and no surer outcome overlaps it."""
    doc, surer = span.doc, _SURER.get(span.label_, ())
    if any(s.label_ in surer and overlaps(s, span) for s in doc.spans["codes"]):
        return False
    if span.label_ == DISCONTINUED:
        return any(t.lower_ in DECIDES for t in span.sent)
    deciding = (c for c in doc.spans["cues"] if c.label_ == "deciding")
    return any(c.end <= span.start and c.sent == span.sent for c in deciding)


def _why_ended(text: str, language: str) -> str:
    """Why the Committee discontinues: the reason in the sentence that says so."""
    doc = nlp(language, OUTCOME, ENDED, components=DENIALS)(text)
    ends = {s.sent.start for s in doc.spans["codes"] if s.label_ == DISCONTINUED}
    found = {s.label_ for s in doc.spans["codes"] if s.sent.start in ends}
    return next((code for code in codes(ENDED) if code in found), NOT_READ)


def _operative(text: str, language: str) -> str:
    """The words from each finding of a violation to the end of its sentence."""
    doc = nlp(language, OUTCOME, components=DENIALS)(text)
    spans = sorted((s.sent.end_char, s.start_char) for s in doc.spans["codes"] if s.label_ in FOUND)
    ends = dict(reversed(spans))
    return " ".join(text[start:end] for end, start in sorted(ends.items()))


def _claimed(own: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Articles that the author invokes: those of the first opening paragraph that names some."""
    texts = [text for _, text in own[:4] if not _PREAMBLE.search(text)]
    said = (articles_of(text[m.start() :]) for text in texts if (m := _CLAIMS.search(text)))
    return next((found for found in said if found), ())


def _remedies(
    after: Sequence[tuple[str, str]], language: str
) -> tuple[tuple[str, ...], tuple[str, ...], int | None]:
    """Measures that the Committee asks for, the paragraphs that ask, and the days for an answer."""
    asked: list[tuple[str, set[str]]] = []
    days: list[int | None] = []
    for number, text in after:
        doc = nlp(language, REMEDY, components=DENIALS)(text)
        # "that no similar violations occur" is no denial
        said = {
            s.label_ for s in doc.spans["codes"] if s.label_ == "non_repetition" or not is_denied(s)
        }
        asked.append((number, said | {"list_missing"} if text.endswith(":") else said))
        days += [_days(span) for span in doc.spans["cues"] if span.label_ == "within"]
    ordered = tuple(code for code in codes(REMEDY) if any(code in said for _, said in asked))
    places = dict.fromkeys(number for number, said in asked if said)
    return ordered or (NONE_READ,), tuple(places), next(filter(None, days), None)


def _days(span: Span) -> int | None:
    """Days of "within 180 days" or "within six months"."""
    words = [t.lower_ for t in span]
    digits = [int(w) for w in words if w.isdigit()]
    count = next(iter([*digits, *(_COUNT[w] for w in words if w in _COUNT)]), 0)
    is_months = words[-1].startswith(("month", "mois", "mes"))
    return count * (MONTH if is_months else 1) if count else None


def _concern(own: Sequence[tuple[str, str]], language: str) -> tuple[str, str, str]:
    """Whether the decision concerns a defender: code, rule, number of the paragraph that says so."""
    found: dict[str, tuple[str, str]] = {}
    for number, text in own:
        doc = nlp(language, CONCERN, "upr_concern", components=DENIALS)(text)
        for span in doc.spans["codes"]:
            is_own = span.id_.startswith(f"{CONCERN}:")
            # "is not a defender": the words found hold the "not", so whether their last word is denied counts
            if (is_own or span.label_ == EXPLICIT) and not is_denied(doc[span.end - 1 : span.end]):
                found.setdefault(span.label_ if is_own else MENTIONED, (span.id_, number))
    code = next((c for c in (EXPLICIT, IMPLICIT, MENTIONED) if c in found), NO)
    return code, *found.get(code, (f"{CONCERN}:no_phrase", ""))


def _state(own: Sequence[tuple[str, str]], decided: str, language: str) -> tuple[str | None, str]:
    """State party, and what gives it: ``text`` (its acts), ``nationality`` of the author, or ``none``.

    The nationality counts only if nothing is said of asylum, deportation or extradition.
    """
    texts = [*(text for _, text in own[: OPENING + 1]), decided]
    docs = list(nlp(language, components=("hrd_places",)).pipe(texts))
    named = [code for doc in docs for code in _named(doc, _ACTS)]
    nationalities = {code for doc in docs for code in _named(doc, _NATIONAL)}
    if named:
        return named[0], "text"
    if len(nationalities) == 1 and not any(map(_REMOVAL.search, texts)):
        return nationalities.pop(), "nationality"
    return None, "none"


def _named(doc: Doc, roles: Sequence[tuple[re.Pattern[str], re.Pattern[str]]]) -> list[str]:
    """States whose role in a text shows by the words before or behind them, the surest role first."""
    text = doc.text
    return [
        str(s.id_)
        for before, behind in roles
        for s in doc.spans["places"]
        if before.search(text[: s.start_char]) and behind.match(text[s.end_char :])
    ]


def _day(own: Sequence[tuple[str, str]], outcome: str, decided: str) -> str:
    """Day of the decision, from the opening paragraphs or the one that discontinues; empty if not said."""
    found = next((m for _, text in own[:4] if (m := _ADOPTED.search(text))), None)
    found = found or (_DECIDED.search(decided) if outcome == DISCONTINUED else None)
    day = pd.to_datetime(found[1] if found else "", format="%d %B %Y", errors="coerce")
    return "" if pd.isna(day) else f"{day:%Y-%m-%d}"
