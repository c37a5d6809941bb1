"""The spaCy component ``hrd_places``: finds States in a text by their name, people, regions and cities.

The label of a span of ``doc.spans["places"]`` is ``state``, ``people``, ``region`` or ``city``; its id is the
ISO3 code of the State. In scripts with capital letters a name must begin with one. People, regions and cities
are known by their English names. Names are listed in ``vocab/states.yml``, for ar, en, es, fr, pt, ru and zh
also in ``vocab/state_names.yml``; people, regions and the cases of Russian in ``vocab/state_words.yml``;
cities in ``data/reference/gazetteer/cities.csv``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from hrdresearch.text.fold import fold_norms, fold_word
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.gazetteer import cities
from hrdresearch.vocab.states import all_codes, is_former, is_joint

NONE = "none"
ALSO = (
    "also"  # names of a State that are also names of a region of another State: "Georgia", "Niger"
)
_BRACKET = re.compile(r"\s*\(.*\)")


@Language.factory("hrd_places", assigns=["doc.spans"])
def make_places(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component that fills ``doc.spans["places"]``; of two names that overlap the longer counts.

    A name that several States share ("Georgia", "Birmingham") is given to the State that the text names most
    by other names; else to the first one: the State of that name, or that of the largest city.
    """
    matcher = PhraseMatcher(nlp.vocab, attr="NORM")  # without accents: "Peru", "Perú"
    for (rank, kind, iso3), names in _names(nlp.lang or "xx").items():
        matcher.add(f"{rank}:{kind}:{iso3}", [fold_norms(nlp.make_doc(n)) for n in names])

    def find_places(doc: Doc) -> Doc:
        meant: dict[tuple[int, int], list[tuple[str, str, str]]] = {}
        for key, start, end in matcher(fold_norms(doc)):
            rank, kind, iso3 = nlp.vocab.strings[key].split(":")
            is_word = kind == "state" and _is_word(doc[start:end])
            if not doc[start].text[0].islower() and not is_word:
                meant.setdefault((start, end), []).append((rank, kind, iso3))
        spans = filter_spans(doc[start:end] for start, end in meant)
        choices = [sorted(meant[span.start, span.end]) for span in spans]
        named = Counter(c[0][2] for c in choices if len({iso3 for *_, iso3 in c}) == 1)
        first = [max(c, key=lambda one: named[one[2]]) for c in choices]
        doc.spans["places"] = [
            Span(doc, span.start, span.end, label=kind, span_id=iso3)
            for span, (_, kind, iso3) in zip(spans, first, strict=True)
            if kind != NONE
        ]
        return doc

    return find_places


def _is_word(span: Span) -> bool:
    """Whether a short name is an ordinary word: "US" is a State, "Us" is a word."""
    return span.text.isascii() and len(span.text) < 4 and not span.text.isupper()


@cache
def _names(language: str) -> dict[tuple[int, str, str], list[str]]:
    """Names by rank, kind and State; equal names have ranks from 0. No city has the name of a State."""
    found: dict[tuple[int, str, str], list[str]] = {}
    kinds: dict[str, list[str]] = {}
    for kind, iso3, name in _listed(language):
        of_name = kinds.setdefault(fold_word(name), [])
        if kind == ALSO or set(of_name) <= {"city"} & {kind}:
            shown = "region" if kind == ALSO else kind
            found.setdefault((len(of_name), shown, iso3), []).append(name)
            of_name.append(kind)
    return found


def _listed(language: str) -> Iterator[tuple[str, str, str]]:
    words, states = vocabulary("state_words"), vocabulary("states")["states"]
    written: dict[str, dict[str, str]] = vocabulary("state_names")["names"]
    yield from ((NONE, "", name) for name in words["none"])
    yield from (("region", iso3, n) for iso3, names in words["places"].items() for n in names)
    today = [code for code in all_codes() if not (is_former(code) or is_joint(code))]
    for iso3 in today:
        facts = states[iso3]
        for name in (facts["name"], *facts.get("aliases", ())):
            yield "state", iso3, _BRACKET.sub("", str(name))
    for iso3 in today:
        for told, name in written.get(iso3, {}).items():
            if language in (told[:2], "xx") and name not in words["not_names"]:
                yield from (("state", iso3, form) for form in _forms(_BRACKET.sub("", name), told))
    yield from (("people", iso3, n) for iso3, names in words["people"].items() for n in names)
    yield from ((ALSO, iso3, n) for iso3, names in words[ALSO].items() for n in names)
    not_cities = set(words["not_cities"])
    for iso3, name, _ in sorted(cities(), key=lambda city: -city[2]):
        if iso3 in today and name not in not_cities:
            yield "city", iso3, name


def _forms(name: str, language: str) -> Iterator[str]:
    """A name as listed, in its cases, or joined with a preposition."""
    yield name
    for found, written in vocabulary("state_words")["forms"].get(language, ()):
        if re.search(found, name):
            yield re.sub(found, written, name, count=1)
