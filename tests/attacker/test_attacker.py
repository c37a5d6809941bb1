"""Two attackers read what leaves of a restricted list; they find the holes of earlier rules.

The bench (benchmarks/attack_releases.py) does the same with 200 histories.
"""

from __future__ import annotations

import pytest
from attacks import attack_as_insider, attack_as_reader
from cell_words import counted
from invented_lists import History, invent_history, invent_withdrawal
from printed_by_rules import AT_ONCE, FREE, NEAREST, PLAN, SUPPRESSED
from reader import attributes_of_changed, small_groups


@pytest.fixture(scope="module")
def histories() -> list[History]:
    return [invent_history(rows, seed) for rows in (40, 200) for seed in range(5)]


def test_the_reader_of_the_plan_finds_no_small_group_and_no_attribute(histories):
    found, attributes = attack_as_reader(PLAN, histories)
    assert found.groups > 50
    assert found.exact == []
    assert attributes == 0


def test_the_insider_learns_hardly_anything_from_the_plan(histories):
    found = attack_as_insider(PLAN, histories)
    assert found.learnt <= 1
    assert found.wrongly_sure <= 1


def test_the_insider_reads_deterministic_rounding(histories):
    assert attack_as_insider(NEAREST, histories).learnt >= 3


def test_the_reader_works_out_exact_counts_that_are_only_withheld_below_5():
    history = invent_history(40, 1)
    editions = SUPPRESSED.editions(history.lists)[:1]
    found = small_groups(editions, history.lists[:1], history.own, SUPPRESSED)
    assert len(found.exact) > 10


def test_the_reader_works_out_groups_from_free_scopes_though_rounded():
    history = invent_history(40, 1)
    found = small_groups(FREE.editions(history.lists[:1]), history.lists[:1], history.own, FREE)
    assert len(found.exact) > 5


def test_the_reader_sees_who_went_where_figures_change_at_once():
    found = 0
    for seed in range(6):
        lists, target = invent_withdrawal(200, seed)
        own = lists[1].iloc[:7]
        found += len(attributes_of_changed(AT_ONCE.editions(lists), target, own, AT_ONCE))
    assert found >= 3


def test_cells_count_what_their_names_say():
    rows = invent_history(40, 1).lists[0]
    names = [";", "MEX;", ";sex_code=female", ";event_year=2020-2021", "MEX;cause_codes=corruption"]
    in_mexico = rows["state_iso3"] == "MEX"
    years = rows["event_year"].astype(int)
    assert counted(names, rows).tolist() == [
        len(rows),
        in_mexico.sum(),
        (rows["sex_code"] == "female").sum(),
        years.between(2020, 2021).sum(),
        (in_mexico & rows["cause_codes"].str.contains("corruption")).sum(),
    ]
