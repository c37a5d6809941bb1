"""No small group can be worked out: checked against every table that a reader could imagine."""

import itertools
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdresearch.privacy import audit
from hrdresearch.privacy.audit import CountRule
from hrdresearch.privacy.disclosure import (
    Count,
    Decision,
    Ledger,
    filter_key,
    protect_counts,
    total_of_rounded,
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
    decisions = protect_counts(by_state(frame_of(MEX=1, COL=2)), exempt)
    assert shown(decisions) == {"total": 3, "mex": 1, "col": 2, "bra": 0, "per": 0}


def test_where_the_audit_gave_up_later_findings_of_the_run_are_withheld_without_asking_again(
    monkeypatch,
):
    monkeypatch.setattr(audit, "MOST_FAILURES", 0)
    ledger = Ledger()
    counts = by_state(frame_of(MEX=3, COL=9, BRA=20))
    gave_up = protect_counts(counts, policy(), ledger)
    monkeypatch.undo()
    assert shown(gave_up) == {} and ledger.is_spent
    assert protect_counts(counts, policy(), ledger) == gave_up
    harmless = by_state(frame_of(MEX=8, COL=9, BRA=20))
    assert shown(protect_counts(harmless, policy(), ledger))["mex"] == 8


def test_a_small_count_is_suppressed_and_a_second_one_protects_it():
    decisions = protect_counts(by_state(frame_of(MEX=3, COL=9, BRA=20)), policy())
    assert shown(decisions) == {"total": 32, "bra": 20, "per": 0}
    assert decisions["mex"] == Decision("suppressed", None, "small")
    assert decisions["col"] == Decision("suppressed", None, "protects")


def test_without_secondary_suppression_the_small_count_alone_is_suppressed():
    counts = by_state(frame_of(MEX=3, COL=9))
    loose = Policy(True, 5, 1, False, "state", "year", "public, small counts hidden")
    assert shown(protect_counts(counts, loose)) == {"total": 12, "col": 9, "bra": 0, "per": 0}


def test_a_total_and_one_part_do_not_show_a_small_rest():
    frame = frame_of(MEX=18, COL=2)
    decisions = protect_counts(counts_of(frame, total={}, mex={"state_iso3": "MEX"}), policy())
    assert shown(decisions) == {"total": 20}


def test_a_region_does_not_show_a_small_state_within_it():
    frame = frame_of(MEX=2, COL=30, BRA=40)
    both = {"region": {"state_iso3": ["MEX", "COL"]}, "col": {"state_iso3": "COL"}}
    decisions = protect_counts(
        counts_of(frame, total={}, bra={"state_iso3": "BRA"}, **both), policy()
    )
    assert not {"region", "col"} <= set(shown(decisions))
    assert not {"total", "bra", "col"} <= set(shown(decisions))


def test_what_was_published_before_is_taken_into_account():
    frame = frame_of(MEX=18, COL=2)
    ledger = Ledger("build-1")
    total = counts_of(frame, total={})
    ledger.add(total, protect_counts(total, policy(), ledger))
    later = counts_of(frame, mex={"state_iso3": "MEX"})
    assert protect_counts(later, policy(), ledger)["mex"] == Decision(
        "suppressed", None, "protects"
    )


def test_a_count_keeps_its_decision_in_a_later_finding():
    frame = frame_of(MEX=3, COL=9, BRA=20)
    ledger = Ledger("build-1")
    first = protect_counts(by_state(frame), policy(), ledger)
    ledger.add(by_state(frame), first)
    again = Ledger.from_json(ledger.to_json())
    assert protect_counts(by_state(frame), policy(), again) == first
    alone = counts_of(frame, other_name={"state_iso3": "COL"})
    assert protect_counts(alone, policy(), again)["other_name"] == first["col"]


def test_a_small_change_since_an_earlier_edition_is_suppressed_and_not_recoverable():
    old, new = frame_of(MEX=20, COL=30, BRA=40), frame_of(MEX=22, COL=40, BRA=40)
    ledger = Ledger("build-1")
    ledger.add(by_state(old), protect_counts(by_state(old), policy(), ledger))
    later = Ledger.from_json(ledger.to_json(), build_id="build-2")
    decisions = protect_counts(by_state(new), policy(), later)
    assert decisions["mex"].why == "edition"
    assert len({"total", "col", "bra"} & set(shown(decisions))) < 3


def test_tables_that_share_no_column_still_share_the_number_of_persons():
    """Two years of "fewer than 3" make at least two persons; one State of it, at most two."""
    frame = frame_of(MEX_2020=1, MEX_2021=1)
    filters = {"mex": {"state_iso3": "MEX"}, "col": {"state_iso3": "COL"}}
    filters |= {f"y{year}": {"event_year": year} for year in (2020, 2021)}
    decisions = protect_counts(counts_of(frame, **filters), policy(3))
    assert "small" not in {decisions["mex"].why, decisions["y2020"].why} or (
        sum(d.why == "small" for d in decisions.values()) < 3
    )


def test_when_the_audit_gives_up_more_is_withheld_never_less(monkeypatch):
    counts = by_state(frame_of(MEX=3, COL=9, BRA=20))
    monkeypatch.setattr(audit, "MOST_SOLUTIONS", 0)
    assert shown(protect_counts(counts, policy())) == {}
    monkeypatch.undo()
    monkeypatch.setattr("scipy.optimize.milp", lambda *a, **k: SimpleNamespace(x=None))
    assert shown(protect_counts(counts, policy())) == {}


def test_rounding_follows_suppression_and_never_prints_a_person_as_none():
    decisions = protect_counts(by_state(frame_of(MEX=3, COL=13, BRA=21, PER=33)), policy(base=10))
    assert decisions["mex"].value is None and decisions["per"].value == 30
    assert protect_counts(by_state(frame_of(MEX=4)), policy(3, 10))["mex"].value == 10


def test_a_total_of_rounded_cells_adds_up():
    parts = [Decision("shown", 10), Decision("shown", 25)]
    assert total_of_rounded(parts) == Decision("shown", 35)
    assert total_of_rounded([*parts, Decision("suppressed", None, "small")]).value is None


@pytest.mark.parametrize("base", [1, 3, 5, 10])
def test_the_interval_of_a_published_value_holds_the_true_one(base):
    rule = CountRule(5, base)
    for size in [0, *range(5, 60)]:
        low, high = rule.interval(rule.publish(size))
        assert low <= size <= high
        assert all(rule.publish(n) == rule.publish(size) for n in range(low, high + 1))


def test_a_count_of_states_is_not_rounded_but_hidden_for_few_persons():
    many = Count("states", frozenset(map(str, range(40))), 3, {})
    few = Count("states", frozenset("ab"), 2, {})
    assert protect_counts([many], policy(base=10))["states"] == Decision("shown", 3)
    assert protect_counts([few], policy())["states"].value is None


def test_the_same_filter_has_one_key():
    assert filter_key({"a": ["x", "y"], "b": 1}) == filter_key({"b": 1, "a": ("y", "x")})
    assert filter_key({"a": ["x"]}) == filter_key({"a": "x"})


def test_share_of_unique_rows():
    frame = pd.DataFrame({"area": ["A", "A", "B", None], "sex": ["f", "f", "m", None]})
    assert unique_share(frame, ["area", "sex"]) == 0.5


SHAPES = ((2, 2), (4, 1), (1, 4), (5, 1))
LARGEST_IMAGINED = 9


def grid(height, width, cells):
    """Persons in a table of States by years, and every filter one could ask of it."""
    sizes = {f"S{n // width:02}_{2000 + n % width}": size for n, size in enumerate(cells)}
    frame = frame_of(**sizes)
    states, years = [f"S{r:02}" for r in range(height)], [2000 + c for c in range(width)]
    filters = {"total": {}}
    filters |= {f"state{s}": {"state_iso3": s} for s in states if height > 1}
    filters |= {f"year{y}": {"event_year": y} for y in years if width > 1}
    filters |= {f"pair{s}": {"state_iso3": [s, t]} for s, t in itertools.pairwise(states)}
    filters |= {f"until{y}": {"event_year": {"to": y}} for y in years[:-1]}
    if height > 1 and width > 1:
        filters |= {
            f"cell{s}{y}": {"state_iso3": s, "event_year": y} for s in states for y in years
        }
    return frame, filters


def imagined(frame, height, width, counts, decisions, rule):
    """Every table with cells from 0 to 9 that agrees with what is printed; one row a table."""
    tables = np.array(list(itertools.product(range(LARGEST_IMAGINED + 1), repeat=height * width)))
    for count in counts:
        made, values = decisions[count.name], tables @ mask_of(count, height, width)
        if made.status == "shown":
            low, high = rule.interval(made.value)
            tables = tables[(values >= low) & (values <= high)]
        elif made.why == "small":
            tables = tables[(values >= 1) & (values < rule.smallest)]
        elif made.why == "protects":
            tables = tables[values >= 1]
    return tables


def mask_of(count, height, width):
    cells = pd.DataFrame(
        [(f"S{r:02}", 2000 + c) for r in range(height) for c in range(width)],
        columns=["state_iso3", "event_year"],
    )
    return select(cells, count.filter).to_numpy().astype(int)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_imaginable_reader_works_out_a_small_group(data):
    """Brute force, independent of the audit: all tables that agree with the page are written out.

    Counts are asked for in two findings, the second of which knows the first from the ledger.
    """
    height, width = data.draw(st.sampled_from(SHAPES))
    cells = data.draw(st.lists(st.integers(0, 5), min_size=height * width, max_size=height * width))
    base = data.draw(st.sampled_from([1, 1, 3]))
    frame, filters = grid(height, width, cells)
    stages = st.sampled_from([0, 1, 1, 2])  # tables by State and year come first: they name these
    first = ("state", "year")
    asked = {n: 1 if n.startswith(first) else data.draw(stages, label=n) for n in filters}
    ledger, decisions, counts = Ledger("build-1"), {}, []
    for stage in (1, 2):
        part = counts_of(frame, **{n: f for n, f in filters.items() if asked[n] == stage})
        made = protect_counts(part, policy(3, base), ledger)
        ledger.add(part, made)
        decisions, counts = decisions | made, counts + part
    rule = CountRule(3, base)
    tables = imagined(frame, height, width, counts, decisions, rule)
    assert len(tables), "the true table must be among them"
    for count in counts:
        if rule.is_small(len(count.members)):
            assert decisions[count.name].status == "suppressed"
            values = set(tables @ mask_of(count, height, width))
            assert len(values) > 1, f"{count.name} can be worked out"
    for one, other in itertools.permutations(counts, 2):
        if one.members < other.members and decisions[other.name].why != "small":
            inside = mask_of(other, height, width) - mask_of(one, height, width)
            rest = len(other.members) - len(one.members)
            if rule.is_small(rest) and (inside >= 0).all():
                assert len(set(tables @ inside)) > 1, f"{other.name} - {one.name} is worked out"


@pytest.mark.real
def test_half_of_a_public_list_is_unique_without_names(real_data):
    path = real_data("gw_defenders") / "global_witness_led_22-09-22.csv"
    frame = pd.read_csv(path, dtype=str)
    frame["month"] = frame["date"].str[:7]
    share = unique_share(frame, ["local_region", "month", "gender", "person_characteristics"])
    assert round(share, 2) == 0.54
