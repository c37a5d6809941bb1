"""Links the warnings of one list with public lists of killed persons, while names are still there.

It finds, for each warning, whether the person is recorded as killed, and which came first; and for each
person and list of killed persons, how long a killing would have been seen (``stats.follow_up``). Lists of
killed persons are never joined, because each covers different persons, places and years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from hrdresearch.linkage.warned import COMPARED, DOUBTFUL, SAME_NAME, link_warned_persons
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.run.steps import row_pseudonyms
from hrdresearch.sources import Loaded
from hrdresearch.stats.follow_up import follow_up
from hrdresearch.tables import TABLES

ANOTHER, NO_LINK = "another", "none"  # codes of a link, beside those of ``linkage.warned``
SUREST = (SAME_NAME, DOUBTFUL, ANOTHER)
NOT_ASKED, NOT_RECORDED = "not_asked", "not_recorded"
UNKNOWN = {
    "attack_act_codes": NOT_RECORDED,
    **dict.fromkeys(
        ("perpetrator_codes", "warning_means_codes", "protection_request_code"), NOT_ASKED
    ),
    "sex_code": NOT_RECORDED,
    **dict.fromkeys(("recorded_date", "answered_date", "reply_date"), pd.NaT),
    **dict.fromkeys(("is_letter", "is_replied", "is_attack", "is_killing", "is_of_living"), False),
    **dict.fromkeys(("record_id", "contributor_as_published"), ""),
}
OTHER_PERSON = pd.Timedelta(days=366)  # killed longer than this before being held: another person
DAYS = ("warned_date", "recorded_date", "answered_date", "reply_date")
NO_DAY = "unknown"
OF_KILLING = {  # facts of the killing: column of ``cases`` -> column of ``warnings``
    "death_type_code": "killing_type_code",
    "motive_link_code": "killing_motive_code",
    "threats_before": "killing_threats_code",
}
NO_KILLING = {
    "killing_type_code": "not_recorded",
    "killing_motive_code": "unknown",
    "killing_threats_code": NOT_ASKED,
}
KILLING = ["killed_from", "killed_to", *OF_KILLING.values()]
OF_ROW = ["killed_row", "killed_place"]  # for the person who looks at a link
OF_FIRST = ["person_id", "source", "source_row", "state_iso3", "sex_code", "warned_year"]


def link_warnings(
    given: pd.DataFrame, slug: str, killed: Sequence[Loaded], key: Key
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Rows of table ``warnings`` (still with names), rows of table ``followed``, and killings.

    A killing is an attack of which the list says that the victim was killed, or that was on the day on
    which the person is recorded as killed. It is not a warning, so it is only in the third frame.

    given: warnings of one list, with person_key, name_as_published, name_is_person, state_iso3, warned_date
    and its precision, and other columns of the table if the list has them (defaults: ``UNKNOWN``). slug: of
    the list. killed: public lists of killed persons.
    """
    if given.empty:
        return no_warnings()
    rows = given.reset_index(drop=True).assign(source=slug)
    rows = rows.assign(**{c: v for c, v in UNKNOWN.items() if c not in rows})
    for column in DAYS:
        rows[column] = pd.to_datetime(rows[column])
    rows["is_named"] = rows["name_is_person"].astype(bool)
    rows["warned_year"] = rows["warned_date"].dt.year.astype("Int64")
    rows["person_id"] = [pseudonym(key, slug, "warned", one) for one in rows["person_key"]]
    numbers = rows.groupby(["source_row", "person_id"]).cumcount().astype(str)
    rows["warning_id"] = [
        pseudonym(key, slug, "warning", f"{row}|{one}|{n}")
        for row, one, n in zip(rows["source_row"], rows["person_key"], numbers, strict=True)
    ]
    persons = _first_of_each(rows).set_index("person_id")
    killings = {x.facts.slug: _killings(persons, x, key) for x in killed}
    rows = rows.join(_surest(killings), on="person_id")
    rows["link"] = rows["link"].fillna(NO_LINK)
    is_killing = rows["is_killing"].astype(bool) | _is_the_killing(rows)
    left_out, rows = rows[is_killing], rows[~is_killing].reset_index(drop=True)
    first = _first_of_each(rows)
    persons = first.set_index("person_id")
    followed = [
        first[OF_FIRST]
        .assign(killed_list=x.facts.slug)
        .join(_follow_up(persons, killings[x.facts.slug], x), on="person_id")
        .join(killings[x.facts.slug][["link", *OF_ROW]], on="person_id")
        for x in killed
    ]
    return _with_what_followed(rows, killed), pd.concat(followed, ignore_index=True), left_out


