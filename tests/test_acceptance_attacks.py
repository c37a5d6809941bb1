"""The real list of attacks: its numbers again from the raw file, by code that shares nothing with ours."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.check import check
from hrdresearch.run.execute import run
from hrdresearch.run.files import read_json
from hrdresearch.run.main_text import MOST_PAGES, MOST_WORDS
from hrdresearch.run.sdg_pack import write_pack

pytestmark = pytest.mark.real
INCIDENTS = "us_press_freedom_tracker/incidents.csv"
SHUTDOWNS = "shutdowns_keepiton_2019/shutdown-data.csv"
ARREST, ATTACK, DAMAGE = "Arrest / Criminal Charge", "Physical Attack", "Equipment Damage"
SEARCH = "Equipment Search or Seizure"


def raw(path: Path) -> pd.DataFrame:
    """The file as it stands, one row a victim: persons, else organizations; nobody is one row too."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False).replace({"None": "", "[]": ""})
    persons = [
        [" ".join(n.split()) for n in re.sub(r"\([^)]*\)", "", cell).split(",") if n.strip()]
        for cell in table["targeted_journalists"]
    ]
    groups = [
        list(dict.fromkeys(" ".join(n.split()) for n in cell.split(",") if n.strip()))
        for cell in table["targeted_institutions"]
    ]
    table["victims"] = [
        [("person", p) for p in one] + [("organization", g) for g in other] or [("nobody", "")]
        for one, other in zip(persons, groups, strict=True)
    ]
    table["incident"] = range(len(table))
    rows = table.explode("victims", ignore_index=True)
    rows[["kind", "name"]] = rows.pop("victims").tolist()
    rows["kinds"] = rows["categories"].str.split(", ")
    return rows


def plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c))))


def has(rows: pd.DataFrame, category: str) -> pd.Series:
    return rows["kinds"].map(lambda kinds: category in kinds)


def numbers_of(rows: pd.DataFrame) -> dict[str, float]:
    """Numbers of the report under their names, from the raw rows."""
    found: dict[str, float] = {
        "extent.incidents": rows["incident"].nunique(),
        "extent.attacks": len(rows),
        "extent.on_persons": (rows["kind"] == "person").sum(),
        "extent.on_organizations": (rows["kind"] == "organization").sum(),
        "extent.no_victim": (rows["kind"] == "nobody").sum(),
        "extent.not_named": (
            rows["name"].isin(["Anonymous", "Media"]) & (rows["kind"] == "person")
        ).sum(),
    }
    for ours, theirs in {
        "physical_attack": ATTACK, "equipment_damage": DAMAGE, "search_seizure": "Equipment Search "
        "or Seizure",
        "border_stop": "Border Stop", "access_denied": "Denial of Access", "legal_order": "Subpoena "
        "/ Legal Order",
        "publication_ban": "Prior Restraint", "hostile_statement": "Chilling Statement",
        "source_prosecution": "Leak Case", "other": "Other Incident",
    }.items():  # fmt: skip
        found[f"by_kind.{ours}"] = has(rows, theirs).sum()
    charged = rows["status_of_charges"].isin(
        ["charges dropped", "charges pending", "acquitted", "convicted"]
    )
    found["by_kind.arrest"] = (rows["arrest_status"] != "").sum()
    found["by_kind.charge"] = charged.sum()
    found["kind_by_victim.person.physical_attack"] = (
        has(rows, ATTACK) & (rows["kind"] == "person")
    ).sum()
    for year, n in Counter(rows["date"].str[:4]).items():
        found[f"by_year.{year}"] = n
    for key, names in {"california": ["California (CA)"], "new_york": ["New York (NY)", "NY"],
                       "district_of_columbia": ["District of Columbia"],
                        "minnesota": ["Minnesota (MN)"]}.items():  # fmt: skip
        found[f"by_division.usa.{key}"] = rows["state"].isin(names).sum()
    both = rows["assailant"].where(rows["assailant"] != "", rows["actor"])
    found["by_perpetrator.police"] = (
        (rows[["assailant", "actor"]] == "law enforcement").any(axis=1).sum()
    )
    found["by_perpetrator.private_individual"] = (
        (rows[["assailant", "actor"]] == "private individual").any(axis=1).sum()
    )
    found["by_perpetrator.not_asked"] = (
        (both == "") & ~has(rows, ATTACK) & ~has(rows, DAMAGE) & ~has(rows, SEARCH)
    ).sum()
    for ours, theirs in {"released": "arrested and released", "in_custody": "arrested and still in custody",
                         "released_unprocessed": "detained and released without being processed",
                         }.items():  # fmt: skip
        found[f"custody.{ours}"] = (rows["arrest_status"] == theirs).sum()
    for ours in ("dropped", "pending"):
        found[f"charges.{ours}"] = (rows["status_of_charges"] == f"charges {ours}").sum()
    for ours in ("acquitted", "convicted", "unknown"):
        found[f"charges.{ours}"] = (rows["status_of_charges"] == ours).sum()
    found["charges.of"] = has(rows, ARREST).sum()
    orders = rows[has(rows, "Subpoena / Legal Order") | has(rows, "Prior Restraint")]
    told = orders["subpoena_statuses"] + orders["status_of_prior_restraint"]
    found |= {"orders.of": len(orders), "orders.pending": told.str.lower().str.contains("pending").sum(),
              "orders.quashed": told.str.contains("QUASHED|struck down").sum(),
              "orders.not_recorded": (told == "").sum()}  # fmt: skip
    found["seized.returned_in_full"] = (
        rows["status_of_seized_equipment"] == "returned in full"
    ).sum()
    for ours in ("yes", "no"):
        found[f"by_work_link.{ours}"] = (rows["was_journalist_targeted"] == ours).sum()
    found["refinement.arrest_not_assessed.all"] = found["by_kind.arrest"]
    # by the two titles of the file of which a person read that they tell killings
    killed = rows["title"].str.contains("shot and killed|shoots and kills") & has(rows, ATTACK)
    found["candidates.killing.journalist"] = killed.sum()
    found["refinement.other_harmful.all"] = (
        found["kind_by_victim.person.physical_attack"] - killed.sum()
    )
    return found | of_persons(rows)


