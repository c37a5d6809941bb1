"""Warnings before killings: lists are linked, time is counted from the record, no person's risk is said.

All persons are invented.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from hrdresearch.findings.model import Finding
from hrdresearch.findings.prose import fill_in_prose, names_for_prose, strip_markdown
from hrdresearch.findings.speech_rules import find_speech_faults
from hrdresearch.linkage import warned as linking
from hrdresearch.linkage.persons import link_same_persons, model
from hrdresearch.linkage.warned import link_warned_persons
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.withdraw import withdraw
from hrdresearch.sources import load
from hrdresearch.stats.follow_up import follow_up, observed_spells
from hrdresearch.stats.survival import aalen_johansen
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.warnings.study import Warnings

REPOSITORY = Path(__file__).resolve().parents[1]
KILLED = (
    "name,status,type,date,place,organization,motive_confirmed,country,type_of_death,threatened"
)
DEATHS = (
    ("Zunela Testaldemo", "2019-06-01", "Murder", "Yes"),
    ("Orvo Inventadodemo", "2018-03", "Murder", "No"),
    ("Pelgru Maxfedemo", "2017-01-05", "Murder", ""),
    ("Havo Quinvaridemo", "2020-12-31", "Crossfire", ""),
)
CENSUS = "Year,fullName,gender,status,country,charges,lengthOfSentence,sentence"
WARNED = "case_id,name,state,date,act,recorded,from,means,protection,answered"
REGISTER = (
    "reference,sent_date,addressee,type,joint_mandates,persons_total,women_total,persons,reprisals,"
    "legislation,reply_dates,published_date"
)


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def written(path: Path, head: str, rows: Sequence[str]) -> Path:
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def killed_file(folder: Path) -> Path:
    rows = [f"{n},Killed,Journalist,{d},,Radio,Confirmed,Kenya,{t},{w}" for n, d, t, w in DEATHS]
    return written(folder / "cpj.csv", KILLED, rows)


def census_file(folder: Path, rows: Sequence[tuple[int, str]]) -> Path:
    cells = [f"{y},{n},Male,Imprisoned,Kenya,Anti-State,,Not Sentenced" for y, n in rows]
    return written(folder / "census.csv", CENSUS, cells)


def letters_file(folder: Path) -> Path:
    rows = [
        "AL KEN 1/2019,2019-01-10,Kenya,AL,,1,0,Zunela Testaldemo | female | adult,no,no,2019-09-01,"
        "2019-03-10",
        "AL KEN 2/2017,2017-02-10,Kenya,AL,,1,0,Pelgru Maxfedemo | male | adult,no,no,2017-04-01,"
        "2017-05-01",
        "AL KEN 3/2020,2020-12-01,Kenya,AL,,1,0,Havo Quinvaridemo | male | adult,no,no,,",
    ]
    return written(folder / "register.csv", REGISTER, rows)


def opened(folder: Path, **files: Path) -> Warnings:
    given = [SourceFile("cpj", killed_file(folder), True)]
    given += [SourceFile(slug.replace("_", "-"), path, True) for slug, path in files.items()]
    build("warnings", given, folder / "work")
    return Warnings(current_build("warnings", folder / "work"), {})


def values(*findings: Finding) -> dict[str, Any]:
    return {c.name: c.value for f in findings for c in f.claims if c.status == "shown"}


def told(*findings: Finding) -> str:
    statements = [s for f in findings for s in f.statements]
    names = names_for_prose(findings)
    return " ".join(strip_markdown(fill_in_prose(s, names)) for s in statements)


def test_time_is_counted_from_the_record_and_killings_before_it_are_left_out() -> None:
    day = pd.Timestamp
    rows = [
        # warned, recorded, opens, killed from, killed to
        ("2015-01-01", "2015-01-31", "2010-01-01", "2015-03-02", "2015-03-02"),
        ("2015-01-01", "2015-06-01", "2010-01-01", "2015-03-02", "2015-03-02"),
        ("2015-01-01", "2015-01-01", "2016-01-01", None, None),
        ("2015-01-01", "2015-01-11", "2010-01-01", "2015-01-01", "2015-12-31"),
        ("2015-01-01", None, "2010-01-01", None, None),
        ("2015-01-01", "2015-01-01", None, None, None),
        (None, "2015-01-01", "2010-01-01", None, None),
    ]
    columns = ["warned", "recorded", "opens", "killed_from", "killed_to"]
    persons = pd.DataFrame(rows, columns=columns)
    for column in columns:
        persons[column] = pd.to_datetime(persons[column])
    persons = persons.assign(is_named=True, closes=day("2016-12-31"))
    persons["closes"] = persons["closes"].where(persons["opens"].notna())
    found = follow_up(persons)
    expected = pd.DataFrame(
        {
            "follow_up_code": [
                *("followed", "killed_before_record", "followed", "followed"),
                *("record_day_unknown", "not_covered", "no_day"),
            ],
            "entry_days": pd.array([30, None, 365, 10, None, None, None], "Int64"),
            "low_exit_days": pd.array([60, None, 730, None, None, None, None], "Int64"),
            "low_is_killed": [True, *[False] * 6],
            "high_exit_days": pd.array([60, None, 730, 11, None, None, None], "Int64"),
            "high_is_killed": [True, False, False, True, False, False, False],
        }
    )
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_a_name_on_several_rows_or_in_another_state_is_a_doubtful_link() -> None:
    columns = ["name_as_published", "state_iso3", "sex_code"]
    warned = pd.DataFrame(
        [
            ("Zunela Testaldemo", "KEN", "female"),
            ("Orvo Inventadodemo Velbo", "KEN", "male"),
            ("Pelgru Maxfedemo", "KEN", "male"),
            ("Havo Quinvaridemo", "KEN", "male"),
        ],
        index=["a", "b", "c", "d"],
        columns=columns,
    )
    killed = pd.DataFrame(
        [
            ("Zunela Testaldemo", "KEN", "female"),
            ("Orvo Inventadodemo Velbo", "UGA", "male"),
            ("Pelgru Maxfedemo", "KEN", "male"),
            ("Pelgru Maxfedemo", "KEN", "male"),
        ],
        index=["1", "2", "3", "4"],
        columns=columns,
    )
    links = link_warned_persons(warned, {"cpj": killed}).set_index("person")["link"]
    assert links.to_dict() == {"a": "same_name", "b": "doubtful", "c": "doubtful"}


@pytest.mark.parametrize("killed_number", [1, 2, 300])
def test_the_same_name_is_a_link_however_few_of_a_list_are_on_the_other(killed_number: int) -> None:
    names = [f"Invent{chr(97 + n // 26)}{chr(97 + n % 26)}o Testal" for n in range(437)]
    warned = pd.DataFrame(
        {"name_as_published": names, "state_iso3": "KEN", "sex_code": "not_recorded"},
        index=[f"w{n}" for n in range(437)],
    )
    other = [f"Nobo Sanvari{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(killed_number - 1)]
    killed = pd.DataFrame(
        {
            "name_as_published": ["Testal, INVENTAAO", *other],
            "state_iso3": "KEN",
            "sex_code": "male",
        },
        index=[f"k{n}" for n in range(killed_number)],
    )
    links = link_warned_persons(warned, {"cpj": killed})
    sure = links[links["link"] == "same_name"]
    assert sure[["person", "row"]].to_numpy().tolist() == [["w0", "k0"]]


def test_one_word_or_another_sex_is_no_sure_link() -> None:
    columns = ["name_as_published", "state_iso3", "sex_code"]
    warned = pd.DataFrame(
        [("Zunela", "KEN", "female"), ("Orvo Inventado", "KEN", "male"), ("王明", "CHN", "male")],
        index=["a", "b", "c"],
        columns=columns,
    )
    killed = warned.assign(sex_code=["female", "female", "male"], key=["1", "2", "3"])
    links = link_warned_persons(warned, {"cpj": killed.set_index("key")}).set_index("person")
    assert links["link"].to_dict() == {"a": "doubtful", "b": "doubtful", "c": "same_name"}


def test_links_do_not_hang_on_the_key_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other pseudonyms, another order: of long lists other pairs would be sampled, and a link tip over."""
    monkeypatch.setattr(model, "FEWEST", 10)
    monkeypatch.setattr(model, "SAMPLED_PAIRS", 20)
    rng, parts = (
        np.random.default_rng(1),
        ["zu", "ne", "or", "vo", "pel", "gru", "tes", "hav", "qui", "mar", "lon", "wib"],
    )
    names = [
        " ".join("".join(rng.choice(parts, 3)).title() for _ in range(2)) + "demo"
        for _ in range(40)
    ]
    states, sexes = rng.choice(["KEN", "UGA", "COL"], 40), rng.choice(["female", "male"], 40)
    rows = pd.DataFrame({"name_as_published": names, "state_iso3": states, "sex_code": sexes})
    found = []
    monkeypatch.setattr(
        linking,
        "link_same_persons",
        lambda *given: found.append(link_same_persons(*given)) or found[-1],
    )
    for keys in (range(10, 10 + len(rows)), range(10 + len(rows), 10, -1)):
        persons, killed = (rows.set_axis([f"{side}{key}" for key in keys]) for side in "wk")
        links = link_warned_persons(persons, {"cpj": killed})
        assert (links["person"].str[1:] == links["row"].str[1:]).all() and len(links)
    pd.testing.assert_series_equal(found[0].pairs["probability"], found[1].pairs["probability"])


