"""Tables of counts: a study says what each row counts, and these functions count it.

Most findings have this shape: for each list of the report some rows, each with a label and counts.
A row of a restricted list is left out where its plan allows none of the counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from hrdresearch.findings.empty_cells import NONE, NOT_IN_PLAN, NOT_KNOWN
from hrdresearch.findings.make_claims import CountDraft, Population, share_claim
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    capitalized,
    claims_of_sentences,
    paragraphs_of_sentences,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.vocab import label
from hrdresearch.vocab.states import short_name


@dataclass(frozen=True)
class Share:
    """A table cell: one count in per cent of another.

    part, whole: the two counts. name: name of the claim; if empty, that of the part and ``.share``.
    asked: count of the cases in which the fact was asked, where ``whole`` counts those in which it
    is known; over zero known cases the cell then says "not known", or "none" without a case.
    decimals: digits after the decimal point.
    """

    part: CountDraft
    whole: CountDraft | Claim
    definition: str
    name: str = ""
    asked: CountDraft | None = None
    decimals: int = 0


Content = str | Cell | Claim | CountDraft | Share
Row = Sequence[Content]
Empty = Literal["keep", "drop rows", "drop lists"]


def table_of_counts(
    study: Study,
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Row] | Callable[[Population], Iterable[Row]],
    *,
    beside: Iterable[Content] | Callable[[Population], Iterable[Content]] = (),
    empty: Empty = "keep",
    largest_first: bool = False,
    sentence: Callable[[Population, Mapping[str, Claim]], str | Sequence[ListSentences]]
    | None = None,
    names_lists: bool = False,
    **more: Any,
) -> Finding:
    """A finding whose table is counted list by list; most findings are made by this function.

    rows: cells of each row: texts, counts (``CountDraft``), shares (``Share``) or finished claims; or a
    function that gives the rows of one list. beside: claims that prose may use and the table does
    not show. empty: whether to leave out rows, or lists, in which all counts are zero.
    largest_first: sort by the first count of a row. sentence: makes the sentences on one list from
    its claims, in one paragraph. names_lists: True if the rows name the list; if False, a first
    column names it when there are several lists, or a note where all rows are of one. more: other
    fields of ``Finding``.
    """
    has_names = study.only_list is None and not names_lists
    table: list[list[Cell]] = []
    claims: list[Claim] = []
    told: list[tuple[ListSentences, ...]] = []
    for p in study.populations:
        own = [tuple(row) for row in (rows(p) if callable(rows) else rows)]
        front = [Cell(text=p.title)] if has_names else []
        hidden = list(beside(p) if callable(beside) else beside)
        asked = [*(c for row in own for c in row), *hidden]
        made = count_drafts(study, p, asked)
        shown = _shown(own, made, empty, largest_first)
        if p.release:
            shown = [row for row in shown if not _is_out_of_plan(row, made)]
        made |= claims_of_shares(study, p, [*(c for row in shown for c in row), *hidden], made)
        claims += [*made.values(), *(c for c in asked if isinstance(c, Claim))]
        table += [[*front, *(content_cell(content, made) for content in row)] for row in shown]
        if sentence and (shown or not own or not p.release):
            said = sentence(p, made)
            told.append((ListSentences(said),) if isinstance(said, str) else tuple(said))
            claims += claims_of_sentences(told[-1])
    paragraphs = (" ".join(paragraphs_of_sentences(said)) for said in told)
    more.setdefault("statements", tuple(filter(None, paragraphs)))
    more.setdefault("key_sentences", tuple(s.text for said in told for s in said if s.is_key))
    if has_names and len(alone := {row[0].text for row in table}) == 1:
        table = [row[1:] for row in table]
        whose = next(p.list_in_prose for p in study.populations if p.title in alone)
        if len(more.get("sources", ())) != 1:  # a single source is named anyway
            more["notes"] = (f"All rows are of {whose}.", *more.get("notes", ()))
    elif has_names:
        columns = [Column("list", study.list_heading, "label"), *columns]
    return study.finding(name, title, columns, table, claims, **more)


def value_columns(study: Study) -> list[Column]:
    """Value columns of a table: one column for one list, else one column for each list."""
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
    """A finding with one row for each claim: its definition, and its number.

    what, value: heads of the two columns.
    """
    made = list(claims)
    rows = [[Cell(text=c.definition), Cell(claim=c.name)] for c in made]
    return study.finding(name, title, column_heads(what, value=value), rows, made, **more)


def column_heads(label_: str, **values: str) -> list[Column]:
    """Columns of a table: the label of the rows first, then a value column for each keyword.

    >>> [column.label for column in column_heads("Year", value="Letters")]
    ['Year', 'Letters']
    """
    return [Column("label", label_, "label"), *(Column(k, w) for k, w in values.items())]


def text_columns(**labels: str) -> list[Column]:
    """Text columns of a table: key=head for each."""
    return [Column(key, words, "label") for key, words in labels.items()]


def code_cell(vocabulary: str, code: str) -> Cell:
    """A cell with the label of a code from a vocabulary."""
    return Cell(text=label(vocabulary, code), vocabulary=vocabulary)


def state_cell(iso3: str) -> Cell:
    """A cell with the name of a State or territory, from its ISO3 code."""
    return Cell(text=short_name(iso3), vocabulary="state")


def row_from_draft(draft: CountDraft) -> Row:
    """A row of two cells: the definition of a count as its label, and the count."""
    return capitalized(draft.definition), draft


def _is_out_of_plan(row: Row, made: Mapping[str, Claim]) -> bool:
    """Whether a row has counts, and the plan of a restricted list allows none of them."""
    texts = [made[c.name].text for c in row if isinstance(c, CountDraft)]
    texts += [c.text for c in row if isinstance(c, Claim)]
    return bool(texts) and set(texts) == {NOT_IN_PLAN}


def is_zero(claim: Claim) -> bool:
    """Whether a claim is shown and its value is zero; a withheld claim is never zero."""
    return claim.status == "shown" and not claim.value


def count_drafts(study: Study, p: Population, asked: Iterable[Content]) -> dict[str, Claim]:
    """Claims of all counts in these cells for one list, by the names of the drafts.

    Each draft is counted once.
    """
    drafts = _drafts(asked)
    if not drafts:
        return {}
    named = [replace(d, definition=study.defined(p, d.definition)) for d in drafts]
    return study.count(p, named)


def claims_of_shares(
    study: Study, p: Population, contents: Iterable[Content], counted: Mapping[str, Claim]
) -> dict[str, Claim]:
    """Claims of all shares in these cells for one list, by the names of the shares.

    counted: claims of their counts, as ``count_drafts`` returns them.
    """
    return {
        _key(content): _share_claim(study, p, content, counted)
        for content in contents
        if isinstance(content, Share)
    }


def content_cell(content: Content, claims: Mapping[str, Claim]) -> Cell:
    """The cell of a table for a text, a finished claim, or a count or share among ``claims``."""
    if isinstance(content, Cell):
        return content
    if isinstance(content, str):
        return Cell(text=content)
    if isinstance(content, Claim):
        return Cell(claim=content.name)
    if isinstance(content, CountDraft):
        return Cell(claim=claims[content.name].name)
    if (
        content.asked
        and isinstance(content.whole, CountDraft)
        and is_zero(claims[content.whole.name])
    ):
        return Cell(text=NONE if is_zero(claims[content.asked.name]) else NOT_KNOWN)
    return Cell(claim=claims[_key(content)].name)


def _share_claim(study: Study, p: Population, share: Share, counted: Mapping[str, Claim]) -> Claim:
    whole = share.whole if isinstance(share.whole, Claim) else counted[share.whole.name]
    asked = counted[share.asked.name] if share.asked else None
    words = study.defined(p, share.definition)
    claim = share_claim(p, _key(share), counted[share.part.name], whole, words, asked)
    if share.decimals and claim.status == "shown":
        return replace(claim, text=f"{claim.value:.{share.decimals}f}")
    return claim


def _drafts(contents: Iterable[Content]) -> list[CountDraft]:
    """All counts in these cells: those shown, and those that shares are computed from."""
    found: list[CountDraft] = []
    for content in contents:
        several = (
            (content.part, content.whole, content.asked)
            if isinstance(content, Share)
            else (content,)
        )
        found += [count for count in several if isinstance(count, CountDraft)]
    return found


def _shown(
    rows: Sequence[Row], made: Mapping[str, Claim], empty: Empty, largest_first: bool
) -> list[Row]:
    if empty == "drop lists" and all(is_zero(c) for c in made.values()):
        return []
    kept = list(rows)
    if empty == "drop rows":
        counts = [[made[d.name] for d in _drafts(row)] for row in rows]
        kept = [
            r for r, own in zip(rows, counts, strict=True) if not own or not all(map(is_zero, own))
        ]
    if largest_first:
        kept.sort(key=lambda row: -_size(made[_drafts(row)[0].name]))
    return kept


def _size(claim: Claim) -> float:
    """Size of a count for the order of rows; a withheld count comes before zero."""
    return float(claim.value) if isinstance(claim.value, int | float) else 0.5


def _key(content: Share) -> str:
    return content.name or f"{content.part.name}.share"
