"""Says of each number on a page what it is, which rows it counts, and from which file: its lineage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrdresearch.findings import empty_cells
from hrdresearch.findings.model import Claim, SourceNote
from hrdresearch.findings.sentences import capitalized
from hrdresearch.tables import filter_in_words

NOT_COMPUTABLE = "Cannot be computed from these sources"
FEW = "Not shown: fewer than five persons, or none"
OF_FEW = "No share: of fewer than five persons, or of none"
NOT_SHOWN = {
    empty_cells.FEW: FEW,
    empty_cells.NO_SHARE: OF_FEW,
    empty_cells.NOT_IN_PLAN: "Not among the numbers that leave a list shared in confidence",
}
WITHHELD = "Withheld, to protect persons"

OF_VALUES = {
    "distinct": "Different values",
    "smallest": "Smallest value",
    "largest": "Largest value",
}


@dataclass(frozen=True)
class LineageLine:
    """A row of the annex on lineage, in words.

    name: the claim. anchor: its id on the page. text, status: as in the claim. definition: what the number
    is. counted: what was counted. rows: number of rows, or why it is not shown. sources: lists and files.
    """

    name: str
    anchor: str
    text: str
    status: str
    definition: str
    counted: str
    rows: str
    sources: str


def lineage_anchor(name: str) -> str:
    """Id of a claim's row in the lineage annex."""
    return f"lineage-{name}"


def lineage_lines(
    names: Sequence[str], claims: Mapping[str, Claim], sources: Sequence[SourceNote]
) -> list[LineageLine]:
    """Lineage of the claims with these names, in this order.

    claims: by name. sources: those whose titles are printed. KeyError names numbers that no finding made.
    """
    titles = {s.slug: f"{s.title} (file {s.file_in_short})" for s in sources}
    missing = [name for name in names if name not in claims]
    if missing:
        raise KeyError(f"The page prints numbers that no finding made: {', '.join(missing)}")
    return [_line(claims[name], titles) for name in names]


def _line(claim: Claim, titles: Mapping[str, str]) -> LineageLine:
    if claim.status != "shown":
        why = NOT_SHOWN.get(claim.text, WITHHELD)
        counted = why if claim.status == "suppressed" else NOT_COMPUTABLE
        rows = "not shown"
    else:
        counted = _counted(claim)
        rows = "no count of rows" if claim.rows is None else f"{claim.rows:,}"
    return LineageLine(
        claim.name,
        lineage_anchor(claim.name),
        claim.text,
        claim.status,
        claim.definition,
        counted,
        rows,
        "; ".join(titles.get(slug, slug) for slug in claim.sources),
    )


def _counted(claim: Claim) -> str:
    if claim.measure == "published":
        return "A published figure, quoted"
    if claim.measure == "build":
        return "Counted when the files were read"
    chosen = filter_in_words(claim.filter) or f"all rows of table {claim.table}"
    if claim.measure == "linked":
        return f"Persons by the links between rows: {chosen}"
    if not claim.filter and claim.measure != "rows" and ":" not in claim.measure:
        return f"Worked out from rows of table {claim.table}, as the second column says"
    kind, _, column = claim.measure.partition(":")
    if kind in OF_VALUES:
        return f"{OF_VALUES[kind]} of {column.replace('_', ' ')}: {chosen}"
    if claim.measure == "share":
        return f"Share of rows: {chosen}"
    return capitalized(chosen)
