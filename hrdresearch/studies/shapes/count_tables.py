"""Tables of counts: a row says what it counts; counting, protection and claims follow.

Most findings have this shape. For each list of the report there are some rows, each with its label
and its counts. All counts of a list are protected together, because what one row tells may give
away what another withholds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from hrdresearch.findings.make_claims import Draft, Population, share_claim
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.vocab import label
from hrdresearch.vocab.states import short_name

if TYPE_CHECKING:
    from hrdresearch.studies.ground.study import Study


@dataclass(frozen=True)
class Share:
    """A cell with one count in per cent of another; its claim is ``PART.share`` or ``name``."""

    part: Draft
    whole: Draft
    definition: str
    name: str = ""


Content = str | Cell | Claim | Draft | Share
Row = Sequence[Content]
Empty = Literal["keep", "drop rows", "drop lists"]


def table_of_counts(
    study: Study,
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Row] | Callable[[Population], Iterable[Row]],
    *,
    beside: Iterable[Draft | Claim] | Callable[[Population], Iterable[Draft | Claim]] = (),
    empty: Empty = "keep",
    largest_first: bool = False,
    sentence: Callable[[Population, Mapping[str, Claim]], str] | None = None,
    names_lists: bool = False,
    **more: Any,
) -> Finding:
    """A finding whose rows are counted, list by list.

    rows: what stands in each row: texts, counts to be made (``Draft``), shares, ready claims.
    beside: numbers that the prose needs and the table does not show.
    empty: whether rows, or lists, in which every count is zero are left out of the table.
    sentence: a sentence on each list, from its counts by their own names.
    names_lists: the rows name their list themselves; otherwise it stands in front where there are
    several.
    """
    if study.only_list is None and not names_lists:
        columns = [Column("list", "List", "label"), *columns]
    table: list[list[Cell]] = []
    claims: list[Claim] = []
    statements: list[str] = []
    for p in study.populations:
        own = [tuple(row) for row in (rows(p) if callable(rows) else rows)]
        front = [] if study.only_list or names_lists else [Cell(text=p.title)]
        asked = [*(c for row in own for c in row), *(beside(p) if callable(beside) else beside)]
        made = count_drafts(study, p, asked)
        claims += [*made.values(), *(c for c in asked if isinstance(c, Claim))]
        for row in _shown(own, made, empty, largest_first):
            cells = [_cell(study, p, content, made) for content in row]
            claims += [made[_key(c)] for c in row if isinstance(c, Share)]
            table.append([*front, *cells])
        if sentence:
            statements.append(sentence(p, made))
    more.setdefault("statements", tuple(statements))
    return study.finding(name, title, columns, table, claims, **more)


def value_columns(study: Study) -> list[Column]:
    """One column of what the study counts, or one a list."""
    if study.only_list:
        return [Column("value", study.value_heading)]
    return [Column(p.slug, p.title) for p in study.populations]


def table_of_claims(
    study: Study,
    name: str,
    title: str,
    claims: Iterable[Claim],
    *,
    what: str = "What was counted",
    value: str = "Number",
    **more: Any,
) -> Finding:
    """A finding with a row for each of these numbers: its definition, and the number."""
    made = list(claims)
    rows = [[Cell(text=c.definition), Cell(claim=c.name)] for c in made]
    return study.finding(name, title, column_heads(what, value=value), rows, made, **more)


def column_heads(label_: str, **values: str) -> list[Column]:
    """Columns of a table: what the rows are, then the value columns by their keys."""
    return [Column("label", label_, "label"), *(Column(k, w) for k, w in values.items())]


def text_columns(**labels: str) -> list[Column]:
    """Columns of a table that hold texts, by their keys."""
    return [Column(key, words, "label") for key, words in labels.items()]


def code_cell(vocabulary: str, code: str) -> Cell:
    """The label of a code, as a cell."""
    return Cell(text=label(vocabulary, code), vocabulary=vocabulary)


def state_cell(iso3: str) -> Cell:
    """The name of a State or territory, as a cell."""
    return Cell(text=short_name(iso3), vocabulary="state")


def row_from_draft(draft: Draft) -> Row:
    """A row that is called what it counts."""
    return draft.definition[:1].upper() + draft.definition[1:], draft


def is_zero(claim: Claim) -> bool:
    """Whether a count is shown and zero."""
    return claim.status == "shown" and not claim.value


# -- private -------------------------------------------------------------------------------


def count_drafts(study: Study, p: Population, asked: Iterable[Content]) -> dict[str, Claim]:
    """Every count of one list, made once and protected together; keys are the drafts' names."""
    drafts = _drafts(asked)
    if not drafts:
        return {}
    named = [replace(d, definition=study.defined(p, d.definition)) for d in drafts]
    return study.count(p, named)


def _drafts(contents: Iterable[Content]) -> list[Draft]:
    """Counts that are shown, and those that shares are taken of."""
    found: list[Draft] = []
    for content in contents:
        if isinstance(content, Share):
            found += [content.part, content.whole]
        elif isinstance(content, Draft):
            found.append(content)
    return found


def _shown(
    rows: Sequence[Row], made: Mapping[str, Claim], empty: Empty, largest_first: bool
) -> list[Row]:
    if empty == "drop lists" and all(is_zero(c) for c in made.values()):
        return []
    kept = list(rows)
    if empty == "drop rows":
        kept = [r for r in rows if not all(is_zero(made[d.name]) for d in _drafts(r))]
    if largest_first:
        kept.sort(key=lambda row: -_size(made[_drafts(row)[0].name]))
    return kept


def _size(claim: Claim) -> float:
    """Size of a count for the order of rows; one that is withheld stands before zero."""
    return float(claim.value) if isinstance(claim.value, int | float) else 0.5


def _cell(study: Study, p: Population, content: Content, made: dict[str, Claim]) -> Cell:
    if isinstance(content, str):
        return Cell(text=content)
    if isinstance(content, Cell):
        return content
    if isinstance(content, Claim):
        return Cell(claim=content.name)
    if isinstance(content, Share):
        words = study.defined(p, content.definition)
        part, whole = made[content.part.name], made[content.whole.name]
        made[_key(content)] = share_claim(p, _key(content), part, whole, words)
        return Cell(claim=made[_key(content)].name)
    return Cell(claim=made[content.name].name)


def _key(content: Share) -> str:
    return content.name or f"{content.part.name}.share"
