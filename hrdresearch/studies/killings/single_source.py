"""Compares cases that rest on one source with cases that rest on several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population, share_claim
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.publication_limits import FEWEST_KNOWN
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    claim_tag,
    count_with_share,
    label_in_sentence,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.killings.documented_by import COLUMN, ONE, names_its_sources
from hrdresearch.studies.shapes.by_code import LAST_CODES
from hrdresearch.studies.shapes.count_tables import Row, code_cell, table_of_counts, text_columns
from hrdresearch.studies.shapes.extent import victims_draft
from hrdresearch.studies.shapes.one_state_and_year import FEWEST_IN_A_CLASS, HALF
from hrdresearch.tables import match_rows
from hrdresearch.vocab import codes, label

SEVERAL = {COLUMN: {"joined": {"from": 2}}}
FACTS = (("sex_code", "sex"), ("identity_codes", "identity"))


@dataclass(frozen=True)
class Result:
    """A class counted twice: over the cases on one source, and over those on two or more."""

    cell: Cell
    numbers: tuple[Claim, Claim, Claim]  # count, known, share
    without: tuple[Claim, Claim, Claim]

    def row(self) -> Row:
        """Cells of its row."""
        return self.cell, self.numbers[0], self.numbers[2], self.without[0], self.without[2]

    def words(self) -> str:
        """Both numbers in a sentence."""
        (n, known, share), (m, rest, other) = self.numbers, self.without
        return (
            f"{label_in_sentence(self.cell.text)}, {claim_tag(n)} of "
            f"{count_with_share(known, share)} and {claim_tag(m)} of "
            f"{count_with_share(rest, other)}"
        )


def single_source_finding(study: Study) -> Finding:
    """Finding: sex and identity of the cases on one source, and of those on two or more.

    Claims: ``single_source.several`` (victims on two sources or more), and for each class with 30
    victims or more ``single_source.sex.female`` (on one source), ``.share``, and ``.several``,
    ``.several.share``. Where half of the cases on one source are of one year:
    ``single_source.one`` and ``single_source.one_year``.
    """
    made = {p.slug: _results(study, p) for p in study.populations if names_its_sources(p)}
    several = {p.slug: _several(study, p) for p in study.populations if p.slug in made}
    years = {p.slug: _of_one_year(study, p) for p in study.populations if p.slug in made}
    return table_of_counts(
        study,
        "single_source",
        "Cases on one source and on several",
        [
            *text_columns(label="Recorded as"),
            Column("all", "On one source"),
            Column("share", "Per cent of known (one)"),
            Column("several", "On two sources or more"),
            Column("several_share", "Per cent of known (two or more)"),
        ],
        lambda p: [result.row() for result in made.get(p.slug, ())],
        beside=lambda p: [
            *several.get(p.slug, ()),
            *(years[p.slug].claims if p.slug in years else ()),
            *(c for r in made.get(p.slug, ()) for c in (r.numbers[1], r.without[1])),
        ],
        statements=tuple(
            " ".join(
                filter(None, [_sentences(p, several[p.slug], made[p.slug]), years[p.slug].text])
            )
            for p in study.populations
            if p.slug in made
        ),
        notes=(f"Classes with {FEWEST_KNOWN} victims or more.",),
    )


def _results(study: Study, p: Population) -> list[Result]:
    results = []
    for column, vocabulary in FACTS:
        known = [c for c in codes(vocabulary) if c not in LAST_CODES]
        for code in (c for c in known if c in p.classes[column]):
            stem, words = f"single_source.{vocabulary}.{code}", label(vocabulary, code)
            if match_rows(p.frame, {column: code}).sum() >= FEWEST_KNOWN:
                one, two = f"{words}, on one source", f"{words}, on two sources or more"
                numbers = _counted(study, p, stem, one, column, code, known, ONE)
                rest = _counted(study, p, f"{stem}.several", two, column, code, known, SEVERAL)
                results.append(Result(code_cell(vocabulary, code), numbers, rest))
    return results


def _counted(
    study: Study,
    p: Population,
    stem: str,
    words: str,
    column: str,
    code: str,
    known: Sequence[str],
    within: Mapping[str, Mapping[str, Any]],
) -> tuple[Claim, Claim, Claim]:
    """Victims of a class, those of whom the fact is known, and the share."""
    drafts = [
        CountDraft(stem, f"{p.title}: {words}", {column: code, **within}),
        CountDraft(f"{stem}.known", f"{p.title}: {words}: known", {column: list(known), **within}),
    ]
    made = study.count(p, drafts)
    part, whole = (made[draft.name] for draft in drafts)
    share = share_claim(p, f"{stem}.share", part, whole, f"{p.title}: {words}, in per cent")
    return part, whole, share


def _several(study: Study, p: Population) -> tuple[Claim, Claim, Claim]:
    words = f"{p.title}: victims on two sources or more"
    made = study.count(p, [victims_draft(p), CountDraft("single_source.several", words, SEVERAL)])
    whole, several = made["extent.victims"], made["single_source.several"]
    share = share_claim(p, "single_source.several.share", several, whole, f"{words}, in per cent")
    return whole, several, share


def _of_one_year(study: Study, p: Population) -> ListSentences:
    """Sentence that half or more of the cases on one source are of one year, unlike the other cases."""
    counted = p.frame.loc[match_rows(p.frame, ONE), "event_year"].value_counts()
    if not p.policy.prints_exact_numbers or p.frame["event_year"].nunique() < 2 or counted.empty:
        return ListSentences()
    if counted.iloc[0] < max(HALF * counted.sum(), FEWEST_IN_A_CLASS):
        return ListSentences()
    words, year = f"{p.title}: victims on one source", int(counted.index[0])
    made = study.count(
        p,
        [
            CountDraft("single_source.one", words, ONE),
            CountDraft(
                "single_source.one_year", f"{words}, in {year}", {**ONE, "event_year": year}
            ),
        ],
    )
    one, some = made["single_source.one"], made["single_source.one_year"]
    text = (
        f"Of the {claim_tag(one)} on one source, {claim_tag(some)} are of {year}, so the two "
        "parts differ in time."
    )
    return ListSentences(text, (one, some))


def _sentences(p: Population, counts: tuple[Claim, Claim, Claim], results: Sequence[Result]) -> str:
    whole, several, share = counts
    first = (
        f"Of the {claim_tag(whole)} {agreement_tag(whole, p.singular, p.plural)} on "
        f"{p.list_in_prose}, {count_with_share(several, share)} {agreement_tag(several, 'rests', 'rest')} on "
        "two sources or more"
    )
    if not results:
        return f"{first}."
    # men are nearly all whose sex is recorded beside women, so their share says nothing more
    told = "; ".join(r.words() for r in results if r.cell.text != label("sex", "male"))
    return (
        f"{first}. Recorded as follows, of cases on one source and of those on two or more: {told}."
    )
