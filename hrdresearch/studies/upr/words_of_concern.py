"""UPR: the words by which the rules of this draft count a recommendation, and what it asks; an annex."""

from __future__ import annotations

from dataclasses import replace

from hrdresearch.findings.model import Cell, Finding
from hrdresearch.studies.shapes.count_tables import text_columns
from hrdresearch.studies.upr.coding_quality import LANGUAGES
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import RECOMMENDATIONS
from hrdresearch.vocab import label, vocabulary
from hrdresearch.vocab.phrase_words import READING, phrase_in_words

READ_AS = {
    "explicit": "Explicitly on defenders",
    "implicit": "Implicitly, where nothing explicit stands",
    "not": "Taken out before the others are looked for",
}


KINDS = {  # vocabulary of phrases -> that of their codes, and how the table calls it
    "upr_ask": ("upr_ask", "Request"),
    "upr_identity": ("identity", "Identity"),
    "upr_cause": ("cause", "Cause"),
}


def words(study: UprStudy) -> Finding:
    """Words of the vocabulary by language, and whether they make a recommendation explicit or implicit."""
    rows = [
        (language, said, held[key])
        for code, language in _languages(study).items()
        for held in (vocabulary("upr_concern")["phrases"][code],)
        for key, said in READ_AS.items()
    ]
    return _table(
        study,
        "words",
        "Words by which recommendations are counted as on defenders",
        rows,
        ("Language", "Counted as"),
    )


def words_of_kinds(study: UprStudy) -> Finding:
    """Words by which the kind of request, and the defenders named, are recognized in a recommendation."""
    rows = [
        (said, _counted_as(codes, key), phrases)
        for name, (codes, said) in KINDS.items()
        for key, phrases in vocabulary(name)["phrases"]["en"].items()
    ]
    return _table(
        study,
        "words_of_kinds",
        "Words by which kinds of request, identities and causes are counted, in English",
        rows,
        ("What", "Counted as"),
    )


def _counted_as(codes: str, key: str) -> str:
    """What phrases count as: the label of a code; of ``not.CODE``, that they rule the code out."""
    first, _, code = key.partition(".")
    return f"{label(codes, code)}: not where" if code else label(codes, first)


def _languages(study: UprStudy) -> dict[str, str]:
    used = set(study.build.table(RECOMMENDATIONS)["language_code"])
    return {code: language for code, language in LANGUAGES.items() if code in used}


def _table(
    study: UprStudy,
    name: str,
    title: str,
    rows: list[tuple[str, str, list[str]]],
    heads: tuple[str, str],
) -> Finding:
    finding = study.finding(
        name,
        title,
        text_columns(of=heads[0], read_as=heads[1], words="Words"),
        [
            [
                *(Cell(text=cell) for cell in (of, said)),
                # A line may break after a slash; else one group of words would widen the column.
                Cell(
                    text="; ".join(map(phrase_in_words, phrases)).replace(
                        "/", "/\N{ZERO WIDTH SPACE}"
                    )
                ),
            ]
            for of, said, phrases in rows
        ],
        (),
        unit="",
        notes=(READING,),
    )
    return replace(finding, sources=(), period="")  # of this project, from no source of the report
