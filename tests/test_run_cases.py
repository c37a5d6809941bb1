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
        ("upr-hrd", "table", "text,label,split\nProtect human rights defenders,yes,unseen\n",
         "an estimate at first sight"),
        ("upr-action", "table", "text,label,split\nRatify the Convention,5,seen\n",
         "read by the makers of the rules (a regression test)"),
        ("threats", "csv", "text,is_threat,language\nWe will kill you,1,en\n", "no estimate"),
        ("threats", "csv", "text,is_threat,language,split\nWe will kill you,1,en,unseen\n",
         "an estimate at first sight"),
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


def test_narratives_are_counted_by_split_and_question_with_intervals(tmp_path: Path) -> None:
    file = tmp_path / "en.csv"
    text = "Police in Kenya arrested a journalist on 3 May 2020."
    row = f"{text},2020-05-03,2020-05-10,KEN,,arbitrary_detention,state_actor,journalist\n"
    head = "split,text,date,published,state_iso3,place,violations,perpetrators,victims\n"
    file.write_text(f"{head}seen,{row}unseen,{row.replace('KEN', 'UGA')}", encoding="utf-8")
    found = load_task("incident", "csv").evaluate(file, "csv", None)
    assert found["by_split"]["seen"]["state"]["part"] == 1
    assert found["by_split"]["unseen"]["state"]["part"] == 0
    assert found["report"].count("date where the person gave a day: 1 of 1 (0.21 to 1.00)") == 2
    assert "read by the makers of the rules (a regression test)" in found["report"]


def test_narratives_of_the_tracker_are_counted_by_the_half_that_was_read(tmp_path: Path) -> None:
    file = tmp_path / "incidents.csv"
    body = '"<p>Officers arrested the potter in Lima, Ohio, on May 3, 2020. He was charged with theft.</p>"'
    coded = "2020-05-10,2020-05-03,False,Lima,Ohio (OH),Arrest / Criminal Charge,arrested,charges dropped"
    head = "slug,title,body,first_published_at,date,exact_date_unknown,city,state,categories,"
    rows = [f"{slug},A potter,{body},{coded}" for slug in ("a", "b", "e", "f")]
    file.write_text("\n".join([f"{head}arrest_status,status_of_charges", *rows]), encoding="utf-8")
    found = load_task("incident", "tracker").evaluate(file, "tracker", None)["by_split"]
    assert set(found) == {"seen", "unseen"}
    assert all(f["act charge"]["value"] == f["act arrest"]["value"] == 1 for f in found.values())
    assert sum(f["date where the person gave a day"]["part"] for f in found.values()) == 4
    assert {half: f["state"]["whole"] for half, f in found.items()} == {"seen": 2, "unseen": 2}


def test_another_split_is_an_error_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "en.csv"
    file.write_text("text,split,codes\nx,held out,\n", encoding="utf-8")
    with pytest.raises(RunError, match=r"row 2: split must be one of unseen, seen"):
        read_cases(file, ["codes"])
