"""Counts by year and State, and the lists side by side: what each counts, never added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from hrdresearch.findings.empty_cells import NOT_COVERED
from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import claim_tag, is_printed, join_with_and
from hrdresearch.privacy.plan_cells import cell_name
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import column_heads, state_cell, text_columns
from hrdresearch.studies.shapes.side_by_side_tables import lists_side_by_side
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence, short_name

STATES_SIDE_BY_SIDE = 15
STATES_WITH_YEARS = 3


def side_by_side_finding(study: Study) -> Finding:
    """Finding: counts of each list in States where at least two lists have a case."""
    held = [_by_state(p) for p in study.populations]
    several = [i for i in states_with_a_case(study) if sum(i in h for h in held) > 1]
    largest = sorted(several, key=lambda i: (-sum(i in h for h in held), -max(h[i] for h in held)))[
        :STATES_SIDE_BY_SIDE
    ]
    return lists_side_by_side(
        study,
        "side_by_side",
        "The lists side by side, by State or territory",
        column_heads("State or territory"),
        [((state_cell(iso3),), iso3) for iso3 in sorted(largest, key=alphabetical_key)],
        {p.slug: counts_by_state(study, p, largest) for p in study.populations},
        missing=NOT_COVERED,
        notes=(
            "States in which at least two lists hold a case: first those of most lists, then "
            f"those with most cases on any one list, {STATES_SIDE_BY_SIDE} at most. The lists "
            "count different persons over different years and overlap; their numbers are not added.",
        ),
    )


def side_by_side_years_finding(study: Study) -> Finding:
    """Finding: counts of each list by year, for the States with most lists and years."""
    held = [_by_state_year(p) for p in study.populations]
    chosen = [row[0].text for row in side_by_side_finding(study).rows]
    by_name = {short_name(key[0]): key[0] for h in held for key in h}
    ranked = sorted(
        (by_name[n] for n in chosen if n in by_name),
        key=lambda i: (
            -sum(any(k[0] == i for k in h) for h in held),
            -sum(k[0] == i for h in held for k in h),
            alphabetical_key(i),
        ),
    )[:STATES_WITH_YEARS]
    rows = []
    for iso3 in sorted(ranked, key=alphabetical_key):
        for year in sorted({k[1] for h in held for k in h if k[0] == iso3}):
            if sum((iso3, year) in h for h in held) > 1:
                rows.append(((state_cell(iso3), str(year)), (iso3, year)))
    keys = [key for _, key in rows]
    made = {p.slug: counts_by_state_year(study, p, keys) for p in study.populations}
    return lists_side_by_side(
        study,
        "side_by_side_years",
        "The lists side by side, by State and year",
        text_columns(label="State or territory", year="Year"),
        rows,
        made,
        missing=NOT_COVERED,
        statements=_years_side_by_side_sentences(study, keys, made),
        notes=(
            "Of the States side by side, those of most lists and then of most years with a case, "
            f"{STATES_WITH_YEARS} States at most; years in which at least two lists hold one.",
            *notes_on_part_years(study),
            *(note for p in study.populations for note in notes_on_years_not_covered(p)),
        ),
    )


def _years_side_by_side_sentences(
    study: Study,
    keys: Sequence[tuple[str, int]],
    made: Mapping[str, Mapping[tuple[str, int], Claim]],
) -> tuple[str, ...]:
    """Sentences on the year with most cases in each State, among years that two lists cover as a whole."""
    held: dict[str, dict[int, list[tuple[Population, Claim]]]] = {}
    for iso3, year in keys:
        lists = [p for p in study.populations if year not in p.coverage.part_years]
        own = [(p, c) for p in lists if is_printed(c := made[p.slug].get((iso3, year))) and c]
        if len(own) > 1:
            held.setdefault(iso3, {})[year] = own
    told = []
    for iso3, years in held.items():
        year = max(years, key=lambda y: max(float(claim.value or 0) for _, claim in years[y]))
        items = [f"{claim_tag(claim)} on {p.list_in_prose}" for p, claim in years[year]]
        told.append(f"in {name_in_sentence(iso3)} in {year}, {join_with_and(items)}")
    return (f"Of one State and year the lists hold: {'; '.join(told)}.",) if told else ()


def notes_on_part_years(study: Study) -> list[str]:
    """Note on years that a public list covers only in part; empty where there is none."""
    told = [
        f"{p.title} {', '.join(map(str, sorted(p.coverage.part_years)))}"
        for p in study.populations
        if p.coverage.part_years
    ]
    return [f"Held in part only: {'; '.join(told)}."] if told else []


def counts_by_year(study: Study, p: Population) -> dict[str, Claim]:
    """Claims of victims by year of one list; keys are years as text.

    A year without a case is zero if the list covers it, and has no claim if not. A year that the
    list does not cover has a claim if the list holds a case in it. Key ``not_recorded``: no year.
    """
    if p.release:  # counted by period, in ``released.by_period_finding``
        return {}
    years = p.frame["event_year"]
    held = {int(year) for year in years.dropna()}
    first, last = p.coverage.first, p.coverage.last
    whole = range(first, last + 1) if p.covers() and first is not None and last is not None else ()
    asked = {"from": None, "to": None, **p.scope.get("event_year", {})}
    span = sorted(
        held
        | {
            y
            for y in whole
            if (asked["from"] or y) <= y <= (asked["to"] or y) and p.covers({"event_year": y})
        }
    )
    drafts = [
        CountDraft(f"by_year.{y}", f"{p.title}: victims killed in the year {y}", {"event_year": y})
        for y in span
    ]
    if p.covers() and any(q.frame["event_year"].isna().any() for q in study.populations):
        drafts.append(
            CountDraft(
                "by_year.not_recorded", f"{p.title}: year not recorded", {"event_year": [None]}
            )
        )
    made = study.count(p, drafts)
    return {d.name.removeprefix("by_year."): made[d.name] for d in drafts}


def notes_on_years_not_covered(p: Population) -> list[str]:
    """Notes on years with cases that the list does not cover; empty for restricted lists."""
    held = {int(year) for year in p.frame["event_year"].dropna()}
    beyond = sorted(year for year in held if not p.coverage.includes_year(year))
    if not beyond or not p.policy.prints_exact_numbers:
        return []
    ends = f"{p.coverage.first or 'its beginning'} to {p.coverage.last or 'its end'}"
    years = join_with_and([str(year) for year in beyond])
    return [
        f"{p.title}: its file covers {ends}. Of {years} it holds some cases, which are counted; where it "
        f"holds none, {years} {'is' if len(beyond) == 1 else 'are'} not covered, which does not mean none."
    ]


def states_with_a_case(study: Study) -> list[str]:
    """ISO3 codes of the States in which any list holds a case, in alphabetical order of names."""
    return sorted({iso3 for p in study.populations for iso3 in _by_state(p)}, key=alphabetical_key)


def counts_by_state(study: Study, p: Population, also: Iterable[str] = ()) -> dict[str, Claim]:
    """Victims by State of one list; keys are ISO3 codes.

    also: States that the table shows; those that the list covers without a case are zero.
    """
    counts = _by_state(p)
    zeros = {i: 0 for i in also if i not in counts and p.covers({"state_iso3": i})}
    drafts = {
        iso3: CountDraft(
            f"by_state.{iso3.lower()}",
            f"{p.title}: victims in {short_name(iso3)}",
            {"state_iso3": iso3},
            count=n,
        )
        for iso3, n in sorted({**counts, **zeros}.items())
    }
    made = study.count(p, list(drafts.values()))
    return {iso3: made[d.name] for iso3, d in drafts.items()}


def counts_by_state_year(
    study: Study, p: Population, also: Iterable[tuple[str, int]] = ()
) -> dict[tuple[str, int], Claim]:
    """Victims by State and year of one list; keys are (ISO3, year).

    also: as for counts_by_state; without it only cells above zero are there.
    """
    counts = _by_state_year(p)
    zeros = {
        (i, y): 0
        for i, y in also
        if (i, y) not in counts and p.covers({"state_iso3": i, "event_year": y})
    }
    drafts = {
        (iso3, year): CountDraft(
            f"by_state_year.{iso3.lower()}.{year}",
            f"{p.title}: victims in {short_name(iso3)} in the year {year}",
            {"state_iso3": iso3, "event_year": int(year)},
            count=n,
        )
        for (iso3, year), n in sorted({**counts, **zeros}.items())
    }
    made = study.count(p, list(drafts.values()))
    return {key: made[d.name] for key, d in drafts.items()}


def _by_state(p: Population) -> Counter[str]:
    """Cases by State; of a restricted list the printed numbers of the States that its release has."""
    if p.release:
        return Counter({iso3: p.release.cells[cell_name(iso3)] for iso3 in p.release.states})
    return Counter(p.frame["state_iso3"].astype(str))


def _by_state_year(p: Population) -> Counter[tuple[str, int]]:
    dated = p.frame.dropna(subset=["event_year"])
    years = (int(year) for year in dated["event_year"])
    return Counter(zip(dated["state_iso3"].astype(str), years, strict=True))
