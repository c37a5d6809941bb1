"""Action category of a recommendation, 1 to 5, by the published principles of E. McMahon.

The first verb counts; of two opening verbs the second; a general opening with a specific example is
category 5. Verbs, words that may stand before them, and what the following words change stand in
``vocab/upr_action.yml``, a language each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hrdresearch.vocab import vocabulary

NOT_ASSESSED = "not_assessed"
GENERAL, SPECIFIC = "4", "5"
WORDS_BEFORE = 40  # a preamble longer than this holds no opening verb
LANGUAGES = ("en", "fr", "es")
AND = frozenset(("and", "et", "y", "e"))

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", re.UNICODE)
_EXAMPLE = re.compile(
    r"\b(?:(?:including|in particular|inter alia|notably|especially|such as|among others),?\s+)?by\s+"
    r"(?:\w+ly\s+)?(?P<verb>\w+ing)\b",
    re.IGNORECASE,
)


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
    lexicon = _lexicon(language if language in LANGUAGES else "en")
    found = lexicon.find_deciding_verb(text)
    if found is None:
        return Action(NOT_ASSESSED, 0, 0, "no_known_verb")
    verb, start, end, rule = found
    category = lexicon.category[verb]
    following = " ".join(text[end:].lower().split())
    for category_by_object, pattern in lexicon.exceptions.get(verb, ()):
        if pattern.search(following):
            category, rule = category_by_object, f"verb_and_object:{verb}"
            break
    example_end = lexicon.find_specific_example(text, end)
    if example_end and category == GENERAL and language == "en":
        return Action(SPECIFIC, start, example_end, "general_with_specific_example")
    return Action(category, start, end, rule)


def opens_with_known_verb(text: str, language: str) -> bool:
    """Whether the first word of a text is a known verb of the language (``en``, ``fr``, ``es``)."""
    first = _WORD.search(text)
    return first is not None and first[0].lower() in _lexicon(language).category


class VerbLexicon:
    """Verbs of one language with their category, and the words that change it.

    category: by verb. base: the verb of each form ("amending" is "amend"). soft: words that may
    stand before a verb. exceptions: by verb, the category that the words after it give instead.
    """

    def __init__(self, language: str) -> None:
        entry = vocabulary("upr_action")["languages"][language]
        self.soft = frozenset(entry["soft"].split())
        self.category: dict[str, str] = {}
        self.base: dict[str, str] = {}
        for category, verbs in entry["verbs"].items():
            for verb in verbs.split():
                self.category.setdefault(verb, category)
        for verb in entry["exceptions"]:
            self.category.setdefault(verb, GENERAL)
        for verb in self.category:
            self.base.setdefault(verb, verb)
            if language == "en":
                for form in _inflect_verb(verb):
                    self.base.setdefault(form, verb)
        self.exceptions = {
            verb: [(category, re.compile(pattern)) for category, pattern in rules]
            for verb, rules in entry["exceptions"].items()
        }

    def find_deciding_verb(self, text: str) -> tuple[str, int, int, str] | None:
        """Verb that decides, its start and end in the text, and the rule; None without one.

        It is the first known verb, or the second of two that "and" joins.
        """
        words = list(_WORD.finditer(text))[:WORDS_BEFORE]
        at = self._find_first_verb(words)
        if at is None:
            return None
        first, joined = words[at], self._find_joined_verb(words, at)
        if joined is not None:
            second = words[joined]
            return second[0].lower(), first.start(), second.end(), "second_of_two_verbs"
        rule = "first_verb" if at == 0 else "first_known_verb"
        return self.base[first[0].lower()], first.start(), first.end(), rule

    def find_specific_example(self, text: str, after: int) -> int:
        """End of a specific example ("by amending ...") behind a general opening, else 0."""
        for hit in _EXAMPLE.finditer(text, after):
            verb = self.base.get(hit["verb"].lower())
            if verb and self.category[verb] == SPECIFIC:
                return hit.end()
        return 0

    def _find_joined_verb(self, words: list[re.Match[str]], at: int) -> int | None:
        """Place of the verb that "and" joins to the one at ``at``; None when there is none."""
        step = at + 1
        while step < len(words) and words[step][0].lower() in self.soft:
            step += 1
        if step >= len(words) or words[step][0].lower() not in AND:
            return None
        step += 1
        while step + 1 < len(words) and words[step][0].lower() in self.soft:
            step += 1
        if step < len(words) and words[step][0].lower() in self.category:
            return step
        return None

    def _find_first_verb(self, words: list[re.Match[str]]) -> int | None:
        """Place of the first verb as the vocabulary writes it, else of the first in another form."""
        for forms in (self.category, self.base):
            for at, word in enumerate(words):
                if word[0].lower() in forms:
                    return at
        return None


@cache
def _lexicon(language: str) -> VerbLexicon:
    return VerbLexicon(language)


def _inflect_verb(verb: str) -> list[str]:
    """Other forms of an English verb: -s, -ed, -ing."""
    stem = verb[:-1] if verb.endswith("e") else verb
    forms = [verb + "s", stem + "ed", stem + "ing", verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    if verb.endswith("y"):
        forms += [verb[:-1] + "ied", verb[:-1] + "ies"]
    return forms
