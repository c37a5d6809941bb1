"""Beside a public census, no finding on imprisonment holds more of a restricted list than its release."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from imprisonment_builds import RESTRICTED, make_build

from hrdresearch.findings.model import Finding
from hrdresearch.studies import open_study

CENSUS = [
    {"person_id": f"p{n:03d}", "census_year": 2015 + n % 5, "state_iso3": "EGY", "state_m49": 818}
    for n in range(60)
]


def spells(number: int) -> list[dict[str, Any]]:
    """Spells of persons of whom some stand in the census under the same pseudonym."""
    rng = np.random.default_rng(number)
    found = []
    for n in range(number):
        began = pd.Timestamp("2012-01-01") + pd.Timedelta(days=int(rng.integers(3000)))
        ended = began + pd.Timedelta(days=400) if rng.random() < 0.4 else pd.NaT
        found.append(
            {
                "person_id": f"p{n:03d}",
                "began_date": began,
                "began_year": began.year,
                "sex_code": str(rng.choice(["male", "female"])),
                "ended_date": ended,
                "ended_precision": "day" if ended is not pd.NaT else "unknown",
                "open_until_date": pd.NaT if ended is not pd.NaT else pd.Timestamp("2024-06-30"),
                "exit_code": "released" if ended is not pd.NaT else "held",
                "age_years": int(rng.integers(17, 70)),
                "bound_min_years": float(rng.integers(1, 20)),
            }
        )
    return found


def findings_of(study: Any) -> Iterator[tuple[str, Any]]:
    """Every finding of a study and its parts that is asked for without arguments."""
    parts = {"": study, **{n: p for n, p in vars(study).items() if hasattr(p, "populations")}}
    for name in ("census", "detained"):
        parts[name] = getattr(study, name)
    for part, holder in parts.items():
        for name, method in inspect.getmembers(type(holder), inspect.isfunction):
            arguments = list(inspect.signature(method).parameters.values())[1:]
            if name.startswith("_") or any(a.default is a.empty for a in arguments):
                continue
            if "Finding" in str(method.__annotations__.get("return")):
                made = getattr(holder, name)()
                yield f"{part}.{name}", made.to_json() if isinstance(made, Finding) else str(made)


def test_no_finding_holds_more_of_a_restricted_list_of_prisoners_than_its_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    rows = spells(150)
    changed = {
        "state_iso3": "UGA", "state_m49": 800, "sex_code": "transgender", "age_years": 99,
        "began_date": pd.Timestamp("1999-05-05"), "began_year": 1999,
    }  # fmt: skip
    other = [row | changed for row in rows[:3]] + rows[7:]
    told = []
    for name, held in (("first", rows), ("second", other)):
        make_build(tmp_path / name, CENSUS, held, RESTRICTED)
        released = tmp_path / name / "imprisonment" / "released"
        if told:
            shutil.rmtree(released)
            shutil.copytree(tmp_path / "first" / "imprisonment" / "released", released)
        told.append(dict(findings_of(open_study("imprisonment", work=str(tmp_path / name)))))
    assert len(told[0]) > 20
    assert any(c["value"] for c in told[0]["detained.extent"]["claims"])
    assert [name for name in told[0] if str(told[0][name]) != str(told[1][name])] == []
