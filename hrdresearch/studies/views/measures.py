"""What a State is asked to do after a violation was found, and which articles were violated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrdresearch.findings.make_claims import CountDraft, Population, add_claims
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    is_printed,
    join_with_and,
    label_in_sentence,
)
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.by_code_sentences import named_above
from hrdresearch.studies.shapes.count_tables import Row, code_cell, column_heads, table_of_counts
from hrdresearch.studies.views.subjects import (
    FOUND,
    OTHERS,
    SUBJECTS,
    WITH_A_FINDING,
    article_place,
)
from hrdresearch.vocab import codes, label

FEW = range(2, 100)
MEASURES = [c for c in codes("view_remedy") if c not in ("list_missing", "none_read", "not_asked")]
CALLED = {
    "release": "release",
    "case_reviewed": "the review of a conviction or decision",
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
        for code in (*MEASURES, "list_missing", "none_read")
    ]
    wholes = [
        CountDraft(
            f"measures.{key}.of", f"{said}: {WITH_A_FINDING}", {**where, **FOUND}, "decision"
        )
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
        (f"Decisions that {WITH_A_FINDING}", *wholes),
    ]
    return table_of_counts(
        study,
        "measures",
        "What States are asked to do after a violation was found",
        column_heads("Measure asked for", **{key: words for key, words, *_ in SUBJECTS}),
        rows,
        empty="drop rows",
        sentence=_sentences,
        notes=(
            OTHERS,
            "A decision may ask for several measures. That one is asked for does not say that it was taken.",
        ),
    )


def _found(name: str, words: str, where: Mapping[str, object], code: str) -> CountDraft:
    return CountDraft(name, words, {**where, **FOUND, "view_remedy_codes": code}, "decision")


def _sentences(_: Population, made: Mapping[str, Claim]) -> str:
    """Sentence on the measures asked for, in the decisions on defenders or else in all; largest first."""
    for key, whose in (("explicit", " on defenders"), ("all", "")):
        stem = f"measures.{key}"
        held = [c for c in MEASURES if is_printed(made[f"{stem}.{c}"])]
        held.sort(key=lambda c: -float(made[f"{stem}.{c}"].value or 0))
        if not held:
            continue
        whole = made[f"{stem}.of"]
        items = join_with_and(
            [f"{CALLED[c]} in {_all_or(made[f'{stem}.{c}'], whole)}" for c in held]
        )
        told = f"In the {claim_tag(f'{stem}.of', 'of:decision')}{whose} that {WITH_A_FINDING}, the "
        told += f"Committees ask for {items}."
        if is_printed(made[f"{stem}.list_missing"]):
            told += (
                f" In {claim_tag(f'{stem}.list_missing')} of them the file lacks the list of measures, so "
                "that more may be asked."
            )
        if is_printed(made[f"{stem}.timed"]):
            told += (
                f" An answer within a set time is asked for in {_all_or(made[f'{stem}.timed'], whole)}, "
                f"within six months in {_all_or(made[f'{stem}.half_year'], whole)}."
            )
        return told
    return ""


def _all_or(part: Claim, whole: Claim) -> str:
    """Tag of a part of the decisions, with "all" before it where it is the whole and more than one."""
    is_whole = part.value == whole.value and is_printed(whole, 2)
    return f"{'all ' if is_whole else ''}{claim_tag(part, 'none')}"


def articles_finding(study: Ledger) -> Finding:
    """Finding: articles found violated, of each treaty, all and on defenders; by number of the article."""
    p = study.register
    found = p.frame[p.frame["view_outcome_code"].isin(FOUND["view_outcome_code"])]
    pairs = {
        (committee, article)
        for committee, cell in zip(found["committee_code"], found["violated_articles"], strict=True)
        for article in str(cell).split("|")
        if article
    }
    order = list(TREATIES)
    rows: list[Row] = []
    for committee, article in sorted(pairs, key=lambda x: (order.index(x[0]), article_place(x[1]))):
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
            "A violation found, or one that a removal would be. By number of the article, alone or in "
            "conjunction with another; its paragraphs are one. "
            f"{_abbreviations()}",
        ),
    )
    said = _articles_sentences(p, finding.claims)
    return replace(add_claims(finding, *said.claims), statements=(said.text,) if said.text else ())


def _articles_sentences(p: Population, claims: Sequence[Claim]) -> ListSentences:
    """Articles found violated in a stated number of decisions on defenders or more, by treaty."""
    mine = {c.name: c for c in claims if ".explicit." in c.name}
    told = named_above(p, "articles.threshold", mine, str, among=FEW)
    if told is None:
        return ListSentences()
    threshold, chosen, _ = told
    by_treaty: dict[str, list[Claim]] = {}
    for claim in sorted(
        (mine[name] for name in chosen),
        key=lambda c: (-float(c.value or 0), article_place(_number(c))),
    ):
        by_treaty.setdefault(claim.name.split(".")[2].rpartition("_")[0], []).append(claim)
    items = [
        f"of the {TREATIES[treaty]}, "
        + join_with_and([f"{_article(_number(c))} in {claim_tag(c, 'none')}" for c in found])
        for treaty, found in by_treaty.items()
    ]
    text = f"In {claim_tag(threshold)} or more decisions on defenders a violation was found, or would be one,"
    return ListSentences(f"{text} {'; '.join(items)}.", (threshold,))


def _number(claim: Claim) -> str:
    return claim.name.rpartition("_")[2]


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
