"""The page on accountability: lists of cases, their editions, and beside them what each State itself says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrdresearch.findings.empty_cells import NO_CLASS, NONE, NOT_COVERED, explain_empty_cells
from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.findings.sentences import join_with_and
from hrdresearch.findings.several_studies import add_own_study_prefix, study_prefix
from hrdresearch.studies.ground.studies_page import StudiesPage
from hrdresearch.studies.shapes.count_tables import state_cell
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import (
    alphabetical_key,
)

NAME = "accountability"
OFTEN = (
    "status_recorded",
    "accountability",
    "accountability_by_state",
    "allegations",
    "changes",
    "by_outcome",
)
FEWEST_STATES = 10  # of a source of reviews; of fewer the text tells alone
NOT_CLASSES = ("unknown", "not_asked")
SIDE_BY_SIDE = "What lists record of the cases"
ASKED = (
    "Asked in review: recommendations on defenders that ask for accountability, in the reviews of these "
    "years; a State reviewed twice had twice the occasion. Supported is an answer, not an act."
)
NO_CASE = "What a State replied or answered says nothing of a single case of the lists."
# Study, its finding, and the codes of an enquiry, a trial, a conviction and compensation in it.
STEPS: tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "killings",
        "accountability",
        (("under_investigation",), (), ("partial", "full_justice", "conviction"), ()),
    ),
    (
        "attacks",
        "accountability",
        (("investigation",), ("suspect_charged",), ("conviction",), ("compensation",)),
    ),
    ("case-status", "by_outcome", (("investigation_opened",), (), (), ())),
    ("communications", "allegations", (("investigation",), (), (), ())),
)


class AccountabilityPage(StudiesPage):
    """Findings on accountability from the studies with a build, over all States, a region or one State."""

    name = NAME
    often = OFTEN

    def words(self) -> dict[str, str]:
        """Words and conditions for the prose, by name; "" for a condition that does not hold."""
        return super().words() | {
            "place.without_case": "; ".join(self._without_case()) if self.state else "",
            "place.other_files": join_with_and(list(self._other_files())),
            "scope.one_state": "yes" if self.state else "",
            "scope.several": "" if self.state else "yes",
        }

    def in_short(self, finding: Finding) -> Finding:
        """The finding; without its table on the page of one State, where the sentences say enough."""
        return finding if not self.state else replace(finding, rows=())

    def top(self) -> Finding:
        """The sentences for the top of the page: one or two of each study."""
        told = [
            self.killings.status_recorded(),
            self.killings.accountability(),
            self.killings.accountability_by_state(),
            self.accountability.changes(),
            self.attacks.accountability(),
            self.case_status.by_outcome(),
            self.communications.allegations(),
            self.upr.accountability(),
        ]
        sentences = [s for part in map(add_own_study_prefix, told) for s in part.key_sentences]
        return self.page_finding("glance", key_sentences=tuple(sentences))

    def by_class(self) -> Finding:
        """Killings by class of accountability; over several lists as bars, a panel for each list."""
        made: Finding = self.killings.accountability()
        lists = tuple(column.key for column in made.columns if column.role == "value")
        if self.state or len(lists) < 2 or made.drawing.kind != "table":
            return made
        return replace(made, drawing=Drawing("bars", "label", lists, panels=True))

    def states(self) -> Finding:
        """By State: what lists record of the cases, with letters and reviews in columns beside it.

        The columns are never merged. A page on one State has no rows. A State without any number has
        no row.
        """
        parts = [
            add_own_study_prefix(part)
            for part in (
                self.killings.accountability_by_state(),
                self.communications.allegations(),
                self.upr.accountability(),
            )
        ]
        claims = {c.name: c for part in parts for c in part.claims}
        held = list(self._columns(claims))
        beside = [
            words
            for words, stem in (
                ("what the State replied to letters", "communications"),
                ("what it answered in the Universal Periodic Review", "upr"),
            )
            if any(one.startswith(study_prefix(stem)) for _, one, _, _ in held)
        ]
        found = {iso3 for _, stem, end, _ in held for iso3 in _states_of(claims, stem, end)}
        if self.state:
            found = set()
        rows = tuple(
            (
                Cell(iso3),
                state_cell(iso3),
                *(_cell(claims, stem, end, iso3, p) for _, stem, end, p in held),
            )
            for iso3 in sorted(found, key=alphabetical_key)
        )
        columns = (
            Column("iso3", "ISO3", "code"),
            Column("label", "State or territory", "label"),
            *(Column(f"c{i}", head) for i, (head, *_) in enumerate(held)),
        )
        notes = {note.slug: note for part in parts for note in part.sources}
        return self.page_finding(
            "states",
            title=f"{SIDE_BY_SIDE}{', and beside it ' if beside else ''}{join_with_and(beside)}, by State",
            columns=columns,
            rows=rows,
            claims=tuple(claims.values()),
            sources=tuple(notes.values()),
            unit="cases",
            period="as each list covers",
            population="cases, and what stands beside them, which are never added",
            notes=(
                "States stand in alphabetical order; the numbers do not rank them, because what "
                "is known of a case differs between States.",
                *([ASKED] if "upr" in {one.split(".")[0] for _, one, _, _ in held} else []),
                *([NO_CASE] if beside else []),
                *explain_empty_cells(rows, claims.values()),
            ),
        )

    def steps_of_justice(self) -> Finding:
        """For each list, of how many cases it records an enquiry, a trial, a conviction and compensation."""
        rows: list[tuple[Cell, ...]] = []
        claims: dict[str, Claim] = {}
        sources: dict[str, Any] = {}
        for study, method, steps in STEPS:
            opened = self.opened.get(study)
            if opened is None:
                continue
            made = add_own_study_prefix(getattr(opened, method)())
            claims |= made.by_name
            for p in opened.populations:
                stem = f"{study_prefix(study)}{p.claim_name(method)}"
                row = (Cell(p.title), *(_step(made.by_name, stem, codes_) for codes_ in steps))
                if any(cell.claim or "{{" in cell.text for cell in row):
                    rows.append(row)
                    sources[p.slug] = p.note
        return self.page_finding(
            "steps_of_justice",
            title="What each list records of the steps towards justice, in cases",
            columns=(
                Column("label", "List", "label"),
                Column("enquiry", "Enquiry"),
                Column("trial", "Charge or trial"),
                Column("conviction", "Conviction"),
                Column("compensation", "Compensation"),
            ),
            rows=tuple(rows),
            claims=tuple(claims.values()),
            sources=tuple(sources.values()),
            unit="cases, attacks, persons or letters, as the list counts them",
            period="as each list covers",
            population="cases as each list defines them; lists are not added",
            notes=(
                "A list without a class for a step says nothing of it. An enquiry may have led "
                "to a trial since. A conviction of some of "
                "those responsible is "
                "partial impunity in the words of a list, and one of all of them full justice.",
                *explain_empty_cells(rows, claims.values()),
            ),
        )

    # -- private ---------------------------------------------------------------------------

    def _without_case(self) -> Iterator[str]:
        """Titles of public lists of killings that cover the State but have no case of it."""
        opened = self.opened.get("killings")
        told = {p.slug for p in opened.populations} if opened else set()
        for build in self.builds:
            for facts in build.facts() if build.study == "killings" else ():
                states = facts.get("covers", {}).get("states", ())
                is_covered = not states or self.params["state"] in states
                if facts["policy"]["public_by_name"] and facts["slug"] not in told and is_covered:
                    yield str(facts["title"])

    def _other_files(self) -> Iterator[str]:
        """Publishers whose newest edition here is not the same file as in the study of killings."""
        files = [
            {f["slug"]: (f["sha256"], f["publisher"]) for f in build.facts()}
            for study in ("killings", NAME)
            for build in self.builds
            if build.study == study
        ]
        if len(files) == 2:
            one, other = files
            yield from (other[s][1] for s in one if s in other and one[s][0] != other[s][0])

    def _columns(
        self, claims: Mapping[str, Claim]
    ) -> Iterator[tuple[str, str, str, Population | None]]:
        """For each column: its head, start and end of its claim names, and the source if it is a review."""
        killings, upr = self.opened.get("killings"), self.opened.get("upr")
        lists = killings.populations if killings else ()
        shown = [
            (p, f"{study_prefix('killings')}{p.claim_name('accountability_by_state')}")
            for p in lists
        ]
        shown = [(p, stem) for p, stem in shown if _states_of(claims, stem, "")]
        for p, stem in shown:
            front = f"{p.title}: " if len(shown) > 1 else ""
            covered = killings.period([p]) if killings else ""
            yield f"{front}Classed, {covered}", stem, "", None
            for code in codes("impunity"):
                if code not in NOT_CLASSES and _states_of(claims, stem, f".{code}"):
                    yield f"{front}{label('impunity', code)}", stem, f".{code}", None
        letters = "communications.allegations"
        if _states_of(claims, letters, ""):
            yield "Public letters on cases", letters, "", None
            yield "Replied to", letters, ".replied", None
            if _states_of(claims, letters, ".substantive"):
                yield "Replied to in substance", letters, ".substantive", None
        reviews = upr.over_all().populations if upr else ()
        reviews = [p for p in reviews if p.frame["state_iso3"].nunique() >= FEWEST_STATES]
        for p in reviews:
            stem = f"{study_prefix('upr')}{p.claim_name('accountability')}"
            if _states_of(claims, stem, ".asked"):
                front = f"{p.title}: " if len(reviews) > 1 else ""
                yield f"{front}Asked in review, {upr.period([p]) if upr else ''}", stem, ".asked", p
                yield f"{front}Supported", stem, ".supported", p


OF_WHOM = {
    "partial": "some convicted",
    "full_justice": "all convicted",
    "conviction": "not said of how many",
}


def open_accountability(
    *studies: str, work: str | Path | None = None, **params: Any
) -> AccountabilityPage:
    """Open the page on accountability over the studies that have a build; see ``StudiesPage.open``."""
    return AccountabilityPage.open(studies, work, params)


def _step(claims: Mapping[str, Claim], stem: str, steps: tuple[str, ...]) -> Cell:
    """The cell of one step: its numbers, or that the list has no class for it."""
    held = {code: name for code in steps if (name := f"{stem}.{code}") in claims}
    if len(held) < 2:
        return Cell(claim=next(iter(held.values()))) if held else Cell(NO_CLASS)
    return Cell("; ".join(f"{OF_WHOM[code]}: {{{{ {name} }}}}" for code, name in held.items()))


def _states_of(claims: Mapping[str, Claim], stem: str, end: str) -> set[str]:
    """ISO3 codes of the States with a claim ``STEM.iso3END`` that is not zero."""
    found = set()
    for name, claim in claims.items():
        if not name.startswith(f"{stem}.") or not name.endswith(end):
            continue
        middle = name[len(stem) + 1 : len(name) - len(end)]
        if (
            len(middle) == 3
            and claim.unit != "per_cent"
            and (claim.value or claim.status != "shown")
        ):
            found.add(middle.upper())
    return found


def _cell(
    claims: Mapping[str, Claim], stem: str, end: str, iso3: str, p: Population | None
) -> Cell:
    name = f"{stem}.{iso3.lower()}{end}"
    if name in claims:
        return Cell(claim=name)
    is_covered = p is None or iso3 in set(p.frame["state_iso3"])
    return Cell(NONE if is_covered else NOT_COVERED)
