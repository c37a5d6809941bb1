"""Ledgers of visits, reprisals, promises and laws, from a file to findings. All invented."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from study_builds import make_releases

from hrdresearch.findings import Finding
from hrdresearch.findings.prose import fill_in_prose, names_for_prose
from hrdresearch.report.marks import marks_of_column
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.registry import study_entry
from hrdresearch.sources import load
from hrdresearch.studies.ground.build import Build, current_build
from hrdresearch.studies.ground.study import ScopeError
from hrdresearch.studies.registers.promises import Promises
from hrdresearch.studies.registers.reprisals import Reprisals
from hrdresearch.studies.registers.visits import Visits
from hrdresearch.vocab import codes, vocabulary

REPOSITORY = Path(__file__).resolve().parents[1]
SELF_TEST = REPOSITORY / "data" / "reference" / "self_test"

VISITS = """\
number,state,requested,invited,visited,followed_up,standing_invitation,reminded
V 1,Brazil,2010-06-30,2012-01-01,,,2001-12-01,2015-05-05
V 2,Kenya,2015-06-30,2016-01-01,2017-02-01,2019-03-01,no,
V 3,Nauru,yes,,,,,
V 4,Fiji,2019-06-30,,,,2020-01-15,
V 5,Colombia,2021-01-01,,,,no,
"""
REPRISALS = "case_number,reported,state,name,sex,forms,space,bodies,status,letter\n" + "".join(
    f"c{i // 2},202{i % 2}-03-0{i % 8 + 1},Brazil,Aru{i} Keldemo,{'female' if i % 2 else 'male'},"
    f"{'death_threats;smear' if i % 3 else 'travel_ban'},online,treaty_body,raised,yes\n"
    for i in range(20)
)
PROMISES = """\
number,kind,to,words,status,status_date,evidence,obstacle
91 (a),recommendation,states,Laws,under_way,2022-05-01,A/HRC/00/00,
91 (b),recommendation,states,No impunity,done,,,
92 (a),recommendation,united_nations,Awareness,obstructed,2023-01-01,A/HRC/00/01,resources
63 i,promise,mandate,Replies told,done,2021-06-01,A/76/000,
90,promise,mandate,Assessment,,,,
"""
LAWS = """\
number,state,kind,words,status,status_date,named_by
L 1,Peru,mechanism,Mechanism,in_force,2021-04-25,Invented source
L 2,Fiji,law_restricts,Law on funding,draft,2023-06-01,Invented source
L 3,Fiji,law_protects,Law,draft,2020-06-01,
"""

Make = Callable[..., Build]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))

    def made(study: str, **lists: str) -> Build:
        files = []
        for slug, text in lists.items():
            path = tmp_path / f"{slug}.csv"
            path.write_text(text, encoding="utf-8")
            files.append(SourceFile(slug.replace("_", "-"), path, is_demo=True))
        build(study, files, tmp_path / "work")
        opened = current_build(study, tmp_path / "work")
        shutil.rmtree(tmp_path / "work" / study / "released", ignore_errors=True)
        make_releases(opened)
        return opened

    return made


def values(finding: Finding) -> dict[str, Any]:
    return {c.name: c.value for c in finding.claims}


def table(finding: Finding) -> list[list[str]]:
    printed = {c.name: c.text for c in finding.claims}
    return [[printed[c.claim] if c.claim else c.text for c in row] for row in finding.rows]


def printed(finding: Finding) -> str:
    """The sentences that a finding carries, with their numbers."""
    filled = fill_in_prose("\n".join(finding.statements), names_for_prose([finding]))
    return re.sub(r"\[([^]]+)\]\{[^}]*\}", r"\1", filled).replace("\\", "")


def test_a_visit_ledger_becomes_four_dated_statuses(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text(VISITS, encoding="utf-8")
    rows = load("visits-ledger", path).accepted
    assert rows["is_requested"].tolist() == [True] * 5
    assert rows["requested_date"].isna().tolist() == [False, False, True, False, False]
    assert rows["is_visited"].tolist() == [False, True, False, False, False]
    assert rows["has_standing_invitation"].tolist() == ["yes", "no", "not_recorded", "yes", "no"]


@pytest.mark.parametrize(("cut_off", "outstanding", "invited", "visited"), [
    ("2014-12-31", 2, 1, 0),  # Brazil since 2010, Nauru without a day
    ("2016-06-30", 3, 2, 0),
    ("2018-06-30", 2, 1, 1),
    ("2021-06-30", 4, 1, 1),
])  # fmt: skip
def test_what_is_outstanding_depends_on_the_day(
    make: Make, cut_off: str, outstanding: int, invited: int, visited: int
) -> None:
    found = values(Visits(make("visits", visits_ledger=VISITS), {"cut_off": cut_off}).extent())
    assert (found["extent.outstanding"], found["extent.invited_not_visited"]) == (
        outstanding, invited)  # fmt: skip
    assert found["extent.visited"] == visited


def test_what_has_a_day_counts_in_its_year_and_what_has_none_in_no_year(make: Make) -> None:
    more = "".join(f"V {n},State,2017-0{n - 5}-01,,,,no,\n" for n in range(6, 10))
    for state in ("Peru", "Chile", "Ghana", "Togo"):
        more = more.replace("State", state, 1)
    build = make("visits", visits_ledger=VISITS + more)
    found = Visits(build, {"cut_off": "2020-06-30"}).by_year()
    rows = table(found)

    assert [row[0] for row in rows] == [str(year) for year in range(2010, 2021)]
    assert rows[0][1:] == ["1", "0", "0"] and rows[7][1:] == ["4", "0", "1"]
    assert [sum(int(row[at]) for row in rows) for at in (1, 2, 3)] == [
        7,
        2,
        1,
    ]  # none after the cut-off
    assert printed(found) == (
        "A day is recorded for seven of eight requests, both invitations and the one visit; the figure has "
        "these, each in its year."
    )
    drawn = {
        key: [mark.value for mark in marks_of_column(found, key)] for key in found.drawing.values
    }
    assert drawn["requested"] == [int(row[1]) for row in rows]
    assert found.drawing.part_years[0] == ("requested", "2020")


def test_of_few_days_no_figure_is_drawn_and_nothing_is_said(make: Make) -> None:
    found = Visits(make("visits", visits_ledger=VISITS), {"cut_off": "2020-06-30"}).by_year()
    assert (found.rows, found.statements) == ((), ())


def test_an_invited_state_stays_among_the_outstanding(make: Make) -> None:
    study = Visits(make("visits", visits_ledger=VISITS), {"cut_off": "2020-06-30"})
    assert values(study.extent())["extent.both"] == 1
    assert table(study.outstanding()) == [
        ["Brazil", "30 June 2010", "10.0", "5 May 2015", "1 January 2012", "yes"],
        ["Fiji", "30 June 2019", "1.0", "not recorded", "not recorded", "yes"],
        ["Nauru", "not recorded", "not recorded", "not recorded", "not recorded", "not recorded"],
    ]  # an empty cell of the ledger is no "no"
    earlier = Visits(study.build, {"cut_off": "2011-12-31"})
    assert table(earlier.outstanding())[0][3:] == ["not yet", "not yet", "yes"]
    assert table(Visits(study.build, {"cut_off": "2019-12-31"}).outstanding())[1][5] == "no"
    assert values(study.ages())["ages.known"] == 2
    assert [c.label for c in study.statuses().columns] == [
        "State", "Request", "Invitation", "Visit", "Follow-up"]  # fmt: skip
    assert {c.table for c in study.statuses().claims} == {"visits"}  # not "cases"
    assert values(study.ages())["ages.median_years"] == pytest.approx(5.5, abs=0.01)


def test_a_standing_invitation_is_no_acceptance(make: Make) -> None:
    study = Visits(make("visits", visits_ledger=VISITS), {"cut_off": "2020-06-30"})
    found = values(study.standing())
    assert (found["standing.yes.requests"], found["standing.yes.accepted"]) == (2, 1)
    assert (found["standing.no.requests"], found["standing.no.visited"]) == (1, 1)
    earlier = Visits(study.build, {"cut_off": "2019-12-31"})  # before Fiji issued its invitation
    assert values(earlier.standing())["standing.yes.requests"] == 1


def test_the_fourteen_and_the_three_of_the_report_are_the_fixture(make: Make) -> None:
    study = Visits(make("visits", visits_ledger=VISITS), {})
    found = values(study.named())
    assert (found["named.outstanding"], found["named.invited"], found["named.both"]) == (14, 3, 3)
    now = {row[0]: row[3] for row in table(study.named())}
    assert now["Brazil"] == "outstanding, invitation issued"
    assert now["Kenya"] == "visit conducted"
    assert now["Pakistan"] == "not in the ledger"


def test_visits_are_told_with_their_whole_and_states_in_alphabetical_order(make: Make) -> None:
    study = Visits(make("visits", visits_ledger=VISITS), {"cut_off": "2021-06-30"})
    assert printed(study.extent()) == (
        "On 30 June 2021, of five requests for a visit in the ledger, two had been followed by an "
        "invitation, one by a visit and one by a follow-up visit."
    )
    assert printed(study.outstanding()) == (
        "On 30 June 2021, four requests for a visit to four States were outstanding; for one of "
        "these an invitation had been issued. The first request had waited two years or more in "
        "these States, in alphabetical order: Brazil (since 30 June 2010) and Fiji (since 30 June "
        "2019)."
    )
    assert printed(study.standing()) == (
        "Of two requests to States with a standing invitation, one was accepted; of two requests to "
        "States without one, one was accepted; of one request to States of which this is not "
        "recorded, none were accepted."
    )
    assert printed(study.named()) == (
        "Requests to 14 States in the scope of this draft were named as outstanding in 2020. On "
        "30 June 2021, of these requests "
        "one was outstanding without an invitation, one was outstanding with an invitation issued, one "
        "had been followed by a visit and 11 were not in the ledger."
    )


def test_a_state_outside_the_scope_is_not_said_to_be_missing_from_the_ledger(make: Make) -> None:
    study = Visits(make("visits", visits_ledger=VISITS), {"cut_off": "2020-06-30", "state": "NRU"})
    assert table(study.named()) == [["Nauru", "yes", "not named", "outstanding"]]
    assert printed(study.named()) == (
        "Requests to one State in the scope of this draft were named as outstanding in 2020. On "
        "30 June 2020, of these requests one was outstanding without an invitation."
    )


def test_reprisals_are_told_as_alleged_and_as_following_a_contact(make: Make) -> None:
    study = Reprisals(make("reprisals", reprisals_ledger=REPRISALS), {})
    assert printed(study.extent()) == (
        "The ledger holds allegations of reprisals against about 20 persons, reported from 2020 to "
        "2021. For about 20 persons it is recorded whether a letter of the mandate raised their case: one "
        "did for about 20."
    )
    assert printed(study.by_body()) == (
        "Of about 20 persons on the Ledger of reprisals (invented) for whom a body contacted before is "
        "recorded, all or nearly all are recorded with alleged reprisals following contact with treaty "
        "bodies."
    )


def test_what_became_of_promises_is_told_by_kind(make: Make) -> None:
    study = Promises(make("promises", promises_ledger=PROMISES), {"cut_off": "2023-06-30"})
    assert printed(study.by_status()) == (
        "By 30 June 2023, three of five commitments had been assessed with evidence. Of three "
        "recommendations, one is recorded as under way, one as obstructed and one as not assessed. Of "
        "two promises, one is recorded as done and one as not assessed."
    )
    assert printed(study.obstacles()) == (
        "Of three commitments assessed, one has a difficulty or obstacle recorded: resources of the "
        "mandate for one."
    )
    assert "holds no ledger of laws" in printed(study.laws())


def test_a_ledger_without_any_day_asks_for_the_cut_off(make: Make) -> None:
    text = VISITS.splitlines()[0] + "\nV 1,Nauru,yes,,,,,\n"
    with pytest.raises(ScopeError, match="say cut_off"):
        Visits(make("visits", visits_ledger=text), {})


def test_a_visit_before_its_request_is_told(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text(VISITS.splitlines()[0] + "\nV 1,Nauru,2015-01-01,,2012-01-01,,,\n", "utf-8")
    assert "'visited' is before" in load("visits-ledger", path).issues["what"].tolist()[0]


def test_forms_of_reprisal_are_the_union_of_two_paragraphs() -> None:
    walks = vocabulary("reprisal_form")["crosswalk"]
    union = set(walks["para_36"]) | set(walks["para_58"])
    assert union == set(codes("reprisal_form")) - {"not_recorded"}
    assert set(walks["para_36"]) - set(walks["para_58"]) == {"judicial_harassment", "harassment"}
    assert set(walks["para_58"]) - set(walks["para_36"]) == {"citizenship", "police_harassment"}


def test_reprisals_are_counted_by_person_and_small_counts_withheld(make: Make) -> None:
    build_ = make("reprisals", reprisals_ledger=REPRISALS)
    study = Reprisals(build_, {})
    found = values(study.extent())
    assert (found["extent.persons"], found["extent.cases"], found["extent.women"]) == (20, None, 10)
    assert (found["extent.raised"], found["extent.raised_known"]) == (20, 20)
    forms = values(study.by_form())
    assert (forms["by_form.death_threats"], forms["by_form.smear"]) == (15, 15)
    assert values(study.by_space())["by_space.online"] == 20
    assert "Keldemo" not in build_.table("reprisals").to_csv()
    few = Reprisals(make("reprisals", reprisals_ledger="\n".join(REPRISALS.splitlines()[:4])), {})
    claim = {c.name: c for c in few.extent().claims}["extent.persons"]
    assert (claim.status, claim.text) == ("suppressed", "fewer than 5")


LINE = "{case},2021-03-0{day},Brazil,{name},{sex},smear,online,treaty_body,raised,{letter}"


def reprisals(*rows: tuple[str, str, str, str]) -> str:
    lines = [LINE.format(case=c, day=n % 9 + 1, name=p, sex=s, letter=answer)
             for n, (c, p, s, answer) in enumerate(rows)]  # fmt: skip
    return "\n".join([REPRISALS.splitlines()[0], *lines])


def test_a_person_in_two_cases_is_one_and_a_case_without_a_number_its_own(make: Make) -> None:
    others = [(f"c{n}", "", "unknown", "") for n in range(6)]
    text = reprisals(
        ("c1", "José Keldemo", "male", "yes"),
        ("c2", "Jose Keldemo", "", ""),  # the same person in another case
        ("c3", "Jose Keldemo", "female", "no"),  # another sex: another person
        ("", "Aru Keldemo", "female", ""),
        ("", "Aru Tordemo", "female", ""),
        *others,  # nobody knows whether persons without a name are one
    )
    rows = make("reprisals", reprisals_ledger=text).table("reprisals")
    assert (len(rows), rows["person_id"].nunique(), rows["case_id"].nunique()) == (11, 10, 8)
    first, no_sex, other = rows["person_id"].iloc[:3]
    assert first != other and no_sex in (first, other)  # who agrees with two goes with one of them
    assert rows["letter_code"].tolist()[:4] == ["yes", "not_recorded", "no", "not_recorded"]


def test_persons_not_rows_are_counted_and_what_is_not_recorded_is_no_no(make: Make) -> None:
    text = reprisals(*[(f"c{n}", f"Aru{n // 2} Keldemo", "female", "") for n in range(20)])
    study = Reprisals(make("reprisals", reprisals_ledger=text), {})
    found = values(study.extent()) | values(study.by_form()) | values(study.by_region())
    assert (found["extent.persons"], found["extent.cases"]) == (10, None)
    assert (found["by_form.smear"], found["by_region.americas"]) == (10, None)
    assert (found["extent.raised"], found["extent.raised_known"]) == (None, None)


LEDGERS = {
    "visits-ledger": (VISITS, ["V 1,Brazil,yes,,,,,", ",Peru,yes,,,,,", "V 9,Peru,,,,,yes,"]),
    "promises-ledger": (PROMISES, ["90,promise,mandate,Again,,,,", "91 (c),hope,states,x,,,,",
                                   "91 (d),promise,somebody,x,,,,", ",promise,mandate,x,,,,"]),
    "laws-ledger": (LAWS, ["L 1,Peru,mechanism,x,,,Source", "L 9,Peru,habit,x,,,Source"]),
    "press-releases": ("number,date,states\nP 1,2020-05-31,Peru\n",
                       ["P 1,2020-05-30,Peru", ",2020-05-30,Peru", "P 2,soon,Peru"]),
    "reprisals-ledger": (REPRISALS, ["c1,soon,Peru,A Keldemo,,,,,,"]),
}  # fmt: skip


@pytest.mark.parametrize("slug", LEDGERS)
def test_every_row_is_accepted_or_set_aside_with_a_reason(tmp_path: Path, slug: str) -> None:
    good, bad = LEDGERS[slug]
    path = tmp_path / "l.csv"
    path.write_text(good, encoding="utf-8")
    before = load(slug, path)
    path.write_text(good + "\n".join(bad) + "\n", encoding="utf-8")
    after = load(slug, path)
    assert len(after.accepted) == len(before.accepted)
    assert after.rows_in == len(after.accepted) + len(after.set_aside)
    assert len(after.set_aside) == len(before.set_aside) + len(bad)
    assert after.set_aside["reason"].str.len().min() > 20


def test_no_state_is_told_in_reprisals(make: Make) -> None:
    study = Reprisals(make("reprisals", reprisals_ledger=REPRISALS), {})
    findings = (study.extent(), study.by_region(), study.by_form(), study.by_body())
    assert not any("Brazil" in str(table(f)) for f in findings)
    assert "state" not in {p.name for p in study_entry("reprisals").parameters}


def test_a_person_twice_in_a_case_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    lines = REPRISALS.splitlines()
    path.write_text("\n".join([*lines[:2], lines[1]]), encoding="utf-8")
    assert "earlier row of this case" in load("reprisals-ledger", path).set_aside["reason"][0]


def test_the_report_has_21_recommendations(make: Make) -> None:
    text = (SELF_TEST / "commitments.csv").read_text("utf-8")
    found = values(Promises(make("promises", promises_ledger=text), {}).extent())
    assert [found[f"extent.{k}"] for k in ("recommendations", "states", "united_nations",
            "national_institutions", "business")] == [21, 14, 3, 3, 1]  # fmt: skip


def test_a_status_counts_only_with_its_day_and_evidence(make: Make) -> None:
    study = Promises(make("promises", promises_ledger=PROMISES), {})
    found = values(study.by_status())
    assert found["by_status.recommendation.done"] == 0  # without evidence: not assessed
    assert (found["by_status.assessed"], found["by_status.of"]) == (3, 5)
    marks = marks_of_column(study.by_status(), "recommendation")
    assert [mark.text for mark in marks] == [row[1] for row in table(study.by_status())]
    assert [mark.label for mark in marks if mark.is_unknown] == ["Not assessed"]
    assert values(study.obstacles())["obstacles.resources"] == 1


def test_an_assessment_after_the_cut_off_is_not_known(make: Make) -> None:
    study = Promises(make("promises", promises_ledger=PROMISES), {"cut_off": "2022-06-30"})
    rows = {row[0]: row[3:] for row in table(study.assessment())}
    assert rows["92 (a)"] == ["Not assessed", "–", "–"]
    assert rows["91 (a)"] == ["Under way", "A/HRC/00/00", "1 May 2022"]


def test_laws_need_a_source_and_the_six_mechanisms_are_the_fixture(make: Make) -> None:
    study = Promises(make("promises", promises_ledger=PROMISES, laws_ledger=LAWS),
                     {"cut_off": "2022-12-31"})  # fmt: skip
    assert [row[:2] for row in table(study.laws())] == [["Peru", "National protection mechanism"]]
    assert values(study.named())["named.mechanisms"] == 6
    assert [row[0] for row in table(study.named()) if row[1] == "yes"] == ["Peru"]
    without = Promises(make("promises", promises_ledger=PROMISES), {})
    assert table(without.laws()) == []
    assert values(without.laws())["laws.mechanism"] is None  # no ledger is not "no mechanism"
    assert {row[1] for row in table(without.named())} == {"no ledger"}


def test_a_number_on_laws_leads_to_the_ledger_of_laws_and_every_file_has_its_rows(
    make: Make,
) -> None:
    study = Promises(make("promises", promises_ledger=PROMISES, laws_ledger=LAWS),
                     {"cut_off": "2022-12-31"})  # fmt: skip
    told = {(c.sources, c.table) for c in study.laws().claims if c.name.startswith("laws.l")}
    assert told == {(("laws-ledger",), "laws")}
    assert [note.slug for note in study.named().sources] == ["laws-ledger"]
    fates = table(study.quality())
    assert len(fates) == 2  # both files, not the first only
    assert values(study.quality())["quality.laws_ledger.set_aside"] == 1


def test_obstacles_are_named_of_assessments(make: Make) -> None:
    study = Promises(make("promises", promises_ledger=PROMISES), {"cut_off": "2022-12-31"})
    found = values(study.obstacles())
    parts = [v for k, v in found.items() if k not in ("obstacles.named", "obstacles.of")]
    assert found["obstacles.named"] == sum(parts) <= values(study.by_status())["by_status.assessed"]


def test_two_lists_of_words_have_no_ledger_as_their_source(make: Make) -> None:
    text = reprisals(*[(f"c{n}", f"Aru{n} Keldemo", "female", "") for n in range(10)])
    study = Reprisals(make("reprisals", reprisals_ledger=text), {})
    assert study.crosswalk().sources == ()
    known = study.by_sex().known
    assert known and known.words == "persons for whom this is known"
    assert "recorded for no person" not in " ".join(study.by_form().notes)  # of a restricted list


def test_a_law_that_nobody_names_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_text(LAWS, encoding="utf-8")
    aside = load("laws-ledger", path).set_aside
    assert aside["row"].tolist() == [4]
    assert "who says so" in aside["reason"].tolist()[0]


def test_the_demo_ledgers_are_remade_byte_by_byte(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_demo_ledgers.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    for study in ("visits", "reprisals", "promises", "case-status"):
        kept = REPOSITORY / "data" / "raw" / "demo" / study
        made = {p.name: p.read_bytes() for p in (tmp_path / study).iterdir()}
        assert made == {p.name: p.read_bytes() for p in kept.iterdir()}


def test_names_in_the_demo_ledger_of_reprisals_are_invented() -> None:
    rows = pd.read_csv(REPOSITORY / "data/raw/demo/reprisals/demo-reprisals.csv")
    assert rows["name"].str.endswith("demo").all()


def test_what_a_visit_cell_says_is_explained_where_it_stands_only(make: Make) -> None:
    study = Visits(make("visits", visits_ledger=VISITS), {"cut_off": "2020-06-30"})
    earlier = Visits(study.build, {"cut_off": "2011-12-31"})
    assert "“not yet”" not in " ".join(study.outstanding().notes)
    assert "“not yet”" in " ".join(earlier.outstanding().notes)
    flagged = "extent.invited_all_outstanding" in {c.name for c in study.extent().claims}
    found = values(study.extent())
    assert flagged == (found["extent.both"] == found["extent.invited_not_visited"])