def test_a_build_says_what_stood_before_what_and_holds_no_name(tmp_path: Path) -> None:
    warned = written(
        tmp_path / "warned.csv",
        WARNED,
        [
            "1,Zunela Testaldemo,Kenya,2019-01-01,threat,2019-01-03,police,phone,granted,2019-07-01",
            "2,Zunela Testaldemo,Kenya,2019-05-01,death_threat,2019-05-03,,message,refused,2019-05-20",
            "3,Orvo Inventadodemo,Kenya,2018-03-10,threat,2018-03-10,,,,",
            "4,Pelgru Maxfedemo,Kenya,2017-06-01,smear,2017-06-01,,,none_requested,",
            "5,Nobo Sanvaridemo,Kenya,2019,threat,,criminal_group,,no_answer,",
            "6,Nobo Sanvaridemo,Kenya,2019-02-02,killing,2019-02-02,,,,",
        ],
    )
    study = opened(tmp_path, warnings=warned)
    table = study.build.table("warnings")
    kept = [
        *("source_row", "after_warning_code", "person_link_code", "days_before"),
        *("protection_request_code", "killed_on"),
    ]
    expected = pd.DataFrame(
        [
            (2, "killed_later", "same_name", 151, "no_answer", "cpj"),
            (3, "killed_later", "same_name", 31, "refused", "cpj"),
            (4, "order_unclear", "same_name", None, "not_recorded", "cpj"),
            (5, "killed_before", "same_name", None, "none_requested", "cpj"),
            (6, "not_found", "none", None, "no_answer", "none"),
        ],
        columns=kept,
    )
    pd.testing.assert_frame_equal(table[kept], expected, check_dtype=False)
    assert table["person_id"].nunique() == 4
    assert not any("demo" in str(cell) for cell in table.to_numpy().ravel())
    codes = study.build.table("followed").set_index("source_row")["follow_up_code"].to_dict()
    assert codes == {
        2: "followed",
        4: "followed",
        5: "killed_before_record",
        6: "no_day",
    }


