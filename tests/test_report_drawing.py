"""Figures on axes of one's own, and what is drawn on them: properties, no pixels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np
import pytest
import report_examples as example
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from hrdresearch.findings.model import Cell, Column, Drawing, Finding
from hrdresearch.report import style
from hrdresearch.report.boundaries import count_hatched_areas, load_boundaries
from hrdresearch.report.charts import build_chart, cached_picture, draw, draw_finding
from hrdresearch.report.map_looks import WITHOUT_NUMBER, looks_of_states
from hrdresearch.report.marks import Mark
from hrdresearch.vocab.reference import parse_yaml, reference_path


@pytest.fixture(autouse=True)
def figures() -> Iterator[None]:
    plt.switch_backend("agg")
    yield
    plt.close("all")


ONE_PANEL = [example.by_cause(), example.by_year(), example.by_few_years(), example.by_state()]


@pytest.mark.parametrize("finding", ONE_PANEL, ids=lambda f: f.name)
def test_a_figure_of_one_panel_is_drawn_on_axes_of_ones_own_as_on_the_page(finding: Finding):
    _, mine = plt.subplots()

    page = draw(finding)

    assert draw(finding, ax=mine) is mine
    assert len(mine.patches) == len(page.patches)
    assert len(mine.collections) == len(page.collections)
    assert page.get_figure() is not mine.get_figure()


def test_a_figure_of_several_panels_is_drawn_whole_or_one_panel_at_a_time():
    found = example.by_source()
    _, mine = plt.subplots()

    assert len(draw(found).get_figure().axes) == 2
    with pytest.raises(ValueError, match=r"name the one .* Alpha list \(land defenders\); Beta"):
        draw(found, ax=mine)
    draw(found, ax=mine, panel="Beta list (journalists)")

    assert [text.get_text() for text in mine.texts] == ["29", "3", "61", "1"]


def test_a_table_and_a_panel_that_is_not_there_are_refused_in_words():
    with pytest.raises(ValueError, match="is a table"):
        draw(example.by_sex())
    with pytest.raises(ValueError, match="has no panel 'Gamma'"):
        draw(example.by_source(), panel="Gamma")


def test_drawing_leaves_the_settings_and_the_backend_of_the_notebook_alone():
    before = (plt.get_backend(), dict(plt.rcParams))

    draw(example.by_cause())

    assert (plt.get_backend(), dict(plt.rcParams)) == before


def overlaps(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of printed texts whose boxes meet by more than a point."""
    figure.draw_without_rendering()
    boxes = [
        (text.get_text(), text.get_window_extent())
        for text in figure.findobj(Text)
        if text.get_text().strip()
        and text.get_visible()
        and text.axes is not None
        and text.axes.get_visible()
    ]
    return [
        (a, b)
        for i, (a, one) in enumerate(boxes)
        for b, other in boxes[i + 1 :]
        if min(one.x1, other.x1) - max(one.x0, other.x0) > 1
        and min(one.y1, other.y1) - max(one.y0, other.y0) > 1
    ]


def drawn(finding: Finding, width: float) -> Figure:
    figure = Figure()
    with style.house_style():
        build_chart(finding).whole(figure, width)
        figure.draw_without_rendering()
    return figure


def by_answer(shares: Sequence[float | None], drawing: str = "shares") -> Finding:
    """Invented counts of 200 known answers and their shares, as a study makes them."""
    counts = [
        example.count(f"x.c{i}", n if n is None else int(2 * n)) for i, n in enumerate(shares)
    ]
    made = [
        replace(c, name=f"{c.name}.share", unit="per_cent", value=n, text=f"{n}",
                measure=f"share:{c.name}:x.known")
        for c, n in zip(counts, shares, strict=True) if n is not None
    ]  # fmt: skip
    table = example.finding(
        "x", "Answer", [(f"A long answer to the question, number {i}", [None]) for i in range(len(shares))],
        extra=(*counts, *made, example.count("x.known", 200)),
    )  # fmt: skip
    rows = tuple((row[0], Cell(claim=c.name)) for row, c in zip(table.rows, counts, strict=True))
    return replace(table, rows=rows, drawing=Drawing(drawing, "label", ("v0",)))


def test_a_share_is_a_dot_at_its_place_with_its_counts_beside():
    ax = draw(by_answer([81.0, 14.5, None]))

    assert [list(at) for at in ax.collections[-1].get_offsets()[:, 0:1]] == [[81.0], [14.5]]
    texts = [text.get_text() for text in ax.texts]
    assert "162 of 200" in texts and "29 of 200" in texts
    assert "fewer than 5" in texts and "no share" in texts
    assert ax.get_xlim() == (0, 100)


def test_the_description_of_shares_gives_each_with_its_counts():
    assert (
        "number 0 81.0 per cent (162 of 200);" in draw_finding(by_answer([81.0, 14.5])).alt_text()
    )


