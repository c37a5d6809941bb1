"""Proposes codes of a codebook for a text, by the phrases of the codebook, with the words found.

A person decides on each proposal; before that it is counted nowhere. The notation of phrases is described in
``hrdresearch.text.phrases``; spaCy looks for them in each paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language

from hrdresearch.text.evidence import evidence_table
from hrdresearch.text.pipeline import LANGUAGES, make_pipeline

ANY = "xx"


@dataclass(frozen=True)
class ProposedCode:
    """A proposed code, with the words that it rests on.

    segment: number of the paragraph, from 1. start, end: place of the words in the paragraph, in characters.
    is_denied: whether a word such as "not" denies them.
    """

    code: str
    segment: int
    paragraph: str
    start: int
    end: int
    is_denied: bool

    @property
    def words(self) -> str:
        """The words that the code rests on."""
        return self.paragraph[self.start : self.end]


def phrases_of(cells: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the phrases of each code, from cells that separate them by ``;``; empty cells are left out.

    >>> phrases_of({"laws": "new law; bill", "money": ""})
    {'laws': ['new law', 'bill']}
    """
    listed = {c: [p.strip() for p in cell.split(";") if p.strip()] for c, cell in cells.items()}
    return {code: phrases for code, phrases in listed.items() if phrases}


def propose_codes(
    paragraphs: Sequence[str], phrases: Mapping[str, Sequence[str]], language: str = ANY
) -> Iterator[ProposedCode]:
    """Return the codes whose phrases stand in the paragraphs of one text, in the order of the text.

    phrases: those of each code. language: of the text; for one that is not in ``LANGUAGES`` the general
    pipeline ``xx`` is used. Raises ValueError for a phrase that cannot be read.

    >>> found = propose_codes(["They fear the new law."], {"laws": ["new law"]}, "en")
    >>> [(p.code, p.segment, p.words) for p in found]
    [('laws', 1, 'new law')]
    """
    if not phrases:
        return
    listed = tuple((code, tuple(own)) for code, own in phrases.items())
    pipeline = _pipeline(language if language in LANGUAGES else ANY, listed)
    evidence = evidence_table(pipeline.pipe(paragraphs))
    for row in evidence[evidence["code"] != ""].to_dict("records"):
        at = int(row["text_number"])
        yield ProposedCode(
            str(row["code"]),
            at + 1,
            paragraphs[at],
            row["start"],
            row["end"],
            bool(row["is_denied"]),
        )


@lru_cache(maxsize=len(LANGUAGES))
def _pipeline(language: str, phrases: tuple[tuple[str, tuple[str, ...]], ...]) -> Language:
    """Make the pipeline of a language that looks for the phrases of a codebook, once for all its texts."""
    pipeline = make_pipeline(language)
    pipeline.add_pipe("hrd_codes", config={"phrases": {code: list(own) for code, own in phrases}})
    return pipeline
