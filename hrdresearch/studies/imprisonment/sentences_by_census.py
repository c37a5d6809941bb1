"""Sentences by census: each census by itself, because the list did not record all of them alike."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.imprisonment.census_counts import (
    census_years,
    count_prisoner_years,
)
from hrdresearch.studies.imprisonment.census_days import CensusDays
from hrdresearch.studies.imprisonment.census_sentences import SENTENCES_IN_WORDS
from hrdresearch.studies.imprisonment.study_part import UNKNOWN_KINDS, codes_in_use
from hrdresearch.studies.shapes.count_tables import Row, Share, column_heads, table_of_counts
from hrdresearch.vocab import codes, label

NAME = "by_sentence_kind"
KINDS = codes("sentence_kind")
KNOWN = [code for code in KINDS if code not in UNKNOWN_KINDS]
WELL_RECORDED = 0.9  # of those held; a census below it is not set beside the others


def by_sentence_kind(part: CensusDays) -> Finding:
    """By census: those held, with a sentence or its absence recorded, and those not sentenced.

    Claims ``by_sentence_kind.YEAR.held``, ``.known``, ``.pending``, ``.pending.share``, and the
    census entries of each kind, ``by_sentence_kind.CODE``.
    """
    return table_of_counts(
        part,
        NAME,
        "Sentences recorded on each census day",
        column_heads(
            "Census",
            value="Held",
            known="A sentence or its absence recorded",
            none="Not sentenced",
            share="Per cent of recorded",
        ),
        lambda p: [_row(year) for year in census_years(p)],
        beside=_beside,
        sentence=partial(_sentences, part),
        notes=("The same person may first be held without a sentence and be sentenced later.",),
    )


def _row(year: int) -> Row:
    day = {"census_year": year}
    held, known, none = (
        CountDraft(
            f"{NAME}.{year}.{key}", f"{words}, census of {year}", {**day, **where}, "prisoner"
        )
        for key, words, where in (
            ("held", "held", {}),
            ("known", "a sentence or its absence recorded", {"sentence_kind_code": KNOWN}),
            ("pending", "not sentenced", {"sentence_kind_code": "pending"}),
        )
    )
    return str(year), held, known, none, Share(none, known, f"{none.definition}, in per cent")


def _beside(p: Population) -> list[CountDraft]:
    """Census entries of each kind of sentence, of a public list."""
    if not len(p.frame) or not p.policy.prints_exact_numbers:
        return []
    return [
        count_prisoner_years(
            f"{NAME}.{code}", label("sentence_kind", code), {"sentence_kind_code": code}
        )
        for code in codes_in_use(p, "sentence_kind_code", KINDS)
    ]


def _sentences(part: CensusDays, p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
    if not len(p.frame) or not p.policy.prints_exact_numbers:
        return []
    own = {name.removeprefix(f"{NAME}."): claim for name, claim in claims.items()}
    return [_from_when(p, own), _person_sentences(part, p, own)]


def _from_when(p: Population, own: Mapping[str, Claim]) -> ListSentences:
    """Sentence on the first census from which nine in ten have a known sentence, and the shares after."""
    years = census_years(p)
    held, known = (
        {y: int(own[f"{y}.{key}"].value or 0) for y in years} for key in ("held", "known")
    )
    poor = [y for y in years if known[y] < WELL_RECORDED * held[y]]
    good = [y for y in years if not poor or y > poor[-1]]
    shares = {y: s for y in good if (s := own.get(f"{y}.pending.share")) and s.status == "shown"}
    if len(shares) < 2:
        return ListSentences()
    words = "census from which on nine in ten are recorded"
    first = _computed(p, "recorded_from", good[0], "calendar_year", words)
    ends = {
        "lowest": min(shares, key=lambda y: (float(shares[y].value or 0), y)),
        "highest": max(shares, key=lambda y: (float(shares[y].value or 0), -y)),
    }
    when = {
        key: _computed(
            p,
            f"{key}_share_year",
            y,
            "calendar_year",
            f"census with the {key} share not sentenced",
        )
        for key, y in ends.items()
    }
    low, high = (f"{claim_tag(when[key])} ({claim_tag(shares[y])})" for key, y in ends.items())
    text = (
        f"From {claim_tag(first)} on, each census records for nine in ten or more whether they were "
        "sentenced; "
        f"of these, the share not sentenced was lowest in {low} and highest in {high}."
    )
    middle = [shares[y] for y in shares if y not in ends.values()]
    # Lowest and highest at the first and last census would read as a change over time.
    if {*ends.values()} == {good[0], good[-1]} and len(middle) > 1:
        least, most = (f(middle, key=lambda s: float(s.value or 0)) for f in (min, max))
        text += (
            f" On the censuses between, it lay between {claim_tag(least)} and {claim_tag(most)}."
        )
    if poor:
        text += (
            f" Recording was poorer before {claim_tag(first)}, and the censuses are not added up."
        )
    return ListSentences(text, (first, *when.values()))


def _computed(p: Population, name: str, value: int, unit: str, words: str) -> Claim:
    return measured_claim(p, f"{NAME}.{name}", value, unit, words, "computed")


def _person_sentences(part: CensusDays, p: Population, own: Mapping[str, Claim]) -> ListSentences:
    """How many persons were under a life sentence, or one of death, on any census."""
    told = {
        kind: part.count_persons(
            f"{NAME}.{kind}.persons",
            f"{p.title}: persons {SENTENCES_IN_WORDS[kind]} on any census",
            {"sentence_kind_code": kind},
        )
        for kind in ("life", "death")
        if is_printed(own.get(kind))
    }
    if not told:
        return ListSentences()
    made = part.count(p, list(told.values()))
    items = [
        f"{claim_tag(made[d.name], 'of:person')} {SENTENCES_IN_WORDS[k]}" for k, d in told.items()
    ]
    return ListSentences(
        f"Over all censuses, the list records {join_with_and(items)}.", tuple(made.values())
    )
