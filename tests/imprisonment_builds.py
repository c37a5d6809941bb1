"""Small invented builds of the imprisonment study: rows say only what matters."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from study_builds import make_releases

from hrdresearch.privacy.policy import TIME_HELD, Policy, ReleasePlan
from hrdresearch.run.files import write_json
from hrdresearch.run.steps.detentions import last_situations
from hrdresearch.sources.prisoners import COURSE
from hrdresearch.studies.ground.build import Build
from hrdresearch.tables import TABLES
from hrdresearch.tables.detentions import FACTS

PUBLIC = Policy(True, "invented list that is public by name")
RESTRICTED = Policy(
    False,
    "invented restricted list",
    ReleasePlan(
        by_area=("began_year", "sex_code"),
        whole_list=("sentence_kind_code",),
        at_least={"bound_min_years": (10.0,)},
        medians={"age_years": (18.0, 30.0), TIME_HELD: (1.0, 2.0, 5.0, 10.0)},
    ),
)

CENSUS: dict[str, Any] = {
    "source": "list-c", "census_year": 2019, "state_iso3": "CHN", "state_m49": 156,
    "sex_code": "male", "pretext_codes": "national_security", "sentence_kind_code": "term",
    "sentence_min_years": math.nan, "sentence_max_years": math.nan, "bound_min_years": math.nan,
    "bound_max_years": math.nan, "band_agreement_code": "not_compared", "is_band_same": False,
    "is_length_read": True, "is_return": False, "censuses_of_name": 1, "censuses_of_person": 1,
    "is_never_sentenced": False,
    "longest_min_years": 0.0,
}  # fmt: skip
SPELL: dict[str, Any] = {
    "source": "list-d", "state_iso3": "EGY", "state_m49": 818, "admin1_name": None, "sex_code": "male",
    "age_years": None, "began_date": pd.Timestamp("2010-01-01"), "began_precision": "day",
    "began_year": 2010, "entered_date": pd.NaT, "sentence_date": pd.NaT, "pretrial_days": None,
    "ended_date": pd.NaT, "ended_precision": "unknown", "last_known_date": pd.NaT,
    "open_until_date": pd.Timestamp("2200-01-01"), "exit_code": "held",
    **dict.fromkeys(("identity_codes", "cause_codes", "perpetrator_codes"), "not_recorded"),
    "pretext_codes": "assembly", "sentence_kind_code": "term", "sentence_min_years": math.nan,
    "sentence_max_years": math.nan, "bound_min_years": math.nan, "bound_max_years": math.nan,
    "sentence_end_date": pd.NaT, "sentence_end_precision": "unknown", "term_half_date": pd.NaT,
    "term_ends_date": pd.NaT, "died_before_end_code": "not_recorded", "is_length_read": True,
    "in_absentia_code": "not_recorded",
    "military_court_code": "not_recorded", "special_court_code": "not_recorded",
    "terrorism_law_code": "not_recorded", "whereabouts_known_code": "not_recorded", "disappeared_days": None,
    **{f"{fact}_code": "not_recorded" for fact in FACTS[5:]},
    **dict.fromkeys(COURSE, "not_recorded"),
    "wgad_symbol": None, "wgad_codes": "not_recorded", "own_codes": "not_recorded",
    "name_basis_code": "none", "public_name": None, "un_symbol": None,
    "source_reliability_code": "untested", "doubt_codes": "not_recorded",
}  # fmt: skip


def table(
    name: str, rows: Sequence[Mapping[str, Any]], defaults: Mapping[str, Any]
) -> pd.DataFrame:
    """A valid table from rows; every row is a person of its own unless it says otherwise."""
    model = TABLES[name].model
    full = []
    for i, row in enumerate(rows):
        person = row.get("person_id", f"p{i:03d}")
        ids = {"row_id": f"r{i:03d}", "person_id": person, "source_row": i + 2}
        if name == "census":
            ids["name_id"] = person
        full.append({**ids, **defaults, **row})
    frame = pd.DataFrame(full)
    if name == "detentions" and len(frame):
        frame["situation_code"] = last_situations(frame)
    return model.validate(frame[list(model.to_schema().columns)])


def facts(slug: str, table_: str, policy: Policy = PUBLIC) -> dict[str, Any]:
    """Facts of an invented list."""
    return {
        "slug": slug, "table": table_, "title": f"List {slug}", "publisher": f"Nobody {slug}",
        "singular": "invented prisoner", "plural": "invented prisoners",
        "definition": "invented prisoners", "coverage": "invented", "citation": f"{slug}, invented",
        "url": "", "licence": "own", "asked": ["sex_code"], "policy": policy.to_dict(),
        "is_demo": True, "sha256": "0" * 64, "file": f"{slug}.csv", "layout": "a",
    }  # fmt: skip


def make_build(
    work: Path,
    census: Sequence[Mapping[str, Any]] = (),
    spells: Sequence[Mapping[str, Any]] = (),
    policy: Policy = PUBLIC,
    opinions: Sequence[Mapping[str, Any]] = (),
) -> Build:
    """A finished build with the tables that have rows."""
    folder = work / "imprisonment" / "b1"
    folder.mkdir(parents=True)
    lists = []
    if census:
        table("census", census, CENSUS).to_parquet(folder / "census.parquet", index=False)
        lists.append(facts("list-c", "census"))
    if spells:
        table("detentions", spells, SPELL).to_parquet(folder / "detentions.parquet", index=False)
        lists.append(facts("list-d", "detentions", policy))
    if opinions:
        rows = [{"source": "list-w", "source_row": i + 2, **row} for i, row in enumerate(opinions)]
        columns = TABLES["opinions"].columns
        frame = TABLES["opinions"].model.validate(pd.DataFrame(rows)[columns])
        frame.to_parquet(folder / "opinions.parquet", index=False)
        lists.append(facts("list-w", "opinions"))
    write_json(folder / "sources.json", lists)
    write_json(folder / "build.json", {"code": "test", "key_fingerprint": "0" * 12})
    (work / "imprisonment" / "current").write_text("b1")
    build = Build("imprisonment", "b1", folder)
    make_releases(build)
    return build
