"""UPR: the words by which the rules of this draft count a recommendation as on defenders; an annex."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hrdresearch.findings.model import Cell, Finding
from hrdresearch.studies.shapes.count_tables import text_columns
from hrdresearch.studies.upr.coding_quality import LANGUAGES
from hrdresearch.studies.upr.counts import RECOMMENDATIONS
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.phrase_words import READING, phrase_in_words

if TYPE_CHECKING:
    from hrdresearch.studies.upr.counted_rows import UprStudy

READ_AS = {
    "explicit": "Explicitly on defenders",
    "implicit": "Implicitly, where nothing explicit stands",
    "not": "Taken out before the others are looked for",
}


def words(study: UprStudy) -> Finding:
    """Words of the vocabulary in each language of the texts, by what they make of a recommendation."""
    used = set(study.build.table(RECOMMENDATIONS)["language_code"])
    rows = [
        [Cell(text=cell) for cell in (language, said, "; ".join(map(phrase_in_words, held[key])))]
        for code, language in LANGUAGES.items()
        if code in used
        for held in (vocabulary("upr_concern")["phrases"][code],)
        for key, said in READ_AS.items()
    ]
    finding = study.finding(
        "words",
        "Words by which recommendations are counted as on defenders",
        text_columns(language="Language", read_as="Counted as", words="Words"),
        rows,
        (),
        unit="",
        notes=(
            READING,
            "Languages in which the sources hold no text are left out.",
        ),
    )
    return replace(finding, sources=(), period="")  # of this project, from no source of the report
