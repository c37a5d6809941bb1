"""Finding and Claim: the two objects from which every page is made.

A *claim* is a named value that may be printed, with the rows that it counts. A *finding* is a named
result of a study: its table (whose numeric cells are claims), its unit, for how many cases the fact is
known, its sources, its title, and how ``report`` draws it. A notebook hands a finding to the page in
one way only: as the cell output ``application/vnd.hrdresearch.finding+json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

FINDING_MIME = "application/vnd.hrdresearch.finding+json"
SCHEMA = 1
CLAIM_NAME = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*\Z")
STATUSES = ("shown", "suppressed", "not_computable")
PARAMETER, SCOPE = "parameter", "scope"  # measures of texts that are no numbers of the page
DRAWINGS = (
    "table",
    "bars",
    "columns",
    "map",
    "flow",
    "shares",
    "intervals",
    "overlaps",
    "grid",
    "divisions",
)
ELSEWHERE = ("none", "withheld", "reviewed", "not covered", "not reviewed", "no member", "outside")


@dataclass(frozen=True)
class Claim:
    """A named value that may be printed, with its lineage.

    name: lower case, parts joined by ".", such as ``extent.victims``.

    value: a number, a text, or None when suppressed or not computable.
    unit: code of vocabulary ``nouns`` (victim, state ...), or ``per_cent``.
    rows: rows counted; None when suppressed.
    filter: row filter of ``hrdresearch.tables.row_filters``, on table ``table``.
    measure: how the value was made: ``rows``, ``distinct:COLUMN``, ``smallest:COLUMN``,
        ``largest:COLUMN``, ``share:PART:WHOLE`` (names of claims); ``events``, ``computed``,
        ``clustered`` (computed from other numbers); ``build`` (counted by the build); ``linked``
        (persons, counted by the links between rows that the build made); ``published``,
        ``difference``; ``none``.
    text: the value in UN style, as a table prints it.
    status: ``shown``, ``suppressed`` (disclosure control) or ``not_computable``.
    is_rounded: whether it is a rounded number of a restricted list; sentences then say "about".
    """

    name: str
    value: int | float | str | None
    unit: str
    rows: int | None
    text: str
    definition: str
    filter: Mapping[str, Any] = field(default_factory=dict)
    measure: str = "rows"
    table: str = "cases"
    sources: tuple[str, ...] = ()
    status: str = "shown"
    is_rounded: bool = False

    def __post_init__(self) -> None:
        """Names follow the grammar; a suppressed claim carries neither value nor rows."""
        if not CLAIM_NAME.match(self.name):
            raise ValueError(f"{self.name!r} is no claim name: lower case, digits, '_' and '.'")
        if self.status not in STATUSES:
            raise ValueError(f"{self.status!r} is none of {STATUSES}")
        if self.status != "shown" and (self.value is not None or self.rows is not None):
            raise ValueError(f"claim {self.name} is {self.status} but carries a value")


class ClaimConflict(ValueError):
    """One claim name was given two contents, so one of the two numbers would be false."""


def claims_by_name(claims: Iterable[Claim]) -> dict[str, Claim]:
    """Claims by their names; two equal claims become one.

    Raises ClaimConflict when one name has two contents, so that no number is overwritten.
    """
    by_name: dict[str, Claim] = {}
    for claim in claims:
        kept = by_name.setdefault(claim.name, claim)
        if kept != claim:
            raise ClaimConflict(
                f"The number {claim.name!r} was made twice with two contents "
                f"({kept.definition!r}: {kept.text}; {claim.definition!r}: {claim.text}). One name "
                "means one number on the whole page: give one of them another name"
            )
    return by_name


def short_title(title: str) -> str:
    """Shorten the title of a list to its part before the comma; keep the remark "(invented)".

    >>> short_title("CPJ, prison census"), short_title("CPT, killings (invented cases)")
    ('CPJ', 'CPT (invented)')
    """
    is_invented = "(invented" in title
    head = title.partition(",")[0].partition(" (invented")[0]
    return f"{head} (invented)" if is_invented else head


def short_titles(titles: Iterable[str]) -> dict[str, str]:
    """Short title of each list by its title; the whole titles if two short ones would be the same.

    >>> short_titles(["CPJ, prison census", "CPT, killings"])
    {'CPJ, prison census': 'CPJ', 'CPT, killings': 'CPT'}
    >>> list(short_titles(["CPJ, prison census", "CPJ, killings"]).values())
    ['CPJ, prison census', 'CPJ, killings']
    """
    short = {title: short_title(title) for title in titles}
    return short if len(set(short.values())) == len(short) else {title: title for title in short}


def claim_name_in_list(name: str, prefix: str) -> str:
    """Full name of a claim that counts one list, where the claims of that list begin with ``prefix``.

    >>> claim_name_in_list("extent.victims", "by_source.cpj.")
    'by_source.cpj.victims'
    >>> claim_name_in_list("extent.victims", "")
    'extent.victims'
    """
    return f"{prefix}{name.removeprefix('extent.')}" if prefix else name


@dataclass(frozen=True)
class Column:
    """A column of a finding's table: ``role`` is label, value, or code (not printed)."""

    key: str
    label: str
    role: str = "value"


