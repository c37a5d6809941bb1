"""Threats, accountability and the link with the work by groups, on invented rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from study_builds import RESTRICTED, facts, make_build

from hrdresearch.findings import Finding
from hrdresearch.findings.prose import fill_in_statement, names_for_prose, plain_text
from hrdresearch.run.files import write_json
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
    return [plain_text(fill_in_statement(s, names, finding.name)) for s in finding.statements]


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
    assert printed(finding)[:3] == [
        ["State or territory", "Brazil", "40", "6", "15"],
        ["State or territory", "Colombia", "30", "20", "67"],
        ["Sex or gender", "Male", "99", "55", "56"],
    ]
    assert said(finding) == [
        "How often threats had been reported before the killing is given, on the list of Nobody, "
        "for groups of 30 or more cases in which the answer is known. By State or territory, the "
        "numbers are six of 40 (15 per cent) in Brazil and 20 of 30 (67 per cent) in Colombia. By "
        "sex or gender, one group is as large: 55 of 99 (56 per cent) for “male”. By period, one "
        "group is as large: 55 of 99 (56 per cent) in 2020."
    ]


def test_many_groups_are_told_by_what_all_but_one_reach_or_by_both_ends(tmp_path: Path) -> None:
    states = [
        ("BRA", 76, 12),
        ("COL", 170, 24),
        ("GTM", 320, 25),
        ("HND", 340, 27),
        ("MEX", 484, 29),
    ]
    parts = [
        (
            n if code == "complete" else 30 - n,
            {"state_iso3": s, "state_m49": m, "impunity_code": code},
        )
        for s, m, n in states
        for code in ("complete", "partial")
    ]
    (text,) = said(study(tmp_path, parts).impunity_by_group())
    assert (
        "By State or territory, the share is at least 80 per cent in each of the five groups but "
        "one, 12 of 30 (40 per cent) in Brazil." in text
    )
    parts = [
        (n if code == "yes" else 30 - n, {"state_iso3": s, "state_m49": m, "threats_before": code})
        for (s, m, _), n in zip(states, (3, 4, 5, 6, 7), strict=True)
        for code in ("yes", "no")
    ]
    (text,) = said(study(tmp_path / "threats", parts).threats_by_group())
    assert (
        "By State or territory, the numbers run from three of 30 (10 per cent) in Brazil to seven "
        "of 30 (23 per cent) in Mexico." in text
    )


def test_impunity_is_counted_over_murders_where_the_list_tells_them(tmp_path: Path) -> None:
    murder = {"death_type_code": "murder", "perpetrator_codes": "not_recorded"}
    parts = [(30, murder | {"impunity_code": "complete"}), (5, {"impunity_code": "complete"})]
    parts += [(1, murder | {"impunity_code": "full_justice", "perpetrator_codes": "police"})]
    rows = printed(study(tmp_path, parts).impunity_by_group())
    assert rows[0] == ["State or territory", "Colombia", "31", "30", "97"]
    assert rows[1] == ["Kind of alleged perpetrator", "Where none is given", "30", "30", "100"]


def test_groups_recorded_only_where_the_fact_is_so_are_left_out_with_the_reason(
    tmp_path: Path,
) -> None:
    open_ = {"sex_code": "not_recorded", "motive_link_code": "suspected"}
    finding = study(tmp_path, [(40, {"sex_code": "female"}), (20, open_)]).motive_link_by_group()
    assert [row[0] for row in printed(finding)] == ["State or territory", "Period"]
    assert any(
        "no groups by sex or gender; these are recorded for fewer" in n for n in finding.notes
    )


def test_a_list_without_a_group_that_is_large_enough_says_so(tmp_path: Path) -> None:
    finding = study(tmp_path, [(5, YES)]).threats_by_group()
    assert (finding.rows, said(finding)) == (
        (),
        [
            "On the list of Nobody no group holds 30 or more cases in which the answer is known, "
            "so none is named."
        ],
    )


def test_a_list_that_does_not_ask_has_neither_rows_nor_sentences(tmp_path: Path) -> None:
    silent = facts("list-a", asked=["sex_code"])
    finding = study(tmp_path, [(40, COL)], silent).threats_by_group()
    assert (finding.rows, finding.statements) == ((), ())


def test_groups_of_a_restricted_list_have_fifty_cases_and_no_small_rest(tmp_path: Path) -> None:
    restricted = facts("list-a", RESTRICTED)
    parts = [(48, COL | YES), (4, COL | NO), (40, BRA | YES), (9, BRA | NO)]
    finding = study(tmp_path, parts, restricted).threats_by_group()
    shown = {c.name: c.value for c in finding.claims if c.status == "shown"}
    assert not [name for name in shown if ".bra." in name]
    known, yes = (shown.get(f"threats_by_group.state.col.{k}") for k in ("known", "yes"))
    assert known is None or yes is None or known == yes or known - yes >= 5


def test_a_brief_on_one_state_has_no_groups_by_state_and_periods_hold_covered_years_only(
    tmp_path: Path,
) -> None:
    covered = facts("list-a", covers={"years": {"from": 2013, "to": 2016}})
    parts = [(30, COL | YES | {"event_year": y}) for y in (2013, 2014, 2016, 2017)]
    brief = study(tmp_path, parts, covered, state="COL")
    finding = brief.threats_by_group()
    assert [row[:3] for row in printed(finding)] == [
        ["Sex or gender", "Male", "120"],
        ["Period", "2013–2014", "60"],
        ["Period", "2015–2016", "30"],
    ]
    assert recount_problems(brief.build, {c.name: asdict(c) for c in finding.claims}) == []


def test_place_and_basis_are_told_in_plain_sentences(tmp_path: Path) -> None:
    asked = ["admin1_name", "defender_basis_code"]
    lists = [
        facts("list-a", asked=asked, publisher="The One"),
        facts(
            "list-b",
            asked=["admin1_name"],
            publisher="The Other",
            recording={"defender_basis_code": "by_definition"},
        ),
    ]
    leader = {"source": "list-b", "admin1_name": "Cauca", "defender_basis_code": "recorded_leader"}
    two = study(tmp_path, [(2, {"admin1_name": "Cauca"}), (3, COL), (2, leader)], *lists)
    assert said(two.place()) == [
        "Of the five invented persons on the list of The One, two are placed in a first-level "
        "division; for the other three none is read, though the list may name a place.",
        "For each of the two invented persons on the list of The Other a first-level division is "
        "read.",
    ]
    assert said(two.by_defender_basis())[1] == (
        "By its own definition, the list of The Other counts every one of its two cases as a leader."
    )


def test_names_on_two_lists_are_told_for_every_state(tmp_path: Path) -> None:
    lists = [facts("list-a", publisher="One"), facts("list-b", publisher="Two")]
    two = study(tmp_path, [(1, COL), (1, BRA | {"source": "list-b"})], *lists)
    pair = {"a": "list-a", "b": "list-b", "names_a": 9, "names_b": 8}
    found = [pair | {"state_iso3": "BRA", "shared": 6}, pair | {"state_iso3": "COL", "shared": 7}]
    write_json(two.build.folder / "overlap.json", found)
    assert [row[1] for row in printed(two.overlap())] == ["Brazil", "Colombia"]
    assert said(two.overlap()) == [
        "At least six names in Brazil stand both on the list of One and on that of Two; at least "
        "seven names in Colombia stand both on the list of One and on that of Two."
    ]
