"""The attackers read real releases; and nothing but the release reaches the files of an edition."""

from __future__ import annotations

import json
import re
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import insider_medians
import numpy as np
import pandas as pd
import pytest
from attacks import attack_as_insider, attack_as_reader, printed_shares, prove_as_insider
from invented_lists import History, invent_history
from printed_by_release import RELEASE
from study_builds import PUBLIC, facts, make_build
from test_run_report import make_project, open_project

from hrdresearch.privacy.policy import Policy, ReleasePlan
from hrdresearch.run.execute import run
from hrdresearch.run.registry import studies
from hrdresearch.studies import open_study

LEAVES = ReleasePlan(
    by_area=("event_year", "sex_code", "cause_codes", "perpetrator_codes"),
    whole_list=("setting_code", "motive_link_code", "threats_before", "impunity_code"),
)
SEALED = Policy(False, "invented restricted list", LEAVES)
FINDINGS = (
    *("extent", "by_year", "by_period", "by_state", "by_state_year", "by_region", "by_area"),
    *("by_sex", "by_cause", "by_perpetrator", "by_identity", "by_age_group", "by_death_type"),
    *("by_defender_basis", "by_division", "by_motive_link", "by_sector", "by_setting"),
    *("by_source", "threats", "threats_by_group", "impunity", "impunity_by_group", "place"),
    *("accountability", "completeness", "documented_by", "motive_link_by_group", "union"),
    *(
        "pairs_of_lists",
        "disagreements",
        "undocumented",
        "quality",
        "several_victims",
        "side_by_side",
        "side_by_side_years",
        "single_source",
    ),
)


@pytest.fixture(scope="module")
def histories() -> list[History]:
    return [invent_history(rows, seed) for rows in (40, 200) for seed in range(5)]


@pytest.mark.long
def test_the_reader_finds_nothing_in_real_releases(histories):
    found, attributes = attack_as_reader(RELEASE, histories)
    assert any("age_years" in name for name in found.looked_at)  # medians are read, too
    assert found.groups > 100
    assert (found.exact, attributes) == ([], 0)
    assert 0 < len(found.not_empty) < found.groups / 2


def test_the_insider_learns_hardly_anything_from_real_releases(histories):
    found = attack_as_insider(RELEASE, histories)
    assert found.learnt <= 1
    assert "age_years" in found.guessed


@pytest.mark.long
def test_the_insider_works_out_no_small_group_and_proves_some_not_empty(histories):
    found = prove_as_insider(RELEASE, histories)
    assert found.groups > 50 and found.exact == []
    assert 0 < len(found.not_empty) < found.groups / 2


def test_nearly_all_cells_of_five_or_more_of_a_list_of_200_are_printed_in_every_edition(histories):
    shares = printed_shares(RELEASE, histories[5:])
    assert len(shares) >= 20 and min(shares) >= 0.95


def test_figures_of_a_list_of_10_000_rows_are_made_in_a_second():
    rows = invent_history(10_000, 1).lists[:1]
    start = time.process_time()
    [edition] = RELEASE.editions(rows)
    assert len(edition["cells"]) > 500 and time.process_time() - start < 1


def test_an_exact_median_would_tell_on_which_side_of_it_somebody_stands(monkeypatch):
    monkeypatch.setattr(insider_medians, "_CHANCES", (insider_medians._PLACES == 0).astype(float))
    history = invent_history(40, 1)
    some = history.lists[0].iloc[np.arange(60) % 40].assign(age_years=["20"] * 30 + ["50"] * 30)
    person = history.target.assign(age_years="50")
    lists = [some, pd.concat([some, person])]
    told = {"edition": "1", "as_at": {"": "1"}, "medians": {";age_years=median": "45-60"}}
    known = replace(history, lists=lists, target=person, gap=1, sign=1)
    prior, posterior = insider_medians.read_medians(known, [told, told])["age_years"]
    assert prior.round(2).tolist() == [0, 0.5, 0, 0.5, 0]
    assert posterior.round(2).tolist() == [0, 0, 0, 1, 0]