def test_lists_of_killed_persons_are_told_with_no_unknown_and_not_asked_apart(
    tmp_path: Path,
) -> None:
    study = opened(tmp_path, cpj_census=census_file(tmp_path, [(2016, "Nobo Sanvaridemo")]))
    asked = study.killed.asked()
    own = values(asked)
    assert {k.removeprefix("asked."): v for k, v in own.items()} == {
        "killed": 4, "asked": 3, "answered": 2, "yes": 1, "no": 1, "unknown": 1, "not_asked": 1,
        "confirmed": 4, "not_asked.confirmed": 1, "period": "2018–2019",
    }  # fmt: skip
    text = told(asked, study.killed.selection())
    assert "threats are recorded for one. For the other one it records none" in text
    assert "which does not say that there were none" in text
    assert (
        "Of all the four, the answer on threats is not known for one and its file gives no answer on "
        "threats for one. A list of killed" in text
    )
    assert "confirms for all of them that the death has to do with the work" in text
    assert "From it alone nobody can say" in text
    assert "no share" in next(c.text for c in asked.claims if c.name == "asked.yes.share")


@pytest.mark.parametrize(
    ("confirmed", "said"),
    [
        ("Havo", "no answer on threats for three (with that link confirmed for one of these)."),
        ("nobody", "no answer on threats for three."),
    ],
)
def test_of_deaths_without_an_answer_it_is_told_for_how_many_the_link_with_the_work_is_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed: str, said: str
) -> None:
    deaths = (*DEATHS, ("Lovvia Torivnademo", "2020-11-30", "Crossfire", ""))
    monkeypatch.setattr(sys.modules[__name__], "DEATHS", deaths)
    census = census_file(tmp_path, [(2016, "Nobo Sanvaridemo")])
    lines = killed_file(tmp_path).read_text(encoding="utf-8").splitlines()
    rows = [r if r.startswith(confirmed) else r.replace("Confirmed", "Unconfirmed") for r in lines]
    killed = written(tmp_path / "other.csv", rows[0], rows[1:])
    given = [SourceFile("cpj", killed, True), SourceFile("cpj-census", census, True)]
    build("warnings", given, tmp_path / "work")
    text = told(Warnings(current_build("warnings", tmp_path / "work"), {}).killed.asked())
    assert said in text


