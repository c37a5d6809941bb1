"""The spaCy component ``hrd_codes``: finds the phrases of a vocabulary in a text, with their codes.

The label of a span of ``doc.spans["codes"]`` is the code; its id is the rule (``pretext:terrorism:en:2``: the
second English phrase of that code); its text is the evidence. Words that give no code but help to read others
("charged with") are in ``doc.spans["cues"]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches

from spacy.language import Language
from spacy.tokens import Doc, Span

from hrdresearch.text.finder import CodeFinder, Rule
from hrdresearch.text.phrases import read_phrase
from hrdresearch.vocab import vocabulary as _vocabulary
from hrdresearch.vocab import vocabulary_names

__all__ = [
    "CodeFinder",
    "Rule",
    "codes_of",
    "first_of_each",
    "languages_of",
    "rules_of",
    "spans_at",
]
ALL = "xx"


@Language.factory(
    "hrd_codes",
    default_config={"vocabulary": "", "phrases": {}, "languages": [], "spans_key": "codes"},
    assigns=["doc.spans"],
)
def make_codes(
    nlp: Language,
    name: str,
    vocabulary: str,
    phrases: dict[str, list[str]],
    languages: list[str],
    spans_key: str,
) -> Callable[[Doc], Doc]:
    """Make the component that finds the codes of a vocabulary of ``hrdresearch.vocab``, or your own codes.

    vocabulary: its name, such as ``pretext`` (for charges: it expects that the text is one). phrases: your
    own codes with their phrases, in the notation of ``hrdresearch.text.phrases``. languages: those whose
    phrases are looked for; by default the language of the pipeline, or all for ``xx``. spans_key: where the
    spans are put. In a vocabulary with ``longest_phrase: true`` only the longest of phrases that overlap
    counts ("financing of terrorism"). Raises ValueError without a vocabulary and phrases, for a code without
    a phrase, and for a vocabulary without phrases in these languages.
    """
    if not (vocabulary or phrases):
        raise ValueError("hrd_codes needs a vocabulary or phrases of your own in its config.")
    chosen = languages or languages_of(nlp)
    facts = _vocabulary(vocabulary) if vocabulary in vocabulary_names() else {}
    rules = rules_of(vocabulary, chosen) if vocabulary else []
    if vocabulary and not rules:
        raise ValueError(
            f"The vocabulary {vocabulary!r} has no phrases in {', '.join(chosen)}, only in "
            f"{', '.join(facts['phrases'])}."
        )
    codes = facts.get("codes")  # a vocabulary without codes has no cues
    cues = {rule.code for rule in rules if codes} - {*(codes or ())}
    rules += own_rules(name, phrases, nlp.lang or ALL)
    return CodeFinder(nlp.vocab, rules, spans_key, facts.get("longest_phrase", False), cues)


def own_rules(name: str, phrases: Mapping[str, Sequence[str]], language: str) -> list[Rule]:
    """Return the rules of your own codes with their phrases; a rule is named ``name:code:language:number``.

    Raises ValueError for a code without a phrase, or a phrase that cannot be read.
    """
    if empty := [code for code, listed in phrases.items() if not listed]:
        raise ValueError(
            f"hrd_codes needs at least one phrase for each code: {', '.join(empty)} has none."
        )
    return [
        Rule(code, f"{name}:{code}:{language}:{place}", wording, language, phrase)
        for code, listed in phrases.items()
        for place, phrase in enumerate(listed, start=1)
        for wording in read_phrase(phrase)
    ]


def languages_of(pipeline: Language) -> list[str]:
    """Return the language of a pipeline in a list; an empty list, meaning all, for ``xx``."""
    return [] if pipeline.lang in (ALL, None) else [str(pipeline.lang)]


def languages_with(name: str) -> list[str]:
    """Return the languages in which a vocabulary has phrases.

    Raises ValueError for a vocabulary that does not exist or has no phrases.
    """
    known = [v for v in vocabulary_names() if "phrases" in _vocabulary(v)]
    if name not in known:
        near = get_close_matches(name, known, n=1)
        raise ValueError(
            f"No vocabulary {name!r} has phrases to look for"
            f"{f'; did you mean {near[0]!r}?' if near else '.'} These have: {', '.join(known)}."
        )
    return [*_vocabulary(name)["phrases"]]


def rules_of(name: str, languages: Sequence[str] = ()) -> list[Rule]:
    """Return the rules of a vocabulary in these languages; in all its languages if none is named.

    Raises ValueError for a vocabulary that does not exist or has no phrases.
    """
    return [
        rule
        for language in languages_with(name)
        if not languages or language in languages
        for rule in own_rules(name, _vocabulary(name)["phrases"][language], language)
    ]


def codes_of(doc: Doc, name: str = "", key: str = "codes") -> dict[str, Span]:
    """Return the codes found in a text, each with the first span that has it, in the order of the text.

    name: of the vocabulary; without it the codes of all vocabularies. key: of ``doc.spans``.

    >>> from hrdresearch.text import nlp
    >>> codes_of(nlp("en", "upr_concern")("Protect those who defend human rights"))
    {'explicit': those who defend human rights}
    """
    spans = doc.spans.get(key, ())
    return first_of_each(s for s in spans if not name or s.id_.startswith(f"{name}:"))


def first_of_each(spans: Iterable[Span]) -> dict[str, Span]:
    """Return the first span of each label, in the order of the labels' first spans."""
    first: dict[str, Span] = {}
    for span in spans:
        first.setdefault(span.label_, span)
    return first


def spans_at(doc: Doc, found: Iterable[tuple[int, int, str, str]]) -> list[Span]:
    """Return spans of the words that hold these characters; found: start, end, label and id of each."""
    made = (
        doc.char_span(start, end, label=label, span_id=id_, alignment_mode="expand")
        for start, end, label, id_ in found
    )
    return [span for span in made if span is not None]
