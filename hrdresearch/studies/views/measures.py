"""What a State is asked to do after a violation was found, and which articles were violated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    claim_tag,
    is_printed,
    join_with_and,
    label_in_sentence,
)
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.count_tables import Row, code_cell, column_heads, table_of_counts
from hrdresearch.studies.views.subjects import FOUND, OTHERS, SUBJECTS
from hrdresearch.vocab import codes, label

MEASURES = [c for c in codes("view_remedy") if c not in ("none_read", "not_asked")]
CALLED = {
    "release": "release",
    "case_reviewed": "another look at a conviction or decision",
    "not_removed": "no deportation or extradition",
    "compensation": "compensation or reimbursement",
    "investigation": "an investigation",
    "prosecution": "the prosecution of those responsible",
    "law_changed": "a change of law or practice",
    "non_repetition": "the prevention of similar violations",
    "publication": "the publication of the decision",
}
TREATIES = {
    "ccpr": "Covenant on Civil and Political Rights",
    "cat": "Convention against Torture",
    "cedaw": "Convention on Discrimination against Women",
    "cerd": "Convention on Racial Discrimination",
    "cescr": "Covenant on Economic, Social and Cultural Rights",
    "crc": "Convention on the Rights of the Child",
    "crpd": "Convention on the Rights of Persons with Disabilities",
    "ced": "Convention on Enforced Disappearance",
    "cmw": "Convention on Migrant Workers",
}


SHORT = {
    c: {"ccpr": "ICCPR", "cescr": "ICESCR", "cerd": "ICERD"}.get(c, c.upper()) for c in TREATIES
}


def measures_finding(study: Ledger) -> Finding:
    """Finding: measures asked for in the decisions that found a violation, all and on defenders."""
    rows: list[Row] = [
        (
            code_cell("view_remedy", code),
            *(
                _found(
                    f"measures.{key}.{code}", f"{said}: {label('view_remedy', code)}", where, code
                )
                for key, _, said, where in SUBJECTS
            ),
        )
        for code in (*MEASURES, "none_read")
    ]
    wholes = [
        CountDraft(f"measures.{key}.of", f"{said}: violation found", {**where, **FOUND}, "decision")
        for key, _, said, where in SUBJECTS
    ]
    timed = [
        CountDraft(
            f"measures.{key}.timed",
            f"{said}: with a time for an answer",
            {**where, **FOUND, "answer_within_days": {"recorded": True}},
            "decision",
        )
        for key, _, said, where in SUBJECTS
    ]
    months = [
        CountDraft(
            f"measures.{key}.half_year",
            f"{said}: an answer is asked for within 180 days, or six months",
            {**where, **FOUND, "answer_within_days": 180},
            "decision",
        )
        for key, _, said, where in SUBJECTS
    ]
    rows += [
        ("An answer is asked for within 180 days, or six months", *months),
        ("An answer is asked for within any time", *timed),
        ("Decisions that found a violation", *wholes),
    ]
    return table_of_counts(
        study,
        "measures",
        "What States are asked to do after a violation was found",
        column_heads("Measure asked for", **{key: words for key, words, *_ in SUBJECTS}),
        rows,
        sentence=_said,
        notes=(
            OTHERS,
            "A decision may ask for several measures. That one is asked for does not say that it was taken.",
        ),
    )


def _found(name: str, words: str, where: Mapping[str, object], code: str) -> CountDraft:
    return CountDraft(name, words, {**where, **FOUND, "view_remedy_codes": code}, "decision")


def _said(_: Population, made: Mapping[str, Claim]) -> str:
    """Measures asked for in the decisions on defenders; the largest number first."""
    told = []
    for key, whole in (
        ("explicit", "on defenders that found a violation"),
        ("all", "on any subject that found a violation"),
    ):
        held = [c for c in MEASURES if is_printed(made[f"measures.{key}.{c}"])]
        held.sort(key=lambda c: -float(made[f"measures.{key}.{c}"].value or 0))
        items = [f"{CALLED[c]} in {claim_tag(f'measures.{key}.{c}', 'none')}" for c in held]
        if items:
            of = claim_tag(f"measures.{key}.of", "of:decision")
            told.append(f"Of the {of} {whole}, the Committees ask for {join_with_and(items)}.")
    return " ".join(told)


def articles_finding(study: Ledger) -> Finding:
    """Finding: articles found violated, of each treaty, all and on defenders; by number of the article."""
    p = study.register
    found = p.frame[p.frame["view_outcome_code"] == "violation"]
    pairs = {
        (committee, article)
        for committee, cell in zip(found["committee_code"], found["violated_articles"], strict=True)
        for article in str(cell).split("|")
        if article
    }
    order = list(TREATIES)
    rows: list[Row] = []
    for committee, article in sorted(pairs, key=lambda x: (order.index(x[0]), _place(x[1]))):
        words = f"{SHORT[committee]}, {_article(article)}"
        holds = {**FOUND, "committee_code": committee, "violated_articles": {"holds": article}}
        rows.append(
            (
                words,
                *(
                    CountDraft(
                        f"articles.{key}.{committee}_{article}",
                        f"{said}: {words}",
                        {**where, **holds},
                        "decision",
                    )
                    for key, _, said, where in SUBJECTS
                ),
            )
        )
    finding = table_of_counts(
        study,
        "articles",
        "Articles found violated",
        column_heads("Treaty and article", **{key: words for key, words, *_ in SUBJECTS}),
        rows,
        notes=(
            OTHERS,
            "By number of the article, alone or in conjunction with another; its paragraphs are one. "
            f"{_abbreviations()}",
        ),
    )
    return replace(finding, statements=_articles_said(finding.claims))


def _articles_said(claims: Sequence[Claim]) -> tuple[str, ...]:
    """Articles found violated in two or more decisions on defenders, by treaty, the most frequent first."""
    mine = [c for c in claims if ".explicit." in c.name and is_printed(c, 2)]
    by_treaty: dict[str, list[Claim]] = {}
    for claim in sorted(mine, key=lambda c: (-float(c.value or 0), c.name)):
        by_treaty.setdefault(claim.name.split(".")[2].rpartition("_")[0], []).append(claim)
    items = [
        f"of the {TREATIES[treaty]}, "
        + join_with_and(
            [f"{_article(c.name.rpartition('_')[2])} in {claim_tag(c, 'none')}" for c in found[:4]]
        )
        for treaty, found in by_treaty.items()
    ]
    if not items:
        return ()
    return (f"In two or more decisions on defenders a violation was found {'; '.join(items)}.",)


def _abbreviations() -> str:
    return "; ".join(f"{SHORT[c]}: {name}" for c, name in TREATIES.items()) + "."


def _article(number: str) -> str:
    """Words for an article: "article 19", or of the optional protocol.

    >>> _article("op1")
    'article 1 of the Optional Protocol'
    """
    if number.startswith("op"):
        return f"article {number.removeprefix('op')} of the Optional Protocol"
    return label_in_sentence(f"Article {number}")


def _place(number: str) -> tuple[bool, int]:
    return number.startswith("op"), int(number.removeprefix("op"))