def test_a_list_that_alone_has_shares_is_named_in_its_figure():
    one = by_answer([81.0, 14.5])
    both = (*one.columns, Column("v1", "Beta list"))
    rows = tuple((*row, Cell("not asked")) for row in one.rows)
    drawing = Drawing("shares", "label", ("v0", "v1"), panels=True)
    found = draw_finding(replace(one, columns=both, rows=rows, drawing=drawing))

    assert "Victims" in found.wide and "Victims: A long answer" in found.alt_text()
    assert found.notes[0] == "Drawn: Victims. Not drawn, and found in the table only: Beta list."


def test_an_estimate_is_not_said_to_be_the_share_of_its_counts():
    rows = [("Counted", [50, 100, 50, 40, 60]), ("Estimated", [50, 100, 57, 40, 60])]
    made = example.finding("x", "Way", rows, "intervals", ("Part", "Whole", "Share", "Low", "High"))
    made = replace(
        made, drawing=Drawing("intervals", "label", ("v2", "v3", "v4"), counts=("v0", "v1"))
    )

    texts = [text.get_text() for text in draw(made).texts]

    assert "50 of 100" in texts and texts.count("") == 1


def by_region_and_charge() -> Finding:
    """Four periods of five charges in two regions; one charge is not known, one region lacks another."""
    charges = ["State security", "False news", "Insult", "Blasphemy", "Assembly", "Not recorded"]
    rows = [
        (region, [n + 10 * i + j for j in range(4)])
        for region in ("Africa", "Europe and Central Asia")
        for i, n in enumerate((90, 20, 20, 0, 63, 500))
    ]
    periods = ("1992–1998", "1999–2005", "2006–2012", "2013–2019")
    made = example.finding("grid", "Region", rows, "table", periods)
    cells = [(row[0], Cell(charges[i % 6]), *row[1:]) for i, row in enumerate(made.rows)]
    columns = (made.columns[0], Column("charge", "Charge", "label"), *made.columns[1:])
    drawing = Drawing("grid", "label", ("v0", "v1", "v2", "v3"), classes="charge")
    return replace(made, rows=tuple(cells[:-2] + cells[-1:]), columns=columns, drawing=drawing)


def test_a_grid_has_a_cell_for_each_region_and_charge_that_is_known():
    made = by_region_and_charge()
    figure = drawn(made, style.WIDE)

    shown = [ax for ax in figure.axes if ax.axison and ax.get_visible()]
    titles = [t.replace("\n", " ") for ax in shown if (t := ax.get_title(loc="left"))]

    assert titles == ["State security", "Assembly", "Insult", "False news"]
    assert [len(ax.patches) for ax in shown] == [4] * 7  # Europe has no row of Assembly
    assert {ax.get_ylim()[1] for ax in shown} == {106 * 1.3}
    assert "Not recorded" not in draw_finding(made).alt_text()
    assert "State security: Africa 1999–2005 91; " in draw_finding(made).alt_text()


WHOLE = [
    *ONE_PANEL,
    by_region_and_charge(),
    example.by_source(),
    by_answer([99.5, 70.0, 0.5, None]),
    example.changes(),
    example.changes(classes="list"),
    example.by_year_of_lists(),
]


@pytest.mark.parametrize("width", [style.WIDE, style.NARROW], ids=["desk", "phone"])
@pytest.mark.parametrize("finding", WHOLE, ids=lambda f: f.name)
def test_no_two_texts_of_a_figure_lie_over_one_another(finding: Finding, width: float):
    assert overlaps(drawn(finding, width)) == []


@pytest.mark.parametrize("width", [style.WIDE, style.NARROW], ids=["desk", "phone"])
@pytest.mark.parametrize("years", [10, 30], ids=["few", "many"])
def test_a_year_that_a_list_holds_in_part_is_hollow_and_labelled(width: float, years: int):
    rows = [(str(2021 - years + i), [40 + i]) for i in range(years)]
    made = example.finding("x", "Year", rows, "columns")
    made = replace(made, drawing=replace(made.drawing, part_years=(("v0", "2019"),)))

    figure = drawn(made, width)

    labels = [text.get_text() for text in figure.axes[0].get_xticklabels()]
    hollow = [bar.get_facecolor()[3] == 0 for bar in figure.axes[0].patches]
    assert hollow == [label == "2019" for label, _ in rows]
    assert "2019\nin part" in labels
    assert overlaps(figure) == []
    assert "In part only: 2019 (" in draw_finding(made).alt_text()


@pytest.mark.parametrize(
    ("width", "across"), [(style.WIDE, 2), (style.NARROW, 1)], ids=["desk", "phone"]
)
def test_small_panels_of_years_stand_in_pairs_where_the_page_is_wide(width: float, across: int):
    figure = drawn(example.by_year_of_lists(), width)
    shown = [ax for ax in figure.axes if ax.get_visible()]

    assert [len(ax.patches) for ax in shown[:2]] == [10, 10]
    assert len({round(ax.get_position().x0, 2) for ax in shown}) == across


def a_map(*elsewhere: tuple[str, str, tuple[str, ...]]) -> Finding:
    made = example.by_state()
    return replace(made, drawing=replace(made.drawing, elsewhere=elsewhere))


def legend_of(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.legends[0].get_texts()]


