"""The starting coder of threats: made of invented cases, and tested on makers that it has not met.

    python benchmarks/threat_coder.py            # the figures of docs/decisions/0124; ten minutes
    python benchmarks/threat_coder.py --write    # hrdresearch/coding/attacks/threat_cases.yml

Four makers wrote the cases in tests/cases and tests/functional. A maker is left out whole; the threshold is
chosen on margins that makers within the training had while they were left out.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.metrics import roc_auc_score

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from threat_sentences import FOLDER, SECOND, make_sentences

from hrdresearch.coding.attacks.lexicon import LANGUAGES
from hrdresearch.coding.attacks.linear import Floats, finds_threat, rule_features
from hrdresearch.coding.attacks.rules import KINDS, THREATS
from hrdresearch.run.archive import starting
from hrdresearch.run.attack_models import sentence_vectors
from hrdresearch.stats.review_budgets import wilson_share

CASES = FOLDER.parent
FUNCTIONAL = CASES.parent / "functional"
MAKERS = ("rules", "second", "third", "fourth")
MET_BY_NO_RULE = ("third", "fourth")  # makers whose sentences no rule was written for
ALLOWED = 0.12  # share of what is no threat that may be marked
OF_A_TEMPLATE = 2  # sentences of a template that are taken


@dataclass(frozen=True)
class Case:
    """An invented message; maker: who wrote it (`rules`: the author of the rules)."""

    maker: str
    language: str
    kind: str
    text: str
    is_threat: bool


def read_cases() -> list[Case]:
    """Cases of all makers, without a text that stands there twice."""
    found: dict[str, Case] = {}
    for language in LANGUAGES:
        for maker, folder in (("rules", FOLDER), ("second", SECOND)):
            of_template: dict[str, int] = {}
            for s in make_sentences(language, folder):
                of_template[s.template] = of_template.get(s.template, 0) + 1
                if of_template[s.template] <= OF_A_TEMPLATE:
                    case = Case(maker, language, s.function, s.text, s.is_threat)
                    found.setdefault(s.text, case)
        for maker in ("third", "fourth"):
            file = CASES / f"threats_{maker}" / f"{language}.csv"
            with file.open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines):
                    is_threat = row["is_threat"] == "1"
                    case = Case(maker, language, row["kind"], row["text"], is_threat)
                    found.setdefault(row["text"], case)
    for file in sorted(FUNCTIONAL.glob("online_attacks*.yml")):
        for language, suite in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            if language in LANGUAGES:
                for function, cases in suite.items():
                    for text, answer in cases:
                        is_threat = answer in ("threat", *THREATS)
                        case = Case("rules", language, function, text, is_threat)
                        found.setdefault(text, case)
    return list(found.values())


def write_cases() -> None:
    """Write the cases into the package, by maker, language and answer."""
    by_maker: dict[str, dict[str, dict[str, list[str]]]] = {}
    for case in read_cases():
        of_language = by_maker.setdefault(case.maker, {}).setdefault(case.language, {})
        of_language.setdefault("threat" if case.is_threat else "other", []).append(case.text)
    head = "# Invented, all persons and places too; written by benchmarks/threat_coder.py --write\n"
    text = yaml.safe_dump(by_maker, allow_unicode=True, sort_keys=False, width=10_000)
    starting.CASES.write_text(head + text, encoding="utf-8")


Marks = NDArray[np.bool_]


class Trial:
    """Trains on some cases and tests on makers, or languages, that were left out."""

    def __init__(self) -> None:
        self.cases = starting.read_threat_cases()
        self.vectors = sentence_vectors(self.cases["text"].tolist(), starting.ENCODER)
        self.rules = finds_threat(
            rule_features(self.cases["text"].tolist(), self.cases["language"].tolist())
        )
        self.maker = self.cases["maker"].to_numpy(dtype=str)
        self.language = self.cases["language"].to_numpy(dtype=str)
        self.holds = self.cases["is_threat"].to_numpy(dtype=bool)

    def margins(self, inside: Marks) -> Floats:
        """Margin of every case by a coder that learned from those inside.

        Probabilities of two coders cannot be compared: sentences of one template make a coder too sure.
        """
        model = starting.train_on_cases(self.cases[inside], self.vectors[inside])
        texts = self.cases["text"].tolist()
        rules = np.zeros((len(texts), len(KINDS)))
        chances = model.probabilities(texts, rules, self.vectors, starting.ENCODER)[:, 0]
        head = model.judges[starting.ENCODER].heads[0]
        return np.asarray((logit(chances) - head.intercept) / head.weights[0])

    @cache  # noqa: B019 - one trial a run
    def by_makers(self, *makers: str) -> Floats:
        return self.margins(np.isin(self.maker, makers))

    def threshold(self, makers: Sequence[str]) -> float:
        """Lowest threshold at which rules or coder mark ALLOWED of what is no threat, over these makers.

        Over those of them whom no rule was written for, each left out of the training; makers count alike.
        """
        left_out = [m for m in MET_BY_NO_RULE if m in makers]
        margins, weights = [], []
        for left in left_out:
            others = (self.maker == left) & ~self.holds
            said = self.by_makers(*(m for m in makers if m != left))[others]
            margins.append(np.where(self.rules[others], np.inf, said))
            weights.append(np.full(len(said), 1 / len(said) / len(left_out)))
        joined, weight = np.concatenate(margins), np.concatenate(weights)
        order = np.argsort(-joined)
        marked = np.cumsum(weight[order])
        return float(joined[order][np.searchsorted(marked, ALLOWED)])

    def figures(self, marked: Marks, where: Marks) -> str:
        """Share of threats and of others that are marked, with Wilson intervals."""
        parts = []
        for holds in (self.holds, ~self.holds):
            inside = where & holds
            share = wilson_share(int(marked[inside].sum()), int(inside.sum()))
            parts.append(f"{share.value:.2f} ({share.low:.2f}-{share.high:.2f})")
        return " / ".join(parts)


def estimate() -> None:
    """Print what rules, coder and both mark of the cases of each maker who was left out."""
    trial = Trial()
    shipped = trial.threshold(MAKERS)
    print(f"threshold of the coder: {shipped:.3f}")
    kinds = pd.Series({c.text: c.kind for c in read_cases()})[trial.cases["text"]].to_numpy()
    marks = "rules, rules and coder at the threshold without the maker, and at that of the coder"
    for left in MAKERS:
        others = tuple(m for m in MAKERS if m != left)
        margins, at = trial.by_makers(*others), trial.threshold(others)
        out = trial.maker == left
        marked = (trial.rules, trial.rules | (margins >= at), trial.rules | (margins >= shipped))
        print(f"\n{left} left out (threshold {at:.3f}); threats / others marked by {marks}")
        for name in ("all", *LANGUAGES):
            where = out & ((trial.language == name) | (name == "all"))
            print("|", " | ".join([name, *(trial.figures(m, where) for m in marked)]), "|")
        for kind in sorted(set(kinds[out])):
            where = out & (kinds == kind)
            row = [f"{m[where].mean():.2f}" for m in marked]
            print("|", " | ".join([kind, str(where.sum()), *row]), "|")
    of_third = trial.by_makers(*(m for m in MAKERS if m != "third"))
    print(
        "\nthird maker, no case of the language: area under the curve, with cases; rules and coder"
    )
    for language in LANGUAGES:
        left_out = (trial.language == language) | (trial.maker == "third")
        where = (trial.language == language) & (trial.maker == "third")
        margins = trial.margins(~left_out)
        areas = [f"{roc_auc_score(trial.holds[where], m[where]):.2f}" for m in (margins, of_third)]
        both = trial.rules | (margins >= shipped)
        print("|", " | ".join([language, *areas, trial.figures(both, where)]), "|", flush=True)


def main() -> None:
    """Print the estimate, or write the cases into the package."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true", help="write the cases into the package")
    write_cases() if parser.parse_args().write else estimate()


if __name__ == "__main__":
    main()
