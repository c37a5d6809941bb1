"""``nlp(language)``: the spaCy pipeline in which the project reads texts of a language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pandas as pd
import spacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

import hrdresearch.text.clauses
import hrdresearch.text.codes
import hrdresearch.text.dates
import hrdresearch.text.lengths
import hrdresearch.text.places
import hrdresearch.text.references  # noqa: F401  (their factories are registered)
from hrdresearch.text.french import import_french

LANGUAGES = ("en", "es", "fr", "pt", "ru", "uk", "be", "ar", "fa", "tr", "vi", "zh", "de", "xx")
MOST_KEPT = 16_384  # texts whose reading a process keeps: many rows have the same text
COMPONENTS = ("sentencizer", "hrd_clauses", "hrd_references", "hrd_dates")
# Words are split at hyphens, between digit and letter ("3y"), after an elision, at each Chinese sign.
_FINER = [
    r"(?<=\w)[-‐‑–](?=\w)",
    r"(?<=\d)(?=[^\W\d_])",
    r"(?<=[^\W\d_])(?=\d)",
    r"(?<=\b[cdjlmnstCDJLMNST]['’])(?=\w)",
    r"(?<=\b[qQ]u['’])(?=\w)",
    r"(?<=[\u3400-\u9fff])(?=\w)",
    r"(?<=\w)(?=[\u3400-\u9fff])",
    r"[，。、；：！？（）《》“”«»]",
    r"(?<=\w)/(?=\w)",
]

# Abbreviations, whose point ends no sentence; _WORDS: what is a word of the language and no abbreviation.
_SHORT = "paras. para. arts. art. Nos. No. pp. cf. Cf. párr. párrs. núm. par. al. ст. пп."
_WORDS = {"en": {"art."}, "es": {"para."}, "pt": {"para."}}


@cache
def nlp(
    language: str = "xx", *vocabularies: str, components: tuple[str, ...] = COMPONENTS
) -> Language:
    """Return the spaCy pipeline of a language: words, sentences, denials, quotations, references, codes.

    language: one of ``LANGUAGES``; ``xx``, for a text of unknown language, looks for the phrases of all.
    vocabularies: names of those whose codes are looked for. components: those before the vocabularies. The
    same call returns the same object: to change a pipeline, for example by
    ``add_pipe("hrd_codes", name=..., config={"vocabulary": ...})``, make a new one with ``make_pipeline``.
    The components work in any pipeline of spaCy:
    ``spacy.blank("es").add_pipe("hrd_codes", config={"vocabulary": "pretext"})`` reads charges.

    >>> doc = nlp("en", "upr_concern")("Protect those who defend human rights")
    >>> [(span.text, span.label_) for span in doc.spans["codes"]]
    [('those who defend human rights', 'explicit')]
    """
    return make_pipeline(language, *vocabularies, components=components)


def make_pipeline(
    language: str, *vocabularies: str, components: Sequence[str] = COMPONENTS
) -> Language:
    """Make a new pipeline like that of ``nlp``, with these components before those of the vocabularies.

    Raises ValueError for a language that is not in ``LANGUAGES``.
    """
    language = known_language(language)
    pipeline = _blank(language)
    for component in components:
        pipeline.add_pipe(component)
    for name in vocabularies:
        config = {"vocabulary": name, "languages": [language] if language != "xx" else []}
        pipeline.add_pipe("hrd_codes", name=name, config=config)
    return pipeline


def known_language(written: Any) -> str:
    """Return the language of ``LANGUAGES`` that a cell means ("EN "); ``xx`` if the cell is empty.

    Raises ValueError for another language.
    """
    language = "" if pd.isna(written) else str(written).strip().lower()
    if language not in ("", *LANGUAGES):
        raise ValueError(f"No pipeline for {language!r}; there are: {', '.join(LANGUAGES)}")
    return language or "xx"


def _blank(language: str) -> Language:
    """spaCy's empty pipeline of a language, with a tokenizer that splits words further.

    spaCy has no Belarusian, and its Chinese splits Latin words into letters: both use the tokenizer of
    ``xx``. Vietnamese is read syllable by syllable.
    """
    code = "xx" if language in ("be", "zh") else language
    if code == "fr":
        import_french()
    tokenizer = {"@tokenizers": "hrd_words.v1", "language": language}
    return spacy.blank(code, config={"nlp": {"tokenizer": tokenizer}})


@registry.tokenizers("hrd_words.v1")  # type: ignore[untyped-decorator]
def make_words(language: str) -> Callable[[Language], Tokenizer]:
    """Return spaCy's tokenizer of a language, which here splits words further; see ``_FINER``."""

    def words_of(nlp: Language) -> Tokenizer:
        own: Any = nlp.Defaults
        # A letter that spaCy does not know, and in Arabic a full stop behind a bracket or a digit.
        suffixes = [*(own.suffixes or ()), r"(?<=[ўЎ)\]»\d])\."]
        short = set(_SHORT.split()) - _WORDS.get(language, set())
        return Tokenizer(
            nlp.vocab,
            rules={**(own.tokenizer_exceptions or {}), **{w: [{ORTH: w}] for w in short}},
            prefix_search=compile_prefix_regex(own.prefixes or ()).search,
            suffix_search=compile_suffix_regex(suffixes).search,
            infix_finditer=compile_infix_regex([*(own.infixes or ()), *_FINER]).finditer,
            url_match=own.url_match,
        )

    return words_of
