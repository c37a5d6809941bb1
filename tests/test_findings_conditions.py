"""Conditions on claims: a small grammar, in which "not known" is never "no"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.findings.conditions import (
    ConditionError,
    claim_names_in_condition,
    condition_holds,
)
from hrdresearch.findings.model import Claim


def claim(name: str, value: float | str | None, status: str = "shown") -> Claim:
    return Claim(name, value, "victim", None, str(value), "a definition", status=status)


CLAIMS = {
    made.name: made
    for made in (
        claim("a.two", 2),
        claim("a.share", 12.4),
        claim("by_source.list_a.two", 20),
        claim("by_source.list_a.victims", 7),
        claim("by_source.list_b.two", None, "suppressed"),
        claim("by_state_year.mex.2021", 3),
        claim("android.x", 1),
        claim("few.x", None, "suppressed"),
        claim("none.x", None, "not_computable"),
        claim("params.state_name", "Mexico"),
    )
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("a.two > 1", True),
        ("a.two>=2", True),
        ("a.two < 2", False),
        ("a.two <= 2", True),
        ("a.two = 2", True),
        ("a.two != 2", False),
        ("a.two > -1.5", True),
        ("a.share > a.two", True),
        ("by_state_year.mex.2021 = 3", True),
        ("android.x = 1 and not a.two = 3", True),
        ("a.two = 1 or a.two = 2 and a.share > 90", False),
        ("(a.two = 2 or a.two = 1) and a.share < 90", True),
        ("not a.two = 2 or a.two = 2", True),
        ("missing.x > 1", None),
        ("few.x > 1", None),
        ("none.x < 1", None),
        ("a.two > few.x", None),
        ("not few.x > 1", None),
        ("few.x > 1 and a.two = 2", None),
        ("few.x > 1 and a.two = 3", False),
        ("few.x > 1 or a.two = 2", True),
        ("few.x > 1 or a.two = 3", None),
    ],
)
def test_a_condition_holds_does_not_hold_or_is_not_known(
    condition: str, expected: bool | None
) -> None:
    assert condition_holds(condition, CLAIMS) is expected


@pytest.mark.parametrize(
    ("prefix", "condition", "expected"),
    [
        ("by_source.list_a.", "a.two > 2", False),  # only the bare name is there
        ("by_source.list_a.", "two > 2", True),
        ("by_source.list_a.", "extent.victims = 7", True),
        ("by_source.list_b.", "two > 2 or a.two = 3", None),
        ("", "two > 2", None),
    ],
)
def test_names_are_looked_up_in_one_list_first(
    prefix: str, condition: str, expected: bool | None
) -> None:
    assert condition_holds(condition, CLAIMS, prefix) is expected


def test_a_number_of_the_list_that_is_suppressed_is_not_replaced_by_one_without_its_prefix() -> (
    None
):
    claims = {**CLAIMS, "two": claim("two", 5)}

    assert condition_holds("two > 2", claims, "by_source.list_b.") is None
    assert condition_holds("two > 2", claims, "by_source.list_c.") is True


@pytest.mark.parametrize(
    ("condition", "place"),
    [
        ("", "ends too early"),
        ("a.two >", "ends too early"),
        ("a.two > 1 and", "ends too early"),
        ("(a.two > 1", "ends too early"),
        ("a.two => 1", r"at sign 8, '> 1'"),
        ("a.two == 1", r"at sign 8, '= 1'"),
        ("a.two > 1 a.two", r"at sign 11, 'a.two'"),
        ("1 < a.two", r"at sign 1, '1 < a.two'"),
        ("1 < a.two < 3", r"at sign 1,"),
        ("a.two < 3 < 4", r"at sign 11,"),
        ("a.two > 1,000", r"at sign 9, '1,000'"),
        ("a.two > 10%", r"at sign 11, '%'"),
        ("A.Two > 1", r"at sign 1,"),
        ("__import__('os').system('x')", r"at sign 11,"),
        ("and > 1", r"at sign 1,"),
    ],
)
def test_a_condition_that_cannot_be_read_names_the_place(condition: str, place: str) -> None:
    with pytest.raises(ConditionError, match=place):
        condition_holds(condition, CLAIMS)
    with pytest.raises(ConditionError, match=place):
        claim_names_in_condition(condition)


def test_a_text_is_not_compared() -> None:
    with pytest.raises(ConditionError, match=r"'params\.state_name' \(sign 16\) is a text"):
        condition_holds("a.two = 2 and (params.state_name > 3)", CLAIMS)


def test_names_stand_in_their_order_each_once() -> None:
    assert claim_names_in_condition("b.x > a.y and not (b.x = 1 or c = 2)") == ("b.x", "a.y", "c")


LEAVES = {"a.two = 2": True, "a.two = 3": False, "few.x = 1": None}
Answered = tuple[str, bool | None]


def joined(inner: st.SearchStrategy[Answered]) -> st.SearchStrategy[Answered]:
    def both(pair: tuple[Answered, Answered]) -> Answered:
        answers = {pair[0][1], pair[1][1]}
        answer = False if False in answers else None if None in answers else True
        return f"({pair[0][0]}) and ({pair[1][0]})", answer

    def negated(one: Answered) -> Answered:
        return f"not ({one[0]})", None if one[1] is None else not one[1]

    def either(pair: tuple[Answered, Answered]) -> Answered:
        return f"({pair[0][0]}) or ({pair[1][0]})", negated(
            both((negated(pair[0]), negated(pair[1])))
        )[1]

    pairs = st.tuples(inner, inner)
    return st.one_of(pairs.map(both), pairs.map(either), inner.map(negated))


@given(st.recursive(st.sampled_from(list(LEAVES.items())), joined, max_leaves=12))
def test_any_condition_is_answered_by_logic_with_three_values(made: Answered) -> None:
    condition, expected = made

    assert condition_holds(condition, CLAIMS) is expected


@given(st.text(alphabet="ab. ()<>=!0123456789notandor_-,", max_size=60))
def test_any_text_is_a_condition_or_is_refused_with_its_place(text: str) -> None:
    try:
        assert claim_names_in_condition(text)
    except ConditionError as error:
        assert "sign" in str(error) or "ends too early" in str(error)


def test_a_long_chain_is_answered() -> None:
    assert condition_holds("not " * 5001 + "a.two = 2", CLAIMS) is False
    assert condition_holds(" and ".join(["a.two = 2"] * 5000), CLAIMS) is True