def people(number: int) -> list[dict[str, Any]]:
    rng = np.random.default_rng(number)
    states = [("COL", 170), ("MEX", 484), ("KEN", 404), ("PHL", 608)]
    found = []
    for n in range(number):
        iso3, m49 = states[rng.choice(4, p=[0.5, 0.3, 0.12, 0.08])]
        found.append(
            {
                "victim_id": f"v{n:04}",
                "state_iso3": iso3,
                "state_m49": m49,
                "event_year": int(rng.integers(2016, 2024)),
                "sex_code": str(rng.choice(["male", "female"], p=[0.8, 0.2])),
                "cause_codes": str(rng.choice(["land_environment", "corruption"])),
                "perpetrator_codes": str(rng.choice(["police", "hitmen", "unknown"])),
                "threats_before": str(rng.choice(["yes", "no", "unknown"])),
                "impunity_code": str(rng.choice(["complete", "partial", "unknown"])),
                "setting_code": str(rng.choice(["rural_or_remote", "urban"])),
                "event_id": f"e{rng.integers(number)}",
                "age_years": int(rng.integers(15, 80)),
            }
        )
    return found


def with_other_people(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The list without four persons, and three of whom every fact is another."""
    changed = {
        **{"state_iso3": "UGA", "state_m49": 800, "event_year": 2009, "sex_code": "transgender"},
        **{"cause_codes": "womens_rights", "age_years": 99, "event_id": "e0"},
        **{"perpetrator_codes": "poachers", "threats_before": "unknown", "admin1_name": "Nowhere"},
    }
    return [row | changed for row in rows[:3]] + rows[7:]


PUBLIC_ROWS: list[dict[str, Any]] = [
    {"source": "list-b", "victim_id": f"w{n}", "event_year": 2018 + n % 4} for n in range(30)
]
LINKED = [row | {"event_id": f"e{n}"} for n, row in enumerate(PUBLIC_ROWS)]  # with the restricted


@pytest.mark.parametrize(
    "public",
    [[], PUBLIC_ROWS, LINKED],
    ids=["restricted alone", "beside a public list", "events in common"],
)
def test_no_finding_holds_more_of_a_restricted_list_than_its_release(
    public: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    lists = [facts(policy=SEALED), *([facts("list-b", PUBLIC)] if public else [])]
    told = []
    for build_id, rows in (("b1", people(150)), ("b2", with_other_people(people(150)))):
        make_build(tmp_path / "work", [*rows, *public], lists, build_id)
        study = open_study("killings", work=str(tmp_path / "work"))
        found = {name: getattr(study, name)().to_json() for name in FINDINGS}
        told.append(json.loads(json.dumps(found, default=str).replace(build_id, "build")))
    assert any(c["value"] for c in told[0]["extent"]["claims"])
    for name in FINDINGS:
        assert told[0][name] == told[1][name], name


@pytest.mark.long
def test_no_file_of_an_edition_holds_more_of_a_restricted_list_than_its_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_project(tmp_path, monkeypatch)
    write = make_project(tmp_path)
    shown = "\n".join(
        f"show(study.{name}())" for name in ("by_state", "by_year", "by_sex", "by_cause")
    )
    out = write(
        [
            ("markdown", "# A short report\nDraft for a test"),
            ("parameters", 'state = "all"'),
            (
                "code",
                'from hrdresearch import cite, open_study, show\nstudy = open_study("killings")',
            ),
            ("code", f"{shown}\ncite(study.extent())"),
            ("markdown", "## Extent\n\nAt least {{ extent.victims|of:victim }} were killed."),
        ]
    )
    read = []
    for build_id, rows in (("r1", people(150)), ("r2", with_other_people(people(150)))):
        build = make_build(tmp_path / "work", rows, [facts(policy=SEALED)], build_id)
        (build.folder / "restricted").mkdir()
        names = tmp_path / "work" / "killings" / "b1" / "restricted" / "names.index"
        (build.folder / "restricted" / "names.index").write_bytes(names.read_bytes())
        edition = run("killings", {}, tmp_path / "work", out, operator="desk-4").folder
        texts = {
            n: (edition / n).read_text() for n in ("claims.json", "manifest.json", "report.html")
        }
        with zipfile.ZipFile(edition / "report.docx") as word:
            texts |= {
                n: word.read(n).decode()
                for n in word.namelist()
                if n.startswith(("word/", "docProps/")) and n.endswith(".xml")
            }
        read.append({n: _without_dates(text, build_id) for n, text in texts.items()})
    studies.cache_clear()
    assert "invented" in read[0]["report.html"]
    assert read[0].keys() == read[1].keys()
    assert [name for name, text in read[0].items() if text != read[1][name]] == []


def _without_dates(text: str, build_id: str) -> str:
    """The text without build, hashes and times of the run, which differ by themselves."""
    text = text.replace(build_id, "build")
    text = re.sub(r"\d{8}T\d{6}Z", "edition", text)
    text = re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:?\d\d:?\d\d\S*?(?=[\"<\s])", "time", text)
    return re.sub(r"\b[0-9a-f]{12,64}\b", "hash", text)
