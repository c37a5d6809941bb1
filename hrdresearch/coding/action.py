"""Codes the action that a recommendation asks for, category 1 to 5, by the principles of E. McMahon.

The first verb decides; if "and" joins two verbs at the beginning, the second one decides; a general verb with
a specific example is category 5. The verbs, the words that may stand before them, and the words behind a verb
that change its category are listed by language in ``vocab/upr_action.yml``. spaCy finds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from spacy.tokens import Doc, Span

from hrdresearch.text import nlp
from hrdresearch.text.codes import CodeFinder, Rule
from hrdresearch.text.fold import fold_word, norms_of
from hrdresearch.text.phrases import read_phrase
from hrdresearch.vocab import vocabulary

NOT_ASSESSED = "not_assessed"
GENERAL, SPECIFIC = "4", "5"
WORDS_BEFORE = 40  # the verb that decides stands within the first 40 words
LANGUAGES = ("en", "fr", "es")
AND = frozenset(("and", "et", "y", "e"))
AS_WRITTEN, OTHER_FORM = "verb", "form"


@dataclass(frozen=True)
class Evidence:
    """A code with the words that it rests on (``text[start:end]``) and the rule that gave it."""

    code: str
    start: int
    end: int
    rule: str


def code_action(text: str, language: str = "en") -> Evidence:
    """Return the action category of one recommendation; ``not_assessed`` if it has no known verb.

    language: ``en``, ``fr`` or ``es``; any other is read as English.

    >>> code_action("Ratify the Convention against Torture")
    Evidence(code='5', start=0, end=6, rule='first_verb')
    """
    language = language if language in LANGUAGES else "en"
    return code_action_of(nlp(language).make_doc(text), language)


def code_action_of(doc: Doc, language: str) -> Evidence:
    """Return the action category of a recommendation that spaCy has split into words."""
    lexicon = _lexicon(language)
    found = lexicon.find_deciding_verb(doc)
    if found is None:
        return Evidence(NOT_ASSESSED, 0, 0, "no_known_verb")
    verb, start, rule = found
    category = lexicon.category[verb.label_]
    if by_object := lexicon.category_by_object(verb):
        category, rule = by_object, f"verb_and_object:{verb.label_}"
    is_general = category == GENERAL and language == "en"
    if is_general and (example := lexicon.find_specific_example(doc, verb.end)):
        return Evidence(SPECIFIC, start, example, "general_with_specific_example")
    return Evidence(category, start, verb.end_char, rule)


def is_known_verb(word: str, language: str) -> bool:
    """Whether a folded word is a verb of the vocabulary; language: ``en``, ``fr`` or ``es``."""
    return word in _lexicon(language).category


class VerbLexicon:
    """Verbs of one language with their categories, and the words that change a category.

    category: of each verb. base: the verb of each form ("ratifying": "ratify"). soft: words that may stand
    before a verb ("please").
    """

    def __init__(self, language: str) -> None:
        entry: dict[str, Any] = vocabulary("upr_action")["languages"][language]
        self._by = nlp(language).vocab.strings.add("by")
        self.soft = frozenset(map(fold_word, entry["soft"].split()))
        listed = [(verb, c) for c, verbs in entry["verbs"].items() for verb in verbs.split()]
        listed += [(verb, GENERAL) for verb in entry["exceptions"]]
        self.category = {fold_word(verb): category for verb, category in reversed(listed)}
        forms = {form: verb for verb in reversed(self.category) for form in _inflect_verb(verb)}
        self.base = {**(forms if language == "en" else {}), **{v: v for v in self.category}}
        told = [(v, AS_WRITTEN if form == v else OTHER_FORM, form) for form, v in self.base.items()]
        self._verbs = _finder(language, told)
        # The label of such a phrase is its place in the list and its category: "03:5".
        self._objects = {
            fold_word(verb): _finder(
                language, [(f"{i:02d}:{c}", p, p) for i, (c, p) in enumerate(own)]
            )
            for verb, own in entry["exceptions"].items()
        }

    def find_deciding_verb(self, doc: Doc) -> tuple[Span, int, str] | None:
        """Return the verb that decides, where the words that decide begin, and the rule; or None.

        It is the first known verb, or the second of two that "and" joins.
        """
        words = (token.i for token in doc if token.is_alpha)
        is_short = len(doc) <= WORDS_BEFORE
        last = len(doc) if is_short else next(islice(words, WORDS_BEFORE, None), len(doc))
        found = (span for span in self._verbs.find(doc) if span.start < last)
        near = sorted(found, key=lambda s: (s.id_ != AS_WRITTEN, s.start, -s.end))
        if not near:
            return None
        if joined := self._find_joined_verb(doc, near):
            return joined, near[0].start_char, "second_of_two_verbs"
        is_first = not any(t.is_alpha for t in doc[: near[0].start])
        return near[0], near[0].start_char, "first_verb" if is_first else "first_known_verb"

    def category_by_object(self, verb: Span) -> str:
        """Return the category that the words behind a verb give instead of the verb's own, or ""."""
        finder = self._objects.get(verb.label_)
        found = finder.find(verb.doc, verb.end) if finder else []
        return min((span.label_ for span in found), default="").rpartition(":")[2]

    def find_specific_example(self, doc: Doc, after: int) -> int:
        """Return the end of a specific example ("by amending ...") behind a general verb, or 0."""
        norms = enumerate(norms_of(doc)[after:-1], start=after)
        for at in (at for at, norm in norms if norm == self._by):
            behind = doc[at + 1 : at + 3]  # "by swiftly amending"
            verb = next((t for t in behind if not t.norm_.endswith("ly")), behind[0])
            base = self.base.get(verb.norm_, "")
            if verb.norm_.endswith("ing") and self.category.get(base) == SPECIFIC:
                return verb.idx + len(verb)
        return 0

    def _find_joined_verb(self, doc: Doc, verbs: list[Span]) -> Span | None:
        """Return the verb that "and" joins to the first verb, or None."""
        starts = {span.start: span for span in verbs if span.id_ == AS_WRITTEN}
        link = next((t.i for t in doc[verbs[0].end :] if t.norm_ not in self.soft), len(doc))
        if link >= len(doc) or doc[link].norm_ not in AND:
            return None
        behind = (t.i for t in doc[link + 1 :] if t.i in starts or t.norm_ not in self.soft)
        return starts.get(next(behind, -1))


_lexicon = cache(VerbLexicon)


def _finder(language: str, listed: list[tuple[str, str, str]]) -> CodeFinder:
    """Finder of phrases, each with its code and its name."""
    rules = [
        Rule(code, name, wording, language)
        for code, name, phrase in listed
        for wording in read_phrase(phrase)
    ]
    return CodeFinder(nlp(language).vocab, rules, "codes")


def _inflect_verb(verb: str) -> list[str]:
    """Other forms of an English verb: -s, -ed, -ing."""
    stem, ies = verb.removesuffix("e"), ("ied", "ies") if verb.endswith("y") else ()
    forms = [verb + "s", stem + "ed", stem + "ing", verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    return [*forms, *(verb[:-1] + ending for ending in ies)]
