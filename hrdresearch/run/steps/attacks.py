"""Attacks: makes one row for each victim of an incident, and replaces names by pseudonyms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.linkage import FEW_DAYS, find_repeated_attacks
from hrdresearch.names.row_keys import row_keys
from hrdresearch.names.same_person import person_keys
from hrdresearch.privacy.build_names_index import NameEntry
from hrdresearch.privacy.keys import Key, pseudonym, record_digest
from hrdresearch.run.errors import RunError
from hrdresearch.run.fact_checks import checks_by_record, record_number, standing_of_record
from hrdresearch.run.steps import Built, contributors_sheets, persons_sheet
from hrdresearch.sources import Loaded, is_own
from hrdresearch.sources.attack_rows import LINE, NAMED, PERSON
from hrdresearch.tables import TABLES
from hrdresearch.tables.table import CODE_SEPARATOR
from hrdresearch.vocab import vocabulary

GROUPS = (
    "journalist",
    "trade_unionist",
)  # identities that are groups of the indicator
ADVOCATE, NO_GROUP, NO_ACT = "advocate", "not_established", "no_act"
LEADERS = ("leader", "community_leader", "lawyer")  # identities that count as advocates


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:
    """Make the tables ``attacks`` and ``shutdowns`` without names."""
    lists = [x for x in loaded if x.facts.table == "attacks"]
    if not lists:
        raise RunError("A build of attacks needs a list of attacks on persons or organizations")
    victims = pd.concat([rows_of_victims(x, key) for x in lists], ignore_index=True)
    checks = checks_by_record(decisions)
    victims["sdg_check_code"] = [
        standing_of_record(checks.get(record_number(one), {})) for one in victims["attack_id"]
    ]
    is_person = victims["kind"].isin((NAMED, PERSON))
    doubles = {
        x.facts.slug: find_repeated_attacks(
            x.accepted.assign(source=x.facts.slug), FEW_DAYS if is_own(x.facts.slug) else 0
        )
        for x in lists
    }
    shutdowns = [x.accepted for x in loaded if x.facts.table == "shutdowns"]
    tables = {"attacks": victims[TABLES["attacks"].columns]}
    if shutdowns:
        tables["shutdowns"] = pd.concat(shutdowns, ignore_index=True)
    return Built(
        tables=tables,
        names=[
            NameEntry(name, bool(is_one), is_public=bool(public))
            for name, is_one, public in zip(
                victims["name"], is_person, victims["is_public"], strict=True
            )
            if name
        ],
        restricted={
            "persons": persons_sheet(
                victims["person_id"], victims["name"], key, victims["record_digest"].tolist()
            ).drop_duplicates(),
            "possible_duplicates": pd.concat([*doubles.values()], ignore_index=True),
            **contributors_sheets(lists, key),
        },
        lines=tuple(_may_be_one(slug, len(pairs)) for slug, pairs in doubles.items() if len(pairs)),
        files={x.facts.slug: x.path.name for x in loaded},
    )


def _may_be_one(slug: str, pairs: int) -> str:
    return (
        f"Look: {slug}: {pairs} pair(s) of rows may be one attack told twice; all are counted. Their rows "
        "are listed in restricted/possible_duplicates.csv; delete duplicates in the list"
    )


def rows_of_victims(loaded: Loaded, key: Key) -> pd.DataFrame:
    """One row for each victim of each incident of a list, still with the name, and with pseudonyms."""
    rows, slug = loaded.accepted, loaded.facts.slug
    rows = rows.assign(
        row_key=row_keys(rows),
        name=rows["victims"].str.split(LINE),
        kind=rows["victim_kinds"].str.split(CODE_SEPARATOR),
    )
    made = rows.explode(["name", "kind"], ignore_index=True)
    made["name"] = made["name"].fillna("").astype("object")
    place = made.groupby("row_key").cumcount().astype(str)
    own = made["row_key"] + "|" + place
    persons = person_keys(
        made["name"],
        within=[_home_of(loaded, made["state_iso3"])],
        sex=made["sex_code"],
        is_person=made["kind"].eq(NAMED),
        alone=own,
    )
    given = made.get("person_given", pd.Series("", index=made.index))
    incidents = made.get("incident_key", pd.Series("", index=made.index))
    made["person_id"] = [pseudonym(key, slug, p) for p in persons.mask(given != "", given)]
    made["attack_id"] = [pseudonym(key, slug, "attack", one) for one in own]
    made["incident_id"] = [
        pseudonym(key, slug, "incident", one)
        for one in incidents.mask(incidents == "", made["row_key"])
    ]
    made["attack_victim_code"] = made["kind"].replace(NAMED, PERSON)
    made["is_named"] = made["kind"].eq(NAMED)
    made["is_public"] = loaded.facts.policy.public_by_name
    made["record_digest"] = [record_digest(slug, str(r), key) for r in made["record_id"]]
    made["sdg_act_codes"] = _acts_of_indicator(made["attack_act_codes"])
    made["sdg_group_codes"] = _groups_of_indicator(made)
    return made


def _home_of(loaded: Loaded, states: pd.Series) -> pd.Series:
    """State within which a name is one person: of a list of one State that State, also abroad."""
    covered = list(loaded.facts.covers.get("states") or [])
    return pd.Series(covered[0], states.index) if len(covered) == 1 else states


def _acts_of_indicator(acts: pd.Series) -> pd.Series:
    """Acts of SDG indicator 16.10.1 that each row is a candidate for, by the kinds of attack.

    The physical attack by which a person was killed is the killing, and no further act.
    """
    crossed: dict[str, str] = vocabulary("attack_act")["sdg_act"]

    def of_cell(cell: str) -> str:
        kinds = cell.split(CODE_SEPARATOR)
        if "killing" in kinds:
            kinds = [kind for kind in kinds if kind != "physical_attack"]
        found = dict.fromkeys(crossed[c] for c in kinds if c in crossed)
        return CODE_SEPARATOR.join(found) or NO_ACT

    return acts.map({cell: of_cell(cell) for cell in acts.unique()}).astype("object")


def _groups_of_indicator(rows: pd.DataFrame) -> pd.Series:
    """Groups of the indicator that each victim belongs to; an organization belongs to none."""

    def of_row(identity: str, kind: str) -> str:
        held = identity.split(CODE_SEPARATOR)
        found = [group for group in GROUPS if group in held]
        if any(leader in held for leader in LEADERS):
            found.append(ADVOCATE)
        return CODE_SEPARATOR.join(found) if found and kind in (NAMED, PERSON) else NO_GROUP

    pairs = zip(rows["identity_codes"], rows["kind"], strict=True)
    return pd.Series([of_row(*pair) for pair in pairs], rows.index, dtype="object")
