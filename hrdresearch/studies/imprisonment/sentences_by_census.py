"""Sentences on the census days: each census apart, because the list did not record them alike."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from hrdresearch.findings.make_claims import Draft, Population, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    Said,
    agree,
    in_sentence,
    is_printed,
    listed,
    tag,
    unknown_sentence,
    with_share,
)
from hrdresearch.studies.imprisonment.census_counts import (
    census_years,
    count_prisoner_years,
    first_and_last,
    last_census_year,
)
from hrdresearch.studies.imprisonment.census_days import CensusDays
from hrdresearch.studies.imprisonment.census_sentences import SENTENCES_IN_WORDS
from hrdresearch.studies.imprisonment.study_part import UNKNOWN_KINDS, codes_in_use
from hrdresearch.studies.shapes.by_code_sentences import UNKNOWN
from hrdresearch.studies.shapes.count_tables import Row, Share, column_heads, table_of_counts
from hrdresearch.vocab import codes, label

NAME = "by_sentence_kind"
KINDS = codes("sentence_kind")
KNOWN = [code for code in KINDS if code not in UNKNOWN_KINDS]
WELL_RECORDED = 0.9  # of those held; a census below it is not set beside the others
NOT_ALIKE = (
    "The censuses are not recorded alike, so they are not added up, and no rise or fall is stated."
)


def by_sentence_kind(part: CensusDays) -> Finding:
    """By census: those held, with a sentence or its absence recorded, and those not sentenced.

    Claims ``by_sentence_kind.YEAR.held``, ``.known``, ``.pending``, ``.pending.share``, and the
    prisoner-years of each kind, ``by_sentence_kind.CODE``, with ``.last`` those of the last census.
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
        sentence=partial(_said, part),
        notes=("The same person may first be held without a sentence and be sentenced later.",),
    )


def _row(year: int) -> Row:
    day = {"census_year": year}
    held, known, none = (
        Draft(f"{NAME}.{year}.{key}", f"{words}, census of {year}", {**day, **where}, "prisoner")
        for key, words, where in (
            ("held", "held", {}),
            ("known", "a sentence or its absence recorded", {"sentence_kind_code": KNOWN}),
            ("pending", "not sentenced", {"sentence_kind_code": "pending"}),
        )
    )
    return str(year), held, known, none, Share(none, known, f"{none.definition}, in per cent")


def _beside(p: Population) -> list[Draft]:
    """Prisoner-years of each kind of sentence, and those of the last census, of a public list."""
    if not len(p.frame) or not p.policy.is_exempt:
        return []
    last = {"census_year": last_census_year(p)}
    used = codes_in_use(p, "sentence_kind_code", KINDS)
    of_all = [
        count_prisoner_years(
            f"{NAME}.{code}", label("sentence_kind", code), {"sentence_kind_code": code}
        )
        for code in used
    ]
    of_last = [
        Draft(
            f"{NAME}.{code}.last",
            f"{label('sentence_kind', code)}, last census",
            {**last, "sentence_kind_code": code},
            "prisoner",
        )
        for code in used
    ]
    return [*of_all, *of_last]


def _said(part: CensusDays, p: Population, claims: Mapping[str, Claim]) -> list[Said]:
    if not len(p.frame) or not p.policy.is_exempt:
        return []
    own = {name.removeprefix(f"{NAME}."): claim for name, claim in claims.items()}
    kinds = {c: own[c] for c in codes_in_use(p, "sentence_kind_code", KINDS)}
    unknown = [(kinds[c], UNKNOWN[c]) for c in kinds if c in UNKNOWN and c != "not_recorded"]
    not_read = unknown_sentence("the sentence", unknown).removesuffix(".")
    return [
        _last_said(p, own),
        _from_when(p, own),
        Said(f"{not_read}, in prisoner-years of all censuses." if not_read else ""),
        _persons_said(part, p, kinds),
    ]


def _in_words(kind: str) -> str:
    return SENTENCES_IN_WORDS.get(kind, in_sentence(label("sentence_kind", kind)))


