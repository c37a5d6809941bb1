"""Invented sentences on denials, references, articles, dates and rows; figures in decision 61."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from hrdresearch.coding.narratives import propose_row
from hrdresearch.coding.pretext import code_pretexts
from hrdresearch.coding.recommendations import EXPLICIT, code_recommendation
from hrdresearch.coding.sentence import parse_sentence
from hrdresearch.text.clauses import is_within
from hrdresearch.text.codes import codes_of
from hrdresearch.text.pipeline import COMPONENTS, make_pipeline, nlp

CASES = Path(__file__).parent / "cases" / "spans"
Case = pd.Series


@cache
def pipeline(language: str) -> Language:
    return make_pipeline(language, components=(*COMPONENTS, "hrd_lengths", "hrd_places"))


@cache
def reader(vocabulary: str) -> Language:
    return nlp("xx", vocabulary)


def marked(mark: str) -> Callable[[Case, Doc], str]:
    """Whether the words in ``about`` are denied, or quoted."""

    def read(case: Case, doc: Doc) -> str:
        start = case["text"].index(case["about"])
        word = doc.char_span(start, start + len(case["about"]), alignment_mode="expand")
        return "yes" if word is not None and is_within(word, mark) else "no"

    return read


def codes_by(vocabulary: str) -> Callable[[Case, Doc], str]:
    """Codes of a vocabulary, read in all languages at once."""
    return lambda case, doc: ";".join(sorted(codes_of(reader(vocabulary)(case["text"]))))


def references(case: Case, doc: Doc) -> str:
    found = (s for s in doc.spans["references"] if s.label_ != "article")
    return "|".join(f"{s.label_}:{s.id_}" for s in found)


def articles(case: Case, doc: Doc) -> str:
    found = (s for s in doc.spans["references"] if s.label_ == "article")
    return "|".join(f"{s.id_}@{s.kb_id_}" for s in found)


def charges(case: Case, doc: Doc) -> str:
    found = code_pretexts(case["text"], case["language"], case["about"])
    return ";".join(sorted({p.code for p in found}))


READERS: dict[str, Callable[[Case, Doc], str]] = {
    "denied": marked("denied"),
    "quoted": marked("quoted"),
    "identity": codes_by("upr_identity"),
    "ask": lambda case, doc: ";".join(sorted(codes_of(reader("upr_ask")(case["text"])))) or "other",
    "accountability": lambda case, doc: (
        "yes"
        if any(a.code == "accountability" for a in code_recommendation(doc.text, EXPLICIT).asks)
        else "no"
    ),
    "places": lambda case, doc: "|".join(f"{s.label_}:{s.id_}" for s in doc.spans["places"]),
    "term": lambda case, doc: parse_sentence(case["text"], case["language"]).kind,
    "references": references,
    "articles": articles,
    "lengths": lambda case, doc: "|".join(s.text for s in doc.spans["lengths"]),
    "dates": lambda case, doc: "|".join(f"{s.text}={s.id_}" for s in doc.spans["dates"]),
    "charges": charges,
    "row": lambda case, doc: propose_row(case["text"]).values[case["about"]],
    "sentences": lambda case, doc: str(len(list(doc.sents))),
}


@pytest.mark.parametrize(
    ("file", "split", "most"),
    [
        *(("cases", "seen", 0), ("cases", "unseen", 1), ("second", "seen", 0)),
        *(("second", "unseen", 4), ("third", "seen", 0), ("third", "unseen", 4)),
    ],
)
def test_spans_are_read_as_in_the_cases(file: str, split: str, most: int) -> None:
    cases = pd.read_csv(CASES / f"{file}.csv", dtype=str, keep_default_na=False)
    cases = cases[cases["split"] == split]
    found = [
        READERS[case["question"]](case, pipeline(case["language"])(case["text"]))
        for _, case in cases.iterrows()
    ]
    wrong = cases.assign(found=found)[lambda frame: frame["found"] != frame["answer"]]
    assert len(wrong) <= most


def test_numbers_are_told_apart_from_lengths_dates_and_symbols() -> None:
    doc = pipeline("en")(
        "In A/HRC/37/51 a choir of 40 was stopped on 3 May 2019 for 2 hours and 5 days"
    )
    found = [(s.text, s.label_) for key in ("lengths", "numbers") for s in doc.spans[key]]
    assert found == [("5 days", "length"), ("40", "number"), ("2", "number")]


def test_a_symbol_at_the_end_of_a_sentence_leaves_the_full_stop() -> None:
    doc = pipeline("en")("The choir is named in A/HRC/40/60/Add.1.")
    assert [s.text for s in doc.spans["references"]] == ["A/HRC/40/60/Add.1"]
