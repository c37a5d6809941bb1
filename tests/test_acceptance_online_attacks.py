"""Published labelled sets: what was reached, held as a floor. None is evidence about defenders.

EDOS with sentence vectors takes ten minutes or more to train, so it is a command and no test:
``hrdresearch train online-attack FILE --format edos --model DIR``, then ``evaluate``. What the text
alone gives is tested.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.coding.incident import code_incident
from hrdresearch.run.tasks import incident, online_attack

Find = Callable[[str], Path]
pytestmark = pytest.mark.real


def without_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(online_attack, "installed_encoders", tuple)


@pytest.mark.slow
def test_osact_arabic_offensive_or_not(
    real_data: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_vectors(monkeypatch)
    online_attack.train(real_data("osact2022_ar/train_data2022.csv"), "osact", tmp_path)
    found = online_attack.evaluate(real_data("osact2022_ar/dev_data2022.csv"), "osact", tmp_path)
    assert found["macro_f1"] >= 0.76
    assert set(found["per_class"]) == {"OFF", "NOT_OFF"}


@pytest.mark.slow
def test_edos_from_the_text_alone(
    real_data: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_vectors(monkeypatch)
    file = real_data("edos/edos_train_dev.csv")
    online_attack.train(file, "edos", tmp_path)
    found = online_attack.evaluate(file, "edos", tmp_path)
    assert found["messages"] == 2000
    assert found["macro_f1"] >= 0.76
    assert set(found["threats"]) == {"recall_at_5", "recall_at_10", "recall_at_20"}
    assert found["threats"]["recall_at_10"]["of"] == 44


def test_davidson_and_mlma_are_read_and_the_rules_say_something(real_data: Find) -> None:
    davidson = online_attack.evaluate(real_data("davidson2017/labeled_data.csv"), "davidson", None)
    french = online_attack.evaluate(real_data("mlma/fr_dataset.csv"), "mlma", None)
    assert davidson["messages"] > 4900 and french["messages"] > 780
    assert "defenders" in davidson["note"]


@pytest.mark.slow
def test_news_reports_are_coded_better_than_by_the_majority_and_no_worse_than_by_words(
    real_data: Find,
) -> None:
    real_data("hrdsattack/train.json")
    found = incident.evaluate(real_data("hrdsattack/dev.json"), "hrdsattack", None)
    for question, value in found["coder"].items():
        assert value > found["tfidf"][question] - 0.02  # a hundred reports: two are chance
        assert value > found["majority"][question]
    assert found["coder"]["state"] >= 0.82
    right, of = found["dates"]["a day"]
    assert right / of >= 0.4


def test_narratives_of_one_incident_give_its_day_and_its_acts(real_data: Find) -> None:
    file = real_data("us_press_freedom_tracker/incidents.csv")
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    read = [
        code_incident(re.sub("<[^>]+>", " ", f"{r.title}. {r.body}"), r.first_published_at[:10])
        for r in rows.itertuples()
    ]
    days = [r.date == day[:10] for r, day in zip(read, rows["date"], strict=True)]
    assert sum(days) / len(days) >= 0.85
    attacked = rows["categories"].str.contains("Physical Attack")
    found = pd.Series(["physical_attack" in r.acts for r in read])
    assert 2 * (found & attacked).sum() / (found.sum() + attacked.sum()) >= 0.8
