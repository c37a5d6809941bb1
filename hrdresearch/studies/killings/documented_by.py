"""Who documented each case, where a list names its sources: how many, which, and what rests on one.

Only for lists that are public by name. A source is an organization or institution that the list names
for the case; what two of them know may come from a third.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrdresearch.findings.empty_cells import NOT_COVERED
from hrdresearch.findings.make_claims import (
    CountDraft,
    Population,
    measured_claim,
    share_claim,
    text_claim,
)
from hrdresearch.findings.model import SCOPE, Cell, Claim, Column, Finding
from hrdresearch.findings.publication_limits import FEWEST_KNOWN
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    is_printed,
    join_with_and,
    paragraphs_of_sentences,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.by_year_and_state import counts_by_year
from hrdresearch.studies.shapes.count_tables import table_of_counts, text_columns
from hrdresearch.studies.shapes.fact_by_groups_sentences import GroupCounts
from hrdresearch.studies.shapes.groups import (
    Group,
    Grouping,
    by_division,
    by_each_year,
    in_order,
    slug_of,
)
from hrdresearch.studies.shapes.year_and_state_sentences import part_year
from hrdresearch.tables import match_rows

COLUMN = "documented_by"
ONE = {COLUMN: {"joined": 1}}
FEWEST_NAMED = 10  # cases from which a source stands in the table
THIRD = 1 / 3
NAMED = {COLUMN: {"recorded": True}}


def names_its_sources(p: Population) -> bool:
    """Whether a public list names for its cases who documented them."""
    return p.covers() and p.policy.prints_exact_numbers and bool(p.frame[COLUMN].notna().any())


def sources_per_case_finding(study: Study) -> Finding:
    """Finding: number of sources a case, by year and by first-level division.

    Claims: ``sources_per_case.GROUPING.GROUP.cases``, ``.median``, ``.one``, ``.one.share`` and
    ``.three`` (three or more). Years all, divisions with 30 cases or more.
    """
    told = [p for p in study.populations if names_its_sources(p)]
    made = {p.slug: _lines(study, p) for p in told}
    return table_of_counts(
        study,
        "sources_per_case",
        "Sources that documented a case",
        [
            *text_columns(label="Year or first-level division"),
            Column("cases", "Documented"),
            Column("median", "Median number of sources"),
            Column("one", "On one source"),
            Column("three", "On three or more"),
        ],
        lambda p: [
            (_cell(p, s), s.one.known, s.median, s.one.yes, s.three) for s in made.get(p.slug, ())
        ],
        beside=lambda p: (
            [*(s.one.share for s in made[p.slug]), _threshold(p)] if p.slug in made else ()
        ),
        statements=tuple(_lines_sentences(p, made[p.slug]) for p in told),
        sources=tuple(p.note for p in told),
        notes=(
            "Sources are those that the list names for the case. All years with a case; first-level "
            f"divisions with {FEWEST_KNOWN} cases or more, in alphabetical order.",
        ),
    )


@dataclass(frozen=True)
class SourcesOfGroup:
    """Sources of the cases of one year or division: cases on one, on three or more, and the median."""

    heading: str
    one: GroupCounts
    three: Claim
    median: Claim


def _lines(study: Study, p: Population) -> list[SourcesOfGroup]:
    made = []
    for grouping, least in ((by_each_year(), 1), (by_division(), FEWEST_KNOWN)):
        for group in grouping.of(study, p):
            if match_rows(p.frame, {**NAMED, **group.filter}).sum() >= least:
                made.append(_line(study, p, grouping, group))
    return made


def _line(study: Study, p: Population, grouping: Grouping, group: Group) -> SourcesOfGroup:
    stem = f"sources_per_case.{grouping.key}.{group.key}"
    words = f"{p.title}, {grouping.heading.lower()}: {group.defined}: cases"
    parts: dict[str, tuple[str, Mapping[str, Any]]] = {
        "cases": ("with a named source", NAMED),
        "one": ("on one source", ONE),
        "three": ("on three sources or more", {COLUMN: {"joined": {"from": 3}}}),
    }
    drafts = {
        key: CountDraft(f"{stem}.{key}", f"{words} {what}", {**group.filter, **filter_})
        for key, (what, filter_) in parts.items()
    }
    made = study.count(p, list(drafts.values()))
    cases, one, three = (made[draft.name] for draft in drafts.values())
    share = share_claim(p, f"{stem}.one.share", one, cases, f"{words} on one source, in per cent")
    numbers = (
        p.frame.loc[match_rows(p.frame, {**NAMED, **group.filter}), COLUMN].str.count(r"\|") + 1
    )
    middle = float(numbers.median())
    median = measured_claim(
        p,
        f"{stem}.median",
        int(middle) if middle.is_integer() else middle,
        "source",
        f"median number of sources a case, {grouping.heading.lower()}: {group.defined}",
        "computed",
        text=f"{middle:g}",
    )
    return SourcesOfGroup(grouping.heading, GroupCounts(group, cases, one, share), three, median)


def _cell(p: Population, line: SourcesOfGroup) -> Cell:
    """The year or division; of a year that the list holds in part, with its last day."""
    cell, in_part = line.one.group.cell, part_year(p)
    if in_part and cell.text == str(in_part[0]):
        return Cell(text=f"{cell.text} (to {in_part[1].removesuffix(cell.text).strip()})")
    return cell


def _lines_sentences(p: Population, lines: Sequence[SourcesOfGroup]) -> str:
    """Sentences on the years with the highest and lowest median, and the shares that rest on one source."""
    large = [s for s in lines if is_printed(s.one.known, FEWEST_KNOWN)]
    years = [s for s in large if s.heading == lines[0].heading]
    divisions = [s for s in large if s not in years]
    texts = [f"{p.list_subject} names for each case who documented it."]
    medians = [s for s in years if isinstance(s.median.value, int)]
    if medians and len({s.median.value for s in medians}) > 1:
        most, least = (pick(medians, key=_median) for pick in (max, min))
        texts.append(
            f"The yearly median of sources a case lay between {claim_tag(least.median)} "
            f"{_years_of(medians, least)} and {claim_tag(most.median)} {_years_of(medians, most)}."
        )
    large_ones = f"In first-level divisions with {claim_tag(_threshold(p))} cases or more, "
    for told, where in ((years, ""), (divisions, large_ones)):
        if len({s.one.part for s in told}) > 1:
            low, high = (pick(told, key=lambda s: s.one.part) for pick in (min, max))
            between = f"for between {low.one.words()} and {high.one.words()}"
            texts.append(f"{where or 'By year, '}one source alone is named {between}.")
    if medians and len({s.median.value for s in medians}) > 1:
        texts.append(
            "As the sources differ by year, the yearly numbers alone do not say whether there were more or "
            "fewer killings."
        )
    return " ".join(texts)


def _years_of(lines: Sequence[SourcesOfGroup], like: SourcesOfGroup) -> str:
    """All years with the same median as ``like``: "in 2016 and 2017"."""
    return "in " + join_with_and(
        [s.one.group.cell.text for s in lines if s.median.value == like.median.value]
    )


def _threshold(p: Population) -> Claim:
    name, words = "sources_per_case.threshold", "cases from which a division is named"
    return text_claim(p.claim_name(name), str(FEWEST_KNOWN), f"{p.title}: {words}", SCOPE)


def _median(line: SourcesOfGroup) -> float:
    return float(line.median.value or 0)


def documented_by_finding(study: Study) -> Finding:
    """Finding: for how many cases of each year each source is named.

    Claims ``documented_by.SOURCE.YEAR``. Sources with ten cases or more; a year that the list does
    not cover has no number.
    """
    lists = [p for p in study.populations if names_its_sources(p)]
    years = sorted({int(y) for p in lists for y in p.frame["event_year"].dropna()})
    made = {p.slug: _by_source_and_year(study, p) for p in lists}
    names = {p.slug: _names(p) for p in lists}
    said = {p.slug: _changes_sentences(study, p, made[p.slug], names[p.slug]) for p in lists}
    return table_of_counts(
        study,
        "documented_by",
        "Who documented the cases, by year",
        [
            Column("label", "Organization or institution", "label"),
            *(Column(f"y{year}", str(year)) for year in years),
        ],
        lambda p: [
            (names[p.slug][key].text, *(own.get(year, NOT_COVERED) for year in years))
            for key, own in made.get(p.slug, {}).items()
        ],
        beside=lambda p: said[p.slug].claims if p.slug in said else (),
        statements=paragraphs_of_sentences(said.values()),
        notes=(
            f"Named for {FEWEST_NAMED} cases or more, in alphabetical order; several may be named "
            "for one case. Sources are called as the list calls them.",
        ),
    )


def _names(p: Population) -> dict[str, Claim]:
    """Sources that a list names often enough, by a part of the name of claims; as texts."""
    times = Counter(name for cell in p.frame[COLUMN].dropna() for name in cell.split("|"))
    return {
        slug_of(name): text_claim(
            p.claim_name(f"documented_by.{slug_of(name)}"),
            name,
            f"{p.title}: a source that the list names",
            SCOPE,
        )
        for name in in_order(times)
        if times[name] >= FEWEST_NAMED
    }


def _by_source_and_year(study: Study, p: Population) -> dict[str, dict[int, Claim]]:
    years = sorted({int(year) for year in p.frame["event_year"].dropna()})
    drafts = {
        (key, year): CountDraft(
            f"documented_by.{key}.{year}",
            f"{p.title}: victims killed in {year} for whom {name.text} is named as a source",
            {"event_year": year, COLUMN: {"holds": name.text}},
        )
        for key, name in _names(p).items()
        for year in years
    }
    counted = study.count(p, list(drafts.values()))
    made: dict[str, dict[int, Claim]] = {}
    for (key, year), draft in drafts.items():
        made.setdefault(key, {})[year] = counted[draft.name]
    return made


def _changes_sentences(
    study: Study, p: Population, made: Mapping[str, Mapping[int, Claim]], names: Mapping[str, Claim]
) -> ListSentences:
    """Sources named for a third of the cases of one year and for none of another."""
    cases = counts_by_year(study, p)
    large = [int(y) for y, c in cases.items() if y.isdigit() and is_printed(c, FEWEST_KNOWN)]
    items: list[str] = []
    claims: list[Claim] = []
    for key, own in made.items():
        none = [year for year in large if own[year].value == 0]
        if not large or not none:
            continue
        most = max(large, key=lambda y: float(own[y].value or 0) / float(cases[str(y)].value or 1))
        if float(own[most].value or 0) < THIRD * float(cases[str(most)].value or 0):
            continue
        other = max(none, key=lambda y: float(cases[str(y)].value or 0))
        claims += [names[key], cases[str(most)], cases[str(other)]]
        items.append(
            f"{claim_tag(names[key])} for {claim_tag(own[most])} of {claim_tag(cases[str(most)])} "
            f"in {most} and "
            f"{claim_tag(own[other], 'none')} of {claim_tag(cases[str(other)])} in {other}"
        )
    if not items:
        return ListSentences()
    return ListSentences(
        f"On {p.list_in_prose}, sources named for a third or more of the cases of one "
        f"year and for none of another are, in alphabetical order: {'; '.join(items)}.",
        tuple(claims),
    )
