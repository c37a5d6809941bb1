"""Describes a release for the desks: each figure in words, beside the earlier figure, with advice.

The advice uses printed figures only, so that the screen reveals no more than the report will.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from hrdresearch.privacy.plan_cells import NO_ANSWER, OTHERS, SENSITIVE_CODES, codes_of
from hrdresearch.privacy.policy import FEWEST_SHOWN, SENSITIVE_COLUMNS
from hrdresearch.privacy.release import Release
from hrdresearch.tables import filter_in_words
from hrdresearch.vocab.regions import region_scheme
from hrdresearch.vocab.states import short_name

SMALL = 25  # an area with at most so many printed persons is small (areas stand alone from 20)
FEW = 10  # a sensitive class with at most so many printed persons has few
NEARLY_ALL = 0.75  # share of an area's persons with the same answer
JUMP = 1 / 3  # a larger change of a figure, as a share, is pointed out


def release_in_words(
    now: Release, before: Release | None, of_areas: Mapping[str, Sequence[str]] | None = None
) -> Iterator[str]:
    """Lines for the screen: areas with advice, then their classes, then classes below 5.

    before: the last published release, or None. of_areas: additional lines for an area.
    """
    since = f"before it: {before.edition}" if before else "nothing of this list has left before"
    yield f"Edition of {now.edition} (a fixed day, not the day of the list); {since}"
    if before:
        yield "An area that was drawn again may differ by 5 by chance alone; one that stands is unchanged"
    by_area = {
        area: list(cells)
        for area, cells in groupby(now.cells, key=lambda cell: cell.partition(";")[0])
    }
    for area, cells in by_area.items():
        yield f"{area_in_words(area)}: {_why(area, now, before)}"
        yield f"  {_line(f'{area};', now, before)}"
        yield from (f"  {words}" for words in (of_areas or {}).get(area, ()))
        yield from (f"  Look: {words}" for words in _of_area(area, cells, now, before))
    for name, desk in now.left_out.items():
        cell = name if ";" in name else f";{name}"
        where = area_in_words(cell.partition(";")[0]) if ";" in name else "every area"
        yield f"Left out of this and all later editions by {desk}, in {where}: {_class(cell)}"
    for area in sorted(set(before.as_at if before else ()) - set(now.as_at)):
        yield f"{area_in_words(area)}: no longer told"
        yield "  Look: does this reveal that a person or an organization has left?"
    for area, cells in by_area.items():
        yield from _classes_of(area, cells, now, before)
    yield from _small(by_area, now, before)


def texts_in_words(now: Mapping[str, str], before: Mapping[str, str]) -> Iterator[str]:
    """Lines on each free text that is printed with the figures, and whether it is new."""
    if now:
        yield "Texts of source.yml that a report prints with the figures:"
    for key, text in now.items():
        was = before.get(key)
        aside = "" if not before or was == text else f" (before: {was})" if was else " (new)"
        yield f"  {key}: {text}{aside}"
    if now:
        yield "  Look: does a text reveal who shared the list, who is on it, or where a case happened?"


def _classes_of(area: str, cells: list[str], now: Release, before: Release | None) -> Iterator[str]:
    """Lines on the classes of an area that have a figure, and on its medians."""
    moved = [c for c in cells if before and _moved(c, now, before)]
    lines = []
    for cell in cells:
        if cell == f"{area};" or not (now.cells[cell] or _is_told(cell, before)):
            continue
        lines.append(f"  {_line(cell, now, before)}")
        lines += [f"    Look: {words}" for words in _of_cell(cell, moved, now, before)]
    for cell, years in now.medians.items():
        if cell.partition(";")[0] == area:
            was = before.medians.get(cell) if before else years
            aside = (
                "" if was == years else f" (before: {_class_in_words(was) if was else 'not told'})"
            )
            name = cell_in_words(cell).partition(": ")[0]
            lines.append(f"  {name}: median {_class_in_words(years)}{aside}")
            if was != years:
                lines.append(
                    "    Look: its class changed: did cases of one kind come or go together?"
                )
    if lines:
        yield f"{area_in_words(area)}, by class:"
        yield from lines


def _small(by_area: Mapping[str, list[str]], now: Release, before: Release | None) -> Iterator[str]:
    """Lines on classes without a figure: one for each area and column."""
    lines = []
    for area, cells in by_area.items():
        few = [c for c in cells if c != f"{area};" and not (now.cells[c] or _is_told(c, before))]
        for column, own in groupby(few, key=lambda cell: cell.partition("=")[0]):
            name = cell_in_words(f"{column}=").partition(": ")[0]
            listed = "; ".join(cell_in_words(cell).partition(": ")[2] for cell in own)
            lines.append(f"  {area_in_words(area)}, {name}: {listed}")
    if lines:
        yield f"Printed without a number, because fewer than {FEWEST_SHOWN} (or nobody) each:"
        yield from lines


def _line(cell: str, now: Release, before: Release | None) -> str:
    return f"{cell_in_words(cell)}: {_figure(cell, now)}{_beside(cell, now, before)}"


def area_in_words(area: str) -> str:
    """Name of an area of a plan.

    >>> area_in_words("KEN"), area_in_words("")
    ('Kenya', 'The whole list')
    """
    if not area:
        return "The whole list"
    if not area.startswith(OTHERS):
        return short_name(area)
    code, *alone = area.removeprefix(OTHERS).split(":")
    region = region_scheme("report").labels[code]
    return f"{region}, without {', '.join(map(short_name, alone))}" if alone else region


def cell_in_words(cell: str) -> str:
    """Column and class of a cell in words.

    >>> cell_in_words("KEN;sex_code=female"), cell_in_words(";event_year=2018-2019")
    ('sex or gender: Female', 'year of the event: 2018 to 2019')
    >>> cell_in_words(";")
    'all persons'
    """
    column, _, value = cell.partition(";")[2].partition("=")
    return filter_in_words({column: _wanted(column, value)}) if column else "all persons"


def _wanted(column: str, value: str) -> Any:
    if value in codes_of(column):
        return value
    first, _, last = value.partition("-")
    if column.endswith("_year") and last:
        return {"from": int(first), "to": int(last)}
    if value.startswith("from:"):
        return {"from": value.removeprefix("from:")}
    return {"recorded": {"recorded": True}, "none": [None]}.get(value, value)


def _class(cell: str) -> str:
    return "the median" if cell.endswith("=median") else cell_in_words(cell)


def _class_in_words(years: str) -> str:
    """Class of a median in words.

    >>> _class_in_words("18-25"), _class_in_words("-18"), _class_in_words("60-")
    ('from 18 to under 25', 'under 18', '60 or more')
    """
    first, _, last = years.partition("-")
    if first and last:
        return f"from {first} to under {last}"
    return f"{first} or more" if first else f"under {last}"


def _why(area: str, now: Release, before: Release | None) -> str:
    since = now.as_at[area]
    if since != now.edition and before and before.as_at.get(area) != since:
        return f"stands as drawn for the edition of {since}, which did not leave"
    if since != now.edition:
        return f"stands as in the edition of {since}, too few persons changed"
    if before is None or area not in before.as_at:
        return "told for the first time"
    return f"drawn anew, because ten persons or more changed since {before.as_at[area]}"


def _of_area(area: str, cells: list[str], now: Release, before: Release | None) -> Iterator[str]:
    whole = now.cells[f"{area};"]
    if before and area not in before.as_at:
        now_told = "is told" if not area or area.startswith(OTHERS) else "stands alone"
        yield f"it {now_told} for the first time: has each organization that contributed to it agreed?"
    if area and whole <= SMALL:
        yield f"it is small (about {whole} persons): would people there know who they are?"
    for cell in cells:
        is_answer = _value(cell) not in ("", *NO_ANSWER)
        if whole and is_answer and now.cells[cell] >= NEARLY_ALL * whole:
            yield (
                f"nearly all persons here share one answer ({cell_in_words(cell)}): who is known to be "
                "on the list is then known to share it"
            )


def _of_cell(cell: str, moved: list[str], now: Release, before: Release | None) -> Iterator[str]:
    column = cell.partition(";")[2].partition("=")[0]
    is_sensitive = column in SENSITIVE_COLUMNS or _value(cell) in SENSITIVE_CODES
    if is_sensitive and 0 < now.cells[cell] <= FEW:
        yield (
            "a sensitive class of few: is it one organization, one family, one trial? It can be left out: "
            f"--leave-out {cell.partition(';')[2]}"
        )
    if before is None or cell not in moved:
        return
    was, held = before.cells[cell], now.cells[cell]
    if [cell] == [c for c in moved if c.partition(";")[2]]:
        yield "it changed alone in its area: who came or went, and who else knows of that?"
    if was and not held:
        yield f"it fell to fewer than {FEWEST_SHOWN}: would somebody notice who is gone?"
    elif not was:
        yield f"it rose to {FEWEST_SHOWN} or more: is somebody of this class in the news?"
    elif abs(held - was) > JUMP * was:
        yield "it changed by more than a third: did one organization bring or take these cases?"


def _value(cell: str) -> str:
    return cell.partition("=")[2]


def _is_told(cell: str, before: Release | None) -> bool:
    return bool(before and before.cells.get(cell))


def _moved(cell: str, now: Release, before: Release) -> bool:
    return cell in before.cells and before.cells[cell] != now.cells[cell]


def _figure(cell: str, release: Release) -> str:
    persons = release.cells[cell] or f"fewer than {FEWEST_SHOWN}"
    rows = release.rows.get(cell, release.cells[cell])
    return f"{persons} persons, {rows} rows" if rows != release.cells[cell] else str(persons)


def _beside(cell: str, now: Release, before: Release | None) -> str:
    if before is None:
        return ""
    if cell not in before.cells:
        return " (not told before)"
    same = _figure(cell, before) == _figure(cell, now)
    return " (as before)" if same else f" (before: {_figure(cell, before)})"
