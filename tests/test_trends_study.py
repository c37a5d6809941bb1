"""The study of trends: what it reads, which years it uses, what it says and refuses. All invented."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure
from study_builds import facts

from hrdresearch.findings.model import Finding
from hrdresearch.findings.prose import fill_in_prose, names_for_prose, strip_markdown
from hrdresearch.findings.speech_rules import find_speech_faults
from hrdresearch.report.charts import build_chart
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import write_json
from hrdresearch.run.withdraw import withdraw
from hrdresearch.sources import load
from hrdresearch.stats.trends import Refusal, estimate_change
from hrdresearch.studies.ground.build import Build, current_build
from hrdresearch.studies.trends.change_sentences import Estimated, sentences_on_list
from hrdresearch.studies.trends.study import Trends
from hrdresearch.tables import TABLES

HEAD = "name,status,type,date,place,organization,motive_confirmed,country"


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def cpj_file(path: Path, days: Sequence[str], state: str = "Kenya") -> Path:
    lines = [
        f"Zunela Test{chr(97 + n)}ldemo,Killed,Journalist,{day},,Radio,Confirmed,{state}"
        for n, day in enumerate(days)
    ]
    path.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    return path


def test_a_build_keeps_year_day_state_and_link_and_no_person(tmp_path: Path) -> None:
    file = cpj_file(tmp_path / "cpj.csv", ["2019-05-04", "2019-06-01", "2020"])
    build("trends", [SourceFile("cpj", file, True)], tmp_path / "work")
    table = current_build("trends", tmp_path / "work").table("documented")
    expected = pd.DataFrame(
        {
            "source": "cpj",
            "source_row": [2, 3, 4],
            "event_date": pd.to_datetime(["2019-05-04", "2019-06-01", "2020-01-01"]),
            "event_date_precision": ["day", "day", "year"],
            "event_year": [2019, 2019, 2020],
            "state_iso3": "KEN",
            "motive_link_code": "confirmed",
        }
    )

    pd.testing.assert_frame_equal(table.drop(columns="person_id"), expected, check_dtype=False)
    assert table["person_id"].is_unique


def test_who_withdraws_is_in_no_later_count(tmp_path: Path) -> None:
    work = tmp_path / "work"
    file = cpj_file(tmp_path / "cpj.csv", ["2019-05-04", "2019-06-01"])
    build("trends", [SourceFile("cpj", file, True)], work)
    gone = current_build("trends", work).table("documented")["person_id"][0]
    told = list(withdraw("trends", work, tmp_path / "out", pseudonym=gone, name=None, apply=True))
    build("trends", [SourceFile("cpj", file, True)], work)

    assert told
    assert gone not in set(current_build("trends", work).table("documented")["person_id"])
    assert len(current_build("trends", work).table("documented")) == 1


def test_an_earlier_file_becomes_counts(tmp_path: Path) -> None:
    earlier = cpj_file(tmp_path / "earlier.csv", ["2019-05-04", "2019-06-01"])
    now = cpj_file(tmp_path / "cpj.csv", ["2019-05-04", "2019-06-01", "2019-07-01"])
    files = [SourceFile("cpj", now, True), SourceFile("cpj@2020-01-15", earlier, True)]
    build("trends", files, tmp_path / "work")
    assert len(current_build("trends", tmp_path / "work").table("documented")) == 3
    table = current_build("trends", tmp_path / "work").table("editions")

    assert table.to_dict("records") == [
        {
            "source": "cpj@2020-01-15",
            "source_row": 1,
            "list_slug": "cpj",
            "edition_day": pd.Timestamp("2020-01-15"),
            "state_iso3": "KEN",
            "event_year": 2019,
            "motive_link_code": "confirmed",
            "case_count": 2,
        }
    ]


def test_an_earlier_file_without_its_day_is_refused(tmp_path: Path) -> None:
    file = cpj_file(tmp_path / "cpj.csv", ["2019-05-04"])
    files = [SourceFile("cpj", file, True), SourceFile("cpj@2018", file, True)]

    with pytest.raises(RunError, match="day of an earlier edition, such as cpj@2018-02-07=FILE"):
        build("trends", files, tmp_path / "work")


def test_counts_of_editions_without_a_day_or_a_state_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "editions.csv"
    path.write_text(
        "list,edition_day,year,state,cases,link\n"
        "cpj,2018-02-07,2016,Kenya,4,confirmed\n"
        "cpj,February,2016,Kenya,4,confirmed\n"
        "cpj,2018-02-07,2016,Nowhere,4,\n"
        "cpj,2018-02-07,2017,KEN,0,\n",
        encoding="utf-8",
    )
    loaded = load("earlier-editions", path)

    assert list(loaded.accepted["source_row"]) == [2, 5]
    assert list(loaded.accepted["case_count"]) == [4, 0]
    assert list(loaded.accepted["motive_link_code"]) == ["confirmed", "unknown"]
    assert list(loaded.set_aside["row"]) == [3, 4]


def test_a_score_keeps_its_published_uncertainty(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(
        "YEAR,COW,theta_mean,theta_sd,country_name\n2018,501,-0.7831,0.4185,Kenya\n2019,501,NA,NA,Kenya\n",
        encoding="utf-8",
    )
    loaded = load("state-indicators", path)

    assert list(loaded.accepted["value"]) == ["-0.78 ± 0.42"]
    assert list(loaded.set_aside["row"]) == [3]


def test_the_two_ways_of_an_index_are_two_indicators(tmp_path: Path) -> None:
    path = tmp_path / "press.csv"
    path.write_text(
        "Year (N);ISO;Rank N;Score N\n2011-12;KEN;1;-10\n2013;KEN;1;93,62\n", encoding="utf-8"
    )
    loaded = load("state-indicators", path)

    assert list(loaded.accepted["indicator_year"]) == [2012, 2013]
    assert list(loaded.accepted["value"]) == ["-10", "93.62"]
    assert loaded.accepted["indicator"].nunique() == 2


def made(
    work: Path,
    yearly: Mapping[str, Sequence[int]],
    first: int = 2008,
    editions: Sequence[Mapping[str, Any]] = (),
    context: Sequence[Mapping[str, Any]] = (),
    table: str = "cases",
) -> Build:
    """A build of one list with so many cases in each State and year, one a day from 1 January on."""
    folder = work / "trends" / "b1"
    folder.mkdir(parents=True)
    rows = [
        (
            pd.Timestamp(first + n, 1, 1) + pd.Timedelta(days=i * 363 / max(count - 1, 1)),
            first + n,
            state,
        )
        for state, counts in yearly.items()
        for n, count in enumerate(counts)
        for i in range(count)
    ]
    frame = pd.DataFrame(rows, columns=["event_date", "event_year", "state_iso3"])
    frame["event_date"] = frame["event_date"].dt.normalize()
    frame = frame.assign(
        person_id=[f"r{n}" for n in frame.index],
        source="list-a",
        source_row=frame.index + 2,
        event_date_precision="day",
        motive_link_code="confirmed",
    )
    for name, held in (
        ("documented", frame),
        ("editions", pd.DataFrame(editions)),
        ("context", pd.DataFrame(context)),
    ):
        columns = TABLES[name].columns
        beside = held.assign(source=name, source_row=1) if name != "documented" else held
        beside.reindex(columns=columns).to_parquet(folder / f"{name}.parquet", index=False)
    write_json(folder / "sources.json", [facts(table=table, publisher="Alpha")])
    write_json(folder / "build.json", {"code": "test", "key_fingerprint": "0" * 12})
    (work / "trends" / "current").write_text("b1")
    return Build("trends", "b1", folder)


def said(finding: Finding, study: Trends) -> str:
    """The sentences of a finding with their numbers, which keep the rules of speech."""
    names = names_for_prose([finding, study.card()])
    text = " ".join(strip_markdown(fill_in_prose(s, names)) for s in finding.statements)
    assert find_speech_faults(text) == []
    return text


def study_of(build: Build, **params: Any) -> Trends:
    return Trends(build, {"break_on": "none", **params})


RISING = (20, 25, 24, 29, 33, 31, 38, 41, 40, 48)
LEVEL = (20, 25, 18, 22, 19, 24, 21, 17, 23, 20)


def test_a_rise_is_told_with_interval_and_assumption_and_the_note_names_the_model(
    tmp_path: Path,
) -> None:
    study = study_of(made(tmp_path, {"KEN": RISING}), file_days="list-a=2019-06-01")

    assert said(study.change(), study) == (
        "The number that Alpha documented rose by an estimated 9 per cent a year from 2008 to 2017 (interval "
        "from 4 to 14 per cent), if documentation did not change."
    )
    assert study.change().notes[0].startswith("Negative binomial model")


def test_where_the_interval_holds_zero_neither_is_told(tmp_path: Path) -> None:
    study = study_of(made(tmp_path, {"KEN": LEVEL}), file_days="list-a=2019-06-01")

    assert said(study.change(), study) == (
        "Of the number that Alpha documented, neither a rise nor a fall can be told from 2008 to 2017 "
        "(interval from a fall of 6 to a rise of 5 per cent a year), even if documentation did not change."
    )


# Fourteen years: all of them, and the last ten. By case: the counts, and what is said.
PERIODS = {
    "a rise in both periods": (
        (14, 16, 15, 18, *RISING),
        "The number that Alpha documented rose by an estimated 10 per cent a year from 2004 to 2017 "
        "(interval from 7 to 13 per cent) and by 9 per cent a year from 2008 to 2017 (interval from 4 to 14 "
        "per cent), if documentation did not change.",
    ),
    "a rise, then neither": (
        (11, 13, 12, 14, *LEVEL),
        "The number that Alpha documented rose by an estimated 4 per cent a year from 2004 to 2017 "
        "(interval from 1 to 8 per cent); neither a rise nor a fall can be told from 2008 to 2017 (interval "
        "from a fall of 6 to a rise of 5 per cent a year), if documentation did not change.",
    ),
    "neither in both periods": (
        (20, 23, 19, 22, *LEVEL),
        "Of the number that Alpha documented, neither a rise nor a fall can be told from 2004 to 2017 "
        "(interval from a fall of 3 to a rise of 3 per cent a year) or from 2008 to 2017 (interval from a "
        "fall of 6 to a rise of 5 per cent a year), even if documentation did not change.",
    ),
    "refused, then a rise": (
        (160, 130, 110, 90, *RISING),
        "The number that Alpha documented rose by an estimated 9 per cent a year from 2008 to 2017 "
        "(interval from 4 to 14 per cent), if documentation did not change. No rise or fall is stated of "
        "what was documented by Alpha (2004 to 2017), because the numbers of neighbouring years move "
        "together, so that a few high years cannot be told from a lasting change.",
    ),
}


@pytest.mark.parametrize("case", list(PERIODS))
def test_both_periods_stand_in_one_sentence(tmp_path: Path, case: str) -> None:
    counts, expected = PERIODS[case]
    build = made(tmp_path, {"KEN": counts}, first=2004)
    study = study_of(build, file_days="list-a=2019-06-01")

    assert said(study.change(), study) == expected


def test_the_last_year_is_left_out_where_the_file_is_too_young_and_no_delay_is_known(
    tmp_path: Path,
) -> None:
    study = study_of(made(tmp_path, {"KEN": RISING}), file_days="list-a=2018-03-01")

    assert (
        "2017 of the list of Alpha is left out, because too little time had passed until 1 March 2018"
        in said(study.change(), study)
    )
    assert [row[1].claim for row in study.change().rows] == ["change.all.cases"]


def test_too_few_years_are_refused_in_words(tmp_path: Path) -> None:
    study = study_of(made(tmp_path, {"KEN": RISING[:6]}), file_days="list-a=2019-06-01")

    assert said(study.change(), study) == (
        "No rise or fall is stated of what was documented by Alpha (2008 to 2013), because fewer than eight "
        "years are covered as a whole."
    )


def test_beside_a_known_effort_the_rise_is_asked_again(tmp_path: Path) -> None:
    effort = [
        {
            "state_iso3": "KEN",
            "indicator": "Effort: staff",
            "indicator_year": 2008 + n,
            "value": str(c),
        }
        for n, c in enumerate(RISING)
    ]
    study = study_of(
        made(tmp_path, {"KEN": RISING}, context=effort),
        file_days="list-a=2019-06-01",
        effort="Effort: staff",
    )

    rows = [row[-1].text for row in study.change().rows]
    assert rows == ["Rise", "Neither can be told"]
    assert said(study.change(), study) == (
        "The number that Alpha documented rose by an estimated 9 per cent a year from 2008 to 2017 (interval "
        "from 4 to 14 per cent), if documentation did not change. Once the effort of documenting is taken "
        "into account, neither a rise nor a fall can be told from 2008 to 2017 (interval from a fall of 4 to "
        "a rise of 5 per cent a year), if the effort is measured rightly."
    )
    assert len(study.change().key_sentences) == 1  # on the first page the two stand together


def test_an_effort_that_is_not_known_for_each_year_is_said_to_be_unknown(tmp_path: Path) -> None:
    known = {
        "state_iso3": "KEN",
        "indicator": "Effort: staff",
        "indicator_year": 2008,
        "value": "3",
    }
    build = made(tmp_path, {"KEN": RISING}, context=[known])
    study = study_of(build, file_days="list-a=2019-06-01", effort="Effort: staff")

    assert said(study.change(), study).endswith(
        "For the same effort no rise or fall is stated, because the effort of documenting is not known for "
        "each of these years."
    )


def test_why_no_change_is_told_for_the_same_effort(tmp_path: Path) -> None:
    study = study_of(made(tmp_path, {"KEN": RISING}), file_days="list-a=2019-06-01")
    (s,) = study.series.values()
    estimated = estimate_change(s.total)
    answers: list[Estimated] = [
        ("all", "", estimated),
        ("all", "effort", Refusal("years_hang_together")),
    ]
    text = sentences_on_list(s, answers, asks_effort=True).text

    assert text.endswith(
        "For the same effort no rise or fall is stated from {{ change.all.first_year }} to "
        "{{ change.all.last_year }}, because the numbers of neighbouring years move together, so that a few "
        "high years cannot be told from a lasting change."
    )


def editions_of(*days: str, late: int) -> list[dict[str, Any]]:
    """Earlier editions that lack some cases of the year before them, and hold all of the others."""
    return [
        {
            "list_slug": "list-a",
            "edition_day": pd.Timestamp(day),
            "state_iso3": "KEN",
            "event_year": year,
            "motive_link_code": "confirmed",
            "case_count": LEVEL[year - 2008] - (late if year == int(day[:4]) - 1 else 0),
        }
        for day in days
        for year in range(2008, int(day[:4]))
    ]


def test_editions_tell_how_complete_a_year_is_and_correct_the_last(tmp_path: Path) -> None:
    held = editions_of("2012-02-01", "2014-02-01", "2016-02-01", late=3)
    study = study_of(made(tmp_path, {"KEN": LEVEL}, editions=held), file_days="list-a=2018-02-01")

    assert "added nine cases to years that were over" in said(study.delay(), study)
    (first, *_) = study.corrected().frame.to_dict("records")
    assert (first["label"], first["listed"]) == ("2017", 20)
    assert first["low"] <= first["value"] <= first["high"]
    assert 22 <= first["value"] <= 26
    assert "it is estimated to hold" in said(study.corrected(), study)
    assert study.series["list-a"].left_out == ()


def test_a_level_after_a_stated_day_is_told_with_its_assumption(tmp_path: Path) -> None:
    counts = (24, 26, 22, 25, 24, 23, 27, 24, 48, 52, 49)
    study = study_of(
        made(tmp_path, {"KEN": counts}),
        file_days="list-a=2020-06-01",
        break_on="2015-12-20",
        break_reason="an emergency was declared",
    )

    text = said(study.stated_break(), study)
    assert "after 20 December 2015, when an emergency was declared" in text
    assert "per cent more" in text
    assert text.endswith("if documentation did not change.")


def test_a_score_that_moved_within_its_uncertainty_is_said_to_be_within_doubt(
    tmp_path: Path,
) -> None:
    scores = [
        {"state_iso3": state, "indicator": "Score", "indicator_year": year, "value": value}
        for state, year, value in (
            ("KEN", 2008, "0.10 ± 0.20"), ("KEN", 2017, "0.40 ± 0.20"),
            ("UGA", 2008, "0.10 ± 0.20"), ("UGA", 2017, "1.40 ± 0.20"),
        )
    ]  # fmt: skip
    study = study_of(
        made(tmp_path, {"KEN": LEVEL, "UGA": LEVEL}, context=scores), file_days="list-a=2019-06-01"
    )

    assert [row[-1].text for row in study.context().rows] == [
        "within its uncertainty",
        "larger than its uncertainty",
    ]
    assert (
        "in one of them the difference between the first and the last value from 2008 to 2017 is within"
        in said(study.context(), study)
    )


def test_a_census_keeps_its_last_year_and_has_a_name_of_its_own(tmp_path: Path) -> None:
    study = study_of(made(tmp_path, {"KEN": LEVEL}, table="census"))

    (s,) = study.series.values()
    assert (s.is_census, s.left_out, s.periods["all"][-1]) == (True, (), 2017)
    assert "overlap" not in " ".join(study.extent().notes)  # of one list
    assert said(study.extent(), study) == (
        "The Alpha prison census recorded 209 census entries of invented persons in one State or territory. "
        "The same person may stand in several years, and the models allow for it."
    )


def test_a_list_of_another_place_is_not_told_as_zero(tmp_path: Path) -> None:
    build = made(tmp_path, {"KEN": RISING})
    other = facts("list-b", table="cases", publisher="Beta", covers={"states": ["UGA"]})
    write_json(build.folder / "sources.json", [facts(publisher="Alpha"), other])
    study = study_of(build, state="KEN", file_days="list-a=2019-06-01")

    extent = study.extent()
    assert [p.title for p in study.populations] == ["Alpha"]
    assert [row[0].text for row in extent.rows] == ["Alpha"]
    assert "Not told, because the place or time is not covered: Beta." in extent.notes
    assert study.by_state().rows == ()  # of one State the change of the whole says it


def test_every_sentence_over_two_states_keeps_the_rules_of_speech(tmp_path: Path) -> None:
    study = study_of(
        made(tmp_path, {"KEN": RISING, "UGA": LEVEL}),
        file_days="list-a=2019-06-01",
        break_on="2013-03-01",
        break_reason="an emergency was declared",
    )
    for name in (
        "extent",
        "by_year",
        "change",
        "within_states",
        "by_state",
        "delay",
        "stated_break",
    ):
        finding = getattr(study, name)()
        said(finding, study)
        assert finding.rows or finding.statements


REPOSITORY = Path(__file__).resolve().parents[1]


def test_the_invented_files_are_made_again_byte_for_byte(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_demo_trends.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    kept = REPOSITORY / "data" / "raw" / "demo" / "trends"

    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        p.name: p.read_bytes() for p in kept.iterdir()
    }


@pytest.mark.long
def test_each_number_of_a_report_on_the_invented_list_is_computed_again(tmp_path: Path) -> None:
    work, out = tmp_path / "work", tmp_path / "out"
    cli = [sys.executable, "-m", "hrdresearch.cli"]
    told = [
        "-p",
        "effort=Effort: organizations that documented cases",
        "-p",
        "file_days=cpj=2021-03-01",
    ]
    folders = ["--work", str(work), "--out", str(out)]
    subprocess.run([*cli, "build", "trends", "--demo", "--work", str(work)], check=True)
    subprocess.run([*cli, "run", "trends", *folders, *told], check=True)
    script = REPOSITORY / "scripts" / "recompute_numbers.py"
    done = subprocess.run(
        [sys.executable, str(script), str(out), str(work)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
    assert "agree" in done.stdout


def test_files_that_stand_beside_all_lists_are_accounted_for_once(tmp_path: Path) -> None:
    build = made(tmp_path, {"KEN": LEVEL})
    lists = [facts(s, publisher=s) for s in ("list-a", "list-b")]
    indicators = facts("indicators", table="context", publisher="Indicators")
    write_json(build.folder / "sources.json", [*lists, indicators])
    frame = build.table("documented")
    two = pd.concat([frame, frame.assign(source="list-b")])
    two.to_parquet(build.folder / "documented.parquet", index=False)
    numbers = {"rows_in": 5, "accepted": 4, "set_aside": 1, "issues": 0, "notes": []}
    slugs = ("list-a", "list-b", "indicators")
    write_json(build.folder / "quality.json", [{"slug": s, **numbers} for s in slugs])
    study = study_of(Build("trends", "b1", build.folder), file_days="list-a=2019-06-01")

    assert [row[0].text for row in study.quality().rows] == ["list-a", "list-b", "Indicators"]


def test_a_list_that_does_not_ask_for_the_link_is_left_out_and_not_zero(tmp_path: Path) -> None:
    build = made(tmp_path, {"KEN": LEVEL})
    census = facts("list-b", table="census", publisher="Beta")
    write_json(build.folder / "sources.json", [facts(publisher="Alpha"), census])
    frame = build.table("documented")
    held = frame.assign(source="list-b", motive_link_code="unknown")
    pd.concat([frame, held]).to_parquet(build.folder / "documented.parquet", index=False)
    study = study_of(
        Build("trends", "b1", build.folder), motive_link="confirmed", file_days="list-a=2019-06-01"
    )

    assert [p.title for p in study.populations] == ["Alpha"]
    by_name = {claim.name: claim.text for claim in study.card().claims}
    assert by_name["params.left_out"] == (
        "The Beta prison census does not ask for the link with the work and is left out."
    )


def test_an_edition_that_tells_no_link_is_not_compared_by_link(tmp_path: Path) -> None:
    held = editions_of("2012-02-01", "2014-02-01", "2016-02-01", late=3)
    silent = [e | {"motive_link_code": "unknown"} for e in held if e["edition_day"].year == 2012]
    build = made(tmp_path, {"KEN": LEVEL}, editions=[*silent, *held[4:]])
    study = study_of(build, file_days="list-a=2018-02-01", motive_link="confirmed")

    assert "Between three editions" in said(study.delay(), study)


FALLING = (40, 38, 33, 31, 26, 25, 20, 19, 15, 12)


def test_a_fall_that_rests_on_one_state_is_told_with_that_state(tmp_path: Path) -> None:
    build = made(tmp_path, {"KEN": FALLING, "UGA": LEVEL, "TZA": LEVEL[::-1]})
    study = study_of(build, file_days="list-a=2019-06-01")

    (text,) = study.change().statements
    assert text.startswith(
        "No change of the list as a whole can be told: the number that Alpha documented fell by an estimated"
    )
    assert text.endswith(", but no longer when Kenya is left out.")
    assert not any(".answer." in claim.name for claim in study.change().claims)
    assert study.change().rows[0][-1].text == "Rests on one State"


def test_years_that_a_person_chose_are_not_said_to_be_fixed_beforehand(tmp_path: Path) -> None:
    study = study_of(made(tmp_path, {"KEN": RISING}), year_to=2016, file_days="list-a=2019-06-01")
    notes = " ".join(study.change().notes)

    assert "fixed beforehand" not in notes
    assert "The years were chosen by whoever made this draft" in notes


def test_the_page_of_one_state_names_it(tmp_path: Path) -> None:
    study = study_of(made(tmp_path, {"KEN": LEVEL, "UGA": LEVEL}), state="KEN")

    assert said(study.extent(), study) == (
        "Alpha documented 209 cases of invented persons killed in Kenya."
    )


def test_scores_of_an_edition_are_of_the_year_before_and_territories_stand_apart(
    tmp_path: Path,
) -> None:
    head = ["Country/Territory", "Region", "C/T", "Edition", "Status", "PR rating", "CL rating"]
    rows = [
        ["Scores of an invented edition"],
        [*head, "A1", "PR", "CL", "Total"],
        ["Kenya", "Africa", "c", 2024, "PF", 4, 4, 2, 22, 26, 48],
        ["Kenya", "Africa", "c", 2023, "PF", 4, 4, 2, 21, 25, 46],
        ["Part of Kenya", "Africa", "t", 2024, "NF", 7, 7, 0, 1, 2, 3],
    ]
    pd.DataFrame(rows).to_excel(tmp_path / "scores.xlsx", index=False, header=False)
    loaded = load("state-indicators", tmp_path / "scores.xlsx")
    columns = ["state_iso3", "indicator_year", "value"]

    assert loaded.accepted[columns].astype(str).to_numpy().tolist() == [
        ["KEN", "2023", "48"],
        ["KEN", "2022", "46"],
    ]
    assert set(loaded.accepted["indicator"].str.partition(" (")[0]) == {"Freedom in the World"}
    assert loaded.rows_in == 2


def test_an_answer_on_a_change_says_what_it_assumes() -> None:
    """Beside a known effort of documenting, the conclusions send the reader to the other estimate."""
    file = Path("hrdresearch/studies/trends/questions.yml").read_text(encoding="utf-8")
    answers = [line for line in file.splitlines() if "change.answer" in line and "per_cent" in line]
    assert answers and all("if documentation did not change" in line for line in answers)
    page = Path("notebooks/trends.ipynb").read_text(encoding="utf-8")
    concluded = page[page.index("{{ main_findings }}") :].partition("What defenders")[0]
    assert "scope.effort is present" in concluded


def test_the_dots_of_a_figure_are_the_estimates_of_its_table_and_no_refusal_has_one(
    tmp_path: Path,
) -> None:
    build = made(tmp_path, {"KEN": RISING, "UGA": LEVEL, "TZA": (1,) * 10})
    study = study_of(build, file_days="list-a=2019-06-01", break_on="none")
    finding = study.by_state()
    shown = {row[0].text: row[2].claim for row in finding.rows}
    figure = Figure()
    build_chart(finding).whole(figure, 6.3)
    dots = figure.axes[0].collections[-1].get_offsets()[:, 0].tolist()

    assert list(shown) == ["Kenya", "Uganda"]
    assert dots == [finding.by_name[str(name)].value for name in shown.values()]
    assert study.change().drawing.kind == "table"  # one estimate makes no figure
