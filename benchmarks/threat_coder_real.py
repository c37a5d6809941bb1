"""The starting coder on published labelled messages, beside the rules alone: order of the queue and marks.

    python benchmarks/threat_coder_real.py DATA      # folder with edos, osact2022_ar, davidson2017, mlma

Nothing of these sets is in the training. A set whose labels know threats: how many of them stand in the first
5, 10, 20 per cent of the queue, and are marked. Every set: how many messages that people called no attack are
marked as a threat. At most MOST messages without a threat are drawn.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hrdresearch.coding.attacks.linear import finds_threat, rule_features, rule_score
from hrdresearch.run.archive import starting
from hrdresearch.run.archive.labelled import read_labelled
from hrdresearch.run.attack_models import sentence_vectors

SETS = (
    ("edos", "edos/edos_train_dev.csv", "test"),
    ("edos", "edos/edos_train_dev.csv", "train"),
    ("osact", "osact2022_ar/train_data2022.csv", "train"),
    ("davidson", "davidson2017/labeled_data.csv", "test"),
    ("mlma", "mlma/en_dataset.csv", "test"),
    ("mlma", "mlma/fr_dataset.csv", "test"),
    ("mlma", "mlma/ar_dataset.csv", "test"),
)
BUDGETS = (0.05, 0.1, 0.2)
MOST = 3_000


def drawn_messages(
    file: Path, name: str, part: str
) -> tuple[list[str], list[str], NDArray[np.bool_], NDArray[np.bool_]]:
    """Texts, languages, which are threats, and which are no attack by their labels."""
    labelled = read_labelled(file, name, part)
    threats = labelled.threats
    if threats is None:
        threats = np.zeros(len(labelled.texts), dtype=bool)
    drawn = np.random.default_rng(1).permutation(np.flatnonzero(~threats))[:MOST]
    kept = np.sort(np.concatenate([np.flatnonzero(threats), drawn]))
    return (
        [labelled.texts[i] for i in kept],
        [labelled.languages[i] for i in kept],
        threats[kept],
        (labelled.truth == labelled.other_class)[kept],
    )


def main() -> None:
    """Print a line for each set, by the rules alone and by the coder."""
    coder = starting.make_starting_coder()
    for name, file, part in SETS:
        texts, languages, is_threat, harmless = drawn_messages(Path(sys.argv[1]) / file, name, part)
        rules = rule_features(texts, languages)
        chances, holds, _ = coder.judge(texts, rules, starting.ENCODER, sentence_vectors, languages)
        for who, marks, scores in (
            ("rules", finds_threat(rules), rule_score(rules)),
            ("coder", holds[:, 0], 10 * holds[:, 0] + 10 * chances[:, 0]),
        ):
            order = np.argsort(-scores, kind="stable")
            told = [f"no attack, marked {marks[harmless].mean():.3f} of {harmless.sum()}"]
            if is_threat.any():
                first = [is_threat[order[: round(b * len(order))]].sum() for b in BUDGETS]
                found = ", ".join(f"{n / is_threat.sum():.2f}" for n in first)
                told = [
                    f"{is_threat.sum()} threats: in the first {found}",
                    f"marked {marks[is_threat].mean():.2f}",
                    *told,
                ]
            print("|", " | ".join([file, part, who, *told]), "|", flush=True)


if __name__ == "__main__":
    main()