def _last_said(p: Population, own: Mapping[str, Claim]) -> Said:
    """The last census by kind of sentence."""
    _, year = first_and_last(p)
    held, known, share = (
        own.get(f"{last_census_year(p)}.{key}") for key in ("held", "known", "pending.share")
    )
    counts = {c: own[f"{c}.last"] for c in KNOWN if f"{c}.last" in own and own[f"{c}.last"].value}
    if not counts or held is None or known is None:
        return Said()
    told = [
        f"{with_share(n, share if c == 'pending' else None)} {_in_words(c)}"
        for c, n in sorted(counts.items(), key=lambda item: -float(item[1].value or 0))
    ]
    return Said(
        f"On the census day of {tag(year)}, {p.name_in_prose} recorded a sentence, or its absence, for "
        f"{tag(known)} of {tag(held)}: {listed(told)}.",
        (year,),
    )


def _from_when(p: Population, own: Mapping[str, Claim]) -> Said:
    """From which census on the list records it of nine in ten, and the shares from then on."""
    years = census_years(p)
    held, known = (
        {y: int(own[f"{y}.{key}"].value or 0) for y in years} for key in ("held", "known")
    )
    poor = [y for y in years if known[y] < WELL_RECORDED * held[y]]
    good = [y for y in years if not poor or y > poor[-1]]
    if len(years) < 2 or not good:
        return Said(NOT_ALIKE if poor else "")
    first = _computed(
        p,
        "recorded_from",
        good[0],
        "calendar_year",
        "census from which on nine in ten are recorded",
    )
    text, made = (
        f"It is recorded for nine in ten or more of those held on each census from {tag(first)} on",
        [first],
    )
    silent = own.get("not_recorded")
    if poor and silent and is_printed(silent):
        here = p.frame["sentence_kind_code"].eq("not_recorded") & p.frame["census_year"].lt(good[0])
        before = _computed(
            p,
            "not_recorded.before",
            int(here.sum()),
            "prisoner_year",
            "not recorded, on the censuses before that",
        )
        made.append(before)
        text += (
            f"; of the {tag(silent, 'of:prisoner_year')} for which nothing is recorded, {tag(before)} "
            f"{agree(before, 'is', 'are')} of earlier censuses"
        )
    shares = {y: s for y in good if (s := own.get(f"{y}.pending.share")) and s.status == "shown"}
    text += "."
    if len(shares) > 1:
        ends = [
            min(shares, key=lambda y: (float(shares[y].value or 0), y)),
            max(shares, key=lambda y: (float(shares[y].value or 0), -y)),
        ]
        when = [
            _computed(
                p,
                f"{key}_share_year",
                y,
                "calendar_year",
                f"census with the {key} share not sentenced",
            )
            for key, y in zip(("lowest", "highest"), ends, strict=True)
        ]
        made += when
        told = [f"{tag(shares[y])} ({tag(c)})" for y, c in zip(ends, when, strict=True)]
        text += (
            f" On the censuses from {tag(first)} on, the share recorded as not sentenced lies between "
            f"{' and '.join(told)}."
        )
    return Said(f"{text} {NOT_ALIKE if poor else 'No rise or fall is stated.'}", tuple(made))


def _computed(p: Population, name: str, value: int, unit: str, words: str) -> Claim:
    return measured_claim(p, f"{NAME}.{name}", value, unit, words, "computed")


def _persons_said(part: CensusDays, p: Population, own: Mapping[str, Claim]) -> Said:
    """Of how many persons the prisoner-years under a sentence of death, or for life, are."""
    told = {
        kind: part.count_persons(
            f"{NAME}.{kind}.persons",
            f"{p.title}: persons {SENTENCES_IN_WORDS[kind]} on any census",
            {"sentence_kind_code": kind},
        )
        for kind in ("death", "life")
        if is_printed(own.get(kind))
    }
    if not told:
        return Said()
    made = part.count(p, list(told.values()))
    items = [
        f"the {tag(own[kind], 'of:prisoner_year')} {_in_words(kind)} {agree(own[kind], 'is', 'are')} of "
        f"{tag(made[draft.name], 'of:person')}"
        for kind, draft in told.items()
    ]
    return Said(f"Over all censuses, {listed(items)}.", tuple(made.values()))