def test_murders_are_told_apart_where_the_list_answers_for_other_deaths_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaths = (*DEATHS, ("Lovvia Torivnademo", "2020-11-30", "Crossfire", "No"))
    monkeypatch.setattr(sys.modules[__name__], "DEATHS", deaths)
    study = opened(tmp_path, cpj_census=census_file(tmp_path, [(2016, "Nobo Sanvaridemo")]))
    own = values(asked := study.killed.asked())
    assert (own["asked.answered"], own["asked.murders.answered"], own["asked.murders.yes"]) == (
        3,
        2,
        1,
    )
    assert "Of the two with such an entry whom it classes as murdered" in told(asked)


def test_the_census_is_linked_and_a_share_of_too_few_killings_is_refused(tmp_path: Path) -> None:
    rows = [(2016, "Zunela Testaldemo"), (2017, "Zunela Testaldemo"), (2015, "Nobo Sanvaridemo")]
    study = opened(tmp_path, cpj_census=census_file(tmp_path, rows))
    before, share = study.warned.before(), study.followed.share()
    own = values(before, share, study.followed.who())
    assert (own["before.killed"], own["before.held"]) == (1, 0)
    assert own["before.dated"] == 1
    assert "before.shortest" not in own  # the days of one person are told of nobody
    assert (own["before.on.cpj"], own["before.of.cpj"]) == (1, 4)
    assert own["who.cpj.followed"] == 2
    assert not [name for name in own if name.startswith("share.cpj.y")]
    text = told(before, share)
    assert "one of the four persons whom" in text
    assert "within one year, two years or five years: fewer than five of these deaths" in text


def test_a_person_whom_a_census_counts_is_not_called_killed_after_imprisonment(
    tmp_path: Path,
) -> None:
    killed, census = days_file(tmp_path)
    given = [SourceFile("cpj", killed, True), SourceFile("cpj-census", census, True)]
    build("warnings", given, tmp_path / "work")
    study = Warnings(current_build("warnings", tmp_path / "work"), {})
    own = values(before := study.warned.before())
    assert (own["before.killed"], own["before.type.murder"], own["before.type.crossfire"]) == (
        11,
        10,
        1,
    )
    text = told(before)
    assert "after imprisonment" not in text
    assert "It has no class for a death in custody" in text
    assert (
        len(before.statements) == 4
    )  # a paragraph each: how many, of what kind, when, and what is open
    assert "responsible for both" not in text
    assert "recorded as killed later, all were counted as held in the last census" in text
    assert "For one person a name on a list of killed persons is alike and not the same" in text
    assert (
        "the list of killed persons classes 10 as “murder” and one as “crossfire or combat”" in text
    )
    assert "confirms for all of them" in text
    assert "11 in Kenya" in text


def test_of_few_persons_no_type_of_death_and_no_days_are_told(tmp_path: Path) -> None:
    rows = [(2016, "Zunela Testaldemo"), (2015, "Nobo Sanvaridemo"), (2018, "Havo Quinvaridemo")]
    study = opened(tmp_path, cpj_census=census_file(tmp_path, rows))
    text = told(study.warned.before())
    assert "so no days are told" in text
    assert "murder" not in text
    assert "threats" not in text


def days_file(folder: Path) -> tuple[Path, Path]:
    """Eleven persons of one name each, a twelfth on two rows, and the days of their deaths."""
    names = [f"Invent{chr(97 + n)}o Testaldemo{chr(97 + n)}" for n in range(12)]
    days = [f"2018-06-{n + 1:02}" for n in range(10)] + ["2018-01-01", "2020-06-01"]
    rows = [
        f"{n},Killed,Journalist,{d},,Radio,Confirmed,Kenya,{'Crossfire' if d[5:] == '01-01' else 'Murder'},"
        for n, d in zip([*names, names[-1]], [*days, "2020-07-01"], strict=True)
    ]
    killed = written(folder / "killed.csv", KILLED, rows)
    living = [f"Nobo Sanvari{chr(97 + n)}demo" for n in range(20)]
    return killed, census_file(folder, [(2017, n) for n in [*names, *living]])