@dataclass(frozen=True)
class Cell:
    """A cell of a table: the name of a claim, or a text, which may name claims as prose does.

    vocabulary: the vocabulary that a label comes from, or None.
    """

    text: str = ""
    claim: str | None = None
    vocabulary: str | None = None


@dataclass(frozen=True)
class KnownCases:
    """For how many cases the fact of a finding is known.

    known: name of the claim that counts the cases in which the fact is known. of: name of the claim
    that counts the cases in which it was asked. words: what is known, as the caption prints it.
    """

    known: str
    of: str
    words: str


# Instead of the name or hash of the file of a restricted list: where it is kept, in the vault or unencrypted.
KEPT_IN_VAULT, KEPT_OPEN = "kept in the vault", "kept outside the vault"


@dataclass(frozen=True)
class SourceNote:
    """The facts about a source that footnotes and source notes print.

    sha256: hash of the file that was read, or where it is kept. coverage: what the list covers, and how
    it is documented.
    """

    slug: str
    title: str
    citation: str
    population: str
    sha256: str
    coverage: str = ""

    @property
    def file_in_short(self) -> str:
        """The beginning of the hash, or where the file is kept."""
        return self.sha256 if self.sha256 in (KEPT_IN_VAULT, KEPT_OPEN) else self.sha256[:12]


