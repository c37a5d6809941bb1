"""Warnings: what lists recorded of living persons, linked with public lists of killed persons; names leave.

Four kinds of list record a warning: the template for warnings, a public tracker of attacks, a census of
prisoners (who is held on a day), and public letters to Governments that name persons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.linkage.prisoners import person_name_keys
from hrdresearch.linkage.warned import COMPARED, DOUBTFUL, link_warned_persons
from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.names.row_keys import row_keys
from hrdresearch.names.same_person import person_keys
from hrdresearch.privacy.build_names_index import NameEntry
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.privacy.name_digest import record_digest
from hrdresearch.run.errors import RunError
from hrdresearch.run.steps import (
    Built,
    contributors_sheets,
    name_entries,
    persons_sheet,
    published_names,
    record_digests,
    row_pseudonyms,
)
from hrdresearch.run.steps.attacks import rows_of_victims
from hrdresearch.sources import Loaded
from hrdresearch.stats.follow_up import NO_LINK, follow_up
from hrdresearch.tables import TABLES

CENSUS_DAY = "-12-01"  # the publisher counts who is held on 1 December
NOT_ASKED, NOT_RECORDED = "not_asked", "not_recorded"
UNKNOWN = {
    "attack_act_codes": NOT_RECORDED,
    **dict.fromkeys(
        ("perpetrator_codes", "warning_means_codes", "protection_request_code"), NOT_ASKED
    ),
    "sex_code": NOT_RECORDED,
    **dict.fromkeys(("recorded_date", "answered_date", "reply_date"), pd.NaT),
    **dict.fromkeys(("is_letter", "is_replied"), False),
    **dict.fromkeys(("record_id", "contributor_as_published"), ""),
}
DAYS = ("warned_date", "recorded_date", "answered_date", "reply_date")
NO_DAY = "unknown"


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:  # noqa: ARG001
    """Tables ``cases`` (of killed persons), ``warnings`` and ``followed``, without names."""
    for x in loaded:
        _refuse_other_lists(x)
    killed = [x for x in loaded if x.facts.table == "cases"]
    warned = [x for x in loaded if x.facts.table in READ]
    if not killed:
        raise RunError("A build of warnings needs a public list of killed persons, such as cpj")
    parts = [_rows_of_list(x, killed, key) for x in warned]
    rows = pd.concat(parts, ignore_index=True) if parts else _no_rows()
    cases = pd.concat([_cases(x, key) for x in killed], ignore_index=True)
    own = rows[rows["is_first"].astype(bool)]
    return Built(
        tables={
            "cases": cases,
            "warnings": rows[list(TABLES["warnings"].model.to_schema().columns)],
            "followed": own[list(TABLES["followed"].model.to_schema().columns)],
        },
        names=[*name_entries(killed), *_names(rows, warned)],
        restricted={
            "persons": pd.concat(
                [
                    persons_sheet(
                        cases["victim_id"],
                        published_names(killed),
                        key,
                        record_digests(killed, key),
                    ),
                    persons_sheet(
                        rows["person_id"],
                        rows["name_as_published"],
                        key,
                        [
                            record_digest(slug, str(one), key)
                            for slug, one in zip(rows["source"], rows["record_id"], strict=True)
                        ],
                    ),
                ],
                ignore_index=True,
            ).drop_duplicates(),
            **contributors_sheets([x for x in warned if x.facts.table == "warnings"], key),
        },
        files={x.facts.slug: x.path.name for x in loaded},
    )


def _refuse_other_lists(loaded: Loaded) -> None:
    facts = loaded.facts
    if facts.table not in ("cases", *READ):
        raise RunError(f"{facts.slug}: the list records neither warnings nor killings of persons")
    if not facts.policy.public_by_name and facts.table == "cases":
        raise RunError(
            f"{facts.slug}: killings on a list shared in confidence are not linked with warnings, "
            "because a "
            "link could tell of one person. Build it in killings, where its plan tells how many had been "
            "threatened"
        )
    if not facts.policy.public_by_name and facts.table != "warnings":
        raise RunError(
            f"{facts.slug} was shared in confidence: write its threats into the template for warnings "
            "(hrdresearch template warnings), which has a plan of what may leave"
        )


def _cases(loaded: Loaded, key: Key) -> pd.DataFrame:
    columns = list(TABLES["cases"].model.to_schema().columns)
    rows = loaded.accepted.assign(victim_id=row_pseudonyms(loaded, key), source=loaded.facts.slug)
    return rows[columns]


# -- rows with names, one a warning --------------------------------------------------------------


def _of_template(loaded: Loaded, key: Key) -> pd.DataFrame:  # noqa: ARG001
    return loaded.accepted


def _of_census(loaded: Loaded, key: Key) -> pd.DataFrame:  # noqa: ARG001
    """Prisoners on each census day; the day of the census is that of the record."""
    rows = loaded.accepted.assign(row_key=row_keys(loaded.accepted))
    days = pd.to_datetime(rows["census_year"].astype(str) + CENSUS_DAY)
    return rows.assign(
        person_key=person_name_keys(rows),
        warned_date=days,
        warned_date_precision="day",
        recorded_date=days,
        attack_act_codes="arrest",
    )


def _of_attacks(loaded: Loaded, key: Key) -> pd.DataFrame:
    """Attacks on persons but killings; the tracker gives no day on which it took a case up."""
    rows = rows_of_victims(loaded, key)
    is_warning = rows["attack_victim_code"].eq("person") & ~rows["attack_act_codes"].str.split(
        "|"
    ).map(lambda held: "killing" in held).astype(bool)
    rows = rows[is_warning]
    return rows.assign(
        name_as_published=rows["name"],
        name_is_person=rows["is_named"],
        person_key=rows["person_id"],
        warned_date=rows["event_date"],
        warned_date_precision=rows["event_date_precision"],
        attack_act_codes=rows["attack_act_codes"],
    )


def _of_letters(loaded: Loaded, key: Key) -> pd.DataFrame:  # noqa: ARG001
    """Persons whom public letters to Governments name; the day of the letter is that of the record."""
    letters = loaded.accepted
    letters = letters[letters["published_date"].notna() & letters["addressee_code"].eq("state")]
    rows = [
        {
            "source_row": one["source_row"],
            "state_iso3": one["state_iso3"],
            "sex_code": person["sex"],
            "name_as_published": person["name"],
            "warned_date": one["sent_date"],
            "recorded_date": one["sent_date"],
            "reply_date": one["first_reply_date"],
            "is_replied": bool(one["is_reply_undated"]) or pd.notna(one["first_reply_date"]),
        }
        for one in letters.to_dict("records")
        for person in one["persons_listed"]
    ]
    if not rows:
        return pd.DataFrame()
    frame = pd.DataFrame(rows)
    names = frame["name_as_published"]
    return frame.assign(
        name_is_person=name_kinds(names) == "person",
        person_key=person_keys(names, within=[frame["state_iso3"]], sex=frame["sex_code"]),
        warned_date_precision="day",
        is_letter=True,
    )


READ: Mapping[str, Callable[[Loaded, Key], pd.DataFrame]] = {
    "warnings": _of_template,
    "census": _of_census,
    "attacks": _of_attacks,
    "communications": _of_letters,
}


# -- links and time under observation ------------------------------------------------------------


def _rows_of_list(loaded: Loaded, killed: Sequence[Loaded], key: Key) -> pd.DataFrame:
    """Warnings of one list with names still there, linked, and the follow-up of each person."""
    slug, given = loaded.facts.slug, READ[loaded.facts.table](loaded, key).reset_index(drop=True)
    if given.empty:
        return _no_rows()
    rows = given.assign(**{c: v for c, v in UNKNOWN.items() if c not in given}, source=slug)
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
    first = rows.sort_values(
        ["recorded_date", "warned_date", "source_row"], kind="stable", na_position="last"
    ).drop_duplicates("person_id")
    persons = first.set_index("person_id")[
        [*COMPARED, "is_named", "warned_date", "warned_date_precision", "recorded_date"]
    ]
    persons = persons.join(_killings(persons, killed, key)).join(_windows(persons, killed))
    persons["link"] = persons["link"].fillna(NO_LINK)
    is_day = persons["warned_date_precision"].eq("day")
    persons = persons.assign(warned=persons["warned_date"].where(is_day))
    followed = follow_up(persons.rename(columns={"recorded_date": "recorded"}))
    held = ["link", "killed_on", "killed_from", "killed_to", "opens"]
    rows = rows.join(persons[held].join(followed), on="person_id")
    rows["is_first"] = rows.index.isin(first.index)
    return _with_what_followed(rows)


def _killings(persons: pd.DataFrame, killed: Sequence[Loaded], key: Key) -> pd.DataFrame:
    """Of each linked person: earliest and latest day of the killing, lists that hold it, and the link."""
    lists = {x.facts.slug: _killed_rows(x, key) for x in killed}
    named = persons[persons["is_named"]]
    links = link_warned_persons(named, {s: own[own["is_named"]] for s, own in lists.items()})
    everybody = pd.concat([own.assign(list=slug, row=own.index) for slug, own in lists.items()])
    found = links.merge(everybody, on=["list", "row"])
    found = found.assign(
        is_doubtful=found["link"].eq(DOUBTFUL),
        width=(found["killed_to"] - found["killed_from"]).dt.days,
    ).sort_values(["is_doubtful", "width", "list"], kind="stable")
    # Of several lists the surest link with the most exact day; those of the same strength are named.
    best = found.drop_duplicates("person").set_index("person")
    same = found["link"] == found["person"].map(best["link"])
    on = found[same].groupby("person")["list"].agg("|".join).rename("killed_on")
    return best[["link", "killed_from", "killed_to"]].join(on)


def _killed_rows(loaded: Loaded, key: Key) -> pd.DataFrame:
    """Rows of a list of killed persons by pseudonym, with the days between which each was killed."""
    rows = loaded.accepted.assign(victim_id=row_pseudonyms(loaded, key))
    opens, closes = _window(loaded)
    day, precision = rows["event_date"], rows["event_date_precision"]
    last = day.where(precision != "month", day + pd.offsets.MonthEnd(0))
    last = last.where(precision != "year", day + pd.offsets.YearEnd(0))
    is_known = precision.ne(NO_DAY) & day.notna()
    return rows.assign(
        is_named=rows["name_is_person"].astype(bool)
        & ~rows["is_collective"].astype(bool)
        & ~rows["is_unidentified"].astype(bool),
        killed_from=day.where(is_known, opens),
        killed_to=last.where(is_known, closes),
    ).set_index(rows["victim_id"].rename(None))[[*COMPARED, "is_named", "killed_from", "killed_to"]]


def _window(loaded: Loaded) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day of which a list of killed persons tells: as it declares, and as it holds rows."""
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