def test_the_legend_of_a_map_names_what_occurs_and_nothing_else():
    few = a_map(
        ("v0", "outside", ("USA",)), ("v0", "reviewed", ("CHN",)), ("v0", "not reviewed", ())
    )

    classes = ["1–4", "5–19", "50–199", "200 and more"]
    assert legend_of(drawn(a_map(), style.WIDE)) == [
        *classes, "None documented", "Fewer than 5, or not in the plan", "Status not settled",
    ]  # fmt: skip
    assert legend_of(drawn(few, style.WIDE)) == [
        *classes, "None documented", "Reviewed, none on defenders",
        "Fewer than 5, or not in the plan",
        "No review in the source", "Outside this report", "Status not settled",
    ]  # fmt: skip
    assert (
        "reviewed, none on defenders; fewer than 5, or not in the plan; no review"
        in draw_finding(few).alt_text()
    )


def test_each_reason_for_no_number_has_a_look_of_its_own_on_the_map():
    marks = [
        Mark("BRA", None, 9.0, "9"), Mark("FRA", None, 0.0, "0"), Mark("KEN", None, None, "x", True),
        Mark("MEX", None, None, "not covered"), Mark("PER", None, None, "not recorded"),
    ]  # fmt: skip
    looks = looks_of_states(marks, Drawing("map", "iso3", ("v",)), "v", [1, 5])

    told = [looks[code] for code in ("BRA", "FRA", "KEN", "MEX", "PER", "CHN")]
    assert told == [style.BLUES[-1], "none", "withheld", "not covered", "not recorded", "none"]
    assert "ESH" not in looks


def test_looks_that_may_stand_side_by_side_differ_in_fill_or_hatch():
    kinds = [k for k in WITHOUT_NUMBER if k not in ("reviewed", "no member")]
    assert len({WITHOUT_NUMBER[kind][1:] for kind in kinds}) == len(kinds)


def lightness(colour: str) -> float:
    """CIE lightness (0 to 100) of a colour: what is left of it in grey print."""
    parts = np.array(to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return 116 * float(linear @ (0.2126, 0.7152, 0.0722)) ** (1 / 3) - 16


def steps(colours: Iterable[str]) -> list[float]:
    return np.diff(sorted({lightness(colour) for colour in colours})).tolist()


def test_classes_of_maps_stay_apart_in_grey():
    plain = {fill for _, fill, hatch in WITHOUT_NUMBER.values() if not hatch}
    assert len(steps({*plain, *style.BLUES})) == len(plain) + len(style.BLUES) - 1
    assert min(steps({*plain, *style.BLUES})) > 6
    assert min(steps(style.BLUES)) > 12
    drawn_map = drawn(example.by_state(), style.WIDE)
    fills = {
        to_hex(patch.get_facecolor()): patch.get_hatch()
        for patch in drawn_map.legends[0].get_patches()
    }
    assert min(steps(fill for fill, hatch in fills.items() if not hatch)) > 6


def test_marks_of_charts_stay_apart_in_grey():
    assert min(steps((style.BLUE, style.SOFT, style.PALE, "#ffffff"))) > 12
    assert abs(lightness(style.INK) - lightness("#ffffff")) > 80


def test_each_hatched_area_says_what_its_entry_rests_on():
    areas = parse_yaml(reference_path("boundaries/disputed.yml").read_text("utf-8"))["areas"]
    assert {area["basis"] for area in areas} == {"natural_earth", "not_read"}
    assert all(area["source"] for area in areas)
    assert [area["name"] for area in areas] == load_boundaries().disputed["name"].tolist()
    assert sum(count_hatched_areas().values()) == sum(not a.get("keep_colour") for a in areas)
    note = draw_finding(example.by_state()).notes[0]
    assert "takes no side (five areas that Natural Earth marks" in note
    assert "six taken as in dispute without a document" in note


def test_small_states_of_the_caribbean_stand_in_an_inset_and_others_in_circles():
    rows = [("Grenada", [3]), ("Saint Lucia", [2]), ("Singapore", [4]), ("Malta", [1])]
    codes = ["GRD", "LCA", "SGP", "MLT"]
    made = example.finding("x", "State", rows, "map", vocabulary="state", codes=codes)

    (ax,) = drawn(made, style.WIDE).axes

    (inset,) = ax.child_axes
    circles = [[c for c in a.collections if isinstance(c, PathCollection)] for a in (ax, inset)]
    assert [len(found) for found in circles] == [2, 2]
    assert inset.get_title("left") == "Eastern\nCaribbean"


def test_a_word_for_a_map_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="of a map is none of"):
        a_map(("v0", "empty", ()))


@pytest.mark.parametrize("finding", ONE_PANEL, ids=lambda finding: finding.name)
def test_ids_in_a_drawing_are_numbers_alone_and_what_refers_to_one_finds_it(
    finding: Finding,
) -> None:
    shown = cached_picture(finding).html("figure-1")
    ids = re.findall(r'\bid="(figure-1-(?:wide|narrow)[^"]*)"', shown)
    assert len(ids) > 10 and len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"figure-1-(wide|narrow)-\d+", one) for one in ids)
    assert set(re.findall(r'(?:xlink:href="|url\()#([^")]+)', shown)) <= set(ids)
