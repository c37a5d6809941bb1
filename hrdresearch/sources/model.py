"""The facts of a source, and the result of loading one of its files.

Every row of the file is accepted or set aside: their numbers add up to the rows of the file.
"""

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
    """Facts from source.yml that a build stores and that a report prints.

    singular, plural: noun for the persons that the list counts ("land or environmental defender").
    definition: what the list counts, by its own methodology, in our words.
    asked: facts of table ``cases`` that the list collects (others are ``not_asked``).
    covers: ``states`` (ISO3 codes; without it all, or not stated) and ``years`` (``from``, ``to``;
    never beyond the years of the rows). Other places and years are "not covered", never zero.
    recording: how a fact is recorded, where it is not asked of every case: ``when_present`` (only
    "yes" is ever written) or ``by_definition`` (the same for every row); ``COLUMN.CODE`` is one
    code of a column.
    classes: for each coded column that the list asks for, the codes that the list can use.
    article: word before the publisher's name in a sentence ("the"), often none. full_name: where the
    publisher is called by a short name ("CPJ"), what the first sentence of a report calls it.
    remarks: for a fact, the sentence printed beneath its table, or after the sentence that says that
    every case has it by definition.
    owner: who drafts and decides on reports on a user's own list; else empty.
    consent: "needed" where each case of a restricted list is counted by its own consent only. basis:
    else the basis on which the whole list is counted, in words. Where both are empty, a user must state
    one before a build (``hrdresearch consents``).
    keep: of a restricted list, ``rows_months`` and ``files_months``: how long rows and files are kept.
    called: for a fact, what the list itself records under it ("subject of coverage" for a cause).
    unknown_as: ``COLUMN.not_recorded`` -> words of what the list does record where the build has no
    code for it ("another than these"); ``COLUMN.known`` -> words after those for the known cases.
    uses: other sources (by slug) whose cases this list takes over, with how we know; ``documented_by``:
    the lists named in that column rest on one another. Such lists give no estimate of the undocumented.
    target: whom the list sets out to record, in the words of a design for an estimate; lists with the
    same words record one population. Empty: the noun of the list, so that no other list has it.
    linked_with: other sources (by slug) -> ``recall``, ``precision`` (0 to 1) and ``how`` they were measured
    (``recall_low``, ``precision_low``: low ends of their intervals of 95 per cent, where there are any),
    of the links of persons on this list and on the other. Without it the linkage is not measured.
    holds_duplicates: one person may stand on the list twice, so its rows are linked with each other.
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
    covers: Mapping[str, Any] = field(default_factory=dict)
    recording: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    unknown_as: Mapping[str, str] = field(default_factory=dict)
    uses: Mapping[str, str] = field(default_factory=dict)
    target: str = ""
    linked_with: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    holds_duplicates: bool = False
    article: str = ""
    full_name: str = ""
    owner: str = ""
    consent: str = ""
    basis: str = ""
    keep: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, list[str]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for sources.json of a build."""
        return {**self.__dict__, "asked": list(self.asked), "policy": self.policy.to_dict()}


@dataclass(frozen=True)
class Loaded:
    """A source file, read, cleaned and coded; names of persons are still in it.

    accepted: columns of the table without ``victim_id``, and its RESTRICTED_COLUMNS.
    set_aside: columns file, row, reason (in a researcher's words, without a person's data).
    issues: columns file, row, column, what, done: every value corrected, emptied or doubted.
    notes: sentences about the whole file that the page must print (a day/month swap undone ...).
    more_issues: number of issues of a large archive that are counted but not listed.
    how_read: kind, encoding and delimiter of the file, in a sentence. identifiers: telephone numbers,
    addresses and the like in any column of a list that is not public, for the scan of reports.
    columns: headings of the file. uncoded: by column of the table, how many accepted rows of a user's own
    list hold words without a code. by_words: by vocabulary, values that do not stand in source.yml, with
    the codes that their words name.
    names_aside: names that stand in rows which are not accepted, for the scan too; other_words: aliases,
    contributors and places of a list that is not public, by kind.
    Raises ValueError when accepted and set-aside rows do not add up to ``rows_in``.
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
    identifiers: frozenset[str] = field(default=frozenset(), repr=False)
    columns: tuple[str, ...] = ()
    names_aside: frozenset[str] = field(default=frozenset(), repr=False)
    other_words: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    uncoded: Mapping[str, int] = field(default_factory=dict)
    by_words: Mapping[str, Mapping[str, str | list[str]]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Check that no row is lost."""
        if self.rows_in != len(self.accepted) + len(self.set_aside):
            raise ValueError(
                f"{self.path.name}: {self.rows_in} rows in, but {len(self.accepted)} accepted and "
                f"{len(self.set_aside)} set aside"
            )
