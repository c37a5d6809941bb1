"""Task ``online-attack``: trains and evaluates coders of messages on labelled files.

None of the published sets is about human rights defenders, so figures on them are not evidence of quality
on messages to defenders (the format ``posts`` is for a researcher's own messages). Without a model, the
rules are evaluated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrdresearch.coding.attacks.linear import (
    STARTING,
    TEXT_ALONE,
    Floats,
    LinearModel,
    finds_attack,
    rule_features,
    rule_score,
)
from hrdresearch.coding.attacks.rules import KINDS
from hrdresearch.coding.attacks.training import LABELS_NEEDED, train_model
from hrdresearch.run.archive.labelled import FORMATS, Labelled, read_labelled
from hrdresearch.run.archive.starting import ENCODER, make_starting_coder, read_threat_cases
from hrdresearch.run.attack_models import (
    installed_encoders,
    load_model,
    save_model,
    sentence_vectors,
)
from hrdresearch.run.cases import lines_by_language
from hrdresearch.run.errors import RunError
from hrdresearch.stats.agreement import number_or_none
from hrdresearch.stats.calibration import measure_calibration
from hrdresearch.stats.review_budgets import recall_at_budgets, wilson_share

__all__ = ["FORMATS", "evaluate", "start", "train"]

FEWEST_OF_LANGUAGE = 30  # fewest messages of a language for figures of that language
OWN = (
    "Measured on the labelled messages only: if they are not a random sample of the archive, the figures "
    "are not those of the archive. The report of the study weights them by the sampling design."
)
NO_EVIDENCE = (
    "These messages are not addressed to human rights defenders: the figures say nothing about "
    "quality on messages to defenders. Label a sample of your own archive."
)


def train(file: Path, format_: str | None, model: Path) -> str:
    """Train on the training part of a labelled file, write the model, and return a text for readers."""
    labelled = read_labelled(file, format_ or "posts", part="train")
    targets, said = _targets_with_enough(labelled, file.name)
    vectors = {
        encoder: sentence_vectors(labelled.texts, encoder) for encoder in installed_encoders()
    }
    trained = train_model(
        labelled.texts,
        targets,
        is_exclusive=labelled.is_exclusive,
        vectors=vectors,
        rules=rule_features(labelled.texts, labelled.languages),
        about={"format": labelled.format, "vectors": list(vectors)},
    )
    save_model(trained, model)
    first = (
        f"Trained on {len(labelled.texts)} messages ({', '.join(vectors) or 'no'} sentence vectors): "
        f"{', '.join(trained.labels)}. Model: {model}"
    )
    return "\n".join([first, *labelled.said, *said, _note(labelled.format)])


def start(model: Path) -> str:
    """Train the starting coder of threats on the project's invented cases and write it to a folder."""
    if ENCODER not in installed_encoders():
        raise RunError(
            "The starting coder reads sentence vectors: install the extra 'embeddings'. Without it the "
            "rules alone order the queue"
        )
    save_model(make_starting_coder(), model)
    return (
        f"Trained on {len(read_threat_cases())} invented messages: threat. Model: {model}\n"
        "It proposes what is read first, and no share rests on it: shares need messages that people "
        "labelled. Train on your own labels as soon as you have them."
    )


def _targets_with_enough(
    labelled: Labelled, file: str
) -> tuple[dict[str, NDArray[np.bool_]], list[str]]:
    """Labels with enough messages to learn them, and a sentence if threats have too few.

    RunError if attacks themselves have too few.
    """
    targets, said = {}, []
    for name in labelled.targets:
        holds = labelled.holds(name)
        enough = min(holds.sum(), (~holds).sum()) >= LABELS_NEEDED
        told = f"{holds.sum()} of {len(holds)} messages of the training part have the label {name}"
        if enough:
            targets[name] = holds
        elif name == "threat":
            said.append(f"{told}: too few to learn it; the model does not recognize threats.")
        else:
            raise RunError(
                f"{file}: {told}; at least {LABELS_NEEDED} messages must have this label, and at least "
                f"{LABELS_NEEDED} must not have it. Label more messages"
            )
    return targets, said


