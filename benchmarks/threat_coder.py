"""The starting coder of threats on sentences of makers that it has not met, and on published messages.

    python benchmarks/threat_coder.py                  # the blind maker; three minutes
    python benchmarks/threat_coder.py --choose DATA    # what threshold and weight of the rules were chosen by
    python benchmarks/threat_coder.py --languages      # what thresholds of languages were chosen by; long

Cases are those of the package (``coding/attacks/threat_cases``). The blind maker's stand in
tests/cases/threats_eleventh; no coder learns from them and nothing is chosen on them. With --choose the third
maker, whose brief was another than that of the later ones, is left out, and the published sets in DATA say
how many messages are marked that people called no attack.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.metrics import roc_auc_score
from threat_coder_real import SETS, drawn_messages

from hrdresearch.coding.attacks.lexicon import LANGUAGES
from hrdresearch.coding.attacks.linear import Floats, LinearModel, finds_threat, rule_features
from hrdresearch.coding.attacks.rules import KINDS
from hrdresearch.run.archive import starting
from hrdresearch.run.attack_models import sentence_vectors
from hrdresearch.stats.review_budgets import wilson_share

BLIND = Path(__file__).resolve().parents[1] / "tests" / "cases" / "threats_eleventh"
WEIGHTS = (0.2, 0.4, 0.6, 0.8)  # of the rules
THRESHOLDS = np.arange(0, 0.5, 0.05)
LANGUAGE_THRESHOLDS = np.arange(0, 0.4, 0.01)
DAILY_LIFE = ("twelfth", "thirteenth")  # makers of harmless messages alone
Marks = NDArray[np.bool_]


class Messages:
    """Messages with their sentence vectors and what the rules find in them."""

    def __init__(self, texts: list[str], languages: list[str]) -> None:
        self.texts = texts
        self.vectors = sentence_vectors(texts, starting.ENCODER)
        self.rules = rule_features(texts, languages)

    def margins(self, coder: LinearModel) -> Floats:
        """Margin of every message by what is learned alone, in the units of the threshold."""
        [head] = coder.judges[starting.ENCODER].heads
        none = np.zeros((len(self.texts), len(KINDS)))
        chances = coder.probabilities(self.texts, none, self.vectors, starting.ENCODER)[:, 0]
        return np.asarray((logit(chances) - head.intercept) / head.weights[0])


def messages_of(cases: pd.DataFrame) -> Messages:
    """Messages of a frame of cases."""
    return Messages(cases["text"].tolist(), cases["language"].tolist())


def shares(holds: Marks, marked: Marks, where: Marks) -> str:
    """Shares of threats and of others that are marked, with Wilson intervals."""
    parts = []
    for inside in (where & holds, where & ~holds):
        share = wilson_share(int(marked[inside].sum()), int(inside.sum()))
        parts.append(f"{share.value:.2f} ({share.low:.2f}-{share.high:.2f})")
    return " / ".join(parts)


def print_blind() -> None:
    """Lines of all sentences of the blind maker, of each language and kind: rules alone, and the coder."""
    cases = starting.read_threat_cases(BLIND)
    messages, holds = messages_of(cases), cases["is_threat"].to_numpy(dtype=bool)
    coder = starting.make_starting_coder()
    _, by_coder, _ = coder.judge(
        messages.texts,
        messages.rules,
        starting.ENCODER,
        lambda *_: messages.vectors,
        cases["language"].tolist(),
    )
    area = roc_auc_score(holds, messages.margins(coder))
    print(f"area under the curve {area:.3f}; threats / others marked by rules, coder")
    marks = (finds_threat(messages.rules), by_coder[:, 0])
    for language in ("all", *LANGUAGES):
        part = ((cases["language"] == language) | (language == "all")).to_numpy()
        print("|", " | ".join([language, *(shares(holds, m, part) for m in marks)]), "|")
    for kind in sorted(set(cases["kind"])):
        part = (cases["kind"] == kind).to_numpy()
        print("|", kind, "|", part.sum(), *(f"| {m[part].mean():.2f}" for m in marks), "|")


def choose(data: Path) -> None:
    """Print what is marked at each threshold and weight, with the third maker left out of the training."""
    cases = starting.read_threat_cases()
    is_third = (cases["maker"] == "third").to_numpy()
    learned, third = cases[~is_third], cases[is_third]
    vectors = sentence_vectors(learned["text"].tolist(), starting.ENCODER)
    coder = starting.train_on_cases(learned, vectors)
    holds = third["is_threat"].to_numpy(dtype=bool)
    parts = {
        "third, threats": (messages_of(third), holds),
        "third, others": (messages_of(third), ~holds),
    }
    for name, file, part in SETS:
        texts, languages, _, harmless = drawn_messages(data / file, name, part)
        parts[f"{file} {part}"] = (Messages(texts, languages), harmless)
    margins = {name: messages.margins(coder) for name, (messages, _) in parts.items()}
    for weight in WEIGHTS:
        print(
            f"\nweight of the rules {weight}: marked at thresholds {THRESHOLDS.round(2).tolist()}"
        )
        for name, (messages, asked) in parts.items():
            score = (margins[name] + weight * finds_threat(messages.rules))[asked]
            print("|", name, "|", " ".join(f"{(score >= t).mean():.2f}" for t in THRESHOLDS), "|")


def print_languages() -> None:
    """Print what is marked in each language, each maker judged by the coder of the others."""
    cases = starting.read_threat_cases()
    vectors = sentence_vectors(cases["text"].tolist(), starting.ENCODER)
    scores = pd.Series(0.0, index=cases.index)
    for maker in cases["maker"].unique():
        is_left_out = (cases["maker"] == maker).to_numpy()
        left_out = messages_of(cases[is_left_out])
        coder = starting.train_on_cases(cases[~is_left_out], vectors[~is_left_out])
        found = starting.RULES_WEIGHT * finds_threat(left_out.rules)
        scores[is_left_out] = left_out.margins(coder) + found
    print(f"marked at thresholds {LANGUAGE_THRESHOLDS.round(2).tolist()}, mean of makers")
    is_marked = pd.DataFrame({t: scores >= t for t in LANGUAGE_THRESHOLDS})
    of_maker = is_marked.groupby([cases[c] for c in ("language", "is_threat", "maker")]).mean()
    of_daily_life = of_maker[of_maker.index.isin(DAILY_LIFE, level="maker")]
    for name, part in (("all makers", of_maker), ("daily life", of_daily_life)):
        for (language, is_threat), row in part.groupby(["language", "is_threat"]).mean().iterrows():
            what = "threats" if is_threat else "others"
            print("|", name, "|", language, "|", what, "|", " ".join(f"{v:.3f}" for v in row), "|")


def main() -> None:
    """Print the figures of the blind maker, or what was chosen by."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--choose", type=Path, help="folder of the published sets")
    parser.add_argument("--languages", action="store_true", help="makers left out one by one")
    given = parser.parse_args()
    if given.languages:
        print_languages()
    elif given.choose:
        choose(given.choose)
    else:
        print_blind()


if __name__ == "__main__":
    main()
