"""Marks (bars, columns, coloured States) of the value columns of a finding, and their description."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.vocab import vocabulary

NAMED_IN_ALT = 6
_UNKNOWN = (
    *("not recorded", "not asked", "not assessed"),
    *("recorded as unknown", "asked, not known", "unknown"),
)
CODED = ("sentence_kind", "pretext")  # whose files say which codes are not known
TOTALS = ("total", "all", "all states")


@dataclass(frozen=True)
class Mark:
    """One bar, column or State of a figure.

    label: name of the row, or ISO3 code on a map. vocabulary: vocabulary of the label, or None. value:
    the number; None when it is withheld or when there is none (not asked, not covered). text: printed
    beside the mark. is_withheld: whether the count is suppressed. is_part: whether it is a year that the
    list covers only in part.
    """

    label: str
    vocabulary: str | None
    value: float | None
    text: str
    is_withheld: bool = False
    is_part: bool = False

    @property
    def has_no_number(self) -> bool:
        """Whether the table has words in place of a number, such as "not covered": never a zero."""
        return self.value is None and not self.is_withheld

    @property
    def is_unknown(self) -> bool:
        """Whether it counts cases in which the fact is not known; such a mark is grey and no class."""
        codes = vocabulary(str(self.vocabulary)) if self.vocabulary in CODED else {}
        unknown = [codes["codes"][code] for code in codes.get("not_known", ())]
        return self.label in unknown or self.label.casefold().startswith(_UNKNOWN)


@dataclass(frozen=True)
class Panel:
    """A value column of a finding, to be drawn on axes of its own."""

    title: str
    marks: tuple[Mark, ...]

    @property
    def largest(self) -> float:
        """The largest value of its marks; 0 where there is none."""
        return max((m.value or 0 for m in self.marks), default=0)

    @property
    def title_with_scale(self) -> str:
        """Title, and the number at which the scale of the panel ends."""
        return (
            f"{self.title} (scale\u00a0to\u00a0{self.largest:,.0f})" if self.largest else self.title
        )


def marks_of_column(finding: Finding, value: str) -> list[Mark]:
    """Marks of a value column, in the order of the table; rows of totals are left out."""
    claims = {c.name: c for c in finding.claims}
    parts = {label for column, label in finding.drawing.part_years if column == value}
    found = [
        mark_of_row(name, claim, claim.text if claim else cell.text, claims)
        for name, cell in marked_rows(finding, value)
        for claim in [claims[cell.claim] if cell.claim else None]
    ]
    return [replace(mark, is_part=mark.label in parts) for mark in found]


def marked_rows(finding: Finding, value: str) -> list[tuple[Cell, Cell]]:
    """Label and cell of a value column, row by row; rows of totals and denominators are left out."""
    keys = [column.key for column in finding.columns]
    label, at = keys.index(finding.drawing.label), keys.index(value)
    return [(row[label], row[at]) for row in drawn_rows(finding)]


def drawn_rows(finding: Finding) -> list[tuple[Cell, ...]]:
    """Rows of the table that have a mark: all but those of totals and denominators."""
    at = [column.key for column in finding.columns].index(finding.drawing.label)
    return [
        row
        for row in finding.rows
        if row[at].vocabulary or not _is_total(row[at].text.strip().casefold())
    ]


def _is_total(words: str) -> bool:
    return words in TOTALS or words.startswith("denominator: ")


def mark_of_row(name: Cell, claim: Claim | None, text: str, claims: Mapping[str, Claim]) -> Mark:
    """Make the mark of a row, from a claim or from words in place of a number.

    name: cell with the label. claim: the number; None if the table has words in its place. text: printed
    beside the mark. claims: by name, for a label that is itself a claim.
    """
    return Mark(
        claims[name.claim].text if name.claim else name.text,
        name.vocabulary,
        claim.value if claim and isinstance(claim.value, int | float) else None,
        text,
        claim is not None and claim.status == "suppressed",
    )


def drop_empty_panels(
    found: Mapping[str, list[Mark]], least: int = 1
) -> tuple[dict[str, list[Mark]], str]:
    """Keep the panels that have at least ``least`` marks to draw; the note names the others.

    found: marks by title of the panel. All panels are kept if none has so many; then the note is "".
    """
    kept = {
        title: ms
        for title, ms in found.items()
        if sum(bool(m.value) or m.is_withheld for m in ms) >= least
    }
    if not kept or len(kept) == len(found):
        return dict(found), ""
    left = "; ".join(title for title in found if title not in kept)
    only = f"Drawn: {next(iter(kept))}. " if len(kept) == 1 else ""
    return kept, f"{only}Not drawn, and found in the table only: {left}."


def describe_largest_marks(
    all_marks: Sequence[Mark], row: str = "row of the table", rows: str = "rows of the table"
) -> list[tuple[str, str | None]]:
    """Describe the largest marks with their numbers, in the order of the table, for the alternative text.

    all_marks: also those that are withheld or have no number. row, rows: noun of a mark in the singular and
    the plural. Returns pieces of text, each with its
    vocabulary or None; the number of the remaining marks comes last.
    """
    known = [m for m in all_marks if m.value is not None]
    largest = sorted(range(len(known)), key=lambda i: -(known[i].value or 0))[:NAMED_IN_ALT]
    out: list[tuple[str, str | None]] = []
    for mark in (known[i] for i in sorted(largest)):
        out += [("; " if out else "", None), (mark.label, mark.vocabulary), (f" {mark.text}", None)]
    more = len(known) - len(largest)
    out.append((f"; and {more} more" if more else "" if known else "no number", None))
    hidden = Counter(m.text for m in all_marks if m.is_withheld)
    told = "".join(f"; {text} in {n} {rows if n > 1 else row}" for text, n in hidden.items())
    out.append((f"{told}. ", None))
    return out


def describe_value_columns(
    kind: str, finding: Finding, found: Mapping[str, Sequence[Mark]], *nouns: str
) -> list[tuple[str, str | None]]:
    """Describe the largest marks of each value column, for the alternative text of a figure.

    kind: of the figure ("World map"). found: marks by key of the column. nouns: as ``row`` and ``rows`` of
    ``describe_largest_marks``.
    """
    titles = {column.key: column.label for column in finding.columns}
    out: list[tuple[str, str | None]] = [(f"{kind}: {finding.title}, {finding.period}. ", None)]
    for key, marks in found.items():
        if len(found) > 1:
            out.append((f"{titles[key]}: ", None))
        out += describe_largest_marks(marks, *nouns)
    return out