def test_days_are_of_sure_links_and_of_killings_with_a_day_and_1_january_is_none(
    tmp_path: Path,
) -> None:
    killed, census = days_file(tmp_path)
    given = [SourceFile("cpj", killed, True), SourceFile("cpj-census", census, True)]
    build("warnings", given, tmp_path / "work")
    study = Warnings(current_build("warnings", tmp_path / "work"), {})
    own = values(study.warned.before())
    kept = {k: own[f"before.{k}"] for k in ("killed", "to_look_at", "dated", "shortest", "longest")}
    assert kept == {"killed": 11, "to_look_at": 1, "dated": 10, "shortest": 182, "longest": 191}


def test_of_a_list_with_years_alone_years_are_told_and_what_the_years_leave_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"Invent{chr(97 + n)}o Testaldemo{chr(97 + n)}" for n in range(12)]
    others = [("Orvo Inventadodemo", y, "Murder", "") for y in ("2010", "2019")]
    deaths = [*((name, "2016", "Murder", "") for name in names), *others]
    monkeypatch.setattr(sys.modules[__name__], "DEATHS", deaths)
    living = [f"Nobo Sanvari{chr(97 + n)}demo" for n in range(20)]
    census = census_file(tmp_path, [(2015, name) for name in [*names, *living]])
    study = opened(tmp_path, cpj_census=census)
    before, share, who = study.warned.before(), study.followed.share(), study.followed.who()
    own = values(before, share)
    assert (own["before.dated"], own["before.years"], own["before.held"]) == (0, 1, 12)
    assert "gives years and not days" in told(before)
    assert [row[0].text for row in share.rows] == ["Two years"]
    assert "between none and 12 of them fell within it" in told(share, who)


def test_a_share_is_told_with_its_count_and_as_no_forecast(tmp_path: Path) -> None:
    killed, census = days_file(tmp_path)
    given = [SourceFile("cpj", killed, True), SourceFile("cpj-census", census, True)]
    build("warnings", given, tmp_path / "work")
    study = Warnings(current_build("warnings", tmp_path / "work"), {})
    share = study.followed.share()
    own, text = values(share), told(share)
    assert (own["share.cpj.y1.killed.low"], own["share.cpj.y1.killed.high"]) == (10, 11)
    assert "10 (11 if each open date is read as its earliest day) stand on it" in text
    assert own["share.cpj.y1.short"] == 0
    assert "watched for less than two years (none), this is 323 to 344 of each thousand" in text
    assert "is no forecast" in text
    assert "at least" not in text
    assert "Aalen" not in text
    assert "no forecast" in share.title


def test_no_sentence_breaks_a_rule_of_speech_or_says_that_there_were_no_threats(
    tmp_path: Path,
) -> None:
    rows = [(2016, "Zunela Testaldemo"), (2015, "Nobo Sanvaridemo")]
    study = opened(tmp_path, cpj_census=census_file(tmp_path, rows))
    parts = (study.killed, study.warned, study.followed)
    findings = [
        getattr(part, name)()
        for part in parts
        for name in ("asked", "without_question", "selection", "extent", "by_kind", "from_whom",
                     "by_means", "by_protection", "after", "before", "details", "who", "share")
        if hasattr(part, name)
    ]  # fmt: skip
    text = told(*findings)
    assert not find_speech_faults(text)
    assert "had no threats" not in text
    assert "Testaldemo" not in text


def test_a_reply_after_the_killing_is_none_before_it_and_a_letter_not_yet_public_is_not_read(
    tmp_path: Path,
) -> None:
    study = opened(tmp_path, register=letters_file(tmp_path))
    table = study.build.table("warnings")
    found = table[["source_row", "after_warning_code", "warned_reply_code"]].to_numpy().tolist()
    assert found == [[2, "killed_later", "replied_later"], [3, "killed_before", "replied"]]
    details = study.warned.details()
    assert values(details)["details.reply.replied_later"] == 1
    whole = "Of one person recorded as killed later, a reply to the letter came only later for one person."
    assert whole in told(details)
    census = census_file(tmp_path, [(2015, "Nobo Sanvaridemo")])
    (tmp_path / "two").mkdir()
    of_two = opened(tmp_path / "two", register=letters_file(tmp_path), cpj_census=census)
    details = of_two.warned.details()
    assert whole in told(details)  # the number has the name of its list
    assert {claim.sources for claim in details.claims} == {("register",)}  # which alone has rows


def test_a_sentence_beside_another_list_names_the_number_of_its_own_list(tmp_path: Path) -> None:
    census = census_file(tmp_path, [(2016, "Zunela Testaldemo")])
    study = opened(tmp_path, register=letters_file(tmp_path), cpj_census=census)
    text = told(study.warned.details())
    assert (
        "Of one person recorded as killed later, a reply to the letter came only later for" in text
    )