def evaluate(file: Path, format_: str | None, model: Path | None) -> dict[str, Any]:
    """Agreement with the held-out part of a labelled file, as plain values for ``--json``."""
    labelled = read_labelled(file, format_ or "posts", part="test")
    rules = rule_features(labelled.texts, labelled.languages)
    more: dict[str, Any] = {}
    if model is None:
        given, threat_scores = labelled.attacks_as_classes(finds_attack(rules)), rule_score(rules)
    else:
        loaded = load_model(model)
        best, *others = [*(e for e in installed_encoders() if e in loaded.judges), TEXT_ALONE]
        given, threat_scores, more = _by_model(labelled, rules, loaded, best)
        more["otherwise"] = {
            encoder or "text alone": _in_short(
                labelled, *_by_model(labelled, rules, loaded, encoder)
            )
            for encoder in others
        }
    result = _figures(labelled.truth, given, labelled.classes)
    result |= {
        "format": labelled.format,
        "coder": "rules" if model is None else "model",
        "messages": len(labelled.texts),
        "part": labelled.part,
        **more,
    }
    if labelled.threats is not None:
        result["threats"] = _queue(threat_scores, labelled.threats)
    if labelled.kinds is not None:
        result["per_kind"] = _per_kind(labelled, rules)
    result["by_language"] = _by_language(labelled, given)
    result["note"] = _note(labelled.format)
    by_language = lines_by_language(labelled.truth == given, labelled.languages)
    result["report"] = "\n".join([_as_text(result), *labelled.said, *by_language])
    return result


def _note(format_: str) -> str:
    """A sentence on what the figures are evidence of; ``posts`` are a researcher's own messages."""
    return OWN if format_ == "posts" else NO_EVIDENCE


def _by_model(
    labelled: Labelled, rules: Floats, model: LinearModel, encoder: str
) -> tuple[NDArray[Any], NDArray[np.float64], dict[str, Any]]:
    """Classes, scores for the order of the queue, and the calibration of the probabilities.

    The starting coder knows threats alone: what else is an attack, the rules say.
    """
    is_starting = model.about.get("format") == STARTING
    needed = labelled.classes if labelled.is_exclusive else (labelled.attack_class,)
    missing = [t for t in needed if t not in model.labels]
    if missing and not is_starting:
        raise RunError(
            f"The model knows the labels {', '.join(model.labels)}, not {', '.join(missing)}: it was trained "
            f"on another format ({model.about.get('format')}). Use that format, or train again"
        )
    chances, holds, _ = model.judge(
        labelled.texts, rules, encoder, sentence_vectors, labelled.languages
    )
    threat = model.labels.index("threat") if "threat" in model.labels else None
    scores = chances[:, threat] if threat is not None else rule_score(rules)
    more = {
        "vectors": encoder or None,
        "calibration": {
            t: asdict(measure_calibration(chances[:, model.labels.index(t)], labelled.holds(t)))
            for t in labelled.targets
            if t in model.labels
        },
    }
    if is_starting:
        return labelled.attacks_as_classes(finds_attack(rules) | holds[:, 0]), scores, more
    return labelled.classes_from(model.labels, holds, chances), scores, more


def _in_short(
    labelled: Labelled, given: NDArray[Any], scores: NDArray[np.float64], _more: dict[str, Any]
) -> dict[str, Any]:
    """Main figures when another encoder, or no encoder, is used."""
    threats = {} if labelled.threats is None else _queue(scores, labelled.threats)
    return {
        "macro_f1": _figures(labelled.truth, given, labelled.classes)["macro_f1"],
        **{name: found["recall"] for name, found in threats.items()},
    }


def _figures(truth: NDArray[Any], given: NDArray[Any], classes: tuple[str, ...]) -> dict[str, Any]:
    from sklearn.metrics import precision_recall_fscore_support

    p, r, f, n = precision_recall_fscore_support(
        truth, given, labels=list(classes), zero_division=np.nan
    )
    return {
        "accuracy": float(np.mean(truth == given)),
        "macro_f1": number_or_none(np.nanmean(f)) if np.isfinite(f).any() else None,
        "per_class": {
            c: {
                "precision": number_or_none(p[i]),
                "recall": number_or_none(r[i]),
                "f1": number_or_none(f[i]),
                "support": int(n[i]),
                **_intervals(truth, given, c),
            }
            for i, c in enumerate(classes)
        },
    }


