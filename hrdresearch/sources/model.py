"""What a source is and what loading one gives; rows in = accepted + set aside, always."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.privacy.policy import Policy
from hrdresearch.sources.notes import Note


@dataclass(frozen=True)
class SourceFacts:
    """Facts of source.yml that travel with a build and that the page prints.

    singular, plural: noun of the list's population ("land or environmental defender").
    definition: what the list counts, in the words of its own methodology, ours to write.
    asked: facts of table ``cases`` that the list collects (others are ``not_asked``).
    covers: ``states`` (ISO3 codes; without it all, or not stated) and ``years`` (``from``, ``to``;
    never beyond the years of the rows). A place or year beyond is "not covered", never zero.
    recording: how a fact is recorded, where it is not asked of every case: ``when_present`` (only
    "yes" is ever written) or ``by_definition`` (the same for every row); ``COLUMN.CODE`` is one
    code of a column.
    classes: codes that the list can use, a coded column that it asks for; another is no class of it.
    article: what stands before the publisher's name in a sentence ("the"), often nothing.
    remarks: a sentence on a fact that stands beneath its table.
    may_lie_open: a list that is not public by name may still be built from outside the vault.
    """

    slug: str
    table: str
    title: str
    publisher: str
    singular: str
    plural: str
    definition: str
    coverage: str
    citation: str
    url: str
    licence: str
    asked: tuple[str, ...]
    policy: Policy
    is_demo: bool = False
    may_lie_open: bool = False
    covers: Mapping[str, Any] = field(default_factory=dict)
    recording: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    article: str = ""
    classes: Mapping[str, list[str]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for sources.json of a build."""
        return {**self.__dict__, "asked": list(self.asked), "policy": self.policy.to_dict()}


@dataclass(frozen=True)
class Loaded:
    """A source file read, cleaned and coded, while names are still there.

    accepted: columns of the table but for ``victim_id``, plus its RESTRICTED_COLUMNS.
    set_aside: columns file, row, reason (in a researcher's words, no person's data).
    issues: columns file, row, column, what, done: every value corrected, emptied or doubted.
    notes: sentences about the whole file that the page must print (a day/month swap undone ...).
    more_issues: of a large archive, issues that are counted and not listed.
    how_read: kind, encoding and delimiter of the file, in a sentence.
    """

    facts: SourceFacts
    path: Path
    layout: str
    sha256: str
    rows_in: int
    accepted: pd.DataFrame
    set_aside: pd.DataFrame
    issues: pd.DataFrame
    notes: tuple[Note, ...] = ()
    more_issues: int = 0
    how_read: str = ""

    def __post_init__(self) -> None:
        """Nothing is lost."""
        if self.rows_in != len(self.accepted) + len(self.set_aside):
            raise ValueError(
                f"{self.path.name}: {self.rows_in} rows in, but {len(self.accepted)} accepted and "
                f"{len(self.set_aside)} set aside"
            )