def _windows(persons: pd.DataFrame, killed: Sequence[Loaded]) -> pd.DataFrame:
    """Of each person the time that lists of killed persons cover in the State: opens and closes."""
    empty = pd.Series(pd.NaT, index=persons.index, dtype="datetime64[ns]")
    found = pd.DataFrame({"opens": empty, "closes": empty})
    for x in killed:
        states = x.facts.covers.get("states")
        is_in = persons["state_iso3"].isin(states) if states else pd.Series(True, persons.index)
        opens, closes = _window(x)
        found["opens"] = found["opens"].where(~is_in | (found["opens"] <= opens), opens)
        found["closes"] = found["closes"].where(~is_in | (found["closes"] >= closes), closes)
    return found


def _with_what_followed(rows: pd.DataFrame) -> pd.DataFrame:
    """Whether each warning stands before the killing, by how many days, and what was answered by then."""
    is_killed, day = rows["link"].ne(NO_LINK), rows["warned_date"]
    is_exact = rows["warned_date_precision"].eq("day")
    last = day.where(is_exact, day + pd.offsets.YearEnd(0))
    is_month = rows["warned_date_precision"].eq("month")
    last = last.where(~is_month, day + pd.offsets.MonthEnd(0))
    after = pd.Series("not_found", index=rows.index, dtype="object")
    after = after.mask(~rows["is_named"] | rows["opens"].isna(), "not_compared")
    after = after.mask(is_killed, "order_unclear")
    after = after.mask(is_killed & (rows["killed_from"] > last), "killed_later")
    after = after.mask(is_killed & (rows["killed_to"] < day), "killed_before")
    is_day = is_exact & rows["killed_from"].eq(rows["killed_to"]) & after.eq("killed_later")
    waits = (rows["killed_from"] - day).dt.days.astype("Int64").where(is_day)
    # An answer that came after the killing is none by the killing.
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
    return rows.assign(
        after_warning_code=after,
        person_link_code=rows["link"],
        killed_on=rows["killed_on"].fillna("none"),
        days_before=waits,
        protection_request_code=protection,
        warned_reply_code=reply,
    )


def _no_rows() -> pd.DataFrame:
    columns = dict.fromkeys(
        [
            *TABLES["warnings"].model.to_schema().columns,
            *TABLES["followed"].model.to_schema().columns,
            *("name_as_published", "record_id", "is_first"),
        ]
    )
    return pd.DataFrame(columns=list(columns))


def _names(rows: pd.DataFrame, warned: Sequence[Loaded]) -> list[NameEntry]:
    public = {x.facts.slug: x.facts.policy.public_by_name for x in warned}
    own = rows[["name_as_published", "is_named", "source"]].drop_duplicates()
    return [
        NameEntry(str(name), bool(is_named), None, public[source])
        for name, is_named, source in own.itertuples(index=False)
        if str(name).strip()
    ]
