"""Facts that are compared, and the levels of each, from "the same" to "different".

Each level has two declared shares: among pairs of rows that are one person, and among pairs that are
not. Short lists use the declared shares; in longer lists, where shares are learned, they count as
``model.DECLARED`` pairs. The weight of a level is the logarithm (base 2) of the ratio of its shares.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

from hrdresearch.linkage.persons.key_groups import Ints
from hrdresearch.linkage.persons.name_levels import Truth, name_levels
from hrdresearch.linkage.persons.prepare import Dates, Rows, Values


class Level(NamedTuple):
    """A level of a fact.

    words: for the explanation. same: its share among pairs of one person. others: among other pairs.
    """

    words: str
    same: float
    others: float


Reached = tuple[list[Truth], Truth]  # of each level but the last; whether the fact is not known


NAME = (
    Level("the same name, a common one", 0.05, 0.0002),
    Level("the same name", 0.5, 0.00005),
    Level("the same words in another order, or joined", 0.06, 0.00001),
    Level("another form of the name (nickname, second name)", 0.03, 0.00002),
    Level("more words in one name", 0.14, 0.0001),
    Level("words alike in sound", 0.1, 0.00015),
    Level("other letters in a word, or an initial", 0.06, 0.0001),
    Level("a vowel other, as between brothers and sisters", 0.02, 0.0005),
    Level("some words in common", 0.05, 0.05),
    Level("other names", 0.01, 0.94944),
)
NOT_ONE_NAME = len(NAME) - 2  # this level and those after it never make a link
AS_SIBLINGS = (
    len(NAME) - 3
)  # makes a link only with the same day of birth, which siblings do not share
ONE_NAME = 4  # levels of the name before this one hold the same words, or a form of the name
SAME_BIRTH = 2  # levels of the date of birth before this one are the same day
DATES = (
    Level("the same day", 0.7, 0.0005),
    Level("day and month swapped", 0.03, 0.0003),
    Level("at most three days apart", 0.1, 0.003),
    Level("the same month, the day not known", 0.04, 0.008),
    Level("the same year, the month not known", 0.03, 0.08),
    Level("two of day, month and year the same", 0.05, 0.01),
    Level("the same year", 0.03, 0.1),
    Level("other years", 0.02, 0.7982),
)
PLACE = (
    Level("the same place", 0.6, 0.005),
    Level("nearly the same name of the place", 0.1, 0.003),
    Level("the same first-level division", 0.2, 0.05),
    Level("the same State, the division not known", 0.05, 0.2),
    Level("the same State, another division", 0.04, 0.4),
    Level("another place, the State not known", 0.005, 0.1),
    Level("another State", 0.005, 0.242),
)
AGE = (
    Level("the same age", 0.75, 0.03),
    Level("ages one or two years apart", 0.17, 0.1),
    Level("ages up to ten years apart", 0.06, 0.32),
    Level("ages further apart", 0.02, 0.55),
)
SEX = (
    Level("the same sex as recorded", 0.99, 0.75),
    Level("another sex as recorded", 0.01, 0.25),
)
ORGANIZATION = (
    Level("the same organization", 0.5, 0.01),
    Level("nearly the same organization", 0.15, 0.01),
    Level("another organization", 0.35, 0.98),
)


def _names(rows: Rows, left: Ints, right: Ints) -> Reached:
    return name_levels(rows.names, left, right)


def _days(dates: Dates, left: Ints, right: Ints) -> Reached:
    day, month, year, _, number = (part[left] for part in dates)
    day_r, month_r, year_r, swapped_r, number_r = (part[right] for part in dates)
    has_days, has_months = (day > 0) & (day_r > 0), (month > 0) & (month_r > 0)
    is_year = year == year_r
    two_of_three = (month == month_r) | (day % 10_000 == day_r % 10_000)
    two_of_three |= is_year & (day % 100 == day_r % 100)
    reached = [
        has_days & (day == day_r),
        has_days & (day == swapped_r),
        np.abs(number - number_r) <= 3,
        ~has_days & has_months & (month == month_r),
        ~has_months & is_year,
        has_days & two_of_three,
        is_year,
    ]
    return reached, (year == 0) | (year_r == 0)


def _event(rows: Rows, left: Ints, right: Ints) -> Reached:
    return _days(rows.event_date, left, right)


def _birth(rows: Rows, left: Ints, right: Ints) -> Reached:
    return _days(rows.birth_date, left, right)


def _place(rows: Rows, left: Ints, right: Ints) -> Reached:
    is_same, is_near, _ = _texts(rows.place_as_published, left, right, 0.9)
    (admin, state), (admin_r, state_r) = (
        (rows.admin1.numbers[side], rows.state_iso3.numbers[side]) for side in (left, right)
    )
    has_state, has_admin = (state >= 0) & (state_r >= 0), (admin >= 0) & (admin_r >= 0)
    is_state = has_state & (state == state_r)
    reached = [is_same, is_near, has_admin & (admin == admin_r), is_state & ~has_admin, is_state]
    place = rows.place_as_published.numbers
    nowhere = [
        (place[side] < 0) & (rows.admin1.numbers[side] < 0) & (rows.state_iso3.numbers[side] < 0)
        for side in (left, right)
    ]
    return [*reached, ~has_state], nowhere[0] | nowhere[1]


def _age(rows: Rows, left: Ints, right: Ints) -> Reached:
    apart = np.abs(rows.age[left] - rows.age[right])
    return [apart == 0, apart <= 2, apart <= 10], np.isnan(apart)


def _sex(rows: Rows, left: Ints, right: Ints) -> Reached:
    one, other = rows.sex_code.numbers[left], rows.sex_code.numbers[right]
    return [one == other], (one < 0) | (other < 0)


def _organization(rows: Rows, left: Ints, right: Ints) -> Reached:
    is_same, is_near, is_open = _texts(rows.organization, left, right, 0.88)
    return [is_same, is_near], is_open


def _texts(held: Values, left: Ints, right: Ints, least: float) -> tuple[Truth, Truth, Truth]:
    """Whether texts are the same, are alike (Jaro and Winkler), and whether one is not known."""
    one, other = held.numbers[left], held.numbers[right]
    is_open = (one < 0) | (other < 0)
    is_same = ~is_open & (one == other)
    at = np.flatnonzero(~is_open & ~is_same)
    codes, place = np.unique(one[at].astype(np.int64) << 32 | other[at], return_inverse=True)
    x, y = (held.texts[end] for end in (codes >> 32, codes & (2**32 - 1)))
    is_near = np.zeros(len(left), dtype=bool)
    alike = cpdist(x, y, scorer=JaroWinkler.similarity, score_cutoff=least, dtype=np.float64)
    is_near[at] = (alike >= least)[place]
    return is_same, is_near, is_open


FACTS: dict[str, tuple[Callable[[Rows, Ints, Ints], Reached], tuple[Level, ...]]] = {
    "name": (_names, NAME),
    "event_date": (_event, DATES),
    "birth_date": (_birth, DATES),
    "place": (_place, PLACE),
    "age": (_age, AGE),
    "sex": (_sex, SEX),
    "organization": (_organization, ORGANIZATION),
}


def levels_of_fact(fact: str, rows: Rows, left: Ints, right: Ints) -> NDArray[np.int8]:
    """Level of a fact in each pair of rows, by its number in ``FACTS``.

    left, right: numbers of the rows of each pair. A fact that is not known gets the number after the last.
    """
    compare, levels = FACTS[fact]
    reached, is_open = compare(rows, left, right)
    found = np.full(len(left), len(levels) - 1, dtype=np.int8)
    for number in reversed(range(len(reached))):
        found[reached[number]] = number
    found[is_open] = len(levels)
    return found


def known_facts(rows: Rows) -> list[str]:
    """Facts that at least one row holds; the name is always among them."""
    held = {
        "event_date": rows.event_date.year > 0,
        "birth_date": rows.birth_date.year > 0,
        "place": rows.state_iso3.numbers >= 0,
        "age": ~np.isnan(rows.age),
        "sex": rows.sex_code.numbers >= 0,
        "organization": rows.organization.numbers >= 0,
    }
    return [fact for fact in FACTS if fact == "name" or held[fact].any()]
