"""Published labelled sets: what was reached, held as a floor. None is evidence about defenders.

EDOS with sentence vectors takes ten minutes or more to train, so it is a command and no test:
``hrdresearch train online-attack FILE --format edos --model DIR``, then ``evaluate``. What the text
alone gives is tested.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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
def test_news_reports_of_the_held_out_part_are_coded_as_the_decision_says(real_data: Find) -> None:
    real_data("hrdsattack/train.json")
    found = incident.evaluate(real_data("hrdsattack/dev.json"), "hrdsattack", None)
    value = {question: figure["value"] for question, figure in found["by_split"]["unseen"].items()}
    least = {"violations, fitted": 0.64, "victims, fitted": 0.72, "perpetrator, fitted": 0.6}
    least |= {"state": 0.82, "date where the person gave a day": 0.5}
    assert {
        question: value[question] for question in least if value[question] < least[question]
    } == {}


def test_narratives_of_one_incident_give_its_day_its_city_and_its_acts(real_data: Find) -> None:
    file = real_data("us_press_freedom_tracker/incidents.csv")
    found = incident.evaluate(file, "tracker", None)["by_split"]
    least = {"date where the person gave a day": 0.88, "state": 0.88, "place": 0.55}
    least |= {"act physical_attack": 0.82, "act arrest": 0.72, "act equipment_damage": 0.62}
    assert {
        (half, question): figures[question]["value"]
        for half, figures in found.items()
        for question in least
        if figures[question]["value"] < least[question]
    } == {}
    assert {half: figures["act arrest"]["low"] > 0.5 for half, figures in found.items()} == {
        "seen": True,
        "unseen": True,
    }
