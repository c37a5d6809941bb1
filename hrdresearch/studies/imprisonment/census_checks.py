"""Checks of a census: how its sentences were read, and its totals beside published totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from hrdresearch.findings.make_claims import Draft, Population
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.findings.sentences import Said, agree, is_printed, tag, with_share
from hrdresearch.studies.imprisonment.census_counts import (
    census_years,
    count_on_census_day,
    count_prisoner_years,
    last_census_year,
)
from hrdresearch.studies.imprisonment.study_part import StudyPart
from hrdresearch.studies.shapes.count_tables import Share, column_heads, table_of_counts
from hrdresearch.studies.shapes.published import beside_published
from hrdresearch.vocab import codes
from hrdresearch.vocab.reference import reference_path


def reading(part: StudyPart) -> Finding:
    """How many recorded sentences were read, and how often they agree with the publisher's class.

    Unit: prisoner-years (one person in one census).
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
        column_heads("What", value="Prisoner-years", of="Of", share="Per cent"),
        [
            (words, part, whole, Share(part, whole, f"{words.lower()}, in per cent"))
            for words, (part, whole) in parts.items()
        ],
        sentence=_reading_said,
        unit="prisoner-years",
        notes=(
            "The class of length is the publisher's own. Life counts as ten years or longer, "
            "and ranges agree when they overlap, in the second comparison. What "
            "contradicts its class is listed, row by row, on the restricted machine.",
        ),
    )


def _reading_said(p: Population, claims: Mapping[str, Claim]) -> list[Said]:
    """How many sentences were read, and how many agree with the class of the publisher."""
    own = {key.removeprefix("sentence."): claim for key, claim in claims.items()}
    if not all(is_printed(own[key]) for key in ("recorded", "compared")):
        return []
    read = with_share(own["parsed"], own.get("parsed.share"))
    agree_ = with_share(own["agree"], own.get("agree.share"))
    return [
        Said(
            f"Of {tag(own['recorded'], 'of:prisoner_year')} on {p.list_in_prose} with words on a "
            f"sentence, {read} could be parsed or classed. Of {tag(own['compared'])} beside which "
            f"the publisher gives a class that can be compared, {agree_} lie in it or overlap it, "
            f"and {tag(own['contradict'], 'none')} {agree(own['contradict'], 'contradicts', 'contradict')} "
            "it."
        )
    ]


def published(part: StudyPart) -> Finding:
    """Published totals of censuses beside the totals computed here.

    Published totals come from ``data/reference/prison_census.csv``. No total is computed for demo
    lists, or for a report on a part of the rows.
    """
    lists = {p.slug: p for p in part.populations}
    lines = []
    told: dict[int, str] = {}
    more: list[float] = []
    for record in _census_totals():
        p = lists.get(record["source"])
        if p is None:
            continue
        year, revision = int(record["year"]), record["revision"]
        known = _published_total(record)
        computed = None
        if _is_compared(part, p, year):
            draft = count_on_census_day(year, f"{p.title}: ")
            computed = part.count(p, [draft])[draft.name]
            if year not in told:
                more.append(float(computed.value or 0) - float(known.value or 0))
            here, announced = ("", "") if told else (" here", " announced")
            told.setdefault(year, f"in {year}: {tag(computed)}{here}, {tag(known)}{announced}")
            told[year] += f", later revised to {tag(known)}" if revision else ""
        lines.append(
            ((f"{year}, {revision}" if revision else str(year),), known, computed, known.definition)
        )
    looked_up = sorted({words[0][:4] for words, *_ in lines})
    return beside_published(
        part,
        "Published census totals beside the totals computed here",
        [Column("label", "Year", "label")],
        lines,
        **({"statements": (_totals_in_words(told.values(), more),)} if told else {}),
        notes=(
            f"Published totals were looked up for the censuses of {', '.join(looked_up)} only; for "
            "the other years none was looked up, which does not mean that none was published.",
            "Publishers add and correct cases after a census has been announced; a later "
            "export need not hold the number first published.",
        ),
    )


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


def _totals_in_words(told: Iterable[str], more: Sequence[float]) -> str:
    """Both totals of each census, and whether this export holds more where the two differ.

    more: the totals counted here less those first announced.
    """
    text = f"Totals of census days, as counted here and as announced by the publisher: {'; '.join(told)}."
    differ = [n for n in more if n]
    if differ and min(differ) > 0:
        which = "On every one of these" if len(differ) == len(more) else "Wherever the two differ"
        text += f" {which}, more are counted here than were announced."
    return text


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


def _count_sentence_kinds(key: str, words: str, kinds: list[str]) -> Draft:
    """A count of prisoner-years with one of these kinds of sentence; claim ``sentence.KEY``."""
    return count_prisoner_years(f"sentence.{key}", words, {"sentence_kind_code": kinds})


def _count_compared_sentences(key: str, words: str, agreement: str | list[str]) -> Draft:
    """A count of prisoner-years by how the sentence agrees with the publisher's class.

    agreement: one or several codes of vocabulary ``band_agreement``; claim ``sentence.KEY``.
    """
    return count_prisoner_years(f"sentence.{key}", words, {"band_agreement_code": agreement})
