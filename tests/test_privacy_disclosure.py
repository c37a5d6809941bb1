"""No small group can be worked out: checked against every table that a reader could imagine."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdresearch.privacy.audit import Rule
from hrdresearch.privacy.disclosure import (
    Count,
    Decision,
    Ledger,
    filter_key,
    protect,
    retotal,
    unique_share,
)
from hrdresearch.privacy.policy import Policy
from hrdresearch.tables.select import select


def policy(smallest=5, base=1, secondary=True):
    return Policy(False, smallest, base, secondary, "state", "year", "invented list")


def frame_of(**cells):
    """One row a person: ``frame_of(MEX=3, COL=4)``, or ``MEX_2020=3`` with a year."""
    rows = []
    for key, number in cells.items():
        state, _, year = key.partition("_")
        rows += [(state, int(year or 2020))] * number
    frame = pd.DataFrame(rows, columns=["state_iso3", "event_year"])
    frame.index = [f"person {n}" for n in range(len(frame))]
    return frame


def counts_of(frame, **filters):
    out = []
    for name, filter_ in filters.items():
        members = frozenset(frame.index[select(frame, filter_)])
        out.append(Count(name, members, len(members), filter_))
    return out


def by_state(frame, states=("MEX", "COL", "BRA", "PER")):
    return counts_of(frame, total={}, **{s.lower(): {"state_iso3": s} for s in states})


def shown(decisions):
    return {name: d.value for name, d in decisions.items() if d.status == "shown"}


def test_an_exempt_list_is_shown_whole():
    exempt = Policy(True, 0, 1, False, "place", "day", "public by name")
    decisions = protect(by_state(frame_of(MEX=1, COL=2)), exempt)
    assert shown(decisions) == {"total": 3, "mex": 1, "col": 2, "bra": 0, "per": 0}


def test_a_small_count_is_suppressed_and_a_second_one_protects_it():
    decisions = protect(by_state(frame_of(MEX=3, COL=9, BRA=20)), policy())
    assert shown(decisions) == {"total": 32, "bra": 20, "per": 0}
    assert decisions["mex"] == Decision("suppressed", None, "small")
    assert decisions["col"] == Decision("suppressed", None, "protects")


def test_without_secondary_suppression_the_small_count_alone_is_suppressed():
    counts = by_state(frame_of(MEX=3, COL=9))
    loose = Policy(True, 5, 1, False, "state", "year", "public, small counts hidden")
    assert shown(protect(counts, loose)) == {"total": 12, "col": 9, "bra": 0, "per": 0}


def test_a_total_and_one_part_do_not_show_a_small_rest():
    frame = frame_of(MEX=18, COL=2)
    decisions = protect(counts_of(frame, total={}, mex={"state_iso3": "MEX"}), policy())
    assert shown(decisions) == {"total": 20}


def test_a_region_does_not_show_a_small_state_within_it():
    frame = frame_of(MEX=2, COL=30, BRA=40)
    both = {"region": {"state_iso3": ["MEX", "COL"]}, "col": {"state_iso3": "COL"}}
    decisions = protect(counts_of(frame, total={}, bra={"state_iso3": "BRA"}, **both), policy())
    assert not {"region", "col"} <= set(shown(decisions))
    assert not {"total", "bra", "col"} <= set(shown(decisions))


def test_what_was_published_before_is_taken_into_account():
    frame = frame_of(MEX=18, COL=2)
    ledger = Ledger("build-1")
    total = counts_of(frame, total={})
    ledger.add(total, protect(total, policy(), ledger))
    later = counts_of(frame, mex={"state_iso3": "MEX"})
    assert protect(later, policy(), ledger)["mex"] == Decision("suppressed", None, "protects")


def test_a_count_keeps_its_decision_in_a_later_finding():
    frame = frame_of(MEX=3, COL=9, BRA=20)
    ledger = Ledger("build-1")
    first = protect(by_state(frame), policy(), ledger)
    ledger.add(by_state(frame), first)
    again = Ledger.from_json(ledger.to_json())
    assert protect(by_state(frame), policy(), again) == first
    alone = counts_of(frame, other_name={"state_iso3": "COL"})
    assert protect(alone, policy(), again)["other_name"] == first["col"]


def test_a_small_change_since_an_earlier_edition_is_suppressed_and_not_recoverable():
    old, new = frame_of(MEX=20, COL=30, BRA=40), frame_of(MEX=22, COL=40, BRA=40)
    ledger = Ledger("build-1")
    ledger.add(by_state(old), protect(by_state(old), policy(), ledger))
    later = Ledger.from_json(ledger.to_json(), build_id="build-2")
    decisions = protect(by_state(new), policy(), later)
    assert decisions["mex"].why == "edition"
    assert len({"total", "col", "bra"} & set(shown(decisions))) < 3


def test_rounding_follows_suppression_and_never_prints_a_person_as_none():
    decisions = protect(by_state(frame_of(MEX=3, COL=13, BRA=21, PER=33)), policy(base=10))
    assert decisions["mex"].value is None and decisions["per"].value == 30
    assert protect(by_state(frame_of(MEX=4)), policy(3, 10))["mex"].value == 10


def test_a_total_of_rounded_cells_adds_up():
    parts = [Decision("shown", 10), Decision("shown", 25)]
    assert retotal(parts) == Decision("shown", 35)
    assert retotal([*parts, Decision("suppressed", None, "small")]).value is None


@pytest.mark.parametrize("base", [1, 3, 5, 10])
def test_the_interval_of_a_published_value_holds_the_true_one(base):
    rule = Rule(5, base)
    for size in [0, *range(5, 60)]:
        low, high = rule.interval(rule.publish(size))
        assert low <= size <= high
        assert all(rule.publish(n) == rule.publish(size) for n in range(low, high + 1))


def test_a_count_of_states_is_not_rounded_but_hidden_for_few_persons():
    many = Count("states", frozenset(map(str, range(40))), 3, {})
    few = Count("states", frozenset("ab"), 2, {})
    assert protect([many], policy(base=10))["states"] == Decision("shown", 3)
    assert protect([few], policy())["states"].value is None


def test_the_same_filter_has_one_key():
    assert filter_key({"a": ["x", "y"], "b": 1}) == filter_key({"b": 1, "a": ("y", "x")})
    assert filter_key({"a": ["x"]}) == filter_key({"a": "x"})


def test_share_of_unique_rows():
    frame = pd.DataFrame({"area": ["A", "A", "B", None], "sex": ["f", "f", "m", None]})
    assert unique_share(frame, ["area", "sex"]) == 0.5


TABLE = st.lists(st.integers(0, 7), min_size=4, max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 3), TABLE)
def test_no_imaginable_reader_pins_a_small_cell_of_a_two_way_table(width, cells):
    """Brute force: every table of counts that agrees with what is printed is written out."""
    smallest = 3
    cells = cells[: len(cells) // width * width]
    height = len(cells) // width
    rows = [
        (f"S{n // width:02}", 2000 + n % width)
        for n, size in enumerate(cells)
        for _ in range(size)
    ]
    frame = pd.DataFrame(rows, columns=["state_iso3", "event_year"])
    frame.index = [f"person {n}" for n in range(len(frame))]
    states = [f"S{r:02}" for r in range(height)]
    filters = {"total": {}}
    filters |= {f"r{r}": {"state_iso3": states[r]} for r in range(height)}
    filters |= {f"c{c}": {"event_year": 2000 + c} for c in range(width)}
    filters |= {
        f"r{r}c{c}": {"state_iso3": states[r], "event_year": 2000 + c}
        for r in range(height)
        for c in range(width)
    }
    counts = counts_of(frame, **filters)
    decisions = protect(counts, policy(smallest))
    tables = imaginable(cells, width, height, filters, decisions, smallest)
    assert tables, "the true table must be among them"
    for name in filters:
        size = len(next(count for count in counts if count.name == name).members)
        if 1 <= size < smallest:
            assert decisions[name].status == "suppressed"
            values = {value_of(name, table, width, height) for table in tables}
            assert len(values) > 1, f"{name} can be worked out"


def value_of(name, table, width, height):
    if name == "total":
        return sum(table)
    if name[0] == "c":
        return sum(table[int(name[1:]) :: width])
    row, _, column = name[1:].partition("c")
    line = table[int(row) * width : int(row) * width + width]
    return line[int(column)] if column else sum(line)


def imaginable(cells, width, height, filters, decisions, smallest):
    """All tables that fit what is printed; withheld cells are searched from 0 to 12."""
    ranges = []
    for n in range(len(cells)):
        made = decisions[f"r{n // width}c{n % width}"]
        if made.status == "shown":
            ranges.append([made.value])
        else:
            ranges.append(range(1, smallest) if made.why == "small" else range(1, 13))
    fitting = []
    for table in itertools.product(*ranges):
        for name in filters:
            made, value = decisions[name], value_of(name, table, width, height)
            if made.status == "shown" and value != made.value:
                break
            if made.why == "small" and not 1 <= value < smallest:
                break
            if made.why == "protects" and value < 1:
                break
        else:
            fitting.append(table)
    return fitting


@pytest.mark.real
def test_half_of_a_public_list_is_unique_without_names(real_data):
    path = real_data("gw_defenders") / "global_witness_led_22-09-22.csv"
    frame = pd.read_csv(path, dtype=str)
    frame["month"] = frame["date"].str[:7]
    share = unique_share(frame, ["local_region", "month", "gender", "person_characteristics"])
    assert round(share, 2) == 0.54