TRACKER = (
    "slug,categories,targeted_journalists,targeted_institutions,date,exact_date_unknown,state,"
    "arrest_status,status_of_charges,actor,assailant,was_journalist_targeted,"
    "status_of_seized_equipment,subpoena_statuses,status_of_prior_restraint,first_published_at"
)


def tracker_file(folder: Path) -> Path:
    rows = [
        f"{n},Physical Attack,{name},,{day},False,Ohio (OH),None,None,None,unknown,yes,None,[],None,{seen}"
        for n, name, day, seen in (
            ("i1", "Zunela Testaldemo", "2019-06-01", "2019-06-02 10:00:00+00:00"),
            ("i2", "Orvo Inventadodemo", "2018-01-20", "2018-02-03T10:00:00"),
            ("i3", "Nobo Sanvaridemo", "2017-05-04", ""),
        )
    ]
    return written(folder / "tracker.csv", TRACKER, rows)


def test_an_attack_is_followed_from_its_publication_and_one_of_the_day_of_death_is_no_warning(
    tmp_path: Path,
) -> None:
    killed = killed_file(tmp_path)
    killed.write_text(killed.read_text(encoding="utf-8").replace("Kenya", "United States"))
    given = [
        SourceFile("cpj", killed, True),
        SourceFile("us-press-freedom-tracker", tracker_file(tmp_path), True),
    ]
    build("warnings", given, tmp_path / "work")
    study = Warnings(current_build("warnings", tmp_path / "work"), {})
    table = study.build.table("warnings")
    kept = ["source_row", "recorded_date", "after_warning_code"]
    expected = pd.DataFrame(
        [(3, "2018-02-03", "killed_later"), (4, None, "not_found")], columns=kept
    )
    days = table["recorded_date"].dt.strftime("%Y-%m-%d")
    found = table.assign(recorded_date=days)[kept]
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    codes = study.build.table("followed").set_index("source_row")["follow_up_code"].to_dict()
    assert codes == {3: "followed", 4: "record_day_unknown"}
    assert any("no class for threats" in note for note in study.warned.by_kind().notes)
    assert not any("counted as both" in note for note in study.warned.by_kind().notes)
    killings = told(study.warned.extent())
    assert (
        "one incident with one victim that is a killing, as the list says or as the day" in killings
    )
    assert "Of three rows, one about a killing are set aside here." in told(study.warned.quality())
    text = told(study.followed.who())
    assert "the file read gives no day of record" in text
    assert "which was read to 31 December 2020" in text


def test_a_person_is_followed_from_a_known_day_where_several_incidents_were_first_told_on_one_day(
    tmp_path: Path,
) -> None:
    inexact, exact = "2018-01-20,True", "2018-05-04,False"
    row = "{},Physical Attack,Nobo Sanvaridemo,,{},Ohio (OH),None,None,None,unknown,yes,None,[],None,{}"
    seen = "2018-08-02 10:00:00+00:00"
    rows = [row.format(f"i{n}", day, seen) for n, day in enumerate((inexact, exact))]
    tracker = written(tmp_path / "tracker.csv", TRACKER, rows)
    study = opened(tmp_path, us_press_freedom_tracker=tracker)
    table = study.build.table("followed")[["source_row", "follow_up_code"]]
    assert table.to_numpy().tolist() == [[3, "followed"]]


def test_whose_arrests_are_not_asked_for_stands_beside_the_shares_of_perpetrators(
    tmp_path: Path,
) -> None:
    row = (
        "{0},Physical Attack,Nobo Sanvari{1}demo,,2018-05-04,False,,None,None,None,{2},yes,None,[],"
    )
    rows = [row.format(n, chr(97 + n), "law enforcement") + "None," for n in range(20)]
    study = opened(tmp_path, us_press_freedom_tracker=written(tmp_path / "t.csv", TRACKER, rows))
    found = study.warned.from_whom()
    assert all("most arrests are in no share" in one for one in found.key_sentences)
    assert found.key_sentences and "most arrests are in no share" in told(found)


