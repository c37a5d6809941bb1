"""Training and evaluating coders on labelled files, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.errors import RunError
from hrdresearch.run.tasks import online_attack
from hrdresearch.stats.calibration import measure_calibration

OWN = pd.DataFrame(
    {
        "text": [
            "We will kill you before the hearing",
            "You are a traitor paid from abroad",
            "The hearing begins at nine",
            "See you at the market, friend",
            "We know where your children go to school, lawyer",
        ],
        "kinds": ["threat_life", "stigmatization", "none", "none", "threat_family"],
        "split": ["test"] * 5,
    }
)


def without_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(online_attack, "installed_encoders", tuple)


def evaluated(file: Path, *more: str) -> dict:
    given = ["evaluate", "online-attack", str(file), "--format", "posts", "--json", *more]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_rules_on_own_labels_give_figures_by_class_and_by_kind(tmp_path: Path) -> None:
    OWN.to_csv(tmp_path / "labels.csv", index=False)
    found = evaluated(tmp_path / "labels.csv")
    assert {"accuracy", "macro_f1", "per_class", "per_kind"} <= set(found)
    assert found["per_class"]["attack"] | {"precision_interval": 0, "recall_interval": 0} == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "support": 3,
        "precision_interval": 0,
        "recall_interval": 0,
    }
    assert found["per_kind"]["threat_life"]["recall"] == 1.0
    assert "none" in found["per_class"] and "none" not in found["per_kind"]
    assert "not addressed" not in found["note"]


def test_a_kind_that_does_not_exist_is_named(tmp_path: Path) -> None:
    OWN.assign(kinds="rudeness").to_csv(tmp_path / "labels.csv", index=False)
    with pytest.raises(RunError, match=r"labels.csv: 5 rows have a label .*row 2: rudeness"):
        online_attack.evaluate(tmp_path / "labels.csv", "posts", None)


def test_a_model_trained_from_the_command_line_is_evaluated_on_the_held_out_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_vectors(monkeypatch)
    frame = pd.concat([OWN.assign(split=s) for s in ["train"] * 12 + ["test"]], ignore_index=True)
    frame["text"] = [f"{t} {i}" for i, t in enumerate(frame["text"])]
    frame.to_csv(tmp_path / "labels.csv", index=False)
    given = ["train", "online-attack", str(tmp_path / "labels.csv"), "--format", "posts"]
    result = CliRunner().invoke(app, [*given, "--model", str(tmp_path / "model")])
    assert result.exit_code == 0, result.output
    found = evaluated(tmp_path / "labels.csv", "--model", str(tmp_path / "model"))
    assert found["coder"] == "model" and found["messages"] == 5
    assert found["per_class"]["attack"]["recall"] == 1.0
    assert found["threats"]["recall_at_20"]["of"] == 2
    assert found["vectors"] is None
    assert found["calibration"]["attack"]["brier"] < 0.1


def test_calibration_tells_honest_probabilities_from_boastful_ones() -> None:
    chance = np.random.default_rng(1)
    said = chance.uniform(size=20_000)
    holds = chance.uniform(size=20_000) < said
    honest, boastful = measure_calibration(said, holds), measure_calibration(np.sqrt(said), holds)
    assert honest.mean_distance < 0.01 < 0.1 < boastful.mean_distance
    assert 0 < honest.mean_distance_by_chance < 0.1
    assert honest.brier == pytest.approx(1 / 6, abs=0.01) and boastful.brier > honest.brier
    assert [g.share_with_label.whole for g in honest.groups] == [4000] * 5
    with pytest.raises(ValueError, match="no messages"):
        measure_calibration(np.zeros(0), np.zeros(0, dtype=bool))


def test_precision_of_a_class_that_was_never_given_is_not_computable() -> None:
    found = online_attack._figures(np.array(["a", "b"]), np.array(["a", "a"]), ("a", "b", "c"))
    never, absent = found["per_class"]["b"], found["per_class"]["c"]
    assert (never["precision"], never["recall"], never["f1"]) == (None, 0.0, 0.0)
    assert (absent["precision"], absent["recall"], absent["f1"]) == (None, None, None)
    assert online_attack._printed(never["precision"]) == "not computable"
