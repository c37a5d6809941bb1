"""Action category of a recommendation, 1 to 5, by the published principles of E. McMahon.

The first verb counts; of two opening verbs the second; a general opening with a specific example is
category 5. Verbs, words that may stand before them, and what the following words change stand in
``vocab/upr_action.yml``, a language each; they are found by spaCy.
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
WORDS_BEFORE = 40  # a preamble longer than this holds no opening verb
LANGUAGES = ("en", "fr", "es")
AND = frozenset(("and", "et", "y", "e"))
AS_WRITTEN, OTHER_FORM = "verb", "form"


@dataclass(frozen=True)
class Action:
    """Category of a recommendation, the words that decided it (span), and the rule."""

    category: str
    start: int
    end: int
    rule: str


def code_action(text: str, language: str = "en") -> Action:
    """Action category of one recommendation; ``not_assessed`` where no verb is known.

    language: ``en``, ``fr`` or ``es``; any other is read as English.

    >>> code_action("Ratify the Convention against Torture")
    Action(category='5', start=0, end=6, rule='first_verb')
    """
    language = language if language in LANGUAGES else "en"
    return code_action_of(nlp(language).make_doc(text), language)


def code_action_of(doc: Doc, language: str) -> Action:
    """Action category of a recommendation that spaCy has parted into words."""
    lexicon = _lexicon(language)
    found = lexicon.find_deciding_verb(doc)
    if found is None:
        return Action(NOT_ASSESSED, 0, 0, "no_known_verb")
    verb, deciding, start, rule = found
    category = lexicon.category[verb]
    end = doc[deciding.end - 1].idx + len(doc[deciding.end - 1])
    if by_object := lexicon.category_by_object(verb, doc, deciding.end):
        category, rule = by_object, f"verb_and_object:{verb}"
    example = lexicon.find_specific_example(doc, deciding.end) if language == "en" else 0
    if example and category == GENERAL:
        return Action(SPECIFIC, start, example, "general_with_specific_example")
    return Action(category, start, end, rule)


def is_known_verb(word: str, language: str) -> bool:
    """Whether a folded word is a verb of the vocabulary (``en``, ``fr``, ``es``)."""
    return word in _lexicon(language).category


class VerbLexicon:
    """Verbs of one language with their category, and the words that change it.

    category: by verb. soft: words that may stand before a verb.
    """

    def __init__(self, language: str) -> None:
        self._entry: dict[str, Any] = vocabulary("upr_action")["languages"][language]
        self._by = nlp(language).vocab.strings.add("by")
        self.soft = frozenset(map(fold_word, self._entry["soft"].split()))
        self.category: dict[str, str] = {}
        for category, verbs in self._entry["verbs"].items():
            for verb in verbs.split():
                self.category.setdefault(fold_word(verb), category)
        for verb in self._entry["exceptions"]:
            self.category.setdefault(fold_word(verb), GENERAL)
        forms = {form: verb for verb in self.category for form in _inflect_verb(verb)}
        self.base = {**(forms if language == "en" else {}), **{v: v for v in self.category}}
        rules = [
            Rule(verb, AS_WRITTEN if form == verb else OTHER_FORM, wording, language)
            for form, verb in self.base.items()
            for wording in read_phrase(form)
        ]
        self._verbs = CodeFinder(nlp(language).vocab, rules, "verbs")
        self._objects = {
            fold_word(verb): _finder_of_objects(language, listed)
            for verb, listed in self._entry["exceptions"].items()
        }

    def find_deciding_verb(self, doc: Doc) -> tuple[str, Span, int, str] | None:
        """Verb that decides, its words, where the opening begins, and the rule; None without one.

        It is the first known verb, or the second of two that "and" joins.
        """
        spans = sorted(self._verbs.find(doc), key=lambda s: (s.start, -s.end))
        last = _start_of_word(doc, WORDS_BEFORE)
        near = [s for s in spans if s.start < last]
        as_written = [s for s in near if s.id_ == AS_WRITTEN]
        first = next(iter([*as_written, *near]), None)
        if first is None:
            return None
        joined = self._find_joined_verb(doc, first, as_written)
        if joined is not None:
            return joined.label_, joined, first.start_char, "second_of_two_verbs"
        is_first = not any(t.is_alpha for t in doc[: first.start])
        rule = "first_verb" if is_first else "first_known_verb"
        return first.label_, first, first.start_char, rule

    def category_by_object(self, verb: str, doc: Doc, after: int) -> str:
        """Category that the words behind a verb give instead of its own; empty where they give none."""
        finder = self._objects.get(verb)
        found = finder.find(doc, after) if finder else []
        return min((span.label_ for span in found), default="").rpartition(":")[2]

    def find_specific_example(self, doc: Doc, after: int) -> int:
        """End of a specific example ("by amending ...") behind a general opening, else 0."""
        for at, norm in enumerate(norms_of(doc)[after:-1], start=after):
            if norm != self._by:
                continue
            verb = doc[at + 1]
            if verb.norm_.endswith("ly") and verb.i + 1 < len(doc):
                verb = doc[verb.i + 1]
            base = self.base.get(verb.norm_, "")
            if verb.norm_.endswith("ing") and self.category.get(base) == SPECIFIC:
                return verb.idx + len(verb)
        return 0

    def _find_joined_verb(self, doc: Doc, first: Span, verbs: list[Span]) -> Span | None:
        """The verb that "and" joins to the first; None when there is none."""
        step = self._skip_soft_words(doc, first.end)
        if step >= len(doc) or doc[step].norm_ not in AND:
            return None
        starts = {span.start: span for span in verbs}
        step += 1
        while step not in starts and step + 1 < len(doc) and doc[step].norm_ in self.soft:
            step += 1
        return starts.get(step)

    def _skip_soft_words(self, doc: Doc, at: int) -> int:
        while at < len(doc) and doc[at].norm_ in self.soft:
            at += 1
        return at


@cache
def _lexicon(language: str) -> VerbLexicon:
    return VerbLexicon(language)


def _finder_of_objects(language: str, listed: list[list[str]]) -> CodeFinder:
    """Finder of the phrases behind one verb; a label is the phrase's place in the list and its category."""
    rules = [
        Rule(f"{place:02d}:{category}", phrase, wording, language)
        for place, (category, phrase) in enumerate(listed)
        for wording in read_phrase(phrase)
    ]
    return CodeFinder(nlp(language).vocab, rules, "objects")


def _inflect_verb(verb: str) -> list[str]:
    """Other forms of an English verb: -s, -ed, -ing."""
    stem = verb[:-1] if verb.endswith("e") else verb
    forms = [verb + "s", stem + "ed", stem + "ing", verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    if verb.endswith("y"):
        forms += [verb[:-1] + "ied", verb[:-1] + "ies"]
    return forms


def _start_of_word(doc: Doc, number: int) -> int:
    """Place behind the first ``number`` words of a text, signs aside."""
    if len(doc) <= number:
        return len(doc)
    places = (token.i for token in doc if token.is_alpha)
    return next(islice(places, number, None), len(doc))