def test_who_stood_in_the_last_census_before_the_death_or_in_that_of_its_year_is_counted_as_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaths = (
        (
            "Zunela Testaldemo",
            "2019-06-01",
            "Murder",
            "",
        ),  # held in 2018, died before the next census
        ("Orvo Inventadodemo", "2018", "Murder", ""),  # held in 2016 and in the year of death
        ("Pelgru Maxfedemo", "2018", "Murder", ""),  # held in 2016 alone
        ("Havo Quinvaridemo", "2020-12-31", "Murder", ""),  # held in 2019, not in 2020
    )
    monkeypatch.setattr(sys.modules[__name__], "DEATHS", deaths)
    rows = [
        *((2018, "Zunela Testaldemo"), (2016, "Orvo Inventadodemo"), (2018, "Orvo Inventadodemo")),
        *((2016, "Pelgru Maxfedemo"), (2019, "Havo Quinvaridemo")),
    ]
    study = opened(tmp_path, cpj_census=census_file(tmp_path, rows))
    table = study.build.table("warnings").sort_values("source_row")
    kept = ["after_warning_code", "killed_year", "is_held_at_last_census"]
    expected = pd.DataFrame(
        [
            ("killed_later", 2019, True),
            ("killed_later", 2018, True),
            ("order_unclear", 2018, True),
            ("killed_later", 2018, False),
            ("killed_later", 2020, False),
        ],
        columns=kept,
    )
    found = table[kept].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    text = told(study.warned.before())
    assert "recorded as killed later, two were counted as held in the last census" in text
    assert "or had been freed, is not recorded." in text
    assert "(one of them" not in text and "(counted above too" in text


def test_a_list_that_does_not_cover_the_state_is_no_zero(tmp_path: Path) -> None:
    lists = {
        "cpj_census": census_file(tmp_path, [(2016, "Zunela Testaldemo")]),
        "us_press_freedom_tracker": tracker_file(tmp_path),
    }
    opened(tmp_path, **lists)
    study = Warnings(current_build("warnings", tmp_path / "work"), {"state": "KEN"})
    assert [row[0].text for row in study.warned.extent().rows] == ["CPJ prison census (invented)"]
    assert "Tracker" not in told(study.warned.extent(), study.warned.before(), study.followed.who())


def test_who_was_held_years_after_the_killing_is_another_person(tmp_path: Path) -> None:
    rows = [
        *((2019, "Pelgru Maxfedemo"), (2018, "Zunela Testaldemo"), (2019, "Zunela Testaldemo")),
        (2018, "Orvo Inventadodemo"),
    ]
    study = opened(tmp_path, cpj_census=census_file(tmp_path, rows))
    table = study.build.table("warnings").set_index("source_row")["after_warning_code"].to_dict()
    assert table == {2: "another_person", 3: "killed_later", 4: "killed_before", 5: "killed_before"}
    before = study.warned.before()
    assert "one of them counted above too, by an earlier record" in told(before)
    assert "it is of the killing" not in told(before)
    assert "so a name alone can link two people" in told(before)
    assert not study.warned.by_kind().rows  # a census holds one kind by its definition
    assert "counts three persons as held, in four entries" in told(study.warned.extent())


def test_lists_shared_in_confidence_are_refused_but_for_the_template(tmp_path: Path) -> None:
    own = written(
        tmp_path / "list.csv",
        "case_id,date,state,name,sex,age,identity,cause,perpetrator,defender,motive,threats,accountability",
        ["1,2020-01-01,Kenya,Zunela Testaldemo,,,,,,,,yes,"],
    )
    attacks = written(
        tmp_path / "attacks.csv",
        "case_id,name,state,date,act",
        ["1,Zunela Testaldemo,Kenya,2020-01-01,threat"],
    )
    for slug, path, words in (
        ("restricted-list", own, "Build it with killings"),
        ("attacks", attacks, "template for warnings"),
    ):
        given = [SourceFile("cpj", killed_file(tmp_path), True), SourceFile(slug, path, True)]
        with pytest.raises(RunError, match=words):
            build("warnings", given, tmp_path / "work")


def test_of_a_list_kept_in_confidence_no_link_day_or_share_leaves(tmp_path: Path) -> None:
    rows = [
        f"{n},Zunela Test{chr(97 + n % 26)}{chr(97 + n // 26)}ldemo,Kenya,2019-01-01,threat,2019-01-03,,,,"
        for n in range(60)
    ]
    rows.append("60,Zunela Testaldemo,Kenya,2019-01-01,threat,2019-01-03,police,phone,refused,")
    study = opened(tmp_path, warnings=written(tmp_path / "warned.csv", WARNED, rows))
    assert study.build.table("followed")["high_is_killed"].any()
    made = [study.warned.before(), study.warned.details()]
    made += [study.followed.share(), study.followed.who()]
    assert not any(values(one) or one.rows or one.statements for one in made)
    assert values(study.warned.extent())["extent.persons"] % 5 == 0
    assert values(study.card())["scope.threats"] == "yes"