@dataclass(frozen=True)
class Drawing:
    """How ``report`` draws a finding.

    kind: table (no figure), bars (categories), columns (years), map (ISO3 codes), flow (bands from
    the label to the first value column, as wide as the second), divisions (a map of one State, whose
    code stands in a column of codes; the label names its divisions), shares (dots; value columns of
    shares, or of counts whose shares are claims of the finding), intervals (share or change in per cent,
    low, high; with ``classes`` a panel for each class),
    overlaps (a bar for each combination of lists; a code column a list says which belong to it) or
    grid (small columns: a bar a value column, for each label and each class of column ``classes``).
    label, values: column keys. panels: one panel for each value column, where the lists may not
    be added. counts: columns of the part and the whole behind the share of ``intervals``.
    part_years: value column and label of each year that a list covers only in part.
    elsewhere: how a map shows States without a row in the table: value column, one of ``ELSEWHERE``,
    and the ISO3 codes; without codes it is meant for all other States. hollow: column, and the texts in
    it, of rows whose dot is hollow, because of them nothing can be told.
    Raises ValueError for another kind.
    """

    kind: str = "table"
    label: str = ""
    values: tuple[str, ...] = ()
    panels: bool = False
    counts: tuple[str, ...] = ()
    part_years: tuple[tuple[str, str], ...] = ()
    elsewhere: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    classes: str = ""
    hollow: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a kind that is not in ``DRAWINGS``, and a word that is not in ``ELSEWHERE``."""
        if self.kind not in DRAWINGS:
            raise ValueError(f"drawing {self.kind!r} is none of {DRAWINGS}")
        if unknown := {word for _, word, _ in self.elsewhere} - set(ELSEWHERE):
            raise ValueError(f"{sorted(unknown)} of a map is none of {ELSEWHERE}")


@dataclass(frozen=True)
class Finding:
    """A named result of a study, ready for the page; disclosure control has been applied.

    name: of the finding; its claims usually begin with it. unit: what is counted. columns, rows: the
    table. statements: paragraphs that stand before the table, as templates of ``findings.prose``.
    key_sentences: sentences that may stand on the first page, each by itself. policy: disclosure policy
    of its lists. is_demo: whether the cases are invented.
    """

    name: str
    title: str
    unit: str
    period: str
    population: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    claims: tuple[Claim, ...]
    sources: tuple[SourceNote, ...]
    study: str
    build_id: str
    policy: Mapping[str, Any]
    known: KnownCases | None = None
    drawing: Drawing = Drawing()
    statements: tuple[str, ...] = ()
    key_sentences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_demo: bool = False

    def __post_init__(self) -> None:
        """Keep equal claims once; ClaimConflict when one name has two contents."""
        object.__setattr__(self, "claims", tuple(claims_by_name(self.claims).values()))

    @cached_property
    def by_name(self) -> dict[str, Claim]:
        """Its claims by their names."""
        return {claim.name: claim for claim in self.claims}

    @property
    def frame(self) -> pd.DataFrame:
        """The table of the finding as a pandas table, with the keys of its columns.

        A number is as computed, before rounding; ``frame["KEY_why"]`` says in words why a cell has
        none. ``frame.attrs`` says the unit of each column (``units``), the headings (``labels``),
        title, period, population and sources. pandas keeps ``attrs`` of the whole table, not of a
        column: through selecting, sorting and ``to_parquet``, not through grouping or merging.
        """
        from hrdresearch.findings.frames import CellContent, tidy_frame

        def content(cell: Cell) -> CellContent:
            claim = self.by_name.get(cell.claim or "")
            return (
                CellContent(claim.value, claim.text, claim.unit)
                if claim
                else CellContent(None, cell.text)
            )

        keys = [column.key for column in self.columns]
        frame = tidy_frame(
            {key: [content(row[i]) for row in self.rows] for i, key in enumerate(keys)}
        )
        frame.attrs |= {
            "labels": {column.key: column.label for column in self.columns},
            "title": self.title,
            "period": self.period,
            "population": self.population,
            "sources": [note.citation for note in self.sources],
        }
        return frame

    def plot(self, ax: Axes | None = None, panel: str | None = None) -> Axes:
        """Draw the figure of the finding as the page does; returns the axes.

        ax: axes of your own; without it a new figure is made. panel: title of one panel, such as
        the name of a list. ValueError where the finding is a table, or has several panels and
        ``ax`` is given without ``panel``.
        """
        from hrdresearch.findings.page_drawings import load_page_drawings

        return load_page_drawings().draw(self, ax, panel=panel)

    def to_json(self, placement: str = "show") -> dict[str, Any]:
        """Body of the finding MIME; ``placement`` is show (on the page) or cite (prose only)."""
        return {"schema": SCHEMA, "placement": placement, **asdict(self)}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Finding:
        """Inverse of ``to_json``; ValueError when the schema is another one."""
        if body.get("schema") != SCHEMA:
            raise ValueError(f"finding schema {body.get('schema')!r}; this code reads {SCHEMA}")
        rest = {k: v for k, v in body.items() if k not in ("schema", "placement")}
        rest["columns"] = tuple(Column(**c) for c in rest["columns"])
        rest["rows"] = tuple(tuple(Cell(**c) for c in row) for row in rest["rows"])
        rest["claims"] = tuple(
            Claim(**{**c, "sources": tuple(c["sources"])}) for c in rest["claims"]
        )
        rest["sources"] = tuple(SourceNote(**s) for s in rest["sources"])
        rest["known"] = KnownCases(**rest["known"]) if rest.get("known") else None
        rest["drawing"] = Drawing(**{key: _as_tuple(v) for key, v in rest["drawing"].items()})
        for texts in ("statements", "key_sentences", "notes"):
            rest[texts] = tuple(rest[texts])
        return cls(**rest)


def _as_tuple(value: Any) -> Any:
    """Lists of JSON as the tuples that they were, however deep."""
    return tuple(_as_tuple(one) for one in value) if isinstance(value, list | tuple) else value
