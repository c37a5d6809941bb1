"""Threats, accountability and the link with the work by groups, on invented rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from study_builds import RESTRICTED, facts, make_build

from hrdresearch.findings import Finding
from hrdresearch.findings.prose import fill_in_prose, names_for_prose, strip_markdown
from hrdresearch.report.short_tables import shorten_table
from hrdresearch.run.recount import recount_problems
from hrdresearch.studies.killings.study import Killings

BRA: dict[str, Any] = {"state_iso3": "BRA", "state_m49": 76}
COL: dict[str, Any] = {"state_iso3": "COL"}
YES, NO = {"threats_before": "yes"}, {"threats_before": "no"}


def study(
    tmp_path: Path, parts: Sequence[tuple[int, dict[str, Any]]], *lists: Any, **params: Any
) -> Killings:
    """A study of rows that repeat: how many times, and what matters of each."""
    rows = [row for times, row in parts for _ in range(times)]
    return Killings(make_build(tmp_path, rows, lists), params)


def said(finding: Finding) -> list[str]:
    """Its sentences as the page prints them."""
    names = names_for_prose([finding])
    return [strip_markdown(fill_in_prose(s, names, finding.name)) for s in finding.statements]


def printed(finding: Finding) -> list[list[str]]:
    texts = {claim.name: claim.text for claim in finding.claims}
    return [[texts[c.claim] if c.claim else c.text for c in row] for row in finding.rows]


def test_only_groups_with_enough_known_cases_are_named_in_alphabetical_order(
    tmp_path: Path,
) -> None:
    parts = [(20, COL | YES), (10, COL | NO), (6, BRA | YES), (34, BRA | NO)]
    parts += [(29, {"state_iso3": "PER", "state_m49": 604} | YES)]
    parts += [(9, COL | {"threats_before": "unknown"})]
    finding = study(tmp_path, parts).threats_by_group()
    assert printed(finding) == [
        ["State or territory", "Brazil", "40", "6", "15"],
        ["State or territory", "Colombia", "30", "20", "67"],
    ]
    assert said(finding) == [
        "By State or territory, threats had been reported before the killing for six of 40 (15 per "
        "cent) in Brazil and 20 of 30 (67 per cent) in Colombia. Groups on the list of Nobody are "
        "those of 30 or more cases in which the answer is known."
    ]


def test_many_groups_are_told_by_the_lowest_and_the_highest(tmp_path: Path) -> None:
    states = [("BRA", 76), ("COL", 170), ("GTM", 320), ("HND", 340), ("MEX", 484)]
    parts = [
        (n if code == "yes" else 30 - n, {"state_iso3": s, "state_m49": m, "threats_before": code})
        for (s, m), n in zip(states, (3, 4, 5, 6, 7), strict=True)
        for code in ("yes", "no")
    ]
    (text,) = said(study(tmp_path, parts).threats_by_group())
    assert (
        "By State or territory, threats had been reported before the killing for three of 30 "
        "(10 per cent) in Brazil, the lowest share, and for seven of 30 (23 per cent) in Mexico, the "
        "highest." in text
    )


def test_groups_that_share_the_lowest_share_are_all_named(tmp_path: Path) -> None:
    rows = [(40, {"state_iso3": iso3} | NO) for iso3 in ("PAK", "BRA")]
    rows += [(20 + n, {"state_iso3": iso3} | code) for n, iso3 in enumerate(("COL", "MEX", "IRQ"))
             for code in (YES, NO)]  # fmt: skip
    rows += [(30, {"state_iso3": "MEX"} | YES)]
    (text,) = said(study(tmp_path, rows).threats_by_group())
    assert (
        "for zero of 40 (0 per cent) in Brazil and zero of 40 (0 per cent) in Pakistan, the lowest share, "
        "and for 51 of 72 (71 per cent) in Mexico, the highest." in text
    )
    assert text.endswith("; which of them is the lowest or the highest may be chance.")


def test_two_classes_side_by_side_are_told_with_how_far_they_lie_apart(tmp_path: Path) -> None:
    female, male = {"sex_code": "female"}, {"sex_code": "male"}
    near = [(24, female | YES), (44, female | NO), (339, male | YES), (463, male | NO)]
    made = study(tmp_path, near)
    finding = made.threats_by_group()
    assert (
        "24 of 68 (35 per cent) recorded as female and 339 of 802 (42 per cent) recorded as male, "
        "a difference that may be chance (seven points, interval from five below to "
        "18 above zero)." in said(finding)[0]
    )
    assert any("Newcombe" in note for note in finding.notes)
    far = [(56, male | YES), (14, male | NO), (48, female | YES), (32, female | NO)]
    assert (
        "recorded as male (difference 20 points, interval from five to 33)."
        in (said(study(tmp_path / "b", far).threats_by_group())[0])
    )


def test_impunity_is_counted_over_murders_where_the_list_tells_them(tmp_path: Path) -> None:
    murder = {"death_type_code": "murder", "perpetrator_codes": "not_recorded"}
    police = {"impunity_code": "full_justice", "perpetrator_codes": "police"}
    parts = [(30, murder | {"impunity_code": "complete"}), (5, {"impunity_code": "complete"})]
    assert printed(study(tmp_path, [*parts, (31, murder | police)]).impunity_by_group()) == [
        ["Kind of alleged perpetrator", "Police", "31", "0", "0"],
        ["Kind of alleged perpetrator", "Where none is given", "30", "30", "100"],
    ]


def test_one_state_and_year_is_taken_out_whole_and_told_where_a_share_changes(
    tmp_path: Path,
) -> None:
    partial, complete = {"impunity_code": "partial"}, {"impunity_code": "complete"}
    massacre = COL | {"event_year": 2014}
    years = [{"event_year": year} for year in range(2011, 2021)]
    parts = [(30, massacre | partial), *((4, COL | complete | year) for year in years)]
    parts += [(2, BRA | partial | year) for year in years]
    parts += [(6, BRA | complete | year) for year in years]
    finding = study(tmp_path, parts).impunity_by_group()
    (text,) = said(finding)
    assert (
        "If all 34 cases of Colombia in 2014 are left out, the numbers are all 36 in "
        "Colombia and 36 of 44 (82 per cent) in "
        "2011–2014." in text
    )
    assert [n for n in finding.notes if "a fifth" in n] == [
        "Nobody: in some rows at least a fifth of the cases in another class are of one State and year. "
        "The largest part is of Colombia in 2014 (rows Colombia and 2011–2014)."
    ]
    by_name = {claim.name: claim.value for claim in finding.claims}
    assert by_name["impunity_by_group.one_state_and_year.col_2014"] == 34
    assert by_name["impunity_by_group.state.col.without"] == 36
    assert by_name["impunity_by_group.state.col.complete.without"] == 36


def test_a_row_that_the_text_does_not_name_is_told_where_one_year_changes_it_by_ten_points(
    tmp_path: Path,
) -> None:
    others = [BRA, *({"state_iso3": iso3} for iso3 in ("GTM", "HND", "MEX"))]
    parts = [(32, COL | NO | {"event_year": 2012}), (28, COL | YES | {"event_year": 2016})]
    parts += [(21, COL | NO | {"event_year": year}) for year in (2015,)]
    shares = zip(others, (5, 20, 25, 38), strict=True)
    parts += [
        (n if code is YES else 40 - n, state | code | {"event_year": 2016})
        for state, n in shares
        for code in (YES, NO)
    ]
    (text,) = said(study(tmp_path, parts).threats_by_group())
    assert "five of 40 (13 per cent) in Brazil, the lowest share, and for 38 of 40 (95" in text
    assert "28 of 49 (57 per cent) in Colombia, instead of 28 of 81 (35 per cent) with them" in text


def test_one_state_and_year_that_changes_no_share_is_not_told(tmp_path: Path) -> None:
    parts = [(24, COL | NO | {"event_year": 2014}), (6, COL | YES | {"event_year": 2014})]
    parts += [(40, COL | NO | {"event_year": 2016}), (10, COL | YES | {"event_year": 2016})]
    parts += [(20, BRA | NO | {"event_year": 2016}), (20, BRA | YES | {"event_year": 2016})]
    parts += [(21, BRA | NO | {"event_year": 2014}), (9, BRA | YES | {"event_year": 2014})]
    (text,) = said(study(tmp_path, parts).threats_by_group())
    assert "in Colombia" not in text.partition("are left out")[2]


def test_nine_cases_of_one_state_and_year_are_no_exception(tmp_path: Path) -> None:
    parts = [(9, COL | NO | {"event_year": 2014}), (31, COL | YES), (40, BRA | YES)]
    assert "are left out" not in said(study(tmp_path, parts).threats_by_group())[0]


def test_the_short_table_of_groups_holds_whole_comparisons_only(tmp_path: Path) -> None:
    states = [
        (f, n) for n, f in enumerate(["BRA", "COL", "GTM", "HND", "MEX", "PER", "ARG", "CHL"])
    ]
    states += [(f, 8 + n) for n, f in enumerate(["BOL", "ECU", "PRY", "URY", "VEN", "CUB", "PAN"])]
    sexes = ("female", "male")
    parts = [
        (30, {"state_iso3": s, "sex_code": sexes[n % 2]} | (YES, NO)[n % 3 == 0]) for s, n in states
    ]
    finding = study(tmp_path, parts).threats_by_group()
    short, words = shorten_table(finding)
    assert [row[1].text for row in short.rows] == ["Female", "Male"]
    assert words == "Shown are the 2 rows of the comparisons by sex or gender."


def test_groups_recorded_only_where_the_fact_is_so_are_left_out_with_the_reason(
    tmp_path: Path,
) -> None:
    open_ = {"sex_code": "not_recorded", "motive_link_code": "suspected"}
    parts = [(40, {"sex_code": "female"}), (40, {"event_year": 2014}), (80, open_)]
    finding = study(tmp_path, parts).motive_link_by_group()
    assert [row[0] for row in printed(finding)] == ["Period", "Period"]
    assert any(
        "no groups by sex or gender; these are recorded for fewer" in n for n in finding.notes
    )


def test_a_list_without_a_group_that_is_large_enough_says_so(tmp_path: Path) -> None:
    finding = study(tmp_path, [(5, YES)]).threats_by_group()
    assert (finding.rows, said(finding)) == (
        (),
        [
            "On the list of Nobody no two groups of a kind hold 30 or more cases in which the "
            "answer is known."
        ],
    )


def test_a_list_that_does_not_ask_has_neither_rows_nor_sentences(tmp_path: Path) -> None:
    silent = facts("list-a", asked=["sex_code"])
    finding = study(tmp_path, [(40, COL)], silent).threats_by_group()
    assert (finding.rows, finding.statements) == ((), ())


def test_a_restricted_list_has_no_groups(tmp_path: Path) -> None:
    restricted = facts("list-a", RESTRICTED)
    parts = [(48, COL | YES), (4, COL | NO), (40, BRA | YES), (9, BRA | NO)]
    finding = study(tmp_path, parts, restricted).threats_by_group()
    assert {c.name for c in finding.claims if c.status == "shown"} <= {"threats_by_group.threshold"}


def test_a_brief_on_one_state_has_no_groups_by_state_and_periods_hold_covered_years_only(
    tmp_path: Path,
) -> None:
    covered = facts("list-a", covers={"years": {"from": 2013, "to": 2016}})
    parts = [(30, COL | YES | {"event_year": y}) for y in (2013, 2014, 2016, 2017)]
    brief = study(tmp_path, parts, covered, state="COL")
    finding = brief.threats_by_group()
    assert [row[:3] for row in printed(finding)] == [
        ["Period", "2013–2014", "60"],
        ["Period", "2015–2016", "30"],
    ]
    assert said(finding)[0].startswith(
        "By period, threats had been reported before the killing for all 60 in "
        "2013–2014 and all 30 in 2015–2016; as "
        "documentation may have changed between the periods, this shows no change in what "
        "happened. Groups on"
    )
    assert recount_problems(brief.build, {c.name: asdict(c) for c in finding.claims}) == []


def test_periods_of_unequal_length_are_told_with_their_years(tmp_path: Path) -> None:
    covered = facts("list-a", covers={"years": {"from": 2012, "to": 2020}})
    parts = [(30, COL | YES | {"event_year": y}) for y in (2012, 2014, 2015, 2019, 2020)]
    brief = study(tmp_path, parts, covered, state="COL")
    assert said(brief.threats_by_group())[0].startswith(
        "By period (three years in 2012–2014 and one year in 2020, five in the other), threats had been "
        "reported before the killing for all 60 in 2012–2014"
    )
    whole = study(tmp_path / "b", parts[:4], facts("list-a"), state="COL", year_from=2015)
    assert said(whole.threats_by_group()) == [
        "On the list of Nobody no two groups of a kind hold 30 or more cases in which the answer is known."
    ]


def test_rows_of_one_list_among_several_name_it_in_a_note(tmp_path: Path) -> None:
    lists = [facts("list-a", publisher="One"), facts("list-b", publisher="Two", asked=[])]
    parts = [(30, COL | YES), (30, BRA | NO), (2, {"source": "list-b"})]
    finding = study(tmp_path, parts, *lists).threats_by_group()
    assert [row[:2] for row in printed(finding)] == [
        ["State or territory", "Brazil"],
        ["State or territory", "Colombia"],
    ]
    assert finding.notes[0] == "All rows are of the list of One."
    both = [*parts, (30, COL | YES | {"source": "list-b"}), (30, BRA | NO | {"source": "list-b"})]
    finding = study(
        tmp_path / "b", both, lists[0], facts("list-b", publisher="Two")
    ).threats_by_group()
    assert [row[0] for row in printed(finding)] == ["One", "One", "Two", "Two"]
    assert not any(note.startswith("All rows") for note in finding.notes)


def test_place_and_basis_are_told_in_plain_sentences(tmp_path: Path) -> None:
    asked = ["admin1_name", "defender_basis_code"]
    lists = [
        facts("list-a", asked=asked, publisher="The One"),
        facts(
            "list-b",
            asked=["admin1_name"],
            publisher="The Other",
            recording={"defender_basis_code": "by_definition"},
            remarks={"defender_basis_code": "What the list calls a leader is not told."},
        ),
    ]
    leader = {"source": "list-b", "admin1_name": "Cauca", "defender_basis_code": "recorded_leader"}
    two = study(tmp_path, [(2, {"admin1_name": "Cauca"}), (3, COL), (2, leader)], *lists)
    assert said(two.place()) == [
        "A first-level division is read for two of the five on the list of The One and both on the "
        "list of The Other; places of another kind are not read. "
        "Victims are counted by division for a list of one State, and in a report on one State."
    ]
    assert said(two.by_defender_basis()) == [
        "Of the five invented persons on the list of The One for whom a basis is given, all are "
        "recorded as defender by the definition of the list. By its definition, the list of The Other "
        "counts both invented persons as leaders. What the list calls a leader is not told."
    ]


def test_divisions_of_one_state_are_counted_and_those_without_a_case_are_named(
    tmp_path: Path,
) -> None:
    paraguay: dict[str, Any] = {"state_iso3": "PRY", "state_m49": 600}
    parts = [(30, paraguay | {"admin1_name": name}) for name in ("Guairá", "Amambay")]
    parts += [(2, paraguay | {"admin1_name": "Itapúa"}), (1, paraguay)]
    asked = facts("list-a", asked=["admin1_name"])
    finding = study(tmp_path, parts, asked, state="PRY").by_division()
    assert printed(finding) == [
        ["PRY", "Amambay", "30"],
        ["PRY", "Guairá", "30"],
        ["PRY", "Itapúa", "2"],
    ]  # the State, for the map, is not printed
    (text,) = said(finding)
    assert text == (
        "Of the 63 invented persons on the list of Nobody, 62 are placed in three first-level "
        "divisions of Paraguay. The two with 30 or more, in alphabetical order, hold 60 (95 per "
        "cent) of the 63: Amambay (30) and Guairá (30). No case is placed in 15 other divisions, "
        "which does not mean that there was none."
    )


def test_where_every_victim_is_in_a_division_that_is_named_no_part_of_the_whole_is_told(
    tmp_path: Path,
) -> None:
    paraguay: dict[str, Any] = {"state_iso3": "PRY", "state_m49": 600}
    parts = [(30, paraguay | {"admin1_name": name}) for name in ("Guairá", "Amambay")]
    asked = facts("list-a", asked=["admin1_name"])
    (text,) = said(study(tmp_path, parts, asked, state="PRY").by_division())
    assert text.startswith(
        "All 60 invented persons on the list of Nobody are placed in two first-level divisions of "
        "Paraguay. In alphabetical order, these are Amambay (30) and Guairá (30). No case"
    )


def test_a_division_stands_on_the_page_as_a_label_because_a_person_may_be_called_so(
    tmp_path: Path,
) -> None:
    parts = [
        (30, BRA | {"documented_by": sources, "admin1_name": name})
        for sources, name in (("One", "Acre"), ("One|Two", "Amazonas"))
    ]
    asked = facts("list-a", asked=["admin1_name"], covers={"states": ["BRA"]})
    made = study(tmp_path, parts, asked)
    for finding in (made.by_division(), made.sources_per_case()):
        text = "".join(finding.statements)
        assert text.count("Acre") == text.count('[Acre]{.label data-vocab="admin1"}') == 1
        assert not [c.name for c in finding.claims if "Acre" in c.definition]
        cells = [cell for row in finding.rows for cell in row if cell.text == "Acre"]
        assert [cell.vocabulary for cell in cells] == ["admin1"]


def test_a_list_of_many_states_and_a_restricted_list_of_states_have_no_divisions(
    tmp_path: Path,
) -> None:
    placed = {"admin1_name": "Cauca"}
    assert study(tmp_path / "a", [(9, placed)]).by_division().rows == ()
    restricted = facts("list-a", RESTRICTED)
    finding = study(tmp_path / "b", [(9, placed)], restricted).by_division()
    assert (finding.rows, finding.claims) == ((), ())


def test_sources_are_counted_by_year_with_what_rests_on_one(tmp_path: Path) -> None:
    covered = facts("list-a", covers={"states": ["COL"], "years": {"from": 2016, "to": 2017}})
    parts = [
        (20, COL | {"event_year": 2016, "documented_by": "One|Two|Three"}),
        (10, COL | {"event_year": 2016, "documented_by": "One", "admin1_name": "Cauca"}),
        (31, COL | {"event_year": 2017, "documented_by": "Two", "sex_code": "female"}),
    ]
    made = study(tmp_path, parts, covered)
    assert printed(made.sources_per_case()) == [
        ["2016", "30", "3", "10", "20"],
        ["2017", "31", "1", "31", "0"],
    ]
    assert said(made.sources_per_case()) == [
        "The list of Nobody names for each case who documented it. The yearly median of sources a "
        "case lay between one in 2017 and three in 2016. By year, one source alone is named for "
        "between 10 of 30 (33 per cent) in 2016 and all 31 in 2017. As the sources differ "
        "by year, the yearly numbers alone do not say whether there were more or fewer killings."
    ]
    assert printed(made.documented_by()) == [
        ["One", "30", "0"],
        ["Three", "20", "0"],
        ["Two", "20", "31"],
    ]
    assert said(made.documented_by()) == [
        "On the list of Nobody, sources named for a third or more of the cases of one year and for "
        "none of another are, in alphabetical order: One for all 30 in 2016 and none of 31 in "
        "2017; Three for 20 of 30 in 2016 and none of 31 in 2017."
    ]
    assert said(made.single_source()) == [
        "Of the 61 invented persons on the list of Nobody, 20 (33 per cent) rest on two sources or "
        "more. Recorded as follows, of cases on one source and of those on two or more: female, 31 "
        "of 41 (76 per cent) and zero of 20. Of the 41 on one source, 31 are of 2017, so the two parts "
        "differ in time."
    ]
    for finding in (made.sources_per_case(), made.documented_by(), made.single_source()):
        assert recount_problems(made.build, {c.name: asdict(c) for c in finding.claims}) == []


def test_a_year_that_the_list_holds_in_part_is_a_row_with_its_last_day(tmp_path: Path) -> None:
    """And the table names the list alone that tells who documented."""
    days = [
        *pd.date_range("2016-02-01", "2016-12-01", 9),
        *pd.date_range("2017-01-02", "2017-05-19", 9),
    ]
    rows: list[dict[str, Any]] = [
        COL | {"event_date": day.normalize(), "event_year": day.year, "event_date_precision": "day",
               "documented_by": "One"}
        for day in days
    ]  # fmt: skip
    lists = [facts(), facts("list-b")]
    table = Killings(
        make_build(tmp_path, [*rows, {"source": "list-b"}], lists), {}
    ).sources_per_case()
    assert [row[0].text for row in table.rows] == ["2016", "2017 (to 19 May)"]
    assert [note.slug for note in table.sources] == ["list-a"]


def test_all_years_of_the_highest_median_and_the_least_cases_of_a_division_are_named(
    tmp_path: Path,
) -> None:
    three, one = {"documented_by": "One|Two|Three"}, {"documented_by": "One"}
    parts = [(30, COL | {"event_year": y} | three) for y in (2016, 2017)]
    parts += [(30, COL | {"event_year": 2018, "admin1_name": "Cauca"} | one)]
    parts += [(30, COL | {"event_year": 2018, "admin1_name": "Meta"} | one)]
    parts += [(9, COL | {"event_year": 2017, "admin1_name": "Meta"} | three)]
    covered = facts("list-a", covers={"states": ["COL"], "years": {"from": 2016, "to": 2018}})
    (text,) = said(study(tmp_path, parts, covered).sources_per_case())
    assert "lay between one in 2018 and three in 2016 and 2017." in text
    assert (
        "In first-level divisions with 30 cases or more, one source alone is named for between"
        in text
    )


def test_a_list_that_names_no_sources_has_no_rows_on_them(tmp_path: Path) -> None:
    made = study(tmp_path, [(3, COL)])
    for finding in (made.sources_per_case(), made.documented_by(), made.single_source()):
        assert (finding.rows, finding.statements) == ((), ())


def test_victims_of_one_event_are_told_by_identifier_or_by_day_and_place(tmp_path: Path) -> None:
    by_id = [(3, {"event_id": "e1"}), (1, {"event_id": "e2"})]
    assert said(study(tmp_path / "a", by_id).several_victims()) == [
        "Of the four invented persons on the list of Nobody, three were killed in one event with "
        "several victims, three in the largest."
    ]
    by_day = [(2, {"admin1_name": "Cauca"}), (1, {"admin1_name": "Meta"}), (1, BRA)]
    assert said(study(tmp_path / "b", by_day).several_victims()) == [
        "Of the four invented persons on the list of Nobody, two are known to share the day and the "
        "first-level division with another victim: one group of two."
    ]
    restricted = study(tmp_path / "c", by_day, facts("list-a", RESTRICTED))
    assert restricted.several_victims().rows == ()
    in_years = study(tmp_path / "d", [(3, {"event_date_precision": "year"})])
    assert in_years.several_victims().rows == ()


def test_a_brief_on_one_state_names_the_year_of_half_a_class_and_says_that_no_place_is_read(
    tmp_path: Path,
) -> None:
    philippines: dict[str, Any] = {"state_iso3": "PHL", "state_m49": 608}
    parts = [
        (12, philippines | {"impunity_code": "partial", "event_year": 2009}),
        (8, philippines | {"impunity_code": "partial", "event_year": 2012}),
    ]
    asked = facts("list-a", asked=["impunity_code", "admin1_name"])
    brief = study(tmp_path, parts, asked, state="PHL")
    assert (
        "Of the 20 in partial impunity, 12 are of one year, that is in 2009, and may be one event."
        in (said(brief.accountability())[0])
    )
    assert said(brief.by_division()) == [
        "Of the 20 invented persons on the list of Nobody, none is placed in a first-level division "
        "of the Philippines; places there are not read as divisions."
    ]


def test_cases_with_an_unconfirmed_link_are_said_to_have_no_answer(tmp_path: Path) -> None:
    murder = {"death_type_code": "murder", "impunity_code": "complete"} | YES
    open_ = {
        "motive_link_code": "suspected",
        "death_type_code": "not_recorded",
        "threats_before": "not_asked",
    }
    made = study(tmp_path, [(40, murder), (7, open_)])
    none = "Of the seven whose link with the work is unconfirmed or suspected, none has"
    assert f"{none} an answer." in said(made.threats())[0]
    assert f"{none} a class of accountability." in said(made.accountability())[0]
    assert f"{none} a type of death." in said(made.by_death_type())[0]
    told = said(made.threats())[0]
    assert told.startswith(
        "Of the 40 murders on the list of Nobody, the only deaths for which it gives an answer, threats"
    )
    answered = [(40, murder), (7, murder | {"motive_link_code": "suspected"})]
    assert "suspected" not in said(study(tmp_path / "b", answered).threats())[0]


def test_a_list_calls_a_fact_by_its_own_noun(tmp_path: Path) -> None:
    called = facts("list-a", called={"cause_codes": "subject of coverage"})
    parts = [(2, {"cause_codes": "corruption"}), (1, {})]
    assert said(study(tmp_path, parts, called).by_cause()) == [
        "Of the two invented persons on the list of Nobody for whom a subject of coverage is recorded, "
        "both are recorded under exposing corruption. The subject of coverage is not recorded for one."
    ]


def test_women_on_each_list_stand_on_the_first_page_in_one_sentence(tmp_path: Path) -> None:
    lists = [facts("list-a", publisher="One"), facts("list-b", publisher="Two")]
    women = {"sex_code": "female"}
    two = study(tmp_path, [(10, women), (30, {}), (1, women | {"source": "list-b"})], *lists)
    finding = two.by_sex()
    assert said(replace(finding, statements=finding.key_sentences)) == [
        "Among those whose sex or gender is recorded, recorded as female are 10 of 40 (25 per cent) on "
        "the list of One and one of one on the list of Two."
    ]


def test_the_distance_of_a_municipality_is_told_with_those_that_were_not_located(
    tmp_path: Path,
) -> None:
    asked = facts("list-a", asked=["seat_distance_code"])
    parts = [(20, {"seat_distance_code": "far"}), (15, {"seat_distance_code": "near"})]
    parts += [(2, {"seat_distance_code": "not_located"})]
    made = study(tmp_path, parts, asked)
    assert said(made.by_distance()) == [
        "Of the 35 invented persons on the list of Nobody whose municipality is located, 15 (43 per "
        "cent) are counted in a municipality less than 50 km from the nearest capital of a first-level "
        "division and 20 (57 per cent) over 200 km from it. The distance is not measured, as the "
        "municipality was not located, for two."
    ]
    steps = [row[0] for row in printed(made.by_distance())]
    assert steps == ["Below 50 km", "Over 200 km", "Municipality not located"]  # not by size
    nowhere = [(2, {"seat_distance_code": "not_located"})]
    assert said(study(tmp_path / "b", nowhere, asked).by_distance())[0].startswith(
        "No municipality of the cases on the list of Nobody was located, so no distance"
    )


def test_of_a_list_that_is_rural_by_its_definition_the_distance_is_said_to_follow_from_that(
    tmp_path: Path,
) -> None:
    asked = ["seat_distance_code", "setting_code"]
    lists = [
        facts("list-a", asked=asked, publisher="One"),
        facts(
            "list-b",
            asked=asked,
            publisher="Two",
            recording={"setting_code": "by_definition"},
            remarks={"setting_code": "How remote a place is, it does not record."},
        ),
    ]
    far = {"seat_distance_code": "far", "setting_code": "rural_or_remote"}
    two = study(tmp_path, [(2, far), (3, far | {"source": "list-b"})], *lists)
    follows = "The list is of rural cases, so the distance follows in part from its definition."
    assert [text.count(follows) for text in said(two.by_distance())] == [0, 1]
    assert said(two.by_setting())[-1].endswith(
        "By its definition, the list of Two counts all three invented persons as rural. How remote a place "
        "is, it does not record."
    )


def test_beside_a_restricted_list_the_threats_of_a_public_one_are_still_said_of_murders(
    tmp_path: Path,
) -> None:
    lists = [facts("list-a", publisher="One"), facts("list-b", RESTRICTED, publisher="Two")]
    murder = {"death_type_code": "murder"}
    parts = [(30, murder | YES), (20, murder | NO), (60, {"source": "list-b"} | YES)]
    told = said(study(tmp_path, parts, *lists).threats())
    assert told[0].startswith(
        "Of the 50 murders on the list of One, the only deaths for which it gives an answer, threats "
        "had been reported before the killing in at least 30 (60 per cent)"
    )


def test_totals_that_differ_from_the_published_ones_are_told_with_both_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "key,measure,unit,population,period,value,citation,how_known,source,year_from,year_to"
    lines = [
        f"k{n},killings,victims,persons whom One counts,{y},{n},A book,read,list-a,{y},{y}"
        for n, y in ((2, 2020), (5, 2021))
    ]
    (tmp_path / "published.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
    parts = [(2, COL | {"event_year": 2020}), (3, COL | {"event_year": 2021})]
    made = study(tmp_path, parts, facts("list-a", is_demo=False))
    monkeypatch.setenv("HRD_REFERENCE", str(tmp_path))
    assert said(made.published()) == [
        "The totals counted here are of persons whom One counts: two in 2020; and three in 2021, where "
        "five are published."
    ]
    (tmp_path / "published.csv").write_text("\n".join([head, lines[0]]), encoding="utf-8")
    assert said(made.published()) == [
        "The totals counted here equal those published of persons whom One counts: two in 2020."
    ]
    assert [c.label for c in made.published().columns][2:] == [
        "Published",
        "Computed here",
        "Difference",
        "Citation, and how it is known",
    ]
    (tmp_path / "published.csv").write_text("\n".join([head, lines[1]]), encoding="utf-8")
    of_one_year = study(
        tmp_path / "one", parts, facts("list-a", is_demo=False), year_to=2020
    ).published()
    assert [c.label for c in of_one_year.columns][2:] == [
        "Published",
        "Citation, and how it is known",
    ]
    assert of_one_year.title == "Published totals"