def test_links_are_listed_by_the_rows_of_the_files_and_without_names(tmp_path: Path) -> None:
    rows = [(2016, "Zunela Testaldemo"), (2015, "Nobo Sanvaridemo")]
    study = opened(tmp_path, cpj_census=census_file(tmp_path, rows))
    sheet = study.build.sheet("warned_links")
    assert sheet is not None
    told_apart = ["cpj-census", "2", "cpj", "2", "same_name", "KEN", "2016", ""]
    assert sheet.fillna("").astype(str).to_numpy().tolist() == [told_apart]


def test_a_killing_is_set_aside_from_the_template(tmp_path: Path) -> None:
    rows = [
        "1,Zunela Testaldemo,Kenya,2020-01-01,killing,,,,,",
        "2,Zunela Testaldemo,Kenya,2020-01-01,threat,2019-12-31,,,,",
    ]
    loaded = load("warnings", written(tmp_path / "warned.csv", WARNED, rows))
    assert loaded.set_aside["reason"].tolist() == [
        "A killing is no warning: it belongs to a list of killed persons."
    ]
    assert "before the day of the warning" in loaded.issues["what"].tolist()[0]


def test_a_withdrawn_person_leaves_all_tables(tmp_path: Path) -> None:
    rows = [(2016, "Zunela Testaldemo"), (2015, "Nobo Sanvaridemo")]
    census = census_file(tmp_path, rows)
    study = opened(tmp_path, cpj_census=census)
    table = study.build.table("warnings")
    gone = table.loc[table["after_warning_code"].eq("killed_later"), "person_id"].item()
    kept = {"pseudonym": gone, "name": None, "apply": True}
    assert list(withdraw("warnings", tmp_path / "work", tmp_path / "out", **kept))
    study = opened(tmp_path, cpj_census=census)
    assert len(study.build.table("warnings")) == 1
    assert len(study.build.table("followed")) == 1


@pytest.mark.long
def test_delayed_entry_holds_where_time_from_the_threat_and_late_records_do_not() -> None:
    rng, rate, samples = np.random.default_rng(75165), 0.05, 150
    true = 1 - np.exp(-rate * 5)
    first, closes = pd.Timestamp("2010-01-01"), pd.Timestamp("2019-12-31")
    ours, late, immortal, held = [], [], [], 0
    for _ in range(samples):
        threat = first + pd.to_timedelta(np.ceil(rng.random(400) * 2900), unit="D")
        wait = np.ceil(365.25 * rng.exponential(1 / rate, 400))
        record = np.ceil(rng.exponential(365, 400))
        is_late = record >= wait
        kept = (~is_late | (rng.random(400) < 0.5)) & (
            threat + pd.to_timedelta(record, "D") < closes
        )
        died = pd.Series(threat + pd.to_timedelta(wait, unit="D")).where(lambda d: d <= closes)
        recorded = threat + pd.to_timedelta(np.where(is_late, wait + 30, record), unit="D")
        persons = pd.DataFrame(
            {
                "is_named": True, "warned": threat, "recorded": recorded, "opens": first,
                "closes": closes, "killed_from": died, "killed_to": died,
            }
        )[kept]  # fmt: skip
        spells = observed_spells(follow_up(persons), "low")
        value, low, high = aalen_johansen(*(list(spells[c]) for c in spells)).at(
            5 * 365.25, "killed"
        )
        ours.append(value)
        held += low <= true <= high
        end = (persons["killed_from"].fillna(closes) - persons["warned"]).dt.days.astype(float)
        for people, into in (
            (persons, late),
            (
                persons[
                    persons["recorded"]
                    < persons["killed_from"].fillna(closes + pd.Timedelta(days=1))
                ],
                immortal,
            ),
        ):
            cause = people["killed_from"].notna().map({True: "killed", False: ""})
            curve = aalen_johansen([0.0] * len(people), list(end[people.index]), list(cause))
            into.append(curve.at(5 * 365.25, "killed")[0])
    assert abs(np.mean(ours) - true) < 0.01
    assert held / samples > 0.91
    assert np.mean(immortal) < true - 0.02
    assert np.mean(late) != pytest.approx(np.mean(ours), abs=0.005)


def test_the_invented_lists_are_made_again_to_the_byte(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_demo_warnings.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    kept = REPOSITORY / "data" / "raw" / "demo" / "warnings"
    assert {p.name: p.read_bytes() for p in (tmp_path / "warnings").iterdir()} == {
        p.name: p.read_bytes() for p in kept.iterdir()
    }
