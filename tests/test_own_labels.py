"""A researcher's own labels for training and evaluation; every message is invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.archive.labelled import read_labelled
from hrdresearch.run.errors import RunError
from hrdresearch.run.tasks import online_attack

ATTACKS = ["Vamos matar você {}", "Traidora paga de fora {}", "Cala a boca, lixo {}"]
OTHERS = ["A audiência sobre {} começa às nove", "Obrigada pelo trabalho em {}", "Chove hoje em {}"]
PLACES = [f"lugar{i}" for i in range(40)]


def portuguese(folder: Path, **words: str) -> Path:
    """240 messages, half of them attacks, with plain labels."""
    told = {"attack": "ataque", "none": "nenhum"} | words
    rows = [
        {"text": text.format(place), "label": told[label], "language": "pt"}
        for place in PLACES
        for label, texts in (("attack", ATTACKS), ("none", OTHERS))
        for text in texts
    ]
    pd.DataFrame(rows).to_csv(folder / "rotulos.csv", index=False, sep=";")
    return folder / "rotulos.csv"


def run(*given: str) -> Any:
    return CliRunner().invoke(app, list(given))


@pytest.mark.parametrize(
    "words", [{}, {"attack": "attack", "none": "none"}, {"attack": "1", "none": "0"}]
)
def test_plain_labels_in_portuguese_are_learned_and_measured_by_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: dict[str, str]
) -> None:
    monkeypatch.setattr(online_attack, "installed_encoders", tuple)
    file, model = portuguese(tmp_path, **words), tmp_path / "model"
    trained = run("train", "online-attack", str(file), "--model", str(model))
    assert trained.exit_code == 0, trained.output
    assert "Trained on 192 messages" in trained.output and "threats" in trained.output
    told = run("evaluate", "online-attack", str(file), "--model", str(model), "--json")
    found = json.loads(told.output)
    assert found["messages"] == 48 and found["macro_f1"] > 0.9
    assert "threats" not in found and "per_kind" not in found
    assert run("evaluate", "online-attack", str(file)).exit_code == 0  # by rules


def labels(folder: Path, **columns: list[str]) -> Path:
    pd.DataFrame(columns).to_csv(folder / "labels.csv", index=False)
    return folder / "labels.csv"


TEXTS = ["We will kill you", "You traitor", "The hearing begins", "See you, friend", "a fifth"]


def test_labels_of_several_persons_stand_in_columns_or_in_rows(tmp_path: Path) -> None:
    kinds = {
        "kinds_a": ["threat_life", "stigmatization", "none", "none", "none"],
        "kinds_b": ["threat_life|smear", "none", "none", "none", ""],
        "kinds_c": ["smear", "none", "none", "", ""],
    }
    split = ["train"] * 5
    beside = read_labelled(labels(tmp_path, text=TEXTS, split=split, **kinds), "posts", "train")
    assert beside.truth.tolist() == ["attack", "none", "none", "none", "none"]
    assert beside.kinds is not None and beside.kinds[0] == {"threat_life", "smear"}
    assert beside.threats is not None and beside.threats.tolist() == [True] + [False] * 4
    assert "4 messages have labels of several persons" in beside.said[0]
    assert "agree whether it is an attack on 3 of them" in beside.said[0]

    rows = [
        (i, t, c, k) for c in kinds for i, (t, k) in enumerate(zip(TEXTS, kinds[c], strict=True))
    ]
    one = dict(
        zip(("id", "text", "annotator", "kinds"), map(list, zip(*rows, strict=True)), strict=True)
    )
    below = read_labelled(labels(tmp_path, split=["train"] * 15, **one), "posts", "train")
    assert below.truth.tolist() == beside.truth.tolist() and below.kinds == beside.kinds
    assert below.said[0].startswith("3 rows have no text or no label")


def test_a_text_that_one_person_labelled_twice_is_no_agreement_of_two(tmp_path: Path) -> None:
    file = labels(tmp_path, text=["a", "a", "b"], kinds=["none", "none", "none"])
    assert read_labelled(file, "posts", "train").said == ()
    once = {"text": ["a"] * 3, "kinds": ["none"] * 2 + ["smear"], "annotator": ["x", "x", "y"]}
    [said] = read_labelled(labels(tmp_path, **once), "posts", "train").said
    assert "1 messages have labels" in said and "on 0 of them" in said


def test_where_as_many_say_attack_as_not_it_is_an_attack(tmp_path: Path) -> None:
    file = labels(tmp_path, text=["a", "b"], label_x=["attack", "none"], label_y=["none", "none"])
    assert read_labelled(file, "posts", "train").truth.tolist() == ["attack", "none"]


def test_the_same_text_is_never_in_both_parts(tmp_path: Path) -> None:
    texts = [f"text {i % 10}" for i in range(100)]
    file = labels(
        tmp_path, id=[str(i) for i in range(100)], text=texts, label=["none", "attack"] * 50
    )
    train, test = (read_labelled(file, "posts", part) for part in ("train", "test"))
    assert not set(train.texts) & set(test.texts)
    assert (len(train.texts), len(test.texts)) == (80, 20)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"text": TEXTS, "label": ["attack", "none"] * 2 + ["rude"]}, "row 6: rude"),
        (
            {"text": TEXTS, "kinds": ["none|smear"] + ["none"] * 4},
            "row 2: none beside another label",
        ),
        (
            {"text": TEXTS, "kinds": ["none"] * 5, "split": ["test"] * 5},
            "column split has no message",
        ),
        ({"text": TEXTS, "kinds": ["none"] * 5, "split": ["a"] * 5}, "train or test"),
        (
            {"text": TEXTS, "kinds": ["none"] * 5},
            "0 of 4 messages .* at least 8 messages must have this label",
        ),
        ({"text": TEXTS, "kinds": [""] * 5}, "no row has a text and a label"),
        ({"text": TEXTS, "verdict": ["none"] * 5}, "lacks kinds or label"),
    ],
)
def test_labels_that_cannot_be_used_are_refused_before_vectors_are_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: dict[str, list[str]], words: str
) -> None:
    monkeypatch.setattr(online_attack, "sentence_vectors", lambda *_: pytest.fail("too early"))
    file = labels(tmp_path, **columns)
    with pytest.raises(RunError, match=words):
        online_attack.train(file, None, tmp_path / "model")
    told = run("train", "online-attack", str(file), "--model", str(tmp_path / "model"))
    assert told.exit_code != 0 and not isinstance(told.exception, ValueError)


def test_a_file_of_the_training_part_only_cannot_be_evaluated(tmp_path: Path) -> None:
    file = labels(tmp_path, text=TEXTS, kinds=["none"] * 5, split=["train"] * 5)
    with pytest.raises(RunError, match="nothing for the held-out part"):
        online_attack.evaluate(file, None, None)


def test_a_model_without_threats_is_measured_on_labels_that_tell_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online_attack, "installed_encoders", tuple)
    run("train", "online-attack", str(portuguese(tmp_path)), "--model", str(tmp_path / "model"))
    file = labels(tmp_path, text=TEXTS, kinds=["threat_life"] + ["none"] * 4, split=["test"] * 5)
    found = online_attack.evaluate(file, None, tmp_path / "model")
    assert list(found["calibration"]) == ["attack"] and found["threats"]["recall_at_20"]["of"] == 1
