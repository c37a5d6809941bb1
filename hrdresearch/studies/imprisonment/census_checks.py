"""Checks of a census: how its sentences were read, and its totals beside published totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population, add_claims, measured_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    claim_tag,
    claims_of_sentences,
    count_with_share,
    is_printed,
    paragraphs_of_sentences,
)
from hrdresearch.studies.imprisonment.census_counts import (
    census_years,
    count_on_census_day,
    count_prisoner_years,
    last_census_year,
)
from hrdresearch.studies.imprisonment.census_sentences import CENSUS_DAY
from hrdresearch.studies.imprisonment.study_part import StudyPart
from hrdresearch.studies.shapes.count_tables import Share, column_heads, table_of_counts
from hrdresearch.studies.shapes.published import beside_published
from hrdresearch.tables.census import CONFLICTS
from hrdresearch.vocab import codes
from hrdresearch.vocab.reference import reference_path

REVISED = "The publisher counts persons from their arrest, and adjusts earlier numbers every year."
METHOD = "CPJ, data methodology: one revision of earlier numbers in 2018, and adjustments every December."


def reading(part: StudyPart) -> Finding:
    """How many recorded sentences were read, and how often they agree with the publisher's class.

    Unit: census entries (one person on one census).
    """
    kinds = [c for c in codes("sentence_kind") if c != "not_recorded"]
    recorded = _count_sentence_kinds(
        "recorded", "rows with a recorded sentence, or a word on it", kinds
    )
    compared = _count_compared_sentences(
        "compared",
        "rows in which both the sentence and the publisher's class say a length, life, death "
        "or none yet",
        ["same", "overlap", "contradiction"],
    )
    agree = "it lies there or overlaps it, life counted as ten years or longer"
    parts = {
        "Recorded sentences parsed or classed": (
            _count_sentence_kinds(
                "parsed", "of these, parsed or classed", [k for k in kinds if k != "unparsed"]
            ),
            recorded,
        ),
        "Same as the publisher's class": (
            _count_compared_sentences("same", "the sentence lies in the publisher's class", "same"),
            compared,
        ),
        "Same or overlapping": (
            _count_compared_sentences("agree", agree, ["same", "overlap"]),
            compared,
        ),
        "Contradictions of the source": (
            _count_compared_sentences(
                "contradict", "the two contradict each other", "contradiction"
            ),
            compared,
        ),
    }
    return table_of_counts(
        part,
        "reading",
        "How the recorded sentences were read",
        column_heads("What", value="Census entries", of="Of", share="Per cent"),
        [
            (words, part, whole, Share(part, whole, f"{words.lower()}, in per cent"))
            for words, (part, whole) in parts.items()
        ],
        beside=[
            _count_sentence_kinds("not_recorded", "no words on a sentence", ["not_recorded"]),
            _count_sentence_kinds("conflict", "class and wording conflict", list(CONFLICTS)),
        ],
        sentence=_reading_sentences,
        unit="census entries",
        notes=(
            "The class of length is the publisher's own. Life counts as ten years or longer, "
            "and ranges agree when they overlap, in the second comparison. What "
            "contradicts its class is listed, row by row, on the restricted machine.",
        ),
    )


def _reading_sentences(p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
    """How many sentences were read, and how many agree with the class of the publisher."""
    own = {key.removeprefix("sentence."): claim for key, claim in claims.items()}
    if not all(is_printed(own[key]) for key in ("recorded", "compared")):
        return []
    read = count_with_share(own["parsed"], own.get("parsed.share"))
    agree_ = count_with_share(own["agree"], own.get("agree.share"))
    return [
        ListSentences(
            f"Of {claim_tag(own['recorded'], 'of:prisoner_year')} on {p.list_in_prose} with words on a "
            f"sentence, {read} could be parsed or classed. Of {claim_tag(own['compared'])} beside which "
            f"the publisher gives a class that can be compared, {agree_} lie in it or overlap it, "
            f"and {claim_tag(own['contradict'], 'none')} "
            f"{agreement_tag(own['contradict'], 'contradicts', 'contradict')} "
            f"it.{_not_counted(own)}"
        )
    ]


def _not_counted(own: Mapping[str, Claim]) -> str:
    """Entries without words on a sentence, or whose two fields conflict, which count as neither."""
    silent, conflict = own["not_recorded"], own["conflict"]
    text = ""
    if is_printed(silent):
        text = (
            f" On {claim_tag(silent, 'of:prisoner_year')} there are no words on a sentence; "
            f"{agreement_tag(silent, 'it counts', 'they count')} neither as sentenced nor as not "
            "sentenced, even "
            "where the class beside says “sentence pending”."
        )
    if is_printed(conflict):
        text += f" In {claim_tag(conflict)} the class and the wording conflict over life or death."
    return text


def published(part: StudyPart) -> Finding:
    """Published totals of censuses beside the totals computed here.

    Published totals come from ``data/reference/prison_census.csv``. No total is computed for demo
    lists, or for a report on a part of the rows.
    """
    lists = {p.slug: p for p in part.populations}
    compared = {p.slug: _compared(part, p) for p in part.populations}
    lines = []
    for record in _census_totals():
        p = lists.get(record["source"])
        if p is None:
            continue
        year, revision = int(record["year"]), record["revision"]
        known = _published_total(record)
        words = f"{year}, {revision}" if revision else str(year)
        lines.append(((words,), known, compared[p.slug].get(year), known.definition))
    said = [_totals_sentences(p, compared[p.slug]) for p in part.populations if compared[p.slug]]
    finding = beside_published(
        part,
        "Published census totals beside the totals computed here",
        [Column("label", f"Census of {CENSUS_DAY}", "label")],
        lines,
        period=f"censuses of {_years_of(lines)}" if lines else "",
        **({"statements": paragraphs_of_sentences(said)} if said else {}),
        notes=(
            "A total that was not looked up may have been published. Publishers add and correct cases "
            f"after a census has been announced ({METHOD.removesuffix('.')}).",
        ),
    )
    return add_claims(finding, *claims_of_sentences(said))


def _years_of(lines: Sequence[tuple[tuple[str], Claim, Claim | None, str]]) -> str:
    """First and last year of the published totals."""
    years = sorted({words[:4] for (words,), *_ in lines})
    return years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"


def announced_sentences(part: StudyPart, p: Population) -> ListSentences:
    """In a sentence, for how many censuses a list holds more than its publisher announced."""
    compared = _compared(part, p)
    if not compared:
        return ListSentences()
    looked_up, more = _looked_up(p, compared)
    return ListSentences(
        f"For {claim_tag(more, 'none')} of the {claim_tag(looked_up)} censuses whose announced "
        "total was looked up, the "
        "file holds more persons than were announced: the publisher revised the series afterwards, and the "
        "latest censuses may still grow.",
        (looked_up, more),
    )


def _compared(part: StudyPart, p: Population) -> dict[int, Claim]:
    """Totals computed here, by year of the censuses whose announced total was looked up."""
    years = {int(r["year"]) for r in _census_totals() if r["source"] == p.slug}
    drafts = {
        year: count_on_census_day(year, f"{p.title}: ")
        for year in sorted(years)
        if _is_compared(part, p, year)
    }
    made = part.count(p, list(drafts.values()))
    return {year: made[draft.name] for year, draft in drafts.items()}


def _announced(p: Population) -> dict[int, Claim]:
    """Totals as first announced, by year."""
    return {
        int(r["year"]): _published_total(r)
        for r in _census_totals()
        if r["source"] == p.slug and not r["revision"]
    }


def _looked_up(p: Population, compared: Mapping[int, Claim]) -> tuple[Claim, Claim]:
    """How many announced totals were looked up, and how many the file exceeds."""
    announced = _announced(p)
    more = sum(float(n.value or 0) > float(announced[y].value or 0) for y, n in compared.items())
    first, second = (
        measured_claim(p, f"published.{key}", n, "census", words, "computed")
        for key, n, words in (
            ("looked_up", len(compared), "censuses whose announced total was looked up"),
            ("more", more, "of these, censuses of which the file holds more than was announced"),
        )
    )
    return first, second


def later_revised(part: StudyPart, p: Population) -> Claim | None:
    """The total to which the publisher later revised the last census of a list, if it did."""
    last = last_census_year(p)
    if not _is_compared(part, p, last):
        return None
    revised = [
        _published_total(record)
        for record in _census_totals()
        if record["source"] == p.slug and record["revision"] and int(record["year"]) == last
    ]
    return revised[-1] if revised else None


def _is_compared(part: StudyPart, p: Population, year: int) -> bool:
    """Whether a published total of a year is of what is counted here: whole lists, not of a demo."""
    return not part.is_demo and not part.scope.filter and year in census_years(p)


def _totals_sentences(p: Population, compared: Mapping[int, Claim]) -> ListSentences:
    """For how many censuses the file differs from what was announced, where most, and what is not known."""
    announced = _announced(p)
    looked_up, more = _looked_up(p, compared)
    by_year = {y: float(n.value or 0) - float(announced[y].value or 0) for y, n in compared.items()}
    text = (
        f"The totals that {p.name_in_prose} announced were looked up for {claim_tag(looked_up)} of the "
        f"{claim_tag('extent.censuses' if not p.prefix else p.claim_name('extent.censuses'))} "
        "censuses; the others "
        f"were not compared. For {claim_tag(more, 'none')} of the {claim_tag(looked_up)}, the file "
        "holds more than was "
        "announced"
    )
    widest = max(by_year, key=lambda y: by_year[y])
    if by_year[widest] > 0:
        year = measured_claim(
            p, "published.widest", widest, "calendar_year", "census that differs most", "computed"
        )
        text += (
            f", most for that of {claim_tag(year)}: {claim_tag(compared[widest])} in the file, "
            f"{claim_tag(announced[widest])} announced"
        )
        return ListSentences(
            f"{text}. {REVISED}",
            (looked_up, more, year),
        )
    return ListSentences(f"{text}.", (looked_up, more))


def _published_total(record: Mapping[str, str]) -> Claim:
    value = int(record["value"])
    return Claim(
        name=f"published.census.{record['year']}{'.revised' if record['revision'] else ''}",
        value=value,
        unit="prisoner",
        rows=None,
        text=number_in_table(value, "prisoner"),
        measure="published",
        definition=f"{record['citation']} ({record['how_known']})",
    )


def _census_totals() -> list[dict[str, str]]:
    """Published totals: as first announced, and as the publisher revised them later."""
    table = pd.read_csv(reference_path("prison_census.csv"), dtype=str, keep_default_na=False)
    return [{str(k): str(v) for k, v in row.items()} for row in table.to_dict("records")]


def _count_sentence_kinds(key: str, words: str, kinds: list[str]) -> CountDraft:
    """A count of census entries with one of these kinds of sentence; claim ``sentence.KEY``."""
    return count_prisoner_years(f"sentence.{key}", words, {"sentence_kind_code": kinds})


def _count_compared_sentences(key: str, words: str, agreement: str | list[str]) -> CountDraft:
    """A count of prisoner-years by how the sentence agrees with the publisher's class.

    agreement: one or several codes of vocabulary ``band_agreement``; claim ``sentence.KEY``.
    """
    return count_prisoner_years(f"sentence.{key}", words, {"band_agreement_code": agreement})
