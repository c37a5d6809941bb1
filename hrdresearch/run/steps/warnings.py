"""Warnings: links records of living persons with public lists of killed persons, and removes names.

Four kinds of list record a warning: the template for warnings, a public tracker of attacks, a census of
prisoners (who is held on a day), and public letters to Governments that name persons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.linkage.prisoners import person_name_keys
from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.names.row_keys import row_keys
from hrdresearch.names.same_person import person_keys
from hrdresearch.privacy.build_names_index import NameEntry
from hrdresearch.privacy.keys import Key, record_digest
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
from hrdresearch.run.warned_persons import link_warnings, no_warnings
from hrdresearch.sources import Loaded
from hrdresearch.sources.notes import Note
from hrdresearch.tables import TABLES
from hrdresearch.tables.row_filters import has_code

CENSUS_DAY = "-12-01"  # the publisher counts who is held on 1 December
LEFT = {  # by table, rows that give no earlier record of a person
    "attacks": "about no person",
    "communications": "letters that name no person or are not yet public",
}
LINKS = "warned_links"  # restricted sheet: links with lists of killed persons, to be checked
OF_LINK = [
    *("source", "source_row", "killed_list", "killed_row", "link"),
    *("state_iso3", "warned_year", "killed_place"),  # for who looks at a link
]
NO_WARNING = (
    "The row holds no warning about a person: it is about organizations alone, has no name or no day, or "
    "is a letter that is not yet public."
)
IS_KILLING = (
    "The row is about a killing and gives no warning: the list says that the victim was killed, or the "
    "victim is recorded as killed on that day."
)


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:  # noqa: ARG001
    """Make the tables ``cases`` (killed persons), ``warnings`` and ``followed``, without names."""
    for x in loaded:
        _refuse_other_lists(x)
    killed = [x for x in loaded if x.facts.table == "cases"]
    warned = [x for x in loaded if x.facts.table in READ]
    if not killed:
        raise RunError("A build of warnings needs a public list of killed persons, such as cpj")
    parts = [
        link_warnings(READ[x.facts.table](x, key), x.facts.slug, killed, key) for x in warned
    ] or [no_warnings()]
    rows, followed, killings = (
        pd.concat(made, ignore_index=True) for made in zip(*parts, strict=True)
    )
    cases = pd.concat([_cases(x, key) for x in killed], ignore_index=True)
    set_aside = {
        x.facts.slug: _without_warning(x, *part) for x, part in zip(warned, parts, strict=False)
    }
    return Built(
        tables={
            "cases": cases,
            "warnings": rows[TABLES["warnings"].columns],
            "followed": followed[TABLES["followed"].columns],
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
            LINKS: followed.loc[followed["link"].notna(), OF_LINK].astype({"killed_row": "Int64"}),
            **contributors_sheets([x for x in warned if x.facts.table == "warnings"], key),
        },
        files={x.facts.slug: x.path.name for x in loaded},
        extras={
            "killings_in_lists": {
                slug: {"incidents": own["source_row"].nunique(), "persons": len(own)}
                for slug, own in killings.groupby("source")
            }
        },
        notes={x.facts.slug: _why_set_aside(x, set_aside[x.facts.slug]) for x in warned},
        set_aside=pd.concat(
            set_aside.values() or [pd.DataFrame(columns=["file", "row", "reason"])],
            ignore_index=True,
        ),
    )


def _why_set_aside(loaded: Loaded, left: pd.DataFrame) -> list[Note]:
    """A note on the rows of a list that gave no record of a person, by the reason; none without such rows."""
    counted = {
        LEFT.get(loaded.facts.table, "without a record of a person"): left["reason"]
        .eq(NO_WARNING)
        .sum(),
        "about a killing": left["reason"].eq(IS_KILLING).sum(),
    }
    held = {f"n{i}": (words, int(n)) for i, (words, n) in enumerate(counted.items()) if n}
    told = " and ".join(f"{{{name}}} {words}" for name, (words, _) in held.items())
    values = {name: n for name, (_, n) in held.items()}
    words = f"Of {{rows}} rows, {told} are set aside here."
    return [Note.of(words, rows=loaded.rows_in, **values)] if held else []


def _without_warning(
    loaded: Loaded, made: pd.DataFrame, _: pd.DataFrame, killings: pd.DataFrame
) -> pd.DataFrame:
    """Rows of a list that gave no warning, each with the reason."""
    numbers = loaded.accepted["source_row"]
    left = numbers[~numbers.isin(made["source_row"])]
    why = left.isin(killings["source_row"]).map({True: IS_KILLING, False: NO_WARNING})
    return pd.DataFrame(
        {"file": loaded.path.name, "row": left.to_numpy(), "reason": why.to_numpy()}
    )


def _refuse_other_lists(loaded: Loaded) -> None:
    facts = loaded.facts
    if facts.table not in ("cases", *READ):
        raise RunError(f"{facts.slug}: the list records neither warnings nor killings of persons")
    if not facts.policy.public_by_name and facts.table == "cases":
        raise RunError(
            f"{facts.slug}: killings on a list shared in confidence are not linked with warnings, "
            "because a link could reveal one person. Build it with killings; its plan gives the "
            "number of persons who had been threatened"
        )
    if not facts.policy.public_by_name and facts.table != "warnings":
        raise RunError(
            f"{facts.slug} was shared in confidence: write its threats into the template for "
            "warnings (docs/tutorials/warnings.md), which has a plan of the figures that may be published"
        )


def _cases(loaded: Loaded, key: Key) -> pd.DataFrame:
    columns = TABLES["cases"].columns
    rows = loaded.accepted.assign(victim_id=row_pseudonyms(loaded, key), source=loaded.facts.slug)
    return rows[columns]


# -- rows with names, one for each warning --------------------------------------------------------


def _of_template(loaded: Loaded, key: Key) -> pd.DataFrame:  # noqa: ARG001
    return loaded.accepted


def _of_census(loaded: Loaded, key: Key) -> pd.DataFrame:  # noqa: ARG001
    """One row for each prisoner on each census day, which is also the day of the record."""
    rows = loaded.accepted.assign(row_key=row_keys(loaded.accepted))
    days = pd.to_datetime(rows["census_year"].astype(str) + CENSUS_DAY)
    return rows.assign(
        person_key=person_name_keys(rows),
        warned_date=days,
        warned_date_precision="day",
        recorded_date=days,
        attack_act_codes="arrest",
        is_of_living=True,
    )


def _of_attacks(loaded: Loaded, key: Key) -> pd.DataFrame:
    """Attacks on persons; the day of the record is that of the first publication."""
    rows = rows_of_victims(loaded, key)
    rows = rows[rows["attack_victim_code"].eq("person")]
    return rows.assign(
        name_as_published=rows["name"],
        name_is_person=rows["is_named"],
        person_key=rows["person_id"],
        warned_date=rows["event_date"],
        warned_date_precision=rows["event_date_precision"],
        is_attack=True,
        is_killing=has_code(rows["attack_act_codes"], "killing"),
    )


def _of_letters(loaded: Loaded, key: Key) -> pd.DataFrame:  # noqa: ARG001
    """Persons named in public letters to Governments; the day of the letter is the day of the record."""
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


def _names(rows: pd.DataFrame, warned: Sequence[Loaded]) -> list[NameEntry]:
    public = {x.facts.slug: x.facts.policy.public_by_name for x in warned}
    own = rows[["name_as_published", "is_named", "source"]].drop_duplicates()
    return [
        NameEntry(str(name), bool(is_named), None, public[source])
        for name, is_named, source in own.itertuples(index=False)
        if str(name).strip()
    ]
