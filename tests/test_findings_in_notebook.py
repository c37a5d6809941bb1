"""A finding in JupyterLab: what the page will show, its table as a pandas table, its drawing."""

from __future__ import annotations

import json
from dataclasses import replace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
import report_examples as example

from hrdresearch.findings.display import IN_A_RUN, FindingInKernel, notebook_output, show
from hrdresearch.findings.model import FINDING_MIME, Cell, Claim, Column, Finding
from hrdresearch.report import charts
from hrdresearch.report.charts import cached_picture, draw_finding

MIXED = replace(
    example.by_sex(),
    columns=(
        Column("iso3", "ISO3", "code"),
        Column("label", "What", "label"),
        Column("list_a", "List A"),
        Column("list_b", "List B"),
        Column("remark", "Remark"),
    ),
    rows=(
        (Cell("MEX"), Cell("Victims"), Cell(claim="a.victims"), Cell(claim="b.victims"), Cell("x")),
        (Cell("MEX"), Cell("Share"), Cell(claim="a.share"), Cell("not asked"), Cell("")),
        (Cell("PER"), Cell("Victims"), Cell(claim="a.none"), Cell("not covered"), Cell("y")),
    ),
    claims=(
        Claim("a.victims", 1733, "victim", 1733, "1,733", "List A: victims"),
        Claim("a.share", 12.44, "per_cent", 4, "12", "List A: share"),
        Claim("a.none", 0, "victim", 0, "0", "List A: none"),
        Claim("b.victims", None, "victim", None, "withheld", "List B", status="suppressed"),
    ),
    statements=("List A documented {{ a.victims|of:victim }}; {{ other.x }} <others>.",),
    known=None,
)


def test_the_table_of_a_finding_is_a_pandas_table_in_which_unknown_is_not_zero() -> None:
    frame = MIXED.frame

    expected = pd.DataFrame(
        {
            "iso3": ["MEX", "MEX", "PER"],
            "label": ["Victims", "Share", "Victims"],
            "list_a": pd.array([1733, 12.44, 0], dtype="Float64"),
            "list_a_unit": ["victim", "per_cent", "victim"],
            "list_b": pd.array([None, None, None], dtype="Int64"),
            "list_b_why": ["withheld", "not asked", "not covered"],
            "remark": ["x", "", "y"],
        }
    )
    pd.testing.assert_frame_equal(frame, expected, check_dtype=False)
    assert frame["list_b"].dtype == "Int64"
    assert frame.attrs["units"] == {"list_a": "see list_a_unit", "list_b": "victim"}
    assert frame.attrs["labels"]["list_b"] == "List B"
    assert frame[["list_b"]].attrs["period"] == MIXED.period


def test_a_finding_without_a_table_has_an_empty_pandas_table() -> None:
    assert replace(MIXED, columns=(), rows=()).frame.empty


def test_the_drawing_of_a_finding_stands_on_axes_of_ones_own() -> None:
    _, ax = plt.subplots()

    assert example.by_cause().plot(ax=ax) is ax
    assert len(ax.patches) > 1
    with pytest.raises(ValueError, match="is a table"):
        MIXED.plot()
    plt.close("all")


def html(finding: Finding, placement: str = "show", *others: Finding) -> str:
    bundle = notebook_output(finding, placement, {other.name: other for other in others})
    assert json.dumps(bundle[FINDING_MIME]) == json.dumps(finding.to_json(placement))
    return str(bundle["text/html"])


def test_a_figure_comes_with_its_table_folded_and_the_names_last() -> None:
    found = html(example.by_cause())

    assert '<img alt="Bar chart' in found and "data:image/png;base64," in found
    assert found.index("<img") < found.index("<details><summary>Table") < found.index("Numbers for")
    assert "<details open" not in found


def test_a_table_stands_open_and_its_sentences_have_their_numbers() -> None:
    other = replace(MIXED, name="other", claims=(Claim("other.x", 2, "case", 2, "2", "Others"),))
    found = html(MIXED, "show", other)

    assert 'documented <span title="a.victims">1,733</span> victims' in found
    assert '<span title="other.x">two</span> &lt;others&gt;.' in found
    assert "<details open><summary>Table" in found and "<img" not in found
    assert "<code>{{ b.victims }}</code></td><td>withheld" in found
    assert "{{ a.victims|of" not in found


def test_a_sentence_that_needs_a_later_number_says_so_and_hides_nothing_else() -> None:
    found = html(MIXED)

    assert "Not printed yet" in found and "&#x27;other.x&#x27;" in found
    assert "<details open><summary>Table" in found


def test_a_finding_that_is_cited_shows_its_sentences_and_names_only() -> None:
    found = html(example.by_cause(), "cite")

    assert "<img" not in found and "<table" in found and "Table:" not in found


def test_in_a_run_the_output_is_the_carrier_and_a_plain_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[dict[str, object]] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: shown.append(bundle))
    monkeypatch.setattr("hrdresearch.findings.display._shown_here", list[FindingInKernel]())
    monkeypatch.setenv(IN_A_RUN, "1")

    show(example.by_cause())

    assert set(shown[0]) == {FINDING_MIME, "text/html", "text/plain"}
    assert "<img" not in str(shown[0]["text/html"]) and "<details" not in str(shown[0]["text/html"])


def test_a_figure_that_was_shown_is_not_drawn_again_for_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = cached_picture(example.by_cause())
    monkeypatch.setattr(charts, "draw_finding", lambda finding: pytest.fail("drawn again"))

    assert cached_picture(replace(example.by_cause(), statements=("Filled in.",))) is first
    monkeypatch.undo()
    assert draw_finding(example.by_cause()) == first
    assert cached_picture(replace(example.by_cause(), period="1999")) is not first
