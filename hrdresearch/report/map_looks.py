"""Chooses the fill of each State on a map, and makes the legend.

A State has the shade of its class, or a fill that shows why it has no number: none documented, not
covered, no review, not recorded, withheld, or outside the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hrdresearch.findings.empty_cells import NOT_COVERED
from hrdresearch.findings.model import Drawing
from hrdresearch.report import style
from hrdresearch.report.boundaries import load_boundaries
from hrdresearch.report.marks import Mark

CLASSES = 5
EMPTY, EDGE = "#e9ecef", "#ffffff"
LINES = "//////"
# What is so in a State without a number: words of the legend, fill, hatch.
WITHOUT_NUMBER = {
    "none": ("None documented", EMPTY, ""),
    "reviewed": ("Reviewed, none on defenders", EMPTY, ""),
    "not recorded": ("Not recorded", "#ffffff", "xxx"),
    "withheld": (
        "Fewer than 5, or not in the plan",
        "#ffffff",
        "...",
    ),  # dots in plenty would outweigh all coastlines
    "not reviewed": ("No review in the source", "#ffffff", "---"),
    "no member": ("Not a Member State", "#ffffff", ""),
    "not covered": ("Not covered", "#ffffff", ""),
    "outside": ("Outside this report", "#ffffff", "|||"),
}
UNSETTLED = ("Status not settled", "#f4f4f4", LINES)


def looks_of_states(
    found: Sequence[Mark], drawing: Drawing, column: str, starts: Sequence[int]
) -> dict[str, str]:
    """Look of each State of the world by ISO3 code: a shade of ``style.BLUES``, or a key of
    ``WITHOUT_NUMBER``. Areas without colour are left out.

    found: marks of the States in the table. drawing, column: they say how States without a row look.
    starts: lowest count of each class.
    """
    world = load_boundaries()
    mine = [(kind, states) for of, kind, states in drawing.elsewhere if of == column]
    rest = next((kind for kind, states in mine if not states), "none")
    looks = {str(code): rest for code in (*world.states["iso3"], *world.points["iso3"])}
    for kind, states in reversed(mine):
        looks |= {code: kind for code in states if code in looks}
    beyond = rest if rest == "not reviewed" else "not covered"
    for mark in found:
        if mark.label in looks:
            looks[mark.label] = look_of_mark(mark, starts, beyond)
    left_out = areas_without_colour()
    return {code: look for code, look in looks.items() if code not in left_out}


def look_of_mark(mark: Mark, starts: Sequence[int], beyond: str = "not covered") -> str:
    """Look of a mark: the shade of its class, or a key of ``WITHOUT_NUMBER``.

    starts: lowest count of each class. beyond: look of a State that the list does not cover.
    """
    if mark.is_withheld:
        return "withheld"
    if mark.value is None:
        return beyond if mark.text == NOT_COVERED else "not recorded"
    at = sum(mark.value >= start for start in starts) - 1
    return style.BLUES[-len(starts) :][at] if at >= 0 else "none"


def class_starts(values: Sequence[float]) -> list[int]:
    """Lowest count of each class of a map: at most five classes, whose counts begin at 1, 2, 5, 10, 20 ...

    values: counts of all States.

    >>> class_starts([3, 18]), class_starts([1200])
    ([1, 2, 5, 10], [1, 5, 20, 200, 1000])
    """
    top = max(values, default=0)
    steps = [n * 10**power for power in range(8) for n in (1, 2, 5) if n * 10**power <= top]
    if len(steps) <= CLASSES:
        return steps
    last = len(steps) - 1
    return [steps[round(i * last / (CLASSES - 1))] for i in range(CLASSES)]


def class_labels(starts: Sequence[int]) -> list[str]:
    """Words of the legend for each class.

    starts: lowest count of each class.

    >>> class_labels([1, 5, 20])
    ['1–4', '5–19', '20 and more']
    """
    out = []
    for i, start in enumerate(starts):
        if i == len(starts) - 1:
            out.append(f"{start:,} and more")
        else:
            end = starts[i + 1] - 1
            out.append(f"{start:,}" if end == start else f"{start:,}–{end:,}")
    return out


def areas_without_colour() -> set[str]:
    """Areas whose status is not settled and that carry no colour of a count."""
    areas = load_boundaries().disputed
    unsettled = areas[~areas["keep_colour"].eq(True)]["iso3"].dropna()
    return set(unsettled) - set(areas[areas["keep_colour"].eq(True)]["iso3"])


def fill_of(look: str) -> tuple[str, str, str]:
    """Fill, hatch and edge of a look."""
    _, fill, hatch = WITHOUT_NUMBER.get(look, ("", look, ""))
    return fill, hatch, style.SOFT if fill == "#ffffff" else EDGE


def legend_items(
    states: Iterable[Mapping[str, str]], starts: list[int]
) -> list[tuple[str, str, str]]:
    """Items of the legend (words, fill, hatch), only for looks that occur on the maps.

    states: for each map, the look of each State. starts: lowest count of each class.
    """
    seen = {look for looks in states for look in looks.values()}
    shades = style.BLUES[-len(starts) :] if starts else ()
    classes = [
        (text, shade, "")
        for shade, text in zip(shades, class_labels(starts), strict=True)
        if shade in seen
    ]
    return [*classes, *(item for key, item in WITHOUT_NUMBER.items() if key in seen), UNSETTLED]