def no_warnings() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The three frames without a row."""
    made = [TABLES[table].columns for table in ("warnings", "followed")]
    rows = pd.DataFrame(columns=[*made[0], "name_as_published", "record_id"])
    return rows, pd.DataFrame(columns=[*made[1], "link", *OF_ROW]), rows


def _first_of_each(rows: pd.DataFrame) -> pd.DataFrame:
    """The row of each person that was recorded first; of several of one day, one whose own day is known."""
    order = ["recorded_date", "is_inexact", "warned_date", "source_row"]
    is_inexact = rows["warned_date_precision"].ne("day") | rows["warned_date"].isna()
    ordered = rows.assign(is_inexact=is_inexact).sort_values(order, na_position="last")
    return ordered.drop_duplicates("person_id")[rows.columns]


def _killings(persons: pd.DataFrame, killed: Loaded, key: Key) -> pd.DataFrame:
    """Of each linked person the link with one list, and of a sure one the facts of the killing."""
    rows, slug = _killed_rows(killed, key), killed.facts.slug
    links = link_warned_persons(persons[persons["is_named"]], {slug: rows[rows["is_named"]]})
    found = links.join(rows[[*KILLING, *OF_ROW]], on="row").set_index("person")
    first = persons.loc[found.index]
    is_other = first["is_of_living"].astype(bool) & (
        found["killed_to"] + OTHER_PERSON < first["warned_date"]
    )
    found = found[~is_other | found["link"].eq(SAME_NAME)]
    found["link"] = found["link"].mask(is_other.reindex(found.index), ANOTHER)
    for column in KILLING:
        found[column] = found[column].where(found["link"].eq(SAME_NAME))
    return found[["link", *KILLING, *OF_ROW]]


def _is_the_killing(rows: pd.DataFrame) -> pd.Series:
    """Whether an attack is on the day on which the person is recorded as killed: it is not a warning."""
    is_day = rows["warned_date_precision"].eq("day") & rows["killed_from"].eq(rows["killed_to"])
    found: pd.Series = is_day & rows["warned_date"].eq(rows["killed_from"]) & rows["is_attack"]
    return found.astype(bool)


def _surest(killings: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """For each linked person: the surest link, the most exact day, and the lists with such a link."""
    found = pd.concat([own.assign(list=slug) for slug, own in killings.items()])
    width = (found["killed_to"] - found["killed_from"]).dt.days
    found = found.assign(order=found["link"].map(SUREST.index), width=width)
    found = found.sort_values(["order", "width", "list"], kind="stable")
    best = found[~found.index.duplicated()]
    on = found[found["link"].eq(SAME_NAME)].groupby(level=0)["list"].agg("|".join)
    return best[["link", *KILLING]].join(on.rename("killed_on"))


def _follow_up(persons: pd.DataFrame, killings: pd.DataFrame, killed: Loaded) -> pd.DataFrame:
    """How long each person was under observation by one list of killed persons."""
    opens, closes = _window(killed)
    is_in = _is_covered(persons["state_iso3"], [killed])
    whole = (
        persons[["is_named"]]
        .join(killings[["killed_from", "killed_to"]])
        .assign(
            opens=pd.Series(opens, persons.index).where(is_in),
            closes=pd.Series(closes, persons.index).where(is_in),
            warned=persons["warned_date"].where(persons["warned_date_precision"].eq("day")),
            recorded=persons["recorded_date"],
        )
    )
    return follow_up(whole).assign(closes_date=whole["closes"])


def _is_covered(states: pd.Series, killed: Sequence[Loaded]) -> pd.Series:
    """Whether any of the lists of killed persons covers each State."""
    covers = [x.facts.covers.get("states") or () for x in killed]
    if not all(covers):
        return pd.Series(True, states.index)
    return states.isin([iso3 for own in covers for iso3 in own])


def _killed_rows(loaded: Loaded, key: Key) -> pd.DataFrame:
    """Rows of a list of killed persons, with the earliest and latest day of each killing."""
    rows = loaded.accepted.assign(victim_id=row_pseudonyms(loaded, key))
    opens, closes = _window(loaded)
    day = rows["event_date"]
    # 1 January is often written when only the year is known, so it is treated as a year.
    is_placeholder = rows["event_date_precision"].eq("day") & day.dt.day_of_year.eq(1)
    precision = rows["event_date_precision"].mask(is_placeholder, "year")
    last = day.where(precision != "month", day + pd.offsets.MonthEnd(0))
    last = last.where(precision != "year", day + pd.offsets.YearEnd(0))
    is_known = precision.ne(NO_DAY) & day.notna()
    return rows.assign(
        is_named=rows["name_is_person"].astype(bool)
        & ~rows["is_collective"].astype(bool)
        & ~rows["is_unidentified"].astype(bool),
        killed_from=day.where(is_known, opens),
        killed_to=last.where(is_known, closes),
        killed_row=rows["source_row"],
        killed_place=rows.get("place_as_published", ""),
        **{name: rows[column] for column, name in OF_KILLING.items()},
    ).set_index(rows["victim_id"].rename(None))[[*COMPARED, "is_named", *KILLING, *OF_ROW]]


def _window(loaded: Loaded) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day that a list of killed persons covers, by its declaration and by its rows."""
    rows, years = loaded.accepted, loaded.facts.covers.get("years", {})
    held = rows["event_date"].dropna()
    is_day = rows["event_date_precision"].eq("day")
    first = max(int(years.get("from", held.dt.year.min())), int(held.dt.year.min()))
    ends = [pd.Timestamp(int(held.dt.year.max()), 12, 31)]
    if is_day.any():  # a list with days may end within a year
        ends.append(rows.loc[is_day, "event_date"].max())
    if "to" in years:
        ends.append(pd.Timestamp(int(years["to"]), 12, 31))
    return pd.Timestamp(first, 1, 1), min(ends)


