"""Figures on axes of one's own, and what is drawn on them: properties, no pixels."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib.pyplot as plt
import pytest
import report_examples as example

from hrdresearch.findings.model import Finding
from hrdresearch.report.charts import draw


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
