"""Small invented builds for tests: five rows on the screen, defaults for the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd

from hrdresearch.privacy.policy import Policy, ReleasePlan
from hrdresearch.privacy.rounding import round_counts
from hrdresearch.run.files import write_json
from hrdresearch.run.releases import update_releases
from hrdresearch.studies.ground.build import Build
from hrdresearch.tables.cases import Cases

PUBLIC = Policy(True, "invented list that is public by name")
RESTRICTED = Policy(
    False,
    "invented restricted list",
    ReleasePlan(
        by_area=("event_year", "sex_code"),
        whole_list=("threats_before", "impunity_code", "motive_link_code", "cause_codes"),
    ),
)

DEFAULTS: dict[str, Any] = {
    "source": "list-a",
    "event_date": pd.Timestamp("2020-05-04"),
    "event_date_precision": "day",
    "event_year": 2020,
    "event_id": None,
    "state_iso3": "COL",
    "state_m49": 170,
    "admin1_name": None,
    "setting_code": "not_recorded",
    "seat_distance_code": "not_recorded",
    "is_collective": False,
    "is_unidentified": False,
    "sex_code": "male",
    "age_years": None,
    "age_group_code": "not_recorded",
    "identity_codes": "not_recorded",
    "cause_codes": "not_recorded",
    "sector_code": "not_asked",
    "perpetrator_codes": "not_asked",
    "death_type_code": "killing",
    "defender_basis_code": "source_definition",
    "motive_link_code": "confirmed",
    "threats_before": "not_asked",
    "impunity_code": "not_asked",
    "source_reliability_code": "untested",
    "source_independence_code": "own_documentation",
    "documented_by": None,
    "listed_elsewhere_codes": "not_assessed",
}
ASKED = (
    "sex_code",
    "age_years",
    "identity_codes",
    "cause_codes",
    "sector_code",
    "perpetrator_codes",
    "death_type_code",
    "threats_before",
    "impunity_code",
    "setting_code",
)


def cases(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A valid cases table from rows that say only what matters."""
    full = [
        {"victim_id": f"v{i:04d}", "source_row": i + 2, **DEFAULTS, **row}
        for i, row in enumerate(rows)
    ]
    return Cases.validate(pd.DataFrame(full)[list(Cases.to_schema().columns)])


def facts(slug: str = "list-a", policy: Policy = PUBLIC, **more: Any) -> dict[str, Any]:
    """Facts of an invented list."""
    return {
        "slug": slug,
        "table": "cases",
        "title": slug.replace("-", " ").capitalize(),
        "publisher": "Nobody",
        "singular": "invented person",
        "plural": "invented persons",
        "definition": "invented persons",
        "coverage": "invented",
        "citation": f"{slug}, invented.",
        "url": "",
        "licence": "own",
        "asked": list(ASKED),
        "policy": policy.to_dict(),
        "is_demo": True,
        "sha256": "0" * 64,
        "file": f"{slug}.csv",
        "layout": "a",
        **more,
    }


def make_build(
    work: Path,
    rows: Sequence[Mapping[str, Any]],
    lists: Sequence[Mapping[str, Any]] = (),
    build_id: str = "b1",
) -> Build:
    """A finished build in ``work``, with the current pointer on it."""
    folder = work / "killings" / build_id
    folder.mkdir(parents=True)
    cases(rows).to_parquet(folder / "cases.parquet", index=False)
    write_json(folder / "sources.json", list(lists) or [facts()])
    write_json(folder / "build.json", {"code": "test", "key_fingerprint": "0" * 12})
    (work / "killings" / "current").write_text(build_id)
    build = Build("killings", build_id, folder)
    make_releases(build)
    return build


def make_releases(build: Build) -> None:
    """Releases of the restricted lists of a build, each count rounded to the nearest five."""
    nearest = partial(round_counts, mode="nearest")
    with patch("hrdresearch.privacy.make_release.round_counts", nearest):
        list(update_releases(build))
