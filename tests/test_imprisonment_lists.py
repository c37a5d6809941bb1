"""Lists of prisoners: what is read, what does not fit, and who is the same person."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.linkage.prisoners import (
    NEW_CHARGE,
    OTHER_PERSON,
    RETURNED,
    SAME_NAME,
    charge_groups,
    charge_unit_keys,
    is_return,
    join_units,
    pairs_to_review,
    person_name_keys,
)
from hrdresearch.privacy.keys import Key
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import last_decisions
from hrdresearch.run.reviews import imprisonment as review
from hrdresearch.run.steps.imprisonment import list_codings, steps
from hrdresearch.sources import identify, load

KEY = Key("imprisonment", b"k" * 32)
CENSUS = ["Year", "fullName", "gender", "status", "country", "charges", "lengthOfSentence",
          "sentence"]  # fmt: skip
BASE = {"case_id": "demo-1", "state": "Egypt", "arrest_date": "2015-03-04", "charge": "treason",
        "sentence": "ten years"}  # fmt: skip


def census_file(folder: Path, *rows: tuple[str, ...]) -> Path:
    path = folder / "census.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([CENSUS, *rows])
    return path


def spells_file(folder: Path, *rows: dict[str, str]) -> Path:
    """The template with the columns that the rows use; persons are invented."""
    full = [{"name": f"Aru Kelvari{'bcdfghk'[n]}demo", **BASE, **row} for n, row in enumerate(rows)]
    columns = list(dict.fromkeys(c for row in full for c in row))
    path = folder / "detentions.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(full)
    return path


def built(path: Path, slug: str = "detentions", decisions: Path | None = None) -> Any:
    return steps([load(slug, path)], KEY, decisions or path.parent / "none")


def test_a_file_of_deaths_and_prisoners_stays_one_of_deaths_unless_it_is_asked_for(
    tmp_path: Path,
) -> None:
    assert identify(spells_file(tmp_path, {})) == ("detentions", "detentions")


def test_deaths_in_the_same_file_are_no_rows_of_the_census(tmp_path: Path) -> None:
    path = census_file(
        tmp_path,
        ("2019", "Aru Kelvaridemo", "Male", "Imprisoned", "China", "Anti-State", "Life", "Life"),
        ("2019", "Belo Torontademo", "Male", "Killed", "China", "", "", ""),
        ("2019", "Casí Vasuspedemo", "Female", "Imprisoned", "Nowhere", "", "", ""),
    )
    loaded = load("cpj-census", path)
    assert (loaded.rows_in, len(loaded.accepted), len(loaded.set_aside)) == (2, 1, 1)


def test_a_census_row_is_coded_and_its_name_leaves(tmp_path: Path) -> None:
    path = census_file(
        tmp_path,
        ("2018", "Aru Kelvaridemo", "Male", "Imprisoned", "China", "Anti-state", "Not Sentenced",
         "not Sentenced"),
        ("2019", "Aru  Kelvaridemo", "Male", "Imprisoned", "China", "Anti-State, False news",
         "10+ Years", "12 years 6 months"),
    )  # fmt: skip
    table = built(path, "cpj-census").tables["census"]
    assert table["person_id"].nunique() == table["name_id"].nunique() == 1
    told = table[["census_year", "pretext_codes", "sentence_kind_code", "sentence_min_years",
                  "band_agreement_code", "censuses_of_name", "longest_min_years"]]  # fmt: skip
    assert told.to_numpy().tolist() == [
        [2018, "national_security", "pending", pytest.approx(float("nan"), nan_ok=True), "same", 2,
         12.5],
        [2019, "national_security|false_news", "term", 12.5, "same", 2, 12.5],
    ]  # fmt: skip
    assert not any("Kelvari" in str(cell) for cell in table.to_numpy().ravel())


def frame(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["name_as_published", "state_iso3", "pretext_codes",
                                       "census_year"])  # fmt: skip
    return made.assign(source="cpj-census", source_row=range(2, len(made) + 2), name_is_person=True)


def test_who_returns_on_a_new_charge_is_looked_at_and_another_state_is_another_person() -> None:
    rows = frame(
        ("Aru Kelvaridemo", "CUB", "national_security", 2005),
        ("Aru Kelvaridemo", "CUB", "not_recorded", 2006),
        ("Aru Kelvaridemo", "CUB", "retaliation", 2010),
        ("Aru Kelvaridemo", "CUB", "no_charge", 2011),
        ("Aru Kelvaridemo", "IRN", "national_security", 2010),
        ("Belo Torontademo", "IRN", "assembly", 2008),
    )
    names = person_name_keys(rows)
    units = charge_unit_keys(rows, names)
    assert (names.nunique(), units.nunique()) == (3, 4)
    pairs = pairs_to_review(rows, names, units)
    assert pairs["why"].tolist() == [RETURNED]
    assert is_return(units, pairs).tolist() == [False, False, True, True, False, False]


def test_a_new_charge_at_the_next_census_is_no_return_and_at_the_same_census_another_person() -> (
    None
):
    rows = frame(
        ("Aru Kelvaridemo", "CUB", "national_security", 2005),
        ("Aru Kelvaridemo", "CUB", "retaliation", 2006),
        ("Belo Torontademo", "CUB", "assembly", 2005),
        ("Belo Torontademo", "CUB", "false_news", 2005),
    )
    names = person_name_keys(rows)
    pairs = pairs_to_review(rows, names, charge_unit_keys(rows, names))
    assert pairs["why"].tolist() == [NEW_CHARGE, SAME_NAME]


def test_another_sex_or_year_of_birth_is_another_person_and_is_looked_at() -> None:
    rows = frame(
        ("José Kelvaridemo", "CUB", "assembly", 2005),
        ("Jose Kelvaridemo", "CUB", "assembly", 2006),
        ("Jose Kelvaridemo", "CUB", "assembly", 2006),
        ("Jose Kelvaridemo", "CUB", "assembly", 2007),
    ).assign(sex_code=["male", "not_recorded", "female", "male"])
    born = ["1969", "1969", "", "1971"]
    rows = rows.assign(birth_date=pd.to_datetime(pd.Series(born), format="%Y", errors="coerce"))
    names = person_name_keys(rows)
    assert names.nunique() == 3
    pairs = pairs_to_review(rows, names, charge_unit_keys(rows, names))
    assert pairs["why"].tolist() == [OTHER_PERSON] * 3


def test_charges_that_share_a_code_are_one_group() -> None:
    assert charge_groups(["assembly", "assembly|false_news", "false_news", "terrorism"]) == [
        {"assembly", "false_news"},
        {"terrorism"},
    ]


def test_nearly_the_same_names_are_only_looked_at() -> None:
    rows = frame(
        ("Aru Kelvaridemo", "CUB", "assembly", 2005),
        ("Aru Kelvaridemos", "CUB", "assembly", 2006),
        ("Zúr Quinimbodemo", "CUB", "assembly", 2006),
    )
    names = person_name_keys(rows)
    pairs = pairs_to_review(rows, names, charge_unit_keys(rows, names))
    assert pairs["why"].tolist() == ["nearly the same name"]
    assert names.nunique() == 3


def test_confirmed_pairs_are_joined_in_chains() -> None:
    assert join_units(["a", "b", "c", "d"], [("a", "b"), ("c", "b")]) == {
        "a": "a", "b": "a", "c": "a", "d": "d",
    }  # fmt: skip


def test_who_returns_after_a_gap_on_a_new_charge_is_one_person_until_somebody_parts_them(
    tmp_path: Path,
) -> None:
    path = census_file(
        tmp_path,
        ("2005", "Aru Kelvaridemo", "Male", "Imprisoned", "Cuba", "Anti-state", "", "5 years"),
        ("2007", "Belo Torontademo", "Male", "Imprisoned", "Cuba", "Anti-state", "", "5 years"),
        ("2010", "Aru Kelvaridemo", "Male", "Imprisoned", "Cuba", "Retaliatory", "", "5 years"),
    )
    decisions = tmp_path / "decisions"
    made = built(path, "cpj-census")
    table, sheet = made.tables["census"], made.restricted["same_person_review"]
    assert table["person_id"].nunique() == 2
    assert table["is_return"].tolist() == [False, False, True]
    assert table["censuses_of_person"].tolist() == [2, 1, 2]
    assert "Aru" not in sheet.to_csv()
    filled = tmp_path / "filled.csv"
    for word, persons in (("different", 3), ("same", 2)):
        sheet.assign(decision=word).to_csv(filled, index=False)
        assert review.feed(filled, decisions) == 1
        table = built(path, "cpj-census", decisions).tables["census"]
        assert table["person_id"].nunique() == persons
        assert table["is_return"].sum() == 3 - persons
    assert len(pd.read_csv(decisions / "same_person.csv")) == 2
    assert list(last_decisions(decisions / "same_person.csv", "pair_id", "decision").values()) == [
        "same"
    ]


SENTENCES = [  # wording, publisher's class, kind, a threshold can be stated
    ("Not sentenced", "Death", "conflict_death", False),
    ("20 years", "Life", "conflict_life", False),
    ("Life", "Death", "conflict_death", False),
    ("Life", "10+ Years", "life", True),
    ("", "Death", "death", True),
    ("Unknown", "Life", "life", True),
    ("12 years", "Not Sentenced", "term", True),
    ("zxcv", "10+ Years", "unparsed", False),
    ("", "10+ Years", "not_recorded", False),
]


def test_where_class_and_wording_conflict_over_death_or_life_the_row_is_a_conflict(
    tmp_path: Path,
) -> None:
    path = census_file(
        tmp_path,
        *(
            ("2019", f"Aru {'bcdfghklm'[n]}demo", "Male", "Imprisoned", "Cuba", "", band, words)
            for n, (words, band, _, _) in enumerate(SENTENCES)
        ),
    )
    table = built(path, "cpj-census").tables["census"]
    told = list(zip(table["sentence_kind_code"], table["is_length_read"], strict=True))
    assert told == [(kind, is_read) for _, _, kind, is_read in SENTENCES]
    conflict = table["sentence_kind_code"].str.startswith("conflict")
    assert table.loc[conflict, ["bound_min_years", "longest_min_years"]].isna().all(axis=None)
    assert not table.loc[conflict, "is_never_sentenced"].any()


def test_a_sentence_that_is_not_recorded_is_not_one_that_was_not_passed(tmp_path: Path) -> None:
    rows = [
        ("2018", "Aru Kelvaridemo", "Male", "Imprisoned", "Cuba", "", "", "Not sentenced"),
        ("2019", "Aru Kelvaridemo", "Male", "Imprisoned", "Cuba", "", "", ""),
        ("2018", "Belo Torontademo", "Male", "Imprisoned", "Cuba", "", "", "Not sentenced"),
        ("2019", "Belo Torontademo", "Male", "Imprisoned", "Cuba", "", "", "not sentenced"),
        ("2019", "Zúr Quinimbodemo", "Male", "Imprisoned", "Cuba", "", "", "zxcv"),
    ]
    table = built(census_file(tmp_path, *rows), "cpj-census").tables["census"]
    assert table["is_never_sentenced"].tolist() == [False, False, True, True, False]
    assert table["longest_min_years"].isna().tolist() == [False] * 4 + [True]


def test_a_decision_that_is_no_word_of_the_sheet_is_named_by_its_row(tmp_path: Path) -> None:
    filled = tmp_path / "filled.csv"
    filled.write_text("pair_id,decision\nx1,perhaps\n", encoding="utf-8")
    with pytest.raises(RunError, match="row 2: decision must be same, different or empty"):
        review.feed(filled, tmp_path)


BAD = [
    ({"release_date": "2014-01-01"}, "release_before_arrest", "stands before the arrest"),
    (
        {"arrest_date": "2015-03-01", "death_date": "2015-02-20"},
        "release_before_arrest",
        "stands before the arrest",
    ),
    (
        {"arrest_date": "2015-03-01", "release_date": "2014-01-01", "death_date": "2018-01-01"},
        "release_before_arrest",
        "stands before the arrest",
    ),
    ({"birth_date": "2018-01-01"}, "age_below_zero", "age at arrest is below zero"),
    ({"age": "-3"}, "age_below_zero", "age at arrest is below zero"),
    ({"arrest_date": "1394-02-01"}, "unknown_calendar", "unknown calendar"),
    ({"calendar": "solar hijri"}, "unknown_calendar", "not converted"),
]


@pytest.mark.parametrize(("row", "code", "said"), BAD)
def test_what_does_not_fit_is_named_and_the_row_is_kept(
    tmp_path: Path, row: dict[str, str], code: str, said: str
) -> None:
    path = spells_file(tmp_path, {}, row)
    loaded = load("detentions", path)
    assert (loaded.rows_in, len(loaded.accepted)) == (2, 2)
    assert any(said in what for what in loaded.issues["what"])
    assert built(path).tables["detentions"]["doubt_codes"].tolist() == ["not_recorded", code]


def test_a_death_known_to_the_year_of_the_arrest_is_not_before_it(tmp_path: Path) -> None:
    row = {"arrest_date": "2015-03-01", "release_date": "2015-06-01", "death_date": "2015"}
    table = built(spells_file(tmp_path, row)).tables["detentions"]
    assert table["doubt_codes"].tolist() == ["not_recorded"]


def test_two_open_spells_of_one_person_are_both_named(tmp_path: Path) -> None:
    path = spells_file(tmp_path, {"name": "Belo Torontademo"}, {"name": "Belo Torontademo"},
                       {"name": "Belo Torontademo", "release_date": "2016-01-01"})  # fmt: skip
    loaded = load("detentions", path)
    assert loaded.issues["row"].tolist() == [2, 3]
    table = built(path).tables["detentions"]
    assert table["doubt_codes"].tolist() == ["two_open_spells", "two_open_spells", "not_recorded"]
    assert table["person_id"].nunique() == 1


def test_a_sentence_shorter_than_the_time_served_is_named(tmp_path: Path) -> None:
    path = spells_file(tmp_path, {"sentence": "two years", "last_known_date": "2021-01-01"})
    made = built(path)
    assert made.tables["detentions"]["doubt_codes"].tolist() == ["served_beyond_term"]
    sheet = made.restricted["detention_doubts"]
    assert sheet["what"].tolist() == ["The sentence is shorter than the time served."]


def test_an_end_date_and_the_arrest_give_the_length(tmp_path: Path) -> None:
    path = spells_file(
        tmp_path,
        {"sentence": "2030-03-04"},
        {"sentence": "2030", "arrest_date": "", "status": "detained"},
    )
    table = built(path).tables["detentions"]
    assert table["sentence_min_years"].round(1).tolist()[0] == 15.0
    assert table["sentence_min_years"].isna().tolist() == [False, True]
    assert table["sentence_end_precision"].tolist() == ["day", "year"]


def test_the_sentence_after_appeal_takes_the_place_of_the_first(tmp_path: Path) -> None:
    path = spells_file(tmp_path, {"sentence": "life", "appeal": "quince años"})
    assert built(path).tables["detentions"]["sentence_min_years"].tolist() == [15.0]


def test_how_a_spell_ended_is_told_from_the_dates_where_nobody_said(tmp_path: Path) -> None:
    path = spells_file(tmp_path, {"death_date": "2016-01-01"}, {"release_date": "2016-01-01"}, {},
                       {"arrest_date": "", "sentence": "life", "status": "detained"},
                       {"arrest_date": "", "documented_since": "2015-06-01"},
                       {"arrest_date": "", "release_date": "2016-01-01", "status": "detained"})  # fmt: skip
    assert built(path).tables["detentions"]["exit_code"].tolist() == [
        "died_in_custody", "released", "held", "held", "not_recorded", "released",
    ]  # fmt: skip


def test_who_has_disappeared_is_a_detained_person_whose_whereabouts_are_not_known(
    tmp_path: Path,
) -> None:
    path = spells_file(tmp_path, {"status": "detained"}, {"status": "disappeared"},
                       {"status": "Disappeared", "arrest_date": "", "whereabouts_known": "yes"},
                       {"status": "at_risk"})  # fmt: skip
    assert load("detentions", path).set_aside["row"].tolist() == [5]
    table = built(path).tables["detentions"].set_index("source_row")
    assert table["exit_code"].loc[[2, 3, 4]].tolist() == ["held", "unknown", "unknown"]
    assert table["open_until_date"].notna().loc[[2, 3, 4]].tolist() == [True, False, False]
    traced = table["whereabouts_known_code"].loc[[2, 3, 4]].tolist()
    assert traced == ["not_recorded", "no", "yes"]


def test_a_name_is_printed_only_with_a_basis(tmp_path: Path) -> None:
    named = {"public_name": "Aru Kelvaridemo"}
    path = spells_file(
        tmp_path,
        {**named, "name_basis": "un_publication", "un_symbol": "A/HRC/WGAD/0000/1"},
        {**named, "name_basis": "consent", "consent_date": "2021-01-01"},
        {**named, "name_basis": "consent"},
        {**named, "name_basis": "un_publication", "un_symbol": "somewhere"},
        named,
    )
    made = built(path)
    assert made.tables["detentions"]["name_basis_code"].tolist() == [
        "un_publication", "consent", "none", "none", "none",
    ]  # fmt: skip
    assert made.tables["detentions"]["public_name"].notna().tolist() == [True, True, *[False] * 3]
    assert [e.permitted for e in made.names] == ["Aru Kelvaridemo"] * 2 + [None] * 3


CHINESE = """Name,Gender,Date of Birth,Date of Death,Place,Sentence,Source
甲乙丙,male,1970-01,2020-03,北京,2031-05,x
丁戊己,female,1967,2011-06-01,北京,2011-05,x
丁戊己,male,1969,2014-06-26,北京,2014,x
庚辛壬,male,,,北京,detention,x
癸子丑,male,,2001,北京,death,x
寅卯辰,male,,,北京,life,x
巳午未,male,,,北京,unknown,x
"""


def test_the_chinese_list_gives_end_dates_and_words_that_are_no_sentence(tmp_path: Path) -> None:
    path = tmp_path / "cn.csv"
    path.write_text(CHINESE, encoding="utf-8")
    table = built(path, "political-prisoners-cn").tables["detentions"]
    told = table[["sentence_kind_code", "sentence_end_precision", "exit_code",
                  "died_before_end_code"]]  # fmt: skip
    died, none = "died_not_stated", "not_recorded"
    assert told.to_numpy().tolist() == [
        ["term", "month", died, "yes"],
        ["term", "month", died, "no"],
        ["term", "year", died, "unknown"],
        ["detained", "unknown", none, none],
        ["not_defined", "unknown", died, none],
        ["life", "unknown", none, none],
        ["not_disclosed", "unknown", none, none],
    ]
    assert table["sentence_min_years"].isna().all()
    assert table["is_length_read"].tolist() == [False] * 5 + [True, False]
    assert table["person_id"].nunique() == 7


def test_who_was_freed_and_died_later_did_not_die_in_custody(tmp_path: Path) -> None:
    later = {"release_date": "2016-01-01", "death_date": "2019-01-01"}
    table = built(spells_file(tmp_path, later)).tables["detentions"]
    assert table["exit_code"].tolist() == ["released"]
    assert table["ended_date"].tolist() == [pd.Timestamp("2016-01-01")]


def test_unread_sentences_are_counted_with_their_shapes_and_without_their_words(
    tmp_path: Path,
) -> None:
    path = spells_file(
        tmp_path, {"sentence": "Qwert Zxcvdemo 12"}, {"sentence": "Asdf Fghjdemo 7"},
        {"sentence": "zxcv{{*demo"}, {"sentence": "ten years"}, {"sentence": ""},
    )  # fmt: skip
    notes = [str(note) for note in built(path).notes["detentions"]]
    assert len(notes) == 1
    assert notes[0].startswith("3 of 4 recorded sentences are not read by any rule")
    assert notes[0].endswith("most frequent first: “a a #”, “a a”.")
    checked = CliRunner().invoke(app, ["sources", "check", str(path)])
    assert notes[0] in checked.stdout
    assert "Zxcv" not in checked.stdout
    read = spells_file(tmp_path, {"sentence": "ten years"})
    assert built(read).notes["detentions"] == []


def test_a_list_whose_charges_are_mostly_other_is_told_so(tmp_path: Path) -> None:
    charges = ("terrorism, false news", "qwerty", "No charge", "Zxcvdemo")
    told = built(spells_file(tmp_path, *({"charge": c} for c in charges)))
    [note] = [str(note) for note in told.notes["detentions"]]
    assert note.startswith("2 of 5 charges of this list, more than one in five, are coded as other")
    assert "Zxcv" not in note
    assert told.restricted["unread"]["text"].tolist() == ["qwerty", "Zxcvdemo"]
    fewer = built(spells_file(tmp_path, *({"charge": c} for c in (*charges[:2], "theft", "libel"))))
    assert fewer.notes["detentions"] == []


def test_a_list_without_any_charge_or_sentence_has_empty_sheets_of_codings() -> None:
    assert {name: len(sheet) for name, sheet in list_codings([]).items()} == {
        "coding": 0,
        "unread": 0,
        "band_contradictions": 0,
    }


def test_days_disappeared_are_a_yes_and_against_a_no_they_are_emptied(tmp_path: Path) -> None:
    rows = [
        {"disappeared": "", "disappeared_days": "45 days", "medical_refused": "not asked"},
        {"disappeared": "no", "disappeared_days": "3", "medical_refused": "yes"},
        {"disappeared": "yes", "disappeared_days": "two weeks", "medical_refused": "unknown"},
        {"disappeared": "not_asked", "disappeared_days": "", "medical_refused": ""},
    ]
    loaded = load("detentions", spells_file(tmp_path, *rows))
    found = loaded.accepted[["disappeared_code", "disappeared_days", "medical_refused_code"]]
    expected = pd.DataFrame(
        [
            ("yes", 45, "not_asked"),
            ("no", None, "yes"),
            ("yes", None, "unknown"),
            ("not_asked", None, "not_recorded"),
        ],
        columns=found.columns,
    ).astype({"disappeared_days": "Int64"})
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    assert sorted(loaded.issues["row"][loaded.issues["column"] == "disappeared_days"]) == [3, 4]


def test_a_register_of_opinions_is_read_and_what_tells_no_opinion_is_set_aside(
    tmp_path: Path,
) -> None:
    path = tmp_path / "opinions.csv"
    path.write_text(
        "number,year,state,persons,categories,outcome,follow_up\n"
        "12/2020,,Egypt,Aru Demo; Bel Demo,I;II,arbitrary,released;compensated\n"
        "12,2020,Sudan,,I;II,arbitrary,\n"
        "12,2020,Sudan,,I,arbitrary,\n"
        ",2019,Egypt,Aru Demo,,,\n"
        "7/2018,2019,Egypt,Aru Demo,none,not_arbitrary,none_known\n",
        encoding="utf-8",
    )
    loaded = load("wgad-register", path)
    found = loaded.accepted[
        ["opinion_id", "opinion_year", "state_iso3", "persons_named", "category_codes",
         "outcome_code", "follow_up_codes"]
    ]  # fmt: skip
    expected = pd.DataFrame(
        [
            ("12/2020", 2020, "EGY", 2, "i|ii", "arbitrary", "released|compensated"),
            ("12/2020", 2020, "SDN", None, "i|ii", "arbitrary", "not_recorded"),
        ],
        columns=found.columns,
    )
    pd.testing.assert_frame_equal(
        found.astype(object).where(found.notna(), None),
        expected.astype(object).where(expected.notna(), None),
        check_dtype=False,
    )
    assert sorted(loaded.set_aside["row"]) == [4, 5, 6]


def test_who_was_held_and_who_arrested_is_asked_where_the_template_has_the_columns(
    tmp_path: Path,
) -> None:
    rows = (
        {"identity": "lawyer;indigenous", "cause": "land_environment", "authority": "police"},
        {"identity": "", "cause": "", "authority": "nobody knows"},
    )
    loaded = load("detentions", spells_file(tmp_path, *rows))
    columns = ["identity_codes", "cause_codes", "perpetrator_codes"]

    assert loaded.accepted[columns].to_numpy().tolist() == [
        ["lawyer|indigenous", "land_environment", "police"],
        ["not_recorded", "not_recorded", "not_recorded"],
    ]
    assert set(columns) <= set(loaded.facts.asked)
    assert not set(columns) & set(load("detentions", spells_file(tmp_path, {})).facts.asked)