def of_persons(rows: pd.DataFrame) -> dict[str, float]:
    """Persons by their names, and the days on which they were attacked."""
    named = rows[(rows["kind"] == "person") & ~rows["name"].isin(["Anonymous", "Media"])]
    named = named.assign(who=named["name"].map(plain))
    dated = named[named["exact_date_unknown"] == "False"]
    days = dated.groupby("who")["date"].nunique()
    orders = dated[has(dated, "Subpoena / Legal Order")].groupby("who")["date"].nunique()
    return {
        "extent.persons": named["who"].nunique(),
        "before.followed": len(days),
        "before.several": (days > 1).sum(),
        "before.legal_order.legal_order": (orders > 1).sum(),
    }


def of_shutdowns(path: Path) -> dict[str, float]:
    table = pd.read_csv(path, dtype=str, keep_default_na=False).rename(columns=str.strip)
    table = table.map(str.strip)
    return {
        "shutdowns.all": len(table),
        "shutdowns.states": table["country"].nunique(),
        "shutdowns.cause.protest": table["actual_cause"].isin(["Protest", "Protests"]).sum(),
        "shutdowns.reason.public_safety": table["official_just"]
        .str.startswith("Public Safety")
        .sum(),
        "shutdowns.ordered.state_government": (table["ordered_by"] == "State government").sum(),
        "shutdowns.abuse.yes": (table["hr_abuse_reported"] == "Yes").sum(),
    }


def test_the_numbers_of_the_report_are_those_of_the_raw_files(
    real_data: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From file to page; every recomputed number agrees, no name leaves, and the pack fits its schema."""
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    paths = {"us-press-freedom-tracker": real_data(INCIDENTS), "keepiton": real_data(SHUTDOWNS)}
    build("attacks", [SourceFile(slug, path) for slug, path in paths.items()], tmp_path / "work")
    report = run("attacks", {}, tmp_path / "work", tmp_path / "out")
    claims = read_json(report.folder / "claims.json")["claims"]
    wanted: dict[str, Any] = numbers_of(raw(paths["us-press-freedom-tracker"]))
    wanted |= of_shutdowns(paths["keepiton"])
    held = {name: claims[name]["value"] for name in wanted if name in claims}
    assert held == {name: value for name, value in wanted.items() if name in claims}
    assert len(held) >= 50
    checked = check(report.folder, tmp_path / "work")
    assert (checked.problems, checked.exit_code) == ((), 0)
    assert report.main_text.pages <= MOST_PAGES and report.main_text.words <= MOST_WORDS
    import datetime as dt

    folder, _ = write_pack(tmp_path / "pack", tmp_path / "work", dt.date(2026, 11, 30))
    pack = read_json(folder / "candidates.json")
    jsonschema.validate(pack, read_json(folder / "candidates.schema.json"))
    parts = Counter(record["part"] for record in pack["records"])
    assert parts["adopted"] == wanted["candidates.killing.journalist"] == 5
    assert parts["arrest_not_assessed"] == wanted["by_kind.arrest"]
