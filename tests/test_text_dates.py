"""Dates of a text: what they say, how they say it, and the day that they mean."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.text import LANGUAGES, nlp
from hrdresearch.text.dates import PRECISIONS, Day, resolve_date
from hrdresearch.text.fold import fold_word
from hrdresearch.vocab import vocabulary

MONDAY = dt.date(2021, 3, 8)


def dates_of(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    doc = nlp(language)(text)
    return [(span.text, span.label_, span.id_) for span in doc.spans["dates"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "On Friday, 26 February 2021; on March 3rd",
            [
                ("Friday, 26 February 2021", "explicit", "2021-02-26"),
                ("March 3rd", "explicit", "--03-03"),
            ],
        ),
        ("He may go in May", [("in May", "explicit", "--05")]),
        ("a week ago today", [("a week ago today", "relative", "P7D")]),
        ("two months ago", [("two months ago", "relative", "P2M")]),
        ("late on Tuesday", [("on Tuesday", "weekday", "-W-2")]),
        ("a reader of Daily Today", []),
        ("in 2019, 2000 people, $2000", [("2019", "year", "2019")]),
        ("05/11/2019 and 25.11.2019", [
            ("05/11/2019", "year", "2019"),
            ("25.11.2019", "explicit", "2019-11-25"),
        ]),
        ("31 February 2020", [("31 February 2020", "explicit", "2020-02")]),
        ("resolution A/HRC/RES/2020", []),
    ],
)  # fmt: skip
def test_dates_are_found_with_their_kind_and_value(
    text: str, found: list[tuple[str, str, str]]
) -> None:
    assert dates_of(text) == found


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("es", "el 3 de mayo de 2018", "2018-05-03"),
        ("fr", "le 1er août 2018", "2018-08-01"),
        ("pt", "em 3 de março de 2020", "2020-03-03"),
        ("ru", "3 мая 2020 года", "2020-05-03"),
        ("ar", "في ٣ أيار ٢٠٢٠", "2020-05-03"),
        ("zh", "2020-05-03", "2020-05-03"),
        ("zh", "警方于2015年7月9日拘留了他", "2015-07-09"),
        ("zh", "在2015年 7月被捕", "2015-07"),
        ("zh", "7月9日", "--07-09"),
        ("zh", "在2015年", "2015"),
        ("uk", "9 липня 2015 року", "2015-07-09"),
        ("uk", "у грудні 2015", "2015-12"),
        ("be", "9 ліпеня 2015 года", "2015-07-09"),
        ("de", "am 9. Juli 2015", "2015-07-09"),
        ("de", "im März 2015", "2015-03"),
        ("tr", "9 Temmuz 2015'te", "2015-07-09"),
        ("tr", "31 ARALIK 2015", "2015-12-31"),
        ("vi", "ngày 9 tháng 7 năm 2015", "2015-07-09"),
        ("vi", "tháng mười hai năm 2015", "2015-12"),
        ("fa", "۹ ژوئیه ۲۰۱۵", "2015-07-09"),
        ("fa", "۱۸ تیر ۱۳۹۴", "2015-07-09"),
        ("ar", "في 5 كانون  الثاني 2018.", "2018-01-05"),
        ("xx", "Он арестован 9 июля 2015 года", "2015-07-09"),
        ("xx", "ngày 9 tháng 7 năm 2015", "2015-07-09"),
    ],
)
def test_days_are_read_in_the_languages_whose_months_are_known(
    language: str, text: str, value: str
) -> None:
    assert [found[2] for found in dates_of(text, language)] == [value]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_stop_or_a_comma_behind_a_date_is_no_part_of_it(language: str) -> None:
    texts = ("2018-04-05.", "2018-04-05, 2019.")
    assert [[s[0] for s in dates_of(text, language)] for text in texts] == [
        ["2018-04-05"],
        ["2018-04-05", "2019"],
    ]
    assert [s[0] for s in dates_of("5 أبريل 2018.", "ar")] == ["5 أبريل 2018"]


@pytest.mark.parametrize(
    "text", ["Article 3 may not be read", "20 out of 30", "5 set free", "In section 5. May he go"]
)
def test_words_that_look_like_months_elsewhere_are_no_months_in_a_text_of_any_language(
    text: str,
) -> None:
    assert dates_of(text, "xx") == []


def test_no_name_of_a_month_means_two_months() -> None:
    listed = vocabulary("date_words")["months"].values()
    numbers: dict[str, set[int]] = {}
    for months in listed:
        for number, names in enumerate(months, start=1):
            for name in names:
                numbers.setdefault(fold_word(name), set()).add(number)
    assert {name for name, found in numbers.items() if len(found) > 1} == set()


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-02", Day("2021-02", "month")),
        ("--12-30", Day("2020-12-30", "day")),
        ("--02-29", Day("2020-02-29", "day")),
        ("--03", Day("2021-03", "month")),
        ("-W-5", Day("2021-03-05", "day")),
        ("-W-1", Day("2021-03-08", "day")),
        ("P1D", Day("2021-03-07", "day")),
        ("P1W", Day("2021-03", "month")),
        ("P3M", Day("2020-12", "month")),
        ("P2Y", Day("2019", "year")),
        ("2020-06-04/2020-06-09", Day("2020-06", "month")),
        ("2020-04/2020-09", Day("2020", "year")),
        ("2018-06/2020-01", Day()),
    ],
)
def test_a_value_means_the_last_such_day_before_publication(value: str, day: Day) -> None:
    assert resolve_date(value, MONDAY) == resolve_date(value, "2021-03-08 23:00") == day


def test_a_publication_that_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        resolve_date("-W-5", "last week")


def test_without_publication_only_a_date_with_its_year_means_a_day() -> None:
    values = ("2021-02-26", "--12-30", "-W-5", "P1D")
    assert [resolve_date(value).iso for value in values] == ["2021-02-26", "", "", ""]


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["en", "es", "ru", "uk", "tr"]),
)
def test_every_day_written_out_is_read_as_itself(day: dt.date, language: str) -> None:
    month = vocabulary("date_words")["months"][language][day.month - 1][0].capitalize()
    de = " de" if language == "es" else ""
    text = f"{day.day}{de} {month}{de} {day.year}"
    assert dates_of(text, language) == [(text, "explicit", day.isoformat())]


@given(st.text(max_size=60))
def test_any_text_gives_values_that_mean_days_of_a_known_precision(text: str) -> None:
    found = [resolve_date(value, MONDAY) for _, _, value in dates_of(text)]
    assert all(day.precision in PRECISIONS for day in found)
