"""The starting coder of threats, tested on makers that it has not met.

    python benchmarks/threat_coder.py --choose     # threshold and weight of the rules, on makers left out
    python benchmarks/threat_coder.py              # the coder as shipped: makers left out, the blind maker

Cases are those of the package (``coding/attacks/threat_cases``). The blind maker's stand in
tests/cases/threats_eleventh; no coder learns from them and nothing is chosen on them. About ten minutes each.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.metrics import roc_auc_score

from hrdresearch.coding.attacks.lexicon import LANGUAGES
from hrdresearch.coding.attacks.linear import Floats, LinearModel, finds_threat, rule_features
from hrdresearch.coding.attacks.rules import KINDS
from hrdresearch.run.archive import starting
from hrdresearch.run.attack_models import sentence_vectors
from hrdresearch.stats.review_budgets import wilson_share

BLIND = Path(__file__).resolve().parents[1] / "tests" / "cases" / "threats_eleventh"
ALLOWED = 0.12  # share of what is no threat that may be marked
WEIGHTS = (0.0, 0.1, 0.2, 0.25, 0.3, 0.5)  # of the rules
Marks = NDArray[np.bool_]


class Cases:
    """Cases with their sentence vectors and what the rules find in them."""

    def __init__(self, cases: pd.DataFrame) -> None:
        self.cases = cases.reset_index(drop=True)
        self.texts = self.cases["text"].tolist()
        self.vectors = sentence_vectors(self.texts, starting.ENCODER)
        self.rules = rule_features(self.texts, self.cases["language"].tolist())
        self.holds = self.cases["is_threat"].to_numpy(dtype=bool)

    def train(self, inside: Marks) -> LinearModel:
        """Coder that learned from the cases inside."""
        return starting.train_on_cases(self.cases[inside], self.vectors[inside])

    def margins(self, coder: LinearModel, rules: Floats | None = None) -> Floats:
        """Margin of every case in the units of the threshold; without rules what is learned alone."""
        [head] = coder.judges[starting.ENCODER].heads
        rules = np.zeros((len(self.texts), len(KINDS))) if rules is None else rules
        chances = coder.probabilities(self.texts, rules, self.vectors, starting.ENCODER)[:, 0]
        return np.asarray((logit(chances) - head.intercept) / head.weights[0])

    def shares(self, marked: Marks, where: Marks) -> str:
        """Shares of threats and of others that are marked, with Wilson intervals."""
        parts = []
        for holds in (self.holds, ~self.holds):
            inside = where & holds
            share = wilson_share(int(marked[inside].sum()), int(inside.sum()))
            parts.append(f"{share.value:.2f} ({share.low:.2f}-{share.high:.2f})")
        return " / ".join(parts)

    def print_shares(self, name: str, margins: Floats, where: Marks) -> None:
        """Lines of all cases, each language and each kind: rules alone, and the coder."""
        marks = (finds_threat(self.rules), margins >= starting.THRESHOLD)
        area = roc_auc_score(self.holds[where], margins[where])
        print(f"\n{name}: area under the curve {area:.3f}; threats / others marked by rules, coder")
        for language in ("all", *LANGUAGES):
            part = where & ((self.cases["language"] == language) | (language == "all")).to_numpy()
            print("|", " | ".join([language, *(self.shares(m, part) for m in marks)]), "|")
        for kind in sorted(set(self.cases["kind"][where])):
            part = where & (self.cases["kind"] == kind).to_numpy()
            row = [kind, str(part.sum()), *(f"{m[part].mean():.2f}" for m in marks)]
            print("|", " | ".join(row), "|", flush=True)


def margins_left_out(cases: Cases) -> Floats:
    """Margin of every case, without the rules, by a coder that learned from all makers but its own."""
    maker = cases.cases["maker"].to_numpy(dtype=str)
    margins = np.zeros(len(maker))
    for left in np.unique(maker):
        margins[maker == left] = cases.margins(cases.train(maker != left))[maker == left]
        print(left, end=" ", flush=True)
    return margins


def choose(cases: Cases, margins: Floats) -> None:
    """Print, for each weight of the rules, the threshold that marks ALLOWED of what is no threat.

    Makers count alike: thresholds are of all makers together, shares are means over makers.
    """
    maker = cases.cases["maker"]
    weight = 1 / maker.map(maker[~cases.holds].value_counts()).to_numpy(dtype=float)
    for of_rules in WEIGHTS:
        score = margins + of_rules * finds_threat(cases.rules)
        others = ~cases.holds
        order = np.argsort(-score[others])
        share = np.cumsum(weight[others][order]) / weight[others].sum()
        threshold = float(score[others][order][np.searchsorted(share, ALLOWED)])
        marked = pd.Series(score > threshold)
        found = marked[cases.holds].groupby(maker[cases.holds]).mean()
        each = ", ".join(f"{name} {value:.2f}" for name, value in found.items())
        print(f"\nrules {of_rules}: threshold {threshold:.3f}, threats {found.mean():.3f} ({each})")


def main() -> None:
    """Print what was chosen by, or what the coder as shipped finds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--choose", action="store_true", help="on makers left out of the training")
    cases = Cases(starting.read_threat_cases())
    if parser.parse_args().choose:
        choose(cases, margins_left_out(cases))
        return
    margins = margins_left_out(cases) + starting.RULES_WEIGHT * finds_threat(cases.rules)
    for maker in cases.cases["maker"].unique():
        cases.print_shares(maker, margins, (cases.cases["maker"] == maker).to_numpy())
    blind = Cases(starting.read_threat_cases(BLIND))
    everything = np.ones(len(blind.texts), dtype=bool)
    blind.print_shares(
        "blind", blind.margins(starting.make_starting_coder(), blind.rules), everything
    )
    print("\nblind, and the coder has learned from no case of the language: area under the curve")
    for language in LANGUAGES:
        coder = cases.train((cases.cases["language"] != language).to_numpy())
        where = (blind.cases["language"] == language).to_numpy()
        margins = blind.margins(coder, blind.rules)
        area = roc_auc_score(blind.holds[where], margins[where])
        shares = blind.shares(margins >= starting.THRESHOLD, where)
        print("|", " | ".join([language, f"{area:.2f}", shares]), "|", flush=True)


if __name__ == "__main__":
    main()
