"""Detained persons by first-level division, on a list or in a report of one State."""

from __future__ import annotations

from dataclasses import replace

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import ListSentences, claim_tag
from hrdresearch.studies.imprisonment.study_part import StudyPart
from hrdresearch.studies.shapes.count_tables import column_heads, table_of_counts
from hrdresearch.studies.shapes.groups import division_groups, only_state
from hrdresearch.vocab.states import name_in_sentence

STEM = "detained_by_division"
TITLE = "Detained persons by first-level division"


def by_division(self: StudyPart) -> Finding:
    """Persons by first-level division, of one list of one State that is not released by a plan.

    Empty where no division is read: a restricted list has none in its plan. Claims ``STEM.iso3.division``.
    """
    p = self.only_list
    iso3 = only_state(self, p) if p else None
    if p is None or iso3 is None or p.release or not p.frame["admin1_name"].notna().any():
        return self.finding(STEM, TITLE, (), (), ())
    return _of_state(self, p, iso3)


def _of_state(study: StudyPart, p: Population, iso3: str) -> Finding:
    stem = f"{STEM}.{iso3.lower()}"
    groups = division_groups(iso3, p.frame.loc[p.frame["state_iso3"].eq(iso3), "admin1_name"])
    placed = study.count_persons(
        f"{stem}.placed",
        "persons of whom a first-level division is read",
        {"state_iso3": iso3, "admin1_name": {"recorded": True}},
    )
    finding = table_of_counts(
        study,
        STEM,
        f"Detained persons in {name_in_sentence(iso3)} by first-level division",
        column_heads("First-level division", value="Persons"),
        [
            (g.cell, study.count_persons(f"{stem}.{g.key}", "persons in a division", g.filter))
            for g in groups
        ],
        beside=[placed],
        sentence=lambda _, made: [
            ListSentences(
                f"A first-level division is read of {claim_tag(made[placed.name], 'of:person')}.",
                (made[placed.name],),
            )
        ],
        unit="persons",
        notes=(
            "As the list records it; coverage differs between divisions, so the counts rank none.",
        ),
    )
    return finding if finding.rows else replace(finding, statements=())