def _printed(value: float | None, ends: Sequence[float | None] = ()) -> str:
    if value is None:
        return "not computable"
    return f"{value:.3f}" + (f" ({ends[0]:.2f} to {ends[1]:.2f})" if ends else "")


def _intervals(truth: NDArray[Any], given: NDArray[Any], label: str) -> dict[str, Any]:
    both = int(((truth == label) & (given == label)).sum())
    precision = wilson_share(both, int((given == label).sum()))
    recall = wilson_share(both, int((truth == label).sum()))
    return {
        "precision_interval": [precision.low, precision.high],
        "recall_interval": [recall.low, recall.high],
    }


def _queue(scores: NDArray[np.float64], sought: NDArray[np.bool_]) -> dict[str, Any]:
    found = recall_at_budgets(scores, sought)
    return {
        f"recall_at_{round(100 * b)}": {
            "recall": s.value,
            "low": s.low,
            "high": s.high,
            "found": s.part,
            "of": s.whole,
        }
        for b, s in found.items()
    }


def _per_kind(labelled: Labelled, rules: Floats) -> dict[str, Any]:
    """Figures of the rules for each kind of attack that people or rules found."""
    return {
        kind: _figures(truth, found, (kind,))["per_class"][kind]
        for column, kind in enumerate(KINDS)
        for truth in [np.array([kind if kind in kinds else "" for kinds in labelled.kinds or ()])]
        for found in [np.where(rules[:, column] > 0, kind, "")]
        if kind != "none" and (kind in truth or kind in found)  # a rule finds a kind, never none
    }


def _by_language(labelled: Labelled, given: NDArray[Any]) -> dict[str, Any]:
    languages = np.array(labelled.languages)
    several = sorted(set(labelled.languages))
    if len(several) < 2:
        return {}
    return {
        code: _figures(
            labelled.truth[languages == code], given[languages == code], labelled.classes
        )
        for code in several
        if (languages == code).sum() >= FEWEST_OF_LANGUAGE
    }


def _as_text(result: dict[str, Any]) -> str:
    lines = [
        f"{result['format']} ({result['part']} part), {result['messages']} messages, by "
        f"{result['coder']}: accuracy {result['accuracy']:.3f}, macro-F1 {_printed(result['macro_f1'])}"
    ]
    for name, f in result["per_class"].items():
        lines.append(
            f"  {name}: precision {_printed(f['precision'], f['precision_interval'])}, recall "
            f"{_printed(f['recall'], f['recall_interval'])}, F1 {_printed(f['f1'])}, {f['support']} messages"
        )
    for name, other in result.get("otherwise", {}).items():
        found = other.get("recall_at_10")
        threats = "" if found is None else f", threats in the first 10 per cent {found:.2f}"
        lines.append(f"  coded by {name} instead: macro-F1 {_printed(other['macro_f1'])}{threats}")
    for name, c in result.get("calibration", {}).items():
        lines.append(
            f"  probability of {name}: Brier score {c['brier']:.3f}; said and found are "
            f"{100 * c['mean_distance']:.0f} points apart on average "
            f"({100 * c['mean_distance_by_chance']:.0f} by chance alone)"
        )
    for name, f in result.get("per_kind", {}).items():
        lines.append(
            f"  {name} (rules): precision {_printed(f['precision'], f['precision_interval'])}, recall "
            f"{_printed(f['recall'], f['recall_interval'])}, {f['support']} messages"
        )
    for name, q in result.get("threats", {}).items():
        if q["recall"] is None:
            continue
        lines.append(
            f"  threats in the first {name.rsplit('_', 1)[-1]} per cent of the queue: "
            f"{q['found']} of {q['of']} ({q['recall']:.2f}; 95 per cent interval "
            f"{q['low']:.2f} to {q['high']:.2f})"
        )
    return "\n".join([*lines, result["note"]])
