"""Writes an estimate in sentences for readers without statistics: what is counted, assumed, left out.

Words and numbers are kept apart, so that a page can make a claim of each number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hrdresearch.stats.estimates.refusals import Design
from hrdresearch.stats.estimates.results import Estimate, Refusal

if TYPE_CHECKING:
    import pandas as pd

ASSUMPTIONS = {
    "log-linear": (
        "The estimate supposes that whatever ties all lists together is seen in the ties between fewer "
        "of them. No table can show whether that is so."
    ),
    "latent": (
        "The estimate supposes that the victims are of a few groups, and that within a group one list "
        "finds a victim or misses them regardless of the others. No table can show whether that is so."
    ),
    "lower bound": (
        "The figure is a lower bound if victims whom one list finds easily are also found easily by the "
        "others. It is none if the lists avoid each other's victims."
    ),
}
EXCLUDED = (
    "Killings that none of the lists could have reached, because nobody was left to tell of them or "
    "nobody dared to, are not in the estimate."
)


@dataclass(frozen=True)
class Sentence:
    """A sentence and its numbers: ``words`` with a place in braces for each of ``values``."""

    words: str
    values: Mapping[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.words.format(**{name: f"{round(v):,}" for name, v in self.values.items()})


def sentences_of_estimate(
    found: Estimate | Refusal, design: Design, plural: str
) -> dict[str, Sentence]:
    """The sentences of an estimate, by what they say; of a refusal, ``refused`` and ``needed``.

    plural: noun of the persons counted ("victims of killings by the police"). An estimate has ``listed``,
    ``estimated``, ``assumption``, ``excluded``, ``linkage`` and, where there are any, ``notes``.

    >>> refused = Refusal("no_overlap", "No person stands on two lists.", "Check the linkage.")
    >>> str(sentences_of_estimate(refused, Design(()), "victims")["refused"])
    'How many victims were never listed cannot be estimated. No person stands on two lists.'
    """
    if isinstance(found, Refusal):
        first = f"How many {plural} were never listed cannot be estimated. {_plain(found.reason)}"
        return {"refused": Sentence(first), "needed": Sentence(_plain(found.needed))}
    target = design.target
    sentences = {
        "listed": Sentence(
            f"{{listed}} {_plain(plural)} stand on at least one of {{lists}} lists "
            f"({_plain(target.place)}, {_plain(target.period)}).",
            {"listed": found.listed, "lists": len(design.lists)},
        ),
        "estimated": _estimated(found, plural),
        "assumption": Sentence(ASSUMPTIONS[_kind(found)]),
        "excluded": Sentence(EXCLUDED),
        "linkage": _linkage(found, design),
    }
    if found.notes:
        names = [re.escape(facts.name) for facts in design.lists]
        sentences["notes"] = _with_values(f"Note: {'; '.join(found.notes).rstrip('.')}.", names)
    return sentences


def range_over_models(compared: pd.DataFrame) -> Sentence:
    """Sentence on how far the number depends on the model; compared: as from ``compare_models``."""
    given = compared.dropna(subset=["total"]).sort_values("total")
    silent = compared.loc[compared["total"].isna(), "model"]
    none = f" No number came of: {'; '.join(silent)}." if len(silent) else ""
    if given.empty:
        return Sentence(f"No other model was compared.{_plain(none)}")
    least, most = given.iloc[0], given.iloc[-1]
    return Sentence(
        "The number depends on the model: from one table of these lists {models} models give from {lowest} "
        f"({_plain(least['model'])}) to {{highest}} ({_plain(most['model'])}), listed or not.{_plain(none)}",
        {"models": len(given), "lowest": least["total"], "highest": most["total"]},
    )


def _estimated(found: Estimate, plural: str) -> Sentence:
    """Sentence on the estimate and its interval; of a lower bound, on the low end only."""
    if _kind(found) == "lower bound":
        return Sentence(
            f"With those who were never listed, the {_plain(plural)} are estimated at {{low}} at least.",
            {"low": found.low},
        )
    return Sentence(
        f"With those who were never listed, the {_plain(plural)} are estimated at {{total}}, with an "
        "interval of {level} per cent from {low} to {high}: {unlisted} were on no list.",
        {
            "total": found.total,
            "level": 100 * found.level,
            "low": found.low,
            "high": found.high,
            "unlisted": round(found.total) - found.listed,
        },
    )


def _linkage(found: Estimate, design: Design) -> Sentence:
    recall, precision = design.linkage.recall, design.linkage.precision
    if recall is None:
        return Sentence(
            "How many of the persons on several lists were recognized as one was not measured; each who "
            "was not makes the estimate too high."
        )
    words = "Of the pairs of entries that are one person, {recall} per cent were recognized"
    values = {"recall": 100 * recall}
    if precision is not None:
        words += "; of the pairs taken for one person, {precision} per cent are"
        values["precision"] = 100 * precision
    how = f" ({_plain(design.linkage.how)})" if design.linkage.how else ""
    effect = (
        "The estimate and its interval make up for pairs that were missed and for false ones, as far as "
        "these shares tell."
        if "recall" in found.measures
        else "Pairs that were missed make the estimate too high, false ones too low."
    )
    return Sentence(f"{words}{how}. {effect}", values)


def _with_values(text: str, names: Sequence[str]) -> Sentence:
    """Make a sentence of a text: its numbers become values, except those in a name."""
    values: dict[str, float] = {}

    def keep(found: re.Match[str]) -> str:
        if found["number"] is None:
            return found[0]
        key = f"note_{len(values) + 1}"
        values[key] = float(found["number"].replace(",", ""))
        return f"{{{key}}}"

    words = re.sub("|".join([*names, r"(?P<number>\d[\d,]*)"]), keep, _plain(text))
    return Sentence(words, values)


def _kind(found: Estimate) -> str:
    return next((kind for kind in ASSUMPTIONS if kind in found.method), "latent")


def _plain(text: str) -> str:
    """Text without braces, which would be read as places for numbers."""
    return text.replace("{", "(").replace("}", ")")
