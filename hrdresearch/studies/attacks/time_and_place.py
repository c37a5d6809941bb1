"""Attacks by year, by State and by first-level division; counts documented, never a trend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.findings.sentences import ListSentences, claim_tag, is_printed, join_with_and
from hrdresearch.studies.attacks.counting import attacks_draft
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.by_code_sentences import named_above
from hrdresearch.studies.shapes.count_tables import column_heads, state_cell, table_of_counts
from hrdresearch.studies.shapes.groups import (
    division_groups,
    division_in_sentence,
    only_state,
)
from hrdresearch.studies.shapes.year_and_state_sentences import year_sentences
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence, short_name

NO_RANK = (
    "Coverage differs, so the counts rank nobody; a place without an attack in the list may have "
    "had some."
)


def by_year_finding(study: Ledger) -> Finding:
    """Finding: attacks by year; zero within what the list covers; claims ``by_year.2019``."""
    p = study.register
    drafts = [
        attacks_draft(f"by_year.{year}", f"attacks in the year {year}", {"event_year": year})
        for year in _years(p)
    ]
    if len(p.frame) and p.frame["event_year"].isna().any():
        drafts.append(
            attacks_draft(
                "by_year.not_recorded", "attacks, year not recorded", {"event_year": [None]}
            )
        )
    finding = table_of_counts(
        study,
        "by_year",
        "Attacks documented by year",
        column_heads("Year", value="Attacks"),
        [(_of_year(d), d) for d in drafts],
        drawing=Drawing(
            "columns",
            "label",
            ("value",),
            part_years=tuple(("value", str(year)) for year in sorted(p.coverage.part_years)),
        ),
        notes=(
            "Counts show what the list documented. A difference between years is no measure of a change in "
            "the violence; years that the list covers in part are marked.",
        ),
    )
    counts = {c.name.removeprefix("by_year."): c for c in finding.claims}
    said = year_sentences(p, counts)
    return replace(
        finding,
        claims=(*finding.claims, *said.claims),
        statements=(said.text,) if said.text else (),
    )


def by_period_finding(study: Ledger) -> Finding:
    """Finding: attacks by period of years on a restricted list; claims ``by_period.2018_2019``."""
    p = study.register
    drafts = [
        attacks_draft(
            f"by_period.{first}_{last}",
            f"attacks, {first} to {last}",
            {"event_year": {"from": first, "to": last}},
        )
        for first, last in p.periods
    ]

    def said(_: Population, made: Mapping[str, Claim]) -> str:
        told = [
            f"{claim_tag(made[d.name])} in {_of_period(d)}"
            for d in drafts
            if is_printed(made[d.name])
        ]
        return (
            f"By period, the attacks are recorded as follows: {join_with_and(told)}."
            if told
            else ""
        )

    return table_of_counts(
        study,
        "by_period",
        "Attacks by period, of lists shared in confidence",
        column_heads("Period", value="Attacks"),
        [(_of_period(draft), draft) for draft in drafts],
        sentence=said,
    )


def by_state_finding(study: Ledger) -> Finding:
    """Finding: attacks by State or territory, with a map; of a restricted list, States its plan allows."""
    p = study.register
    held = p.release.states if p.release else sorted(set(p.frame["state_iso3"].astype(str)))
    drafts = {
        iso3: attacks_draft(
            f"by_state.{iso3.lower()}", f"attacks in {short_name(iso3)}", {"state_iso3": iso3}
        )
        for iso3 in sorted(held, key=alphabetical_key)
    }
    is_wide = len(p.coverage.states) != 1 and str(study.params.get("state") or "all") == "all"
    finding = table_of_counts(
        study,
        "by_state",
        "Attacks documented by State or territory",
        [Column("iso3", "ISO3", "code"), *column_heads("State or territory", value="Attacks")],
        [(iso3, state_cell(iso3), draft) for iso3, draft in drafts.items()],
        drawing=Drawing("map", "iso3", ("value",), elsewhere=tuple(study.elsewhere(p, "value")))
        if is_wide
        else Drawing(),
        sentence=lambda p, made: _largest_sentences(
            p,
            "by_state",
            "States or territories",
            {i: made[d.name] for i, d in drafts.items()},
            name_in_sentence,
            order=alphabetical_key,
        ),
        notes=(NO_RANK,),
    )
    is_one = only_state(study, p) is not None and not p.release
    return replace(finding, rows=(), statements=()) if is_one else finding


def by_division_finding(study: Ledger) -> Finding:
    """Finding: attacks by first-level division, on a list or in a report of one State."""
    p = study.register
    iso3 = only_state(study, p)
    if iso3 is None or p.release:
        return study.finding("by_division", "Attacks by first-level division", (), (), ())
    rows = p.frame[p.frame["state_iso3"].eq(iso3)]
    groups = division_groups(iso3, rows["admin1_name"])
    drafts: list[tuple[Cell, CountDraft]] = [
        (
            g.cell,
            attacks_draft(f"by_division.{iso3.lower()}.{g.key}", "attacks in a division", g.filter),
        )
        for g in groups
    ]
    placed = attacks_draft(
        f"by_division.{iso3.lower()}.placed",
        "attacks of which a first-level division is read",
        {"state_iso3": iso3, "admin1_name": {"recorded": True}},
    )
    return table_of_counts(
        study,
        "by_division",
        f"Attacks in {name_in_sentence(iso3)} by first-level division",
        column_heads("First-level division", value="Attacks"),
        drafts,
        beside=[placed],
        drawing=Drawing("bars", "label", ("value",)) if len(drafts) > 1 else Drawing(),
        sentence=lambda p, made: _largest_sentences(
            p,
            "by_division",
            "First-level divisions",
            {cell.text: made[d.name] for cell, d in drafts},
            division_in_sentence,
            f"A first-level division is read of {claim_tag(placed.name, 'of:attack')}.",
        ),
        notes=(NO_RANK,),
    )


def _years(p: Population) -> list[int]:
    held = {int(year) for year in p.frame["event_year"].dropna()}
    if not held or p.release:
        return []
    asked = {"from": None, "to": None, **p.scope.get("event_year", {})}
    first, last = p.coverage.first or min(held), p.coverage.last or max(held)
    span = range(max(first, asked["from"] or first), min(last, asked["to"] or last) + 1)
    return sorted(held | {y for y in span if p.covers({"event_year": y})})


def _of_year(draft: CountDraft) -> str:
    return draft.name.removeprefix("by_year.").replace("_", " ").capitalize()


def _of_period(draft: CountDraft) -> str:
    return draft.name.removeprefix("by_period.").replace("_", "–")


def _largest_sentences(
    p: Population,
    name: str,
    places: str,
    counts: Mapping[str, Claim],
    in_words: Callable[[str], str],
    before: str = "",
    order: Callable[[str], str] | None = None,
) -> list[ListSentences]:
    """Sentence on the places with a round number of attacks or more, in alphabetical order.

    Empty where there is one place only.
    """
    above = named_above(p, f"{name}.threshold", counts, in_words, order=order)
    if above is None or len(counts) < 2:
        return [ListSentences(before)]
    threshold, _, told = above
    text = f"{places} with {claim_tag(threshold)} or more attacks in the list are, in alphabetical order"
    return [ListSentences(f"{before} {text}: {told}.".strip(), (threshold,))]
