"""Charts and maps: what is declared is drawn, and withheld counts have no length."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
import report_examples as example
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from hrdresearch.findings.model import Cell
from hrdresearch.report import style
from hrdresearch.report.boundaries import load_boundaries
from hrdresearch.report.charts import MOST_BARS, build_chart, draw_finding
from hrdresearch.report.map_looks import class_labels, class_starts
from hrdresearch.report.marks import Mark, describe_largest_marks, marks_of_column
from hrdresearch.report.share_plots import Scale, Share, draw_share_panel
from hrdresearch.vocab import states


def widths(svg: str) -> list[float]:
    """Widths of the bars in a drawing, from their outlines."""
    bars = re.findall(r'd="M ([\d.]+) [\d.]+ L ([\d.]+) [^"]*"[^>]*style="fill: #0072b2"', svg)
    return [round(float(right) - float(left), 1) for left, right in bars]


def test_bars_start_at_zero_and_are_in_proportion():
    rows = [("A", [100]), ("B", [50]), ("C", [0])]
    a, b, c = widths(draw_finding(example.finding("x", "Cause", rows, "bars")).wide)
    assert a == pytest.approx(2 * b, abs=0.3)
    assert c == 0


def test_a_withheld_count_is_a_grey_text_and_no_bar():
    picture = draw_finding(example.finding("x", "Cause", [("A", [100]), ("B", [None])], "bars"))
    assert widths(picture.wide)[1] == 0
    assert re.search(r"#767676[^>]*>fewer than 5|fewer than 5", picture.wide)


def test_letters_stay_letters_and_markup_in_labels_is_escaped():
    svg = draw_finding(example.by_cause()).wide
    assert "Environment" in svg
    assert "&lt;mines&gt;" in svg
    assert "<mines>" not in svg
    assert "$5 dams" in svg


def test_files_carry_no_date_and_no_program():
    picture = draw_finding(example.by_source())
    assert "metadata" not in picture.wide and "Matplotlib" not in picture.wide
    assert b"tEXt" not in picture.png and b"tIME" not in picture.png


def test_the_same_finding_gives_the_same_picture():
    assert draw_finding(example.by_year()) == draw_finding(example.by_year())


def test_lists_that_may_not_be_added_stand_apart_on_their_own_scales():
    svg = draw_finding(example.by_source()).wide
    bars = widths(svg)
    alpha, beta = bars[:4], bars[4:]
    assert max(alpha) == pytest.approx(max(beta), abs=0.3)
    assert "Alpha list" in svg and "Beta list" in svg


def test_many_bars_are_cut_and_the_note_says_so():
    rows = [(f"State {chr(65 + i)}", [i + 6]) for i in range(26)]
    picture = draw_finding(example.finding("x", "State", rows, "bars"))
    assert len(widths(picture.wide)) == MOST_BARS
    assert picture.notes == ("The figure shows the 20 largest of 26; the table holds all.",)
    assert "State A" not in picture.wide and "State Z" in picture.wide


def test_a_total_is_no_bar():
    found = example.finding("x", "Cause", [("A", [6]), ("Total", [6])], "bars")
    assert [m.label for m in marks_of_column(found, "v0")] == ["A"]


def test_the_description_names_the_largest_values():
    alt = draw_finding(example.by_state()).alt_text()
    assert alt.startswith("World map: Victims by state, 2012–2021. Brazil 342; Colombia 322;")
    assert alt.endswith("All numbers are in the data table.")


def test_an_empty_column_chart_draws():
    assert draw_finding(example.finding("x", "Year", [("2019", [0]), ("2020", [0])], "columns")).png


def test_classes_of_a_map_are_five_at_most_and_hold_every_count():
    assert class_starts([3, 1]) == [1, 2]
    assert class_starts([342, 7]) == [1, 5, 20, 50, 200]
    assert class_labels([1, 2, 5, 20]) == ["1", "2–4", "5–19", "20 and more"]
    assert class_starts([0]) == []


def test_boundaries_hold_small_states_and_know_iso_codes():
    world = load_boundaries()
    assert {"FRA", "NOR", "MLT", "BHR", "SGP", "MDV"} <= set(world.states["iso3"])
    assert {"MLT", "BHR", "SGP", "MDV", "TUV"} <= set(world.points["iso3"])
    assert "-99" not in set(world.states["iso3"])


def test_every_member_state_is_on_the_map():
    members = {code for code in states.all_codes() if states.is_member(code)}
    assert members - set(load_boundaries().states["iso3"]) == set()


def test_no_shape_runs_across_the_map():
    boxes = load_boundaries().states.explode().bounds
    assert (boxes["maxx"] - boxes["minx"]).max() < 12e6


def test_areas_of_unsettled_status_get_no_colour_and_the_note_says_so():
    picture = draw_finding(example.by_state())
    assert "do not imply official endorsement" in picture.notes[0]
    only = example.finding(
        "x", "State", [("Western Sahara", [9])], "map", vocabulary="state", codes=["ESH"]
    )
    shapes = re.sub(r'<g id="legend_1">.*', "", draw_finding(only).wide, flags=re.DOTALL)
    assert "#083d66" not in shapes


def test_what_a_map_cannot_colour_is_named_beside_it():
    joint = states.short_name("XIP")
    rows = [("Brazil", [4]), (joint, [3]), ("Yugoslavia", [2]), ("Western Sahara", [1])]
    codes = ["BRA", "XIP", "YUG", "ESH"]
    made = example.finding("x", "State", rows, "map", vocabulary="state", codes=codes)
    assert draw_finding(made).notes[2] == (
        "Not coloured on the map, each in a row of its own in the table: "
        f"{joint}; Western Sahara; Yugoslavia."
    )


def test_a_list_that_did_not_ask_has_no_panel_and_the_note_names_it():
    asked = example.by_source()
    silent = [(*row[:2], Cell("not asked")) for row in asked.rows]
    picture = draw_finding(replace(asked, rows=tuple(silent)))
    assert picture.notes == (
        "Drawn: Alpha list (land defenders). "
        "Not drawn, and found in the table only: Beta list (journalists).",
    )
    assert "not asked" not in picture.wide


def test_years_that_a_list_does_not_cover_are_shaded_and_told_apart_from_zero():
    found = example.by_few_years()
    rows = (*found.rows[:-1], (found.rows[-1][0], Cell("not covered")))
    picture = draw_finding(replace(found, rows=rows))
    assert "hatch" not in picture.wide
    assert "Shaded: not covered. A place that is neither shaded nor has a column is zero." in (
        picture.notes
    )
    assert picture.wide.count(style.PALE) == draw_finding(found).wide.count(style.PALE) + 1
    zero = draw_finding(
        replace(found, claims=(replace(found.claims[0], value=0), *found.claims[1:]))
    )
    assert style.PALE not in zero.wide and not any("Shaded" in note for note in zero.notes)


def test_cases_in_which_the_fact_is_not_known_are_grey():
    rows = [("Yes", [7]), ("No", [9]), ("Not recorded", [30])]
    svg = draw_finding(example.finding("x", "Answer", rows, "bars")).wide
    assert len(widths(svg)) == 2
    assert "#a7aeb5" in svg


def test_panels_with_scales_of_their_own_say_so():
    apart = draw_finding(example.by_source())
    assert any("a scale of its own" in note for note in apart.notes)
    assert all(f"(scale\u00a0to\u00a0{n})" in apart.wide for n in (342, 61))
    one = draw_finding(example.by_few_years())
    assert not any("a scale of its own" in note for note in one.notes)


def test_a_description_names_the_largest_and_does_not_rank_them() -> None:
    counted = [Mark(f"State {n}", None, float(n), str(n)) for n in (9, 1, 3, 5, 7, 8, 6)]
    told = "".join(text for text, _ in describe_largest_marks(counted))
    assert told == "State 9 9; State 3 3; State 5 5; State 7 7; State 8 8; State 6 6; and 1 more. "


def test_a_description_says_of_how_many_states_there_is_no_number() -> None:
    marks = [Mark("Brazil", None, 50.0, "50")]
    marks += [Mark(f"State {n}", None, None, "not in the plan", True) for n in range(10)]
    told = "".join(text for text, _ in describe_largest_marks(marks, "State", "States"))
    assert told == "Brazil 50; not in the plan in 10 States. "


def test_a_withheld_share_of_a_figure_with_intervals_is_a_grey_word_and_no_empty_line():
    rows = [("Threats", [40, 30, 50]), ("Doxing", [None, None, None])]
    values = ("Share", "From", "To")
    svg = draw_finding(example.finding("x", "Kind", rows, "intervals", values)).wide
    assert re.search(r"fewer than 5", svg)


def test_changes_in_per_cent_have_a_line_at_zero_and_hollow_dots_where_none_can_be_told():
    figure = Figure()
    chart = build_chart(example.changes())
    chart.whole(figure, style.WIDE)
    (ax,) = figure.axes
    dots = ax.collections[-1]
    assert dots.get_offsets()[:, 0].tolist() == [
        6,
        1,
    ]  # one that is refused has no dot, not one at zero
    assert [tuple(colour[:3]) == (1, 1, 1) for colour in dots.get_facecolors()] == [False, True]
    assert ax.get_xlim() == (-5, 10) and ax.get_xlabel() == "per cent a year"
    assert [line.get_xdata()[0] for line in ax.get_lines()] == [0]
    assert chart.notes == (
        "Lines are intervals of 95 per cent.",
        "Hollow dots: neither can be told.",
    )
    assert (
        "2006–2020 6 per cent (4 to 8); 2011–2020 1 per cent (-3 to 5); 2016–2020 fewer than 5."
        in ("".join(text for text, _ in chart.alt))
    )


def test_changes_of_several_lists_have_a_panel_each():
    chart = build_chart(example.changes(classes="list"))
    assert list(chart.panels) == ["Alpha list", "Beta list"]


@pytest.mark.parametrize("value", [0.0, 0.4, 0.8, 1.5, 2.2])
@pytest.mark.parametrize("width", [3.4, 6.3])
def test_a_small_share_and_its_dot_touch_no_label(value: float, width: float) -> None:
    figure = Figure(figsize=(width, 1.5), layout="constrained")
    FigureCanvasAgg(figure)
    ax = figure.subplots()
    mark = Mark("Hatred against a group", None, value, f"{value:.1f}")
    other = Mark("Any attack", None, 29.0, "29.0")
    draw_share_panel(ax, [Share(mark, 0.0, 2.0), Share(other, 28.0, 30.0)], Scale(0, 30, 10))
    figure.canvas.draw()
    label = max(text.get_window_extent().x1 for text in ax.get_yticklabels())
    number = next(t for t in ax.texts if t.get_text() == f"{value:.1f}").get_window_extent()
    point = figure.dpi / 72
    radius = np.sqrt(30 / np.pi) * point
    assert ax.transData.transform((0, 0))[0] - point / 2 < number.x0  # it begins at the scale
    assert label + 4 * point < number.x0
    assert label + 2 * point < ax.transData.transform((value, 0))[0] - radius


def test_lists_of_like_size_have_one_scale_so_that_lengths_may_be_compared():
    rows = [("A", [100, 50]), ("B", [40, 30])]
    made = example.finding("x", "State", rows, "bars", ("Alpha", "Beta"), sources=(example.ALPHA,))
    picture = draw_finding(made)
    a, _, c, _ = widths(picture.wide)
    assert a == pytest.approx(2 * c, abs=0.3)
    assert any("one scale" in note for note in picture.notes) and "scale to" not in picture.wide