def _with_what_followed(rows: pd.DataFrame, killed: Sequence[Loaded]) -> pd.DataFrame:
    """Whether each record stands before the killing, by how many days, and what was answered by then."""
    is_killed, day = rows["link"].eq(SAME_NAME), rows["warned_date"]
    is_exact = rows["warned_date_precision"].eq("day")
    last = day.where(is_exact, day + pd.offsets.YearEnd(0))
    is_month = rows["warned_date_precision"].eq("month")
    last = last.where(~is_month, day + pd.offsets.MonthEnd(0))
    after = pd.Series("not_found", index=rows.index, dtype="object")
    after = after.mask(~rows["is_named"] | ~_is_covered(rows["state_iso3"], killed), "not_compared")
    after = after.mask(rows["link"].eq(DOUBTFUL), "to_look_at")
    after = after.mask(rows["link"].eq(ANOTHER), "another_person")
    after = after.mask(is_killed, "order_unclear")
    after = after.mask(is_killed & (rows["killed_from"] > last), "killed_later")
    after = after.mask(is_killed & (rows["killed_to"] < day), "killed_before")
    is_day = is_exact & rows["killed_from"].eq(rows["killed_to"]) & after.eq("killed_later")
    waits = (rows["killed_from"] - day).dt.days.astype("Int64").where(is_day)
    # An answer after the killing does not count as an answer before it.
    late = after.eq("killed_later") & (rows["answered_date"] > rows["killed_to"])
    protection = rows["protection_request_code"].mask(
        late & rows["protection_request_code"].isin(("granted", "refused")), "no_answer"
    )
    reply = pd.Series("not_a_letter", index=rows.index, dtype="object")
    reply = reply.mask(rows["is_letter"], "no_reply")
    reply = reply.mask(rows["is_letter"] & rows["is_replied"], "replied")
    reply = reply.mask(
        reply.eq("replied") & after.eq("killed_later") & (rows["reply_date"] > rows["killed_to"]),
        "replied_later",
    )
    is_last = after.isin(("killed_later", "order_unclear")) & rows["is_of_living"].astype(bool)
    is_last &= rows["killed_from"] < day + pd.DateOffset(years=1)
    is_year = rows["killed_from"].dt.year.eq(rows["killed_to"].dt.year)
    return rows.assign(
        after_warning_code=after,
        person_link_code=rows["link"],
        killed_year=rows["killed_from"].dt.year.astype("Int64").where(is_year),
        is_held_at_last_census=is_last.groupby(rows["person_id"]).transform("any"),
        killed_on=rows["killed_on"].fillna("none"),
        **{column: rows[column].fillna(code) for column, code in NO_KILLING.items()},
        days_before=waits,
        protection_request_code=protection,
        warned_reply_code=reply,
    )
