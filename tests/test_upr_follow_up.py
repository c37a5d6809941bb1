"""Follow-up to recommendations: three reporters side by side; review by review. All is invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hrdresearch.findings import Finding
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.own_lists.templates import write_template
from hrdresearch.sources import identify, load
from hrdresearch.studies.ground.build import Build, current_build
from hrdresearch.studies.upr.study import Upr

HEAD = "state,session,paragraph,text,state_says,state_day,state_source,"
HEAD += "others_say,others_source,indicator_shows"
LEDGER = [
    "Fiji,20,5.1,Adopt a law that protects human rights defenders,implemented,2017-05-31,A,partly,B,",
    "Fiji,20,5.2,Ensure the safety of human rights defenders,partly,2017-05-31,,partly,B,not_implemented",
    "Fiji,20,5.3,Build invented roads,implemented,,Mid-term,,,",
    "Kenya,21,,Protect human rights defenders,,,,,,",
    "Nowhereland,21,,Protect human rights defenders,partly,,,,,",
]
RECOMMENDED = [
    "Fiji,20,5.1,Adopt a law that protects human rights defenders,Chile;Norway,supported",
    "Fiji,20,5.2,Ensure safety of all who defend human rights,Norway,supported",
    "Fiji,20,5.3,Build invented roads,Peru,noted",
    "Kenya,21,6.1,Build invented bridges,Peru,noted",
    "Kenya,8,9.1,Consider the situation of human rights defenders,Chile,noted",
]


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def made(folder: Path, with_ledger: bool = True) -> Build:
    head = "state,session,paragraph,text,recommending,position"
    (folder / "own.csv").write_text("\n".join([head, *RECOMMENDED]), encoding="utf-8")
    files = [SourceFile("recommendations", folder / "own.csv", True)]
    if with_ledger:
        (folder / "ledger.csv").write_text("\n".join([HEAD, *LEDGER]), encoding="utf-8")
        files.append(SourceFile("upr-tracking", folder / "ledger.csv", True))
    build("upr", files, folder / "work")
    return current_build("upr", folder / "work")


def values(finding: Finding) -> dict[str, Any]:
    return {c.name: c.value for c in finding.claims}


def test_each_reporter_has_a_row_and_none_speaks_for_another(tmp_path: Path) -> None:
    rows = made(tmp_path).table("upr_tracking")
    columns = [
        "tracked_id",
        "upr_reporter_code",
        "implementation_code",
        "upr_beside_code",
        "has_source",
    ]
    first = rows[rows["tracked_id"] == "upr-tracking-2"][columns].reset_index(drop=True)
    expected = pd.DataFrame(
        [
            ("upr-tracking-2", "state", "implemented", "state_further", True),
            ("upr-tracking-2", "others", "partly", "state_further", True),
            ("upr-tracking-2", "indicator", "not_known", "state_further", False),
        ],
        columns=columns,
    )
    pd.testing.assert_frame_equal(first, expected, check_dtype=False)
    assert rows["tracked_id"].nunique() == 4  # a State that is not known is set aside


def test_a_row_is_joined_by_its_text_or_its_number(tmp_path: Path) -> None:
    built = made(tmp_path)
    rows = built.table("upr_tracking").drop_duplicates("tracked_id")
    joined = rows.set_index("source_row")["recommendation_id"]
    names = built.table("recommendations").set_index("paragraph")["recommendation_id"]
    assert joined[2] == names["5.1"] and joined[3] == names["5.2"]
    assert pd.isna(joined[5])


def test_the_report_sets_the_reporters_side_by_side(tmp_path: Path) -> None:
    study = Upr(made(tmp_path), {})
    found = values(study.follow_up())
    assert (found["follow_up.tracked"], found["follow_up.all"], found["follow_up.joined"]) == (
        3,
        4,
        2,
    )
    assert {r: found[f"follow_up.{r}.known"] for r in ("state", "others", "indicator")} == {
        "state": 2, "others": 2, "indicator": 1
    }  # fmt: skip
    assert (found["follow_up.state.implemented"], found["follow_up.others.implemented"]) == (1, 0)
    assert [found[f"follow_up.both.{c}"] for c in ("same", "state_further", "others_further")] == [
        1,
        1,
        0,
    ]
    assert found["follow_up.state.without_source"] == 1
    assert found["follow_up.state.not_known"] == 1
    (said,) = study.follow_up().statements
    assert (
        "The State itself reports a status" in said
        and "the State reports more as done than others" in said
    )


def test_reviews_are_counted_by_what_is_known_of_them(tmp_path: Path) -> None:
    study = Upr(made(tmp_path), {})
    found = values(study.by_review())
    assert (found["by_review.reviews"], found["by_review.of"]) == (2, 3)
    assert (found["by_review.with_specific"], found["by_review.with_supported"]) == (1, 1)
    assert found["by_review.with_followed"] == 1
    assert (
        found["by_review.fji.20.recommendations"] == 2 and found["by_review.fji.20.followed"] == 2
    )
    assert [row[0].text for row in study.by_review().rows] == ["Fiji", "Kenya"]


def test_without_a_ledger_nothing_is_said_of_what_was_done(tmp_path: Path) -> None:
    study = Upr(made(tmp_path, with_ledger=False), {})
    assert study.follow_up().rows == () and study.follow_up().claims == ()
    assert not any("followed" in name for name in values(study.by_review()))
    assert any("nothing is said of what was done" in note for note in study.by_review().notes)


def test_the_template_is_read_as_it_is(tmp_path: Path) -> None:
    path = write_template("upr-tracking", tmp_path / "tracking.xlsx")
    assert identify(path) == ("upr-tracking", "upr_tracking")
    (tmp_path / "ledger.csv").write_text("\n".join([HEAD, *LEDGER]), encoding="utf-8")
    assert len(load("upr-tracking", tmp_path / "ledger.csv").accepted) == 4
