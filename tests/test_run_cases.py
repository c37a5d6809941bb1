"""Labelled cases: what is right, by language and by who had seen them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.run.cases import read_cases
from hrdresearch.run.errors import RunError
from hrdresearch.run.tasks import load_task

CASES = """text,split,concerns
Protect human rights defenders,seen,yes
Build roads,seen,no
Protect those who defend human rights,unseen,yes
Plant trees,unseen,yes
"""


def test_seen_and_unseen_cases_are_told_apart_with_intervals(tmp_path: Path) -> None:
    file = tmp_path / "en.csv"
    file.write_text(CASES, encoding="utf-8")
    found = load_task("concerns", None).evaluate(file, None, None)
    unseen = found["by_split"]["unseen"]["en"]
    assert (unseen["part"], unseen["whole"]) == (1, 2)
    assert 0 < unseen["low"] < 0.5 < unseen["high"] < 1
    assert found["by_split"]["seen"]["en"]["part"] == 2
    assert found["differing_rows"] == [5]
    assert "1 of 2" in found["report"]


def test_charges_are_right_when_all_their_codes_are(tmp_path: Path) -> None:
    file = tmp_path / "en.csv"
    file.write_text(
        "text,split,codes\nCharged with blasphemy,seen,blasphemy_morality\n,seen,\n"
        "Held without charge,seen,no_charge\nCharged with theft and libel,seen,ordinary_crime\n"
    )
    found = load_task("charges", None).evaluate(file, None, None)
    assert found["by_split"]["seen"]["en"]["part"] == 3
    assert found["differing_rows"] == [5]


@pytest.mark.parametrize(
    ("task", "format_", "table", "warning"),
    [
        ("sentence", None, "id,split,text,kind,years_low,years_high\n"
         "en-1,unseen,ten years in prison,term,10,10\n", "blind at the first look only"),
        ("sentence", None, "language,text,kind,minimum,maximum\nen,ten years,term,10,10\n",
         "a regression test, no estimate"),
        ("upr-action", "table", "text,label\nRatify the Convention,5\n", "no estimate"),
        ("upr-hrd", "table", "text,label\nProtect human rights defenders,yes\n", "no estimate"),
        ("online-attack", "posts", "text,kinds,language,split\nWe will kill you,threat_life,en,test\n",
         "no estimate"),
    ],
)  # fmt: skip
def test_every_task_prints_what_is_right_in_each_language_with_its_interval(
    tmp_path: Path, task: str, format_: str | None, table: str, warning: str
) -> None:
    file = tmp_path / "labelled.csv"
    file.write_text(table, encoding="utf-8")
    report = load_task(task, format_).evaluate(file, format_, None)["report"]
    assert "  en: 1 of 1 (0.21 to 1.00)" in report
    assert warning in report


def test_another_split_is_an_error_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "en.csv"
    file.write_text("text,split,codes\nx,held out,\n", encoding="utf-8")
    with pytest.raises(RunError, match=r"row 2: split must be one of unseen, seen"):
        read_cases(file, ["codes"])
