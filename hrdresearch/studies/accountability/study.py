"""What became of cases from one edition of a list to the next; paragraphs 30, 55, 56 and 91 (b) of A/75/165.

The rows are those of every edition of public lists that class accountability, linked case by case.
The publisher decides on a change of class: it may follow a judgement, or correct an error.
"""

from __future__ import annotations

from typing import Any

from hrdresearch.studies.accountability import changes as classes_changed
from hrdresearch.studies.accountability import editions as editions_of_lists
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.tables.case_editions import parse_edition
from hrdresearch.vocab.regions import RegionScheme


class Accountability(Study):
    """The study of classes of accountability over the editions of lists (table ``case_editions``)."""

    name = "accountability"
    subject = "the editions of lists of cases"
    table = "case_editions"
    unit = "cases"
    value_heading = "Cases"
    accounts_for_all_files = True
    regions: RegionScheme

    def facts_of_lists(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Facts of the newest edition of each list; earlier ones are rows of the same list."""
        return [f for f in chosen if not parse_edition(f["slug"])[1]]

    editions = editions_of_lists.editions_finding
    words = editions_of_lists.words_finding
    changes = classes_changed.changes_finding
    changes_by_age = classes_changed.by_age_finding
    changes_by_state = classes_changed.by_state_finding
    quality = quality_finding


STUDY = Accountability
