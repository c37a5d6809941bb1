"""Facts that are compared, and their levels, from the same to different, as SQL on prepared columns.

Each level has two declared shares: among pairs of rows that are one person, and among pairs that are
not. They hold for short lists, and weigh as much as ``model.DECLARED`` pairs where shares are learned.
The logarithm (base 2) of their ratio is the weight of the level.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Level(NamedTuple):
    """A level: words for the explanation, condition in SQL, shares among the same and the others."""

    words: str
    sql: str
    same: float
    others: float


# 4 the same word, 3 alike in sound, 2 one letter apart or an initial, 1 apart by a final a, e or o (Mario,
# María), in short words by any vowel (José, Josué), in a script that leaves vowels out by any letter: a
# slip, or a brother or sister. Names without any word in common are not looked at word by word, which
# would cost most of the time.
MACROS = (
    """CREATE OR REPLACE MACRO word_match(x, y) AS CASE WHEN x.w = y.w THEN 4
    WHEN list_contains(x.alike, y.w) THEN 3
    WHEN least(length(x.w), length(y.w)) = 1 AND x.w[1] = y.w[1] THEN 2
    WHEN regexp_replace(x.w, '[aeo]$', '') = regexp_replace(y.w, '[aeo]$', '') THEN 1
    WHEN least(length(x.w), length(y.w)) < 3 OR damerau_levenshtein(x.w, y.w) > 2 THEN 0
    WHEN damerau_levenshtein(x.w, y.w) = 2
        THEN CASE WHEN least(length(x.w), length(y.w)) >= 8 THEN 2 ELSE 0 END
    WHEN length(x.w) + length(y.w) < 7 THEN 0
    WHEN contains(x.w || y.w, '.') OR (least(length(x.w), length(y.w)) < 6
        AND regexp_replace(x.w, '[aeiouy]', '', 'g') = regexp_replace(y.w, '[aeiouy]', '', 'g'))
        THEN 1
    ELSE 2 END""",
    """CREATE OR REPLACE MACRO words_within(a, b) AS list_min(list_transform(a,
    lambda x: list_max(list_transform(b, lambda y: word_match(x, y)))))""",
    """CREATE OR REPLACE MACRO name_match(a, b) AS CASE
    WHEN len(a) = len(b) THEN least(words_within(a, b), words_within(b, a))
    WHEN least(len(a), len(b)) < 2 THEN 0
    WHEN len(a) < len(b) THEN words_within(a, b) ELSE words_within(b, a) END""",
)
_ANY = "list_has_any(name_alike_l, name_single_r)"
_MATCH = (
    f"CASE WHEN {_ANY} OR len(name_single_l) + len(name_single_r) = 2 "
    "THEN name_match(name_words_l, name_words_r) ELSE 0 END"
)


def _words_held(by: str) -> str:
    """SQL: all words of the shorter name stand in a column of the other; quicker than word by word."""
    in_r, in_l = (f"list_has_all({by}_{a}, name_single_{b})" for a, b in (("r", "l"), ("l", "r")))
    return (
        "CASE WHEN len(name_single_l) = len(name_single_r) "
        f"THEN {in_r} AND {in_l} WHEN least(len(name_single_l), len(name_single_r)) < 2 THEN false "
        f"WHEN len(name_single_l) < len(name_single_r) THEN {in_r} ELSE {in_l} END"
    )


_NO_WORD_RIGHT = (
    f"NOT {_ANY} AND least(length(name_joined_l), length(name_joined_r)) >= 9 "
    "AND abs(length(name_joined_l) - length(name_joined_r)) <= 2 "
    "AND damerau_levenshtein(name_joined_l, name_joined_r) <= 2"
)

NAME = (
    Level(
        "the same name, a common one",
        "name_folded_l = name_folded_r AND name_bearers_l >= 1",
        0.05,
        0.0002,
    ),
    Level("the same name", "name_folded_l = name_folded_r", 0.5, 0.00005),
    Level(
        "the same words in another order, or joined",
        "name_sorted_l = name_sorted_r OR name_joined_l = name_joined_r",
        0.06,
        0.00001,
    ),
    Level(
        "another form of the name (nickname, second name)",
        "list_has_any(name_forms_l, name_forms_r)",
        0.03,
        0.00002,
    ),
    Level("more words in one name", _words_held("name_single"), 0.14, 0.0001),
    Level("words alike in sound", _words_held("name_alike"), 0.1, 0.00015),
    Level(
        "other letters in a word, or an initial",
        f"{_MATCH} = 2 OR ({_NO_WORD_RIGHT})",
        0.06,
        0.0001,
    ),
    Level("a vowel other, as between brothers and sisters", f"{_MATCH} = 1", 0.02, 0.0005),
    Level("some words in common", _ANY, 0.05, 0.05),
    Level("other names", "ELSE", 0.01, 0.94944),
)
NOT_ONE_NAME = len(NAME) - 2  # this level and those after it never make a link
AS_SIBLINGS = (
    len(NAME) - 3
)  # makes a link only with the same day of birth, which siblings do not share
SAME_BIRTH = 2  # levels of the date of birth before this one are the same day


def _dates(column: str) -> tuple[Level, ...]:
    day_l, day_r = f"{column}_day_l", f"{column}_day_r"
    month, year = f"{column}_month", f"{column}_year"
    parts = " OR ".join(
        f"substr({day_l}, {start}, {length}) = substr({day_r}, {start}, {length})"
        for start, length in ((1, 7), (6, 5))
    )
    year_and_day = f"({year}_l = {year}_r AND substr({day_l}, 9, 2) = substr({day_r}, 9, 2))"
    is_open = f"({day_l} IS NULL OR {day_r} IS NULL)"
    no_month = f"({month}_l IS NULL OR {month}_r IS NULL)"
    near = f"abs({column}_number_l - {column}_number_r)"
    return (
        Level("the same day", f"{day_l} = {day_r}", 0.7, 0.0005),
        Level("day and month swapped", f"{day_l} = {column}_swapped_r", 0.03, 0.0003),
        Level("at most three days apart", f"{near} <= 3", 0.1, 0.003),
        Level(
            "the same month, the day not known", f"{is_open} AND {month}_l = {month}_r", 0.04, 0.008
        ),
        Level(
            "the same year, the month not known", f"{no_month} AND {year}_l = {year}_r", 0.03, 0.08
        ),
        Level("two of day, month and year the same", f"({parts} OR {year_and_day})", 0.05, 0.01),
        Level("the same year", f"{year}_l = {year}_r", 0.03, 0.1),
        Level("other years", "ELSE", 0.02, 0.7982),
    )


PLACE = (
    Level("the same place", "place_as_published_l = place_as_published_r", 0.6, 0.005),
    Level(
        "nearly the same name of the place",
        "jaro_winkler_similarity(place_as_published_l, place_as_published_r) >= 0.9",
        0.1,
        0.003,
    ),
    Level("the same first-level division", "admin1_l = admin1_r", 0.2, 0.05),
    Level(
        "the same State, the division not known",
        "state_iso3_l = state_iso3_r AND (admin1_l IS NULL OR admin1_r IS NULL)",
        0.05,
        0.2,
    ),
    Level("the same State, another division", "state_iso3_l = state_iso3_r", 0.04, 0.4),
    Level(
        "another place, the State not known",
        "state_iso3_l IS NULL OR state_iso3_r IS NULL",
        0.005,
        0.1,
    ),
    Level("another State", "ELSE", 0.005, 0.242),
)
AGE = (
    Level("the same age", "age_l = age_r", 0.75, 0.03),
    Level("ages one or two years apart", "abs(age_l - age_r) <= 2", 0.17, 0.1),
    Level("ages up to ten years apart", "abs(age_l - age_r) <= 10", 0.06, 0.32),
    Level("ages further apart", "ELSE", 0.02, 0.55),
)
SEX = (
    Level("the same sex as recorded", "sex_code_l = sex_code_r", 0.99, 0.75),
    Level("another sex as recorded", "ELSE", 0.01, 0.25),
)
ORGANIZATION = (
    Level("the same organization", "organization_l = organization_r", 0.5, 0.01),
    Level(
        "nearly the same organization",
        "jaro_winkler_similarity(organization_l, organization_r) >= 0.88",
        0.15,
        0.01,
    ),
    Level("another organization", "ELSE", 0.35, 0.98),
)
FACTS: dict[str, tuple[str, tuple[Level, ...]]] = {
    "name": ("name_folded_l IS NULL OR name_folded_r IS NULL", NAME),
    "event_date": ("event_date_year_l IS NULL OR event_date_year_r IS NULL", _dates("event_date")),
    "birth_date": ("birth_date_year_l IS NULL OR birth_date_year_r IS NULL", _dates("birth_date")),
    "place": (
        "coalesce(place_as_published_l, admin1_l, state_iso3_l) IS NULL OR "
        "coalesce(place_as_published_r, admin1_r, state_iso3_r) IS NULL",
        PLACE,
    ),
    "age": ("age_l IS NULL OR age_r IS NULL", AGE),
    "sex": ("sex_code_l IS NULL OR sex_code_r IS NULL", SEX),
    "organization": ("organization_l IS NULL OR organization_r IS NULL", ORGANIZATION),
}
HELD_BY = {
    "name": "name_folded",
    "event_date": "event_date_year",
    "birth_date": "birth_date_year",
    "place": "state_iso3",
    "age": "age",
    "sex": "sex_code",
    "organization": "organization",
}


def comparison(fact: str) -> dict[str, Any]:
    """The comparison of a fact as Splink reads it, with the declared shares."""
    empty, levels = FACTS[fact]
    return {
        "output_column_name": fact,
        "comparison_levels": [
            {"sql_condition": empty, "label_for_charts": "not known", "is_null_level": True},
            *(
                {
                    "sql_condition": level.sql,
                    "label_for_charts": level.words,
                    "m_probability": level.same,
                    "u_probability": level.others,
                }
                for level in levels
            ),
        ],
    }
