"""Makes the table of detentions: calculates ends, lengths and doubts, and removes names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from hrdresearch.coding.sentence import parse_sentences
from hrdresearch.linkage.prisoners import person_name_keys
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.sources import Loaded
from hrdresearch.sources.prisoners import NOT_SAID
from hrdresearch.tables import TABLES

STILL_HELD = pd.Timestamp("2200-01-01")  # later than any end, so that filters find open detentions
DAYS_A_YEAR = 365.25
DOUBT_COLUMNS = ["source", "row", "what", "done"]


def make_detention_table(coded: pd.DataFrame, key: Key) -> pd.DataFrame:
    """Make the table ``detentions`` without names, from coded rows of one or more lists."""
    names = person_name_keys(coded)
    # A person who was released and died later did not die in custody.
    is_freed = coded["released_date"].notna()
    is_freed &= ~(coded["died_date"] <= coded["released_date"]).fillna(False)
    ended = coded["released_date"].where(is_freed, coded["died_date"])
    precision = coded["released_precision"].where(is_freed, coded["died_precision"])
    exits = _exits(coded, ended, is_freed)
    ends = list(parse_sentences(coded["sentence_text"]))
    end_date = pd.to_datetime(
        pd.Series([s.end_date for s in ends], index=coded.index, dtype="object")
    ).astype("datetime64[ns]")
    begins = coded["began_date"]
    end_precision = pd.Series([s.end_precision or "unknown" for s in ends], index=coded.index)
    coded = _add_lengths_from_dates(coded, (end_date - begins).dt.days / DAYS_A_YEAR)
    pretrial = (coded["sentence_date"] - begins).dt.days
    half = begins + _years_as_time(coded["sentence_min_years"] / 2)
    table = coded.assign(
        row_id=[
            pseudonym(key, s, r) for s, r in zip(coded["source"], coded["row_key"], strict=True)
        ],
        person_id=names.map({n: pseudonym(key, "name", n) for n in names.unique()}),
        began_year=begins.dt.year.astype("Int64"),
        pretrial_days=pretrial.where(pretrial >= 0).astype("Int64"),
        ended_date=ended,
        ended_precision=precision,
        open_until_date=ended.where(exits != "held", STILL_HELD),
        exit_code=exits,
        sentence_end_date=end_date,
        sentence_end_precision=end_precision,
        died_before_end_code=_is_before(
            (coded["died_date"], coded["died_precision"]), (end_date, end_precision)
        ),
        term_half_date=half,
        term_ends_date=end_date.fillna(begins + _years_as_time(coded["sentence_max_years"])),
        wgad_symbol=_none_if_empty(coded["wgad_symbol"]),
        public_name=_none_if_empty(coded["public_name"]),
        un_symbol=_none_if_empty(coded["un_symbol"]),
    )
    table["doubt_codes"] = _add_served_beyond_term(table)
    table["situation_code"] = last_situations(table)
    return table[TABLES["detentions"].columns]


def detention_sheets(
    loaded: Sequence[Loaded], code: Callable[[pd.DataFrame], pd.DataFrame], key: Key
) -> dict[str, pd.DataFrame]:
    """Sheet of rows whose sentence is shorter than the time served, for a person to check."""
    lines = []
    for x in loaded:
        table = make_detention_table(code(x.accepted), key)
        beyond = table["doubt_codes"].str.contains("served_beyond_term")
        lines += [
            (
                x.facts.slug,
                int(row),
                "The sentence is shorter than the time served.",
                "kept; counted as held beyond the term",
            )
            for row in table.loc[beyond, "source_row"]
        ]
    return {"detention_doubts": pd.DataFrame(lines, columns=DOUBT_COLUMNS)}


def _add_lengths_from_dates(coded: pd.DataFrame, from_dates: pd.Series) -> pd.DataFrame:
    """Add the length of sentences that are given as an end date, from the day of arrest to that date."""
    known = coded["sentence_min_years"].isna() & (from_dates > 0).fillna(False)
    known &= coded["sentence_kind_code"].eq("term")
    columns = ("sentence_min_years", "sentence_max_years", "bound_min_years", "bound_max_years")
    lengths = {c: coded[c].mask(known, from_dates.round(4)) for c in columns}
    return coded.assign(is_length_read=coded["is_length_read"] | known, **lengths)


def _is_before(date: tuple[pd.Series, pd.Series], other: tuple[pd.Series, pd.Series]) -> list[str]:
    """Whether a date is before another: yes, no, not_recorded, or unknown if the days are not exact.

    date, other: dates and their precision.
    """
    latest, latest_other = _last_day(*date), _last_day(*other)
    return list(
        np.select(
            [date[0].isna() | other[0].isna(), latest < other[0], date[0] >= latest_other],
            ["not_recorded", "yes", "no"],
            "unknown",
        )
    )


def _last_day(dates: pd.Series, precision: pd.Series) -> pd.Series:
    """The last day that a date may mean; a month or a year is stored as its first day."""
    month, year = dates + pd.offsets.MonthEnd(0), dates + pd.offsets.YearEnd(0)
    return dates.mask(precision == "month", month).mask(precision == "year", year)


def _exits(rows: pd.DataFrame, ended: pd.Series, is_freed: pd.Series) -> pd.Series:
    """Exit as recorded; if not recorded, from the dates: released, died in custody, or held.

    A row without any date is "not recorded", and a row whose end the list does not know stays "unknown";
    neither counts as held. Nor does a row whose empty day of release nobody has explained (``NOT_SAID``).
    """
    recorded = rows["exit_as_recorded"]
    is_said = recorded.ne(NOT_SAID)
    recorded = recorded.where(is_said, "not_recorded")
    by_dates = np.select(
        [is_freed, ended.notna(), rows["began_date"].notna() & is_said],
        ["released", "died_in_custody", "held"],
        "not_recorded",
    )
    told = pd.Series(by_dates, index=rows.index)
    is_silent = recorded.eq("not_recorded") | (recorded.eq("unknown") & ended.notna())
    return recorded.mask(is_silent, told)


def last_situations(table: pd.DataFrame) -> pd.Series:
    """What was last recorded of the person of each row, over all rows of the person on the list.

    Held if any detention is not over, else dead if one ended so, else the end of the one that began last.
    """
    exits = table["exit_code"]
    rank = exits.isin(("died_in_custody", "died_not_stated")) + 2 * exits.eq("held")
    by_time = table.assign(rank=rank).sort_values(
        ["rank", "began_date"], na_position="first", kind="stable"
    )
    last = by_time.groupby(["source", "person_id"])["exit_code"].transform("last")
    return last.reindex(table.index)


def _add_served_beyond_term(table: pd.DataFrame) -> pd.Series:
    """Codes of doubt of each row, with ``served_beyond_term`` added if its dates show it.

    The day of arrest must be known. A month is tolerated, because release dates may not be exact.
    """
    held_until = table["ended_date"].fillna(table["last_known_date"])
    exact = table["began_precision"].eq("day") & table["sentence_kind_code"].eq("term")
    beyond = exact & (held_until > table["term_ends_date"] + pd.Timedelta(days=31)).fillna(False)
    codes = table["doubt_codes"]
    added = codes.where(codes != "not_recorded", "") + "|served_beyond_term"
    return codes.mask(beyond, added.str.removeprefix("|"))


def _years_as_time(years: pd.Series) -> pd.Series:
    """Years as a time span; empty if missing, or 150 years or more."""
    return pd.to_timedelta((years * DAYS_A_YEAR).where(years < 150), unit="D").dt.round("D")


def _none_if_empty(cells: pd.Series) -> pd.Series:
    return cells.astype("object").where(cells.astype(str) != "", None)
