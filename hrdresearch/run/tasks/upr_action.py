"""Task ``upr-action``: agreement of the action category with labels, by rules or by a trained model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hrdresearch.coding.action import code_action
from hrdresearch.coding.recommendations import language_of
from hrdresearch.run.cases import lines_by_language
from hrdresearch.run.labelled import FORMATS as _FORMATS
from hrdresearch.run.labelled import read_labelled_recommendations
from hrdresearch.run.models import load_action_model, save_action_model, train_action_model
from hrdresearch.stats.agreement import agreement_in_words, measure_agreement
from hrdresearch.vocab import codes

FORMATS = _FORMATS


def evaluate(file: Path, format_: str | None, model: Path | None) -> dict[str, Any]:
    """Accuracy, macro F1 and figures by class; a text without a known verb counts as wrong."""
    rows = read_labelled_recommendations(file, format_, "action")
    texts = list(rows["text"].unique())
    if model is None:
        by_text = {t: code_action(t, language_of(t)).code for t in texts}
    else:
        found = load_action_model(model).predict(texts)
        by_text = {t: code for t, (code, _) in zip(texts, found, strict=True)}
    measured = measure_agreement(
        rows["label"].tolist(),
        rows["text"].map(by_text).tolist(),
        codes("upr_action"),
        rows["cluster"].tolist(),
    )
    coder = "rules" if model is None else "model"
    title = f"Action category: agreement of the {coder} with the labels (agreement, not truth)"
    right = rows["text"].map(by_text) == rows["label"]
    languages = rows["text"].map({text: language_of(text) for text in by_text})
    report = [
        agreement_in_words(measured, title),
        *lines_by_language(right, languages, rows["split"]),
    ]
    return {**measured, "coder": coder, "report": "\n".join(report)}


def train(file: Path, format_: str | None, model: Path) -> str:
    """Train on a labelled file, write the model, and return a text for readers."""
    rows = read_labelled_recommendations(file, format_, "action").drop_duplicates(["text", "label"])
    save_action_model(train_action_model(rows["text"].tolist(), rows["label"].tolist()), model)
    return (
        f"Trained on {len(rows):,} labelled texts; model in {model}. Try it on other sessions: "
        "hrdresearch evaluate upr-action FILE --model FOLDER"
    )
